import type { ResultId } from '@shared/benchmark/result-row'

/** What one comparison can show apart. */
export const MOST_COMPARED = 5

export interface CompareSearch {
  /** Two to five results, the first is the baseline. */
  of: ResultId[]
  /** Practical threshold; the suite's when absent. */
  delta?: number
}

/** Null where the address names no comparison. */
export function parseCompareSearch(search: Record<string, unknown>): CompareSearch | null {
  const asked = typeof search.of === 'string' ? search.of.split(',') : []
  const of = [...new Set(asked)].filter(isResultId)
  if (of.length < 2 || of.length > MOST_COMPARED) return null
  const delta = Number(search.delta)
  return { of, ...(delta >= 0.001 && delta <= 0.5 && { delta }) }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
export const isResultId = (id: string): id is ResultId => UUID.test(id)
