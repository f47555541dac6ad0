import { gradeOf } from './grade'
import { type FileReport, type ScanSummary, SEVERITIES, VERDICTS } from './report'
import { type Weighed, worstVerdict } from './verdict'

/** All that a summary is made of; whole reports have more. */
export type Summed = Pick<FileReport, 'bytes' | 'status' | 'verdict'> & {
  findings: readonly Weighed[]
}

export function summarise(files: readonly Summed[]): ScanSummary {
  const { grade, score, steps } = gradeOf(files)
  const count = <K extends string>(keys: readonly K[], values: readonly K[]) => {
    const counts = Object.fromEntries(keys.map((key) => [key, 0])) as Record<K, number>
    for (const value of values) counts[value] += 1
    return counts
  }
  return {
    files: files.length,
    // Sparse files can claim more together than a safe integer holds.
    bytes: Math.min(
      files.reduce((sum, file) => sum + file.bytes, 0),
      Number.MAX_SAFE_INTEGER,
    ),
    // Nothing scanned is nothing known.
    verdict: files.length === 0 ? 'unknown' : worstVerdict(files.map((file) => file.verdict)),
    grade,
    score,
    gradeSteps: steps,
    bySeverity: count(
      SEVERITIES,
      files.flatMap((file) => file.findings.map((finding) => finding.severity)),
    ),
    byVerdict: count(
      VERDICTS,
      files.map((file) => file.verdict),
    ),
    byStatus: count(
      ['complete', 'inconclusive', 'error'] as const,
      files.map((file) => file.status),
    ),
  }
}
