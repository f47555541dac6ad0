import type { Finding, Grade, GradeStep, Severity, Status, Verdict } from './report'

/** Points one finding of full confidence costs, and the most that a severity can cost. */
const COST: Record<Severity, { each: number; most: number }> = {
  critical: { each: 60, most: 100 },
  high: { each: 30, most: 90 },
  medium: { each: 10, most: 45 },
  low: { each: 2, most: 12 },
  info: { each: 0, most: 0 },
}
const UNREAD = { each: 10, most: 30 }
/** A malicious file is an F however clean the rest of the delivery is. */
const MALICIOUS_CAP = 40
/** What was not read can hold anything: never better than C. */
const UNREAD_CAP = 84

const THRESHOLDS: readonly [Grade, number][] = [
  ['A+', 100],
  ['A', 95],
  ['B', 85],
  ['C', 70],
  ['D', 50],
]

export interface GradeResult {
  grade: Grade
  score: number
  steps: GradeStep[]
}

/**
 * Grade of a scan. Starts at 100; every finding costs points by severity times confidence, every
 * file that was not read to its end costs 10. The steps add up to the score.
 */
export function gradeOf(
  files: readonly {
    findings: readonly Pick<Finding, 'severity' | 'confidence'>[]
    status: Status
    verdict: Verdict
  }[],
): GradeResult {
  const steps: GradeStep[] = [{ label: 'Start', points: 100 }]
  if (files.length === 0) steps.push({ label: 'Nothing was scanned', points: -100 })
  const findings = files.flatMap((file) => file.findings)
  for (const severity of Object.keys(COST) as Severity[]) {
    const some = findings.filter((finding) => finding.severity === severity)
    const { each, most } = COST[severity]
    const full = some.reduce((sum, finding) => sum + each * finding.confidence, 0)
    if (some.length > 0)
      steps.push({
        label: `${some.length} ${severity} × ${each} × confidence, at most ${most}`,
        points: -round(Math.min(full, most)),
      })
  }
  const unread = files.filter((file) => file.status !== 'complete').length
  if (unread > 0)
    steps.push({
      label: `${unread} not read to the end × ${UNREAD.each}, at most ${UNREAD.most}`,
      points: -Math.min(unread * UNREAD.each, UNREAD.most),
    })
  const malicious = files.some((file) => file.verdict === 'malicious')
  let score = round(steps.reduce((sum, step) => sum + step.points, 0))
  const limit = (bound: number, label: string) => {
    steps.push({ label, points: round(bound - score) })
    score = bound
  }
  if (malicious && score > MALICIOUS_CAP)
    limit(MALICIOUS_CAP, `Never above ${MALICIOUS_CAP} with a malicious file`)
  else if (unread > 0 && score > UNREAD_CAP)
    limit(UNREAD_CAP, `Never above ${UNREAD_CAP} with a file that was not read to the end`)
  if (score < 0) limit(0, 'Never below 0')
  const grade = THRESHOLDS.find(([, least]) => score >= least)?.[0] ?? 'F'
  return { grade, score, steps }
}

const round = (points: number) => Math.round(points * 10) / 10

/** '+106.7', '−100', '0': what a step adds or takes. The first is a sum and has no sign. */
export function stepPoints({ points }: GradeStep, index: number): string {
  if (index === 0 || points === 0) return String(Math.abs(points))
  return points < 0 ? `−${-points}` : `+${points}`
}
