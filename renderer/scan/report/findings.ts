import type { Disposition } from '@shared/scan-report/disposition'
import type { FileReport, Finding, ScanReport, Severity } from '@shared/scan-report/report'
import { SEVERITIES, VERDICTS } from '@shared/scan-report/scales'
import { type State, stateMatches, stateOf } from './dispositions'

export interface FindingRow {
  /** Place in the report, 'file-finding'. A report never changes, so this can stand in a link. */
  id: string
  finding: Finding
  file: FileReport
  fileIndex: number
  /** Of the severity; 0 is the worst. */
  rank: number
  /** What was decided about it and holds now; null while it is open. */
  disposition: Disposition | null
}

export interface FindingFilter {
  /** Empty means every severity. */
  severities: ReadonlySet<Severity>
  query: string
  /** Index into `report.files`; null means every file. */
  file: number | null
  /** Null means any. */
  state: State | 'aside' | null
}

const RANK = new Map<string, number>(SEVERITIES.map((severity, index) => [severity, index]))
const VERDICT_RANK = new Map<string, number>(VERDICTS.map((verdict, index) => [verdict, index]))

/** 0 is the worst. */
export function severityRank(severity: Severity): number {
  return RANK.get(severity) ?? SEVERITIES.length
}

/** 0 is the worst. */
export function verdictRank(verdict: string): number {
  return VERDICT_RANK.get(verdict) ?? VERDICTS.length
}

/** All findings of a report, worst first; what is equally bad keeps the order of the report. */
export function findingRows(report: ScanReport): FindingRow[] {
  const rows = report.files.flatMap((file, fileIndex) =>
    file.findings.map((finding, index) => ({
      id: `${fileIndex}-${index}`,
      finding,
      file,
      fileIndex,
      rank: severityRank(finding.severity),
      disposition: null,
    })),
  )
  return rows.sort(worstFirst)
}

function worstFirst(a: FindingRow, b: FindingRow): number {
  return a.rank - b.rank || b.finding.confidence - a.finding.confidence || a.fileIndex - b.fileIndex
}

/** Lower case text that the filter looks in, made when it is first asked for: there may be 10,000. */
const haystacks = new WeakMap<Finding, string>()

function haystackOf({ finding, file }: FindingRow): string {
  const made = haystacks.get(finding)
  if (made !== undefined) return made
  const text = [
    finding.title,
    finding.ruleId,
    finding.category,
    file.path,
    finding.location.member ?? '',
    finding.location.opcode ?? '',
    finding.evidence,
    ...finding.cve,
    ...finding.cwe,
  ]
    .join('\n')
    .toLowerCase()
  haystacks.set(finding, text)
  return text
}

/** Every word of the query has to occur, in any order. */
export function filterFindings(rows: readonly FindingRow[], filter: FindingFilter): FindingRow[] {
  const words = queryWords(filter.query)
  return rows.filter(
    (row) =>
      (filter.severities.size === 0 || filter.severities.has(row.finding.severity)) &&
      (filter.file === null || row.fileIndex === filter.file) &&
      (filter.state === null || stateMatches(stateOf(row.disposition), filter.state)) &&
      (words.length === 0 || words.every((word) => haystackOf(row).includes(word))),
  )
}

export function queryWords(query: string): string[] {
  return query.toLowerCase().split(/\s+/).filter(Boolean)
}

/** Counts for the severity chips: what each would show, given the other filters. */
export function countBySeverity(
  rows: readonly FindingRow[],
  filter: FindingFilter,
): Record<Severity, number> {
  const counts: Record<Severity, number> = { critical: 0, high: 0, medium: 0, low: 0, info: 0 }
  for (const row of filterFindings(rows, { ...filter, severities: new Set() })) {
    counts[row.finding.severity] += 1
  }
  return counts
}

/** Findings by rule, in the order of the rows. */
export function groupByRule(rows: readonly FindingRow[]): Map<string, FindingRow[]> {
  const groups = new Map<string, FindingRow[]>()
  for (const row of rows) {
    const group = groups.get(row.finding.ruleId)
    if (group) group.push(row)
    else groups.set(row.finding.ruleId, [row])
  }
  return groups
}

/** Whether the frame of code already holds the evidence word for word. */
export function shownInFrame({ frame, evidence }: Finding): boolean {
  return frame?.lines.join('\n').includes(evidence.trim()) ?? false
}

/** Next or previous row of another file than the given one, or null at an end. */
export function neighbourFile(
  rows: readonly FindingRow[],
  currentIndex: number,
  direction: 1 | -1,
): number | null {
  const from = rows[currentIndex]
  if (!from) return null
  for (let i = currentIndex + direction; i >= 0 && i < rows.length; i += direction) {
    if (rows[i]?.fileIndex !== from.fileIndex) return i
  }
  return null
}

/** What one file shows for itself: its verdict, unless it was not read to its end. */
export type Outcome = 'malicious' | 'suspicious' | 'unknown' | 'inconclusive' | 'error' | 'clean'
export const OUTCOMES: readonly Outcome[] = [
  'malicious',
  'suspicious',
  'unknown',
  'inconclusive',
  'error',
  'clean',
]

/**
 * A file that was not read to its end is never shown as clean: what was not read may be anything.
 * Where something bad was found before the end, that is what counts.
 */
export function outcomeOf(file: Pick<FileReport, 'verdict' | 'status'>): Outcome {
  if (file.verdict === 'malicious' || file.verdict === 'suspicious') return file.verdict
  if (file.status !== 'complete') return file.status
  return file.verdict
}

export function countByOutcome(files: readonly FileReport[]): Record<Outcome, number> {
  const counts: Record<Outcome, number> = {
    malicious: 0,
    suspicious: 0,
    unknown: 0,
    inconclusive: 0,
    error: 0,
    clean: 0,
  }
  for (const file of files) counts[outcomeOf(file)] += 1
  return counts
}

/** Most frequent formats first; what does not fit into `limit` is summed up as the last one. */
export function countByFormat(
  files: readonly FileReport[],
  limit: number,
  other: string,
): { format: string; files: number }[] {
  const counts = new Map<string, number>()
  for (const { format } of files) counts.set(format, (counts.get(format) ?? 0) + 1)
  const sorted = [...counts]
    .map(([format, files]) => ({ format, files }))
    .sort((a, b) => b.files - a.files || (a.format < b.format ? -1 : 1))
  if (sorted.length <= limit) return sorted
  const rest = sorted.slice(limit - 1).reduce((sum, { files }) => sum + files, 0)
  return [...sorted.slice(0, limit - 1), { format: other, files: rest }]
}

/** Findings by category, most first, each split by severity in the order of SEVERITIES. */
export function countByCategory(
  files: readonly FileReport[],
): { category: string; values: number[] }[] {
  const counts = new Map<string, number[]>()
  for (const { findings } of files) {
    for (const { category, severity } of findings) {
      const values = counts.get(category) ?? SEVERITIES.map(() => 0)
      counts.set(category, values)
      const at = severityRank(severity)
      values[at] = (values[at] ?? 0) + 1
    }
  }
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
  return [...counts]
    .map(([category, values]) => ({ category, values }))
    .sort((a, b) => sum(b.values) - sum(a.values) || (a.category < b.category ? -1 : 1))
}

/** Rules with the most findings, at most `limit`, and how many rules there are. */
export function topRules(files: readonly FileReport[], limit: number) {
  const counts = new Map<string, { ruleId: string; severity: Severity; findings: number }>()
  for (const { findings } of files) {
    for (const { ruleId, severity } of findings) {
      const entry = counts.get(ruleId)
      if (entry) entry.findings += 1
      else counts.set(ruleId, { ruleId, severity, findings: 1 })
    }
  }
  const sorted = [...counts.values()].sort(
    (a, b) => b.findings - a.findings || (a.ruleId < b.ruleId ? -1 : 1),
  )
  return { rules: sorted.slice(0, limit), all: sorted.length }
}

/** '0x1a4 REDUCE', 'line 12', or '' where the rule speaks of the file as a whole. */
export function locationOf(finding: Finding, line: (n: number) => string): string {
  const { offset, opcode } = finding.location
  const parts = [
    offset === undefined ? '' : `0x${offset.toString(16)}`,
    opcode ?? '',
    finding.location.line === undefined ? '' : line(finding.location.line),
  ]
  return parts.filter(Boolean).join(' ')
}

/** What fits a column: the line, or the offset where there is no line. */
export function briefLocationOf({ location }: Finding, line: (n: number) => string): string {
  if (location.line !== undefined) return line(location.line)
  return location.offset === undefined ? '' : `0x${location.offset.toString(16)}`
}

/** Behind the name of a file, as editors write it: ':12', or ' 0x1a4' in one that has no lines. */
export function pinOf({ location }: Finding): string {
  if (location.line !== undefined) return `:${location.line}`
  return location.offset === undefined ? '' : ` 0x${location.offset.toString(16)}`
}
