import type { Role } from '@shared/backend/identity'
import { ROLES } from '@shared/backend/words'
import { searched } from '../ui/table-page/searched'

export const TABS = ['people', 'invitations', 'approvals'] as const
export type Tab = (typeof TABS)[number]

export interface PeopleSearch {
  q?: string
  role?: Role
  tab?: Tab
}

export function parsePeopleSearch(search: Record<string, unknown>): PeopleSearch {
  const role = ROLES.find((known) => known === search.role)
  const tab = TABS.find((known) => known === search.tab && known !== 'people')
  // The router reads a search of digits as a number.
  const q = searched(search.q, 200)
  return {
    ...(q && { q }),
    ...(role && { role }),
    ...(tab && { tab }),
  }
}
