import { orpc } from '@renderer/app/rpc'
import type { Me } from '@shared/backend/identity'
import { useQuery } from '@tanstack/react-query'

/** Who is signed in to the marketplace; null while nobody is, or nobody is known to be. */
export function useMe(): Me | null {
  const { data } = useQuery(orpc.account.state.queryOptions())
  return data?.signedIn ? data.me : null
}

export const may = (me: Me | null, permission: Me['permissions'][number]): boolean =>
  me?.permissions.includes(permission) ?? false
