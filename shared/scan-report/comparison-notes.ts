import { isCutEvidence } from './evidence-pin'
import type { FilePair } from './pair-files'
import type { FileReport, ScanReport } from './report'
import { isTruncated } from './truncated'

/** Sentences about what makes a comparison weaker than it looks. */
export function comparisonNotes(
  baseline: ScanReport,
  current: ScanReport,
  pairs: readonly FilePair[],
): string[] {
  const notes: string[] = []
  if (baseline.rulesVersion !== current.rulesVersion)
    notes.push(
      `The rules are others (${baseline.rulesVersion} before, ${current.rulesVersion} now): some changes can come from them.`,
    )
  const [policyBefore, policyNow] = [policyOf(baseline), policyOf(current)]
  if (policyBefore !== policyNow)
    notes.push(
      `The policy is another (${policyBefore} before, ${policyNow} now): some changes can come from it.`,
    )
  const hidden = pairs.reduce((sum, pair) => sum + setAsideSince(pair), 0)
  if (hidden > 0)
    notes.push(
      `${counted(hidden, 'finding')} ${hidden === 1 ? 'counts' : 'count'} as fixed only because the policy sets ${hidden === 1 ? 'it' : 'them'} aside now.`,
    )
  const unseen = pairs.reduce((sum, pair) => sum + cutInChanged(pair), 0)
  if (unseen > 0)
    notes.push(
      `${counted(unseen, 'finding')} of changed files show only the beginning of what was found: the rest can be another than before.`,
    )
  const unread = (report: ScanReport) =>
    report.files.filter((file) => file.status !== 'complete').length
  if (unread(current) > 0)
    notes.push(
      `${counted(unread(current), 'file')} not read to the end now: what counts as fixed there may be unread.`,
    )
  if (unread(baseline) > 0)
    notes.push(
      `${counted(unread(baseline), 'file')} not read to the end before: what counts as new there may be older.`,
    )
  if (isTruncated(current))
    notes.push('The report did not hold all findings now: some that count as fixed may be left.')
  if (isTruncated(baseline))
    notes.push('The earlier report did not hold all findings: some that count as new may be older.')
  if (!isHashed(baseline) || !isHashed(current))
    notes.push('Without the SHA-256 of every file, some that moved count as removed and added.')
  return notes
}

function policyOf({ policy }: ScanReport): string {
  return policy === undefined ? 'none' : `${policy.name} ${policy.digest.slice(0, 8)}`
}

/** Findings of the baseline that are still there, and that the policy of today ignores. */
function setAsideSince({ before, after }: FilePair): number {
  const ignored = new Set(after.ignored?.map(({ finding }) => finding.fingerprint))
  return before.findings.filter(({ fingerprint }) => ignored.has(fingerprint)).length
}

/** Findings that look the same, in a file that is not. */
function cutInChanged({ before, after }: FilePair): number {
  if (before.sha256 !== null && before.sha256 === after.sha256) return 0
  const known = new Set(before.findings.map(({ fingerprint }) => fingerprint))
  return after.findings.filter((one) => isCutEvidence(one) && known.has(one.fingerprint)).length
}

/** A file that could not be opened has no hash in any scan. */
function isHashed(report: ScanReport): boolean {
  return report.files.every((file: FileReport) => file.sha256 !== null || file.status === 'error')
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}
