import { catalogue, formatDateTime, formatNumber, plural } from '@renderer/app/intl'
import type { Change, ComparedFile } from '@shared/scan-report/compare'

const findings = (n: number) => plural(n, { one: '# finding', other: '# findings' })
const files = (n: number) => plural(n, { one: '# file', other: '# files' })

export const text = catalogue({
  page: 'Compare scans',
  titleOf: (name: string) => `Compare ${name}`,
  before: 'Before',
  after: 'After',
  baseline: 'Compared with',
  sameSeries: 'Earlier scans of this delivery',
  laterSeries: 'Later scans of this delivery',
  others: 'Other reports',
  optionOf: (name: string, at: Date, verdict: string, grade: string) =>
    `${name}, ${formatDateTime(at)}, ${verdict}, ${grade}`,
  swap: 'Swap before and after',
  openReport: (side: string) => `Open the report: ${side.toLowerCase()}`,
  counts: (n: number, open: number) => `${findings(n)}, ${files(open)}`,
  better: 'Better than before',
  worse: 'Worse than before',
  same: 'Verdict as before',

  first: {
    title: 'There is no earlier scan of this delivery',
    body: 'Choose any other report to compare with, or scan the delivery again after it has changed.',
    choose: 'Compare with',
    nothing: 'This is the only report so far.',
    back: 'Back to the report',
  },
  notFound: {
    title: 'One of these reports is gone',
    body: 'It was deleted, or belongs to another data folder.',
    action: 'Open History',
  },
  notes: (n: number) =>
    `The comparison is weaker than it looks: ${plural(n, { one: '# note', other: '# notes' })}`,

  tabs: { label: 'Parts of the comparison', findings: 'Findings', files: 'Files' },
  changes: { new: 'New', fixed: 'Fixed', unchanged: 'Unchanged' } satisfies Record<Change, string>,
  changesLabel: 'Changes',
  fileChanges: {
    added: 'Added',
    removed: 'Removed',
    changed: 'Changed',
    renamed: 'Renamed',
    unchanged: 'Unchanged',
  } satisfies Record<ComparedFile['change'], string>,
  count: formatNumber,
  columns: {
    change: 'Change',
    severity: 'Severity',
    title: 'Finding',
    place: 'File',
    location: 'Location',
    path: 'Path',
    before: 'Before',
    after: 'After',
  },
  was: (path: string) => `was ${path}`,
  severityWas: (severity: string) => `was ${severity.toLowerCase()}`,
  none: '–',
  filter: 'Filter findings',
  filesFilter: 'Filter files',
  shown: (shown: number, all: number) =>
    shown === all ? findings(all) : `${formatNumber(shown)} of ${findings(all)}`,
  filesShown: (shown: number, all: number) =>
    shown === all ? files(all) : `${formatNumber(shown)} of ${files(all)}`,
  nothing: 'No finding matches these filters',
  nothingBody: (n: number) => `${findings(n)} in this comparison.`,
  noFindings: 'Neither scan found anything',
  noFindingsBody: 'So there is nothing new and nothing fixed.',
  noFiles: 'No file changed',
  noFilesBody: 'Every file has the same content and verdict as before.',
  noFilesMatch: 'No file matches this filter',
  clear: 'Clear filters',
  keys: { move: 'move', open: 'details', filter: 'filter', change: 'change' },
})
