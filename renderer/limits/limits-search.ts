import type { Limit } from '@shared/backend/operations'
import { searched } from '../ui/table-page/searched'

export interface LimitsSearch {
  q?: string
  refused?: true
}

export function parseLimitsSearch(search: Record<string, unknown>): LimitsSearch {
  const q = searched(search.q, 100)
  return {
    ...(q && { q }),
    ...((search.refused === true || search.refused === 'true') && { refused: true }),
  }
}

export const matches = ({ q = '', refused }: LimitsSearch, limit: Limit): boolean =>
  limit.rpc.includes(q.trim().toLowerCase()) && (!refused || limit.refused > 0)
