import { useAccount } from '@renderer/app/account'
import type { Permission, Role } from '@shared/backend/identity'
import { ROLE_NAMES, text } from './messages'

/** For sentences only: the server decides by its own table. As migration 000200 grants them. */
const HOLDERS: Record<Permission, readonly Role[]> = {
  'listings.write': ['seller'],
  'listings.review': ['moderator', 'admin'],
  'listings.remove': ['moderator', 'admin'],
  'results.review': ['moderator', 'admin'],
  'people.read': ['moderator', 'admin'],
  'people.manage': ['admin'],
  'limits.read': ['admin'],
  'limits.manage': ['admin'],
  'audit.read': ['moderator', 'admin'],
  'events.record': ['admin'],
}

export const namesOfHolders = (permission: Permission): string[] =>
  HOLDERS[permission].map((role) => ROLE_NAMES[role])

/** Why this person may not, or null. */
export function useReasonAgainst(permission: Permission): string | null {
  const me = useAccount()?.me ?? null
  if (me?.permissions.includes(permission)) return null
  return text.needs(permission, namesOfHolders(permission))
}
