import type { ScanJob } from '@shared/contract/jobs'
import type { ScanEvent } from '@shared/contract/scan'
import type { Finding } from '@shared/scan-report/report'
import { severityRank } from '../report/findings'

/** `scan.watch` streams at most this many findings; the report has all of them. */
export const STREAMED_FINDINGS = 500

export interface LiveFinding {
  id: string
  path: string
  finding: Finding
  rank: number
}

export interface WatchState {
  job: ScanJob | null
  /** In the order in which they came. */
  findings: readonly LiveFinding[]
  end:
    | null
    | { type: 'done'; reportId: string }
    | { type: 'cancelled' }
    | { type: 'failed'; message: string }
}

export const NOTHING_YET: WatchState = { job: null, findings: [], end: null }

/** `'opened'` is a new subscription: the host tells everything again from the start. */
export function nextState(state: WatchState, event: ScanEvent | 'opened'): WatchState {
  if (event === 'opened') return NOTHING_YET
  switch (event.type) {
    case 'progress':
      return { ...state, job: event.job }
    case 'findings': {
      const more = event.findings.map((finding, at) => ({
        id: String(state.findings.length + at),
        path: event.path,
        finding,
        rank: severityRank(finding.severity),
      }))
      return { ...state, findings: [...state.findings, ...more] }
    }
    case 'done':
      return { ...state, end: { type: 'done', reportId: event.reportId } }
    case 'cancelled':
    case 'failed':
      return { ...state, end: event }
  }
}

/** Worst first; what is equally bad stays in the order in which it came. */
export function liveOrder(findings: readonly LiveFinding[]): LiveFinding[] {
  return findings.toSorted((a, b) => a.rank - b.rank)
}
