import type { Verdict } from '@shared/scan-report/report'
import { VERDICTS } from '@shared/scan-report/scales'

export interface HistorySearch {
  q?: string
  verdict?: Verdict
}

export function parseHistorySearch(search: Record<string, unknown>): HistorySearch {
  const verdict = VERDICTS.find((known) => known === search.verdict)
  // A search that looks like a number comes out of the address as one.
  const q = typeof search.q === 'number' ? String(search.q) : search.q
  return {
    ...(typeof q === 'string' && q !== '' && { q: q.slice(0, 200) }),
    ...(verdict && { verdict }),
  }
}
