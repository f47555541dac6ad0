import type { FileReport, ScanReport } from '@shared/scan-report/report'
import { OUTCOMES, type Outcome, outcomeOf, queryWords } from './findings'

export interface FileRow {
  /** Place in `report.files`, as text. */
  id: string
  index: number
  file: FileReport
  outcome: Outcome
  /** 0 is the worst. */
  rank: number
  haystack: string
}

/** All files of a report, worst first, then in the order of the report. */
export function fileRows(report: ScanReport): FileRow[] {
  return report.files
    .map((file, index) => {
      const outcome = outcomeOf(file)
      const haystack = `${file.path}\n${file.format}\n${file.sha256 ?? ''}`.toLowerCase()
      return { id: String(index), index, file, outcome, rank: OUTCOMES.indexOf(outcome), haystack }
    })
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
}

export function filterFiles(
  rows: readonly FileRow[],
  query: string,
  outcomes: ReadonlySet<Outcome>,
): FileRow[] {
  const words = queryWords(query)
  return rows.filter(
    (row) =>
      (outcomes.size === 0 || outcomes.has(row.outcome) || isUnread(row, outcomes)) &&
      words.every((word) => row.haystack.includes(word)),
  )
}

/** A malicious file that was read in part is found under both: each is true of it. */
function isUnread(row: FileRow, outcomes: ReadonlySet<Outcome>): boolean {
  const { status } = row.file
  return status !== 'complete' && outcomes.has(status)
}

/** What each chip of the filter would show. */
export function countForFilter(rows: readonly FileRow[]): Record<Outcome, number> {
  const count = (outcome: Outcome) => filterFiles(rows, '', new Set([outcome])).length
  return {
    malicious: count('malicious'),
    suspicious: count('suspicious'),
    unknown: count('unknown'),
    inconclusive: count('inconclusive'),
    error: count('error'),
    clean: count('clean'),
  }
}
