import { mean, standardDeviation } from './describe'
import { studentTails, studentWidth } from './distributions'
import { checkSample, type Interval, type Sample } from './sample'
import { signedRankTest } from './signed-rank'

export interface EquivalenceResult extends Interval {
  /** The larger of the two one-sided p-values. */
  p: number
  equivalent: boolean
}

/**
 * Two one-sided tests (TOST) that a mean difference lies inside ±delta. At level alpha this is the
 * same as the interval of confidence 1 − 2 alpha, which is returned, lying inside ±delta.
 * Schuirmann 1987. `delta` has the unit of the differences.
 */
export function equivalenceTest(
  differences: Sample,
  delta: number,
  alpha = 0.05,
): EquivalenceResult {
  checkSample(differences, 'The list of differences', 2)
  checkDelta(delta)
  const freedom = differences.length - 1
  const estimate = mean(differences)
  const error = standardDeviation(differences) / Math.sqrt(differences.length)
  const confidence = 1 - 2 * alpha
  const half = studentWidth(confidence, freedom) * error
  const interval = { estimate, lower: estimate - half, upper: estimate + half, confidence }
  const p =
    error === 0
      ? Math.abs(estimate) < delta
        ? 0
        : 1
      : Math.max(
          studentTails((estimate + delta) / error, freedom).upper,
          studentTails((estimate - delta) / error, freedom).lower,
        )
  return { ...interval, p, equivalent: p <= alpha }
}

/** The same by ranks: two one-sided exact signed-rank tests, for differences that are not normal. */
export function rankEquivalenceTest(differences: Sample, delta: number): number {
  checkSample(differences, 'The list of differences')
  checkDelta(delta)
  const shifted = (by: number) => Array.from(differences, (d) => d + by)
  return Math.max(
    signedRankTest(shifted(delta), { alternative: 'greater' }).p,
    signedRankTest(shifted(-delta), { alternative: 'less' }).p,
  )
}

function checkDelta(delta: number): void {
  if (!(delta > 0)) throw new RangeError(`The equivalence bound is ${delta}; it must be above 0.`)
}
