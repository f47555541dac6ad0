import type { Job } from '@shared/contract/jobs'
import type { ActivityLog } from '.'

const VERBS = {
  started: 'Started to measure',
  cancelled: 'Cancelled the measurement of',
  failed: 'Could not measure',
  refused: 'Refused to run',
  paused: 'Paused the measurement of',
  resumed: 'Went on with the measurement of',
  interrupted: 'Lost the measurement of',
  overridden: 'Ran without a clean scan',
} as const

/** What happens to a run on its way; its end is recorded with its results. */
export type BenchmarkLog = (
  what: keyof typeof VERBS,
  run: Pick<Job, 'id' | 'title'>,
  body?: Record<string, unknown>,
) => void

export function createBenchmarkLog(activity: ActivityLog): BenchmarkLog {
  return (what, { id, title }, body = {}) =>
    void activity.note({
      operationId: id,
      kind: `benchmark.${what}`,
      subject: id,
      summary: `${VERBS[what]} ${title}`,
      body,
    })
}
