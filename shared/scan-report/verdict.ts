import { type Finding, type Status, VERDICTS, type Verdict } from './report'

/** Categories in which a high finding means harm to whoever loads the file, not only a broken file. */
const HARMFUL = new Set(['code-execution', 'file-access', 'network', 'obfuscation'])

/** What a verdict and a grade are made of: a passport carries no more of a finding to recompute them. */
export type Weighed = Pick<Finding, 'severity' | 'category' | 'confidence'>

/**
 * Verdict of one file. Critical, or high in a harmful category: malicious; other high and medium:
 * suspicious; else clean, but only when the file was read to its end: a failure is never clean.
 */
export function verdictOf(
  findings: readonly Pick<Weighed, 'severity' | 'category'>[],
  status: Status,
): Verdict {
  const worst = findings.map(verdictOfFinding)
  if (status !== 'complete') worst.push('unknown')
  return worstVerdict(worst)
}

function verdictOfFinding(finding: Pick<Weighed, 'severity' | 'category'>): Verdict {
  switch (finding.severity) {
    case 'critical':
      return 'malicious'
    case 'high':
      return HARMFUL.has(finding.category) ? 'malicious' : 'suspicious'
    case 'medium':
      return 'suspicious'
    default:
      return 'clean'
  }
}

/** malicious > suspicious > unknown > clean; of nothing, clean. */
export function worstVerdict(verdicts: Iterable<Verdict>): Verdict {
  let worst = VERDICTS.length - 1
  for (const verdict of verdicts) worst = Math.min(worst, VERDICTS.indexOf(verdict))
  return VERDICTS[worst] ?? 'clean'
}
