import type { Verdict } from '@shared/scan-report/report'
import { VERDICTS } from '@shared/scan-report/scales'
import { searched } from '../ui/table-page/searched'

export interface HistorySearch {
  q?: string
  verdict?: Verdict
}

export function parseHistorySearch(search: Record<string, unknown>): HistorySearch {
  const verdict = VERDICTS.find((known) => known === search.verdict)
  const q = searched(search.q, 200)
  return {
    ...(q && { q }),
    ...(verdict && { verdict }),
  }
}
