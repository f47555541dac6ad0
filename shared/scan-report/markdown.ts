import { logged } from './logged'
import { rank } from './match'
import { placeOf } from './place'
import { type FileReport, type Finding, type ScanReport, SEVERITIES, VERDICTS } from './report'

/** A comment of GitHub holds 65,536 characters; the rest is counted. */
const MOST_FINDINGS = 100
const MOST_CODE = 300

/**
 * A report for an issue, a pull request or a job summary. Whatever comes from the delivery stands in
 * code spans, where no renderer looks for markup, links, mentions or issue numbers.
 */
export function toMarkdown(report: ScanReport): string {
  const { summary } = report
  const found = report.files
    .flatMap((file) => file.findings.map((finding) => ({ file, finding })))
    .sort((a, b) => rank(a.finding.severity) - rank(b.finding.severity))
  const ignored = report.files.reduce((sum, file) => sum + (file.ignored?.length ?? 0), 0)
  const unread = report.files.filter((file) => file.status !== 'complete')
  return `${[
    `# Scan of ${report.roots.map(code).join(', ') || 'nothing'}: ${summary.verdict}`,
    '',
    `Grade **${summary.grade}** (${summary.score} of 100), ${summary.files} ${summary.files === 1 ? 'file' : 'files'}, ${report.startedAt.slice(0, 16).replace('T', ' ')} UTC.`,
    '',
    table(
      ['Severity', 'Findings'],
      SEVERITIES.map((one) => [one, String(summary.bySeverity[one])]),
    ),
    '',
    table(
      ['Verdict', 'Files'],
      VERDICTS.map((one) => [one, String(summary.byVerdict[one])]),
    ),
    ...SEVERITIES.flatMap((severity) => {
      const some = found
        .slice(0, MOST_FINDINGS)
        .filter(({ finding }) => finding.severity === severity)
      return some.length === 0 ? [] : ['', `## ${severity}`, ...some.flatMap(section)]
    }),
    ...(found.length > MOST_FINDINGS
      ? ['', `${found.length - MOST_FINDINGS} more findings are in the full report.`]
      : []),
    ...(unread.length === 0 ? [] : ['', '## Not read to the end', '', ...unread.map(unreadLine)]),
    ...(report.notes.length === 0
      ? []
      : ['', '## Notes', '', ...report.notes.map((note) => `- ${code(note)}`)]),
    '',
    `Rules ${code(report.rulesVersion)}${report.policy === undefined ? '' : `, policy ${code(report.policy.name)} (${report.policy.profile}, ${report.policy.digest})`}${ignored === 0 ? '' : `, ${ignored} ignored by it`}.`,
  ].join('\n')}\n`
}

function section({ file, finding }: { file: FileReport; finding: Finding }): string[] {
  const place = placeOf(finding)
  return [
    '',
    `### ${text(finding.title)}`,
    '',
    `${code(file.path)}${place === '' ? '' : ` at ${code(place)}`}, rule ${code(finding.ruleId)}${finding.ruleSeverity === undefined ? '' : `, ${finding.ruleSeverity} by the rule`}`,
    ...(finding.evidence === '' ? [] : ['', code(finding.evidence)]),
    ...(finding.path ?? []).map(
      (step, index) =>
        `${index === 0 ? '\n' : ''}${index + 1}. ${step.role}, line ${step.line}: ${code(step.label)} ${code(step.text)}`,
    ),
    '',
    `${text(finding.why)} **${text(finding.fix)}**`,
  ]
}

const unreadLine = (file: FileReport) =>
  `- ${code(file.path)}: ${code(file.reason ?? file.status)} (${file.status})`

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** A code span (CommonMark 6.1): its fence is longer than any run of backticks within. */
function code(raw: string): string {
  const flat = logged(raw).toWellFormed()
  const shown = flat.length > MOST_CODE ? `${flat.slice(0, MOST_CODE).toWellFormed()}…` : flat
  if (shown.trim() === '') return '(empty)'
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  const blank = /^[` ]|[` ]$/.test(shown) ? ' ' : ''
  return `${fence}${blank}${shown}${blank}${fence}`
}

/**
 * Text of a rule. Escaped too: a report may come out of a file. A zero-width space keeps GitHub,
 * which looks for mentions after rendering, from seeing one.
 */
function text(raw: string): string {
  return logged(raw)
    .toWellFormed()
    .replace(/[\\`*_{}[\]()<>#+!|~&:]/g, (character) => `\\${character}`)
    .replace(/[@#]/g, '$&\u200b')
}
