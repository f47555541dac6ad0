import type { Limit } from '@shared/backend/operations'

export interface LimitsSearch {
  q?: string
  refused?: true
}

export function parseLimitsSearch(search: Record<string, unknown>): LimitsSearch {
  const q = typeof search.q === 'number' ? String(search.q) : search.q
  return {
    ...(typeof q === 'string' && q !== '' && { q: q.slice(0, 100) }),
    ...((search.refused === true || search.refused === 'true') && { refused: true }),
  }
}

export const matches = ({ q = '', refused }: LimitsSearch, limit: Limit): boolean =>
  limit.rpc.includes(q.trim().toLowerCase()) && (!refused || limit.refused > 0)
