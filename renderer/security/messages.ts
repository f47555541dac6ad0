import { catalogue, formatNumber, formatPercent, plural } from '@renderer/app/intl'

export const text = catalogue({
  title: 'Security',
  failed: 'The figures could not be loaded',
  period: 'Period',
  periods: { 7: 'Last 7 days', 30: 'Last 30 days', 90: 'Last 90 days', 365: 'Last 12 months' },
  empty: {
    title: 'No scans in this period',
    body: 'Figures appear here once something was scanned.',
    action: 'Scan something',
  },
  figures: {
    label: 'Figures of this period',
    scans: 'Scans',
    files: (n: number) => plural(n, { one: '# file', other: '# files' }),
    bad: 'Malicious or suspicious',
    ofScans: (share: number) => `${formatPercent(share)} of scans`,
    cache: 'Files from the cache',
    cacheNote: 'Unchanged since an earlier scan',
    p95: 'Time of a scan, 95th percentile',
    median: (time: string) => `Median ${time}`,
    none: '–',
  },
  chart: {
    title: 'Scans by verdict',
    unit: 'scans a day',
    day: 'Day',
    describe: (days: number, scans: number) =>
      `${plural(scans, { one: '# scan', other: '# scans' })} over ${plural(days, { one: '# day', other: '# days' })}`,
    caption: 'Days in UTC',
  },
  top: {
    title: 'Rules that fired most',
    none: 'No rule fired in this period.',
    rule: 'Rule',
    severity: 'Severity',
    findings: 'Findings',
    reports: 'Reports',
  },
  precision: {
    title: 'Precision per rule',
    about: 'Of the findings somebody decided about, the share that nobody called a false positive.',
    none: 'Nobody has decided about a finding yet. Decisions are made in a report, with D.',
    rule: 'Rule',
    judged: 'Decided',
    falsePositives: 'False positives',
    precision: 'Precision',
    few: (n: number) => `Only ${formatNumber(n)} decided: says little yet`,
  },
})
