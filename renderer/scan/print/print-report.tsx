import type { ReportRow } from '@shared/contract/scan'
import type { ScanReport } from '@shared/scan-report/report'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { PrintedReport } from './PrintedReport'

/**
 * Prints a document of its own: the page draws only the rows in sight, and paper needs them all.
 * It stands beside #root until the browser has taken it (styles.css shows one or the other).
 */
export function printReport(row: ReportRow, report: ScanReport): void {
  const place = document.createElement('div')
  place.id = 'print'
  document.body.append(place)
  const root = createRoot(place)
  flushSync(() => root.render(<PrintedReport row={row} report={report} />))
  window.addEventListener(
    'afterprint',
    () => {
      root.unmount()
      place.remove()
    },
    { once: true },
  )
  window.print()
}
