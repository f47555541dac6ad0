import { z } from 'zod'
import { comparisonNotes } from './comparison-notes'
import { type FilePair, pairFiles } from './pair-files'
import {
  type FileReport,
  Finding,
  Grade,
  type ScanReport,
  SEVERITIES,
  Severity,
  Verdict,
} from './report'

export const CHANGES = ['new', 'fixed', 'unchanged'] as const
export const Change = z.enum(CHANGES)
export type Change = z.infer<typeof Change>

export const ComparedFinding = z.object({
  change: Change,
  /** Path in the current report; in the baseline for what is fixed. */
  path: z.string(),
  /** Where it was, when the file was renamed or moved since. */
  previousPath: z.string().nullable(),
  /** Severity in the baseline, where the rule or the policy gave another one. */
  previousSeverity: Severity.nullable(),
  finding: Finding,
})
export type ComparedFinding = z.infer<typeof ComparedFinding>

export const ComparedFile = z.object({
  path: z.string(),
  previousPath: z.string().nullable(),
  change: z.enum(['added', 'removed', 'changed', 'renamed', 'unchanged']),
  verdict: Verdict.nullable(),
  previousVerdict: Verdict.nullable(),
})
export type ComparedFile = z.infer<typeof ComparedFile>

export const Comparison = z.object({
  counts: z.record(Change, z.number().int()),
  verdict: Verdict,
  previousVerdict: Verdict,
  grade: Grade,
  previousGrade: Grade,
  findings: z.array(ComparedFinding),
  /** Files that are not unchanged, and unchanged ones whose verdict is another. */
  files: z.array(ComparedFile),
  /** What makes the comparison weaker than it looks: other rules, another policy, files not read. */
  notes: z.array(z.string()),
})
export type Comparison = z.infer<typeof Comparison>

/**
 * What changed from `baseline` to `current`: findings by (path, fingerprint), each as often as it
 * occurs, so that moved lines change nothing. Files that moved are found by content, then by name.
 */
export function compareReports(baseline: ScanReport, current: ScanReport): Comparison {
  const { pairs, removed, added } = pairFiles(baseline, current)
  const findings: Record<Change, ComparedFinding[]> = { new: [], fixed: [], unchanged: [] }
  const files: ComparedFile[] = []
  for (const file of added) {
    for (const finding of file.findings) findings.new.push(compared('new', file, finding))
    files.push(comparedFile('added', undefined, file))
  }
  for (const file of removed) {
    for (const finding of file.findings) findings.fixed.push(compared('fixed', file, finding))
    files.push(comparedFile('removed', file, undefined))
  }
  for (const pair of pairs) {
    const own = compareFindings(pair)
    for (const change of CHANGES) findings[change].push(...own[change])
    const change = changeOf(pair, own)
    if (change !== 'unchanged' || pair.before.verdict !== pair.after.verdict)
      files.push(comparedFile(change, pair.before, pair.after))
  }
  return {
    counts: {
      new: findings.new.length,
      fixed: findings.fixed.length,
      unchanged: findings.unchanged.length,
    },
    verdict: current.summary.verdict,
    previousVerdict: baseline.summary.verdict,
    grade: current.summary.grade,
    previousGrade: baseline.summary.grade,
    findings: CHANGES.flatMap((change) => findings[change].sort(worstFirst)),
    files: files.sort((a, b) => compareText(a.path, b.path)),
    notes: comparisonNotes(baseline, current, pairs),
  }
}

function compareFindings({ before, after }: FilePair): Record<Change, ComparedFinding[]> {
  const left = new Map<string, Finding[]>()
  // Backwards, so that `pop` takes the first.
  for (const finding of before.findings.toReversed()) {
    const same = left.get(finding.fingerprint)
    if (same === undefined) left.set(finding.fingerprint, [finding])
    else same.push(finding)
  }
  const result: Record<Change, ComparedFinding[]> = { new: [], fixed: [], unchanged: [] }
  const previousPath = before.path === after.path ? null : before.path
  for (const finding of after.findings) {
    const previous = left.get(finding.fingerprint)?.pop()
    if (previous === undefined)
      result.new.push({ ...compared('new', after, finding), previousPath })
    else
      result.unchanged.push({
        ...compared('unchanged', after, finding),
        previousPath,
        previousSeverity: previous.severity === finding.severity ? null : previous.severity,
      })
  }
  for (const gone of left.values())
    for (const finding of gone) result.fixed.push(compared('fixed', before, finding))
  return result
}

function compared(change: Change, { path }: FileReport, finding: Finding): ComparedFinding {
  return { change, path, previousPath: null, previousSeverity: null, finding }
}

function changeOf(
  { before, after }: FilePair,
  findings: Record<Change, ComparedFinding[]>,
): ComparedFile['change'] {
  if (before.path !== after.path) return 'renamed'
  if (before.sha256 !== null && after.sha256 !== null)
    return before.sha256 === after.sha256 ? 'unchanged' : 'changed'
  const isSame = before.bytes === after.bytes && before.format === after.format
  return isSame && findings.new.length + findings.fixed.length === 0 ? 'unchanged' : 'changed'
}

function comparedFile(
  change: ComparedFile['change'],
  before: FileReport | undefined,
  after: FileReport | undefined,
): ComparedFile {
  const path = after?.path ?? before?.path ?? ''
  return {
    path,
    previousPath: before === undefined || before.path === path ? null : before.path,
    change,
    verdict: after?.verdict ?? null,
    previousVerdict: before?.verdict ?? null,
  }
}

function worstFirst(a: ComparedFinding, b: ComparedFinding): number {
  return (
    SEVERITIES.indexOf(a.finding.severity) - SEVERITIES.indexOf(b.finding.severity) ||
    compareText(a.path, b.path)
  )
}

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
