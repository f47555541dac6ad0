import type { ScanJob } from '@shared/contract/jobs'
import type { ActivityLog } from '.'

const VERBS = {
  started: 'Started to scan',
  cancelled: 'Cancelled the scan of',
  failed: 'Could not scan',
  paused: 'Paused the scan of',
  resumed: 'Went on with the scan of',
} as const

/** What happens to a scan on its way; its end is recorded with the report (`ReportStore.save`). */
export type ScanLog = (
  what: keyof typeof VERBS,
  job: Pick<ScanJob, 'id' | 'title'>,
  body?: Record<string, unknown>,
) => void

export function createScanLog(activity: ActivityLog): ScanLog {
  return (what, { id, title }, body = {}) =>
    void activity.note({
      operationId: id,
      kind: `scan.${what}`,
      subject: id,
      summary: `${VERBS[what]} ${title}`,
      body,
    })
}
