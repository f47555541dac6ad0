import { catalogue, formatDateTime, formatNumber, plural } from '@renderer/app/intl'

export const text = catalogue({
  scanned: (at: Date, rules: string) => `Scanned ${formatDateTime(at)} with rules ${rules}`,
  policy: (name: string) => `Policy: ${name}`,
  verdict: (verdict: string, grade: string) => `Verdict: ${verdict}. Grade: ${grade}`,
  counts: (files: number, findings: number) =>
    `${plural(files, { one: '# file', other: '# files' })}, ${plural(findings, { one: '# finding', other: '# findings' })}`,
  notSeen: 'What the scan could not see',
  findings: 'Findings',
  evidence: 'Evidence',
  fix: 'Fix',
  cut: (shown: number, all: number) =>
    `The ${formatNumber(shown)} worst of ${formatNumber(all)} findings are printed. The JSON or HTML export has all of them.`,
  none: 'Nothing was found.',
})
