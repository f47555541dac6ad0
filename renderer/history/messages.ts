import { catalogue, formatNumber, plural } from '@renderer/app/intl'

const reports = (n: number) => plural(n, { one: '# report', other: '# reports' })

export const text = catalogue({
  title: 'History',
  list: 'Scan reports',
  search: 'Search by name',
  verdict: 'Verdict',
  anyVerdict: 'Any verdict',
  columns: {
    name: 'Name',
    verdict: 'Verdict',
    grade: 'Grade',
    findings: 'Findings',
    files: 'Files',
    bytes: 'Size',
    duration: 'Duration',
    startedAt: 'Scanned',
    actions: 'Delete',
  },
  source: {
    paths: 'This computer',
    upload: 'Browser upload',
    samples: 'Samples',
    'command-line': 'Command line',
  },
  shown: (loaded: number, total: number) =>
    loaded === total ? reports(total) : `Newest ${formatNumber(loaded)} of ${reports(total)}`,
  chosen: (n: number) => `${formatNumber(n)} selected`,
  compare: 'Compare',
  chooseTwo: 'Select two reports to compare.',
  remove: (name: string) => `Delete the report of ${name}`,
  removeKeys: 'Delete',
  none: 'None',
  count: formatNumber,
  severities: (parts: string) => `Findings: ${parts}`,
  part: (n: number, severity: string) => `${formatNumber(n)} ${severity.toLowerCase()}`,
  empty: {
    title: 'No scans yet',
    body: 'Every scan leaves a report here, on this computer only.',
    action: 'Scan something',
  },
  filtered: {
    title: 'No report matches',
    body: 'No report has this name and verdict.',
    action: 'Clear filters',
  },
  keys: {
    move: 'move',
    open: 'open',
    select: 'select',
    compare: 'compare',
    filter: 'search',
    remove: 'delete',
  },
})
