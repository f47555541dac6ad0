import { createHash } from 'node:crypto'
import type { ReportRow } from '@shared/scan-report/report-row'

/**
 * What scans of one delivery share: 32 hex digits over its sorted roots. Folders count by their
 * real paths, whether the page or the command line asked; an upload has only its name.
 */
export function seriesOf(source: ReportRow['source'], roots: readonly string[]): string {
  const named = source === 'samples' || source === 'upload' ? source : 'paths'
  const own = source === 'samples' ? [] : [...new Set(roots)].sort()
  return createHash('sha256')
    .update(JSON.stringify([named, ...own]))
    .digest('hex')
    .slice(0, 32)
}
