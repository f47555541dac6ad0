import { useAccount } from '@renderer/app/account'
import type { Me } from '@shared/backend/identity'

/** Who is signed in to the marketplace; null while nobody is, or nobody is known to be. */
export function useMe(): Me | null {
  const state = useAccount()
  return state?.signedIn ? state.me : null
}

export const may = (me: Me | null, permission: Me['permissions'][number]): boolean =>
  me?.permissions.includes(permission) ?? false
