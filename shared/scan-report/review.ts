import { gradeOf } from './grade'
import type { FileReport, Finding, Grade, ScanReport, Verdict } from './report'
import { isTruncated } from './truncated'
import { verdictOf, worstVerdict } from './verdict'

/** What a report says once the findings that people have decided about are set aside. */
export interface Review {
  verdict: Verdict
  grade: Grade
  /** Findings that are not set aside. */
  open: number
}

export type IsSetAside = (path: string, finding: Finding) => boolean

/**
 * Verdict and grade without the findings that are set aside. The report itself stays as it is, and
 * what was not read to its end stays unknown, whatever anybody decided.
 */
export function reviewOf(report: ScanReport, isSetAside: IsSetAside): Review {
  const isWhole = !isTruncated(report)
  const files = report.files.map((file) => reviewFile(file, isWhole, isSetAside))
  return {
    verdict: files.length === 0 ? 'unknown' : worstVerdict(files.map((file) => file.verdict)),
    grade: gradeOf(files).grade,
    open: files.reduce((sum, file) => sum + file.findings.length, 0),
  }
}

function reviewFile(file: FileReport, isWhole: boolean, isSetAside: IsSetAside) {
  const { status } = file
  const findings = file.findings.filter((finding) => !isSetAside(file.path, finding))
  if (findings.length === file.findings.length) return file
  // Nobody can have decided about findings that a full report had to drop; the verdict counts them.
  return { findings, status, verdict: isWhole ? verdictOf(findings, status) : file.verdict }
}
