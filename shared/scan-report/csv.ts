import { logged } from './logged'
import type { ScanReport } from './report'

const COLUMNS = [
  'file',
  'member',
  'severity',
  'rule',
  'title',
  'confidence',
  'offset',
  'opcode',
  'evidence',
  'message',
  'cwe',
  'cve',
  'line',
  'column',
  'fingerprint',
  'ignored',
]

/** One line a finding, RFC 4180; what the policy sets aside has its reason in the last column. */
export function toCsv(report: ScanReport): string {
  const rows = report.files.flatMap((file) =>
    [...file.findings.map((finding) => ({ finding, reason: '' })), ...(file.ignored ?? [])].map(
      ({ finding, reason }) => [
        file.path,
        finding.location.member ?? '',
        finding.severity,
        finding.ruleId,
        finding.title,
        String(finding.confidence),
        String(finding.location.offset ?? ''),
        finding.location.opcode ?? '',
        finding.evidence,
        finding.message,
        finding.cwe.join(' '),
        finding.cve.join(' '),
        String(finding.location.line ?? ''),
        String(finding.location.column ?? ''),
        finding.fingerprint,
        reason,
      ],
    ),
  )
  return [COLUMNS, ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')
}

/**
 * Quoted, and never a formula: file names and evidence come from strangers (CWE-1236). Semicolon and
 * tab are quoted too, because spreadsheets of many countries split cells there; Japanese ones take
 * wide signs for narrow ones.
 */
export function csvCell(raw: string): string {
  // A cell may hold lines, and nothing else that a terminal or a build obeys.
  const text = raw.replace(/[^\t\r\n]+/g, (line) => logged(line))
  const safe = /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
