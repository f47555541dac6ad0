import { normalTails, normalWidth } from './distributions'
import { EXACT_MANN_WHITNEY } from './mann-whitney'
import { choiceSums, coinSums, lowerCritical, type Masses } from './null-distribution'
import { quantile } from './quantile'
import {
  type Ascending,
  ascending,
  checkFraction,
  checkSample,
  type Interval,
  type Sample,
} from './sample'

/** Up to here the interval of one sample is exact. */
const EXACT_ONE_SAMPLE = 100

/**
 * The Hodges–Lehmann estimate of a centre of symmetry, the median of the Walsh averages
 * (x_i + x_j)/2, with the interval that inverts Wilcoxon's signed-rank test.
 *
 * `confidence` of the result is what is achieved: at least what was asked, unless the sample is
 * so small that even its full range achieves less (5 differences reach 93.75 %). Beyond 100
 * numbers the asymptotic interval. Hollander, Wolfe and Chicken 3.2 and 3.3.
 */
export function hodgesLehmann(differences: Sample, confidence = 0.95): Interval {
  checkSample(differences, 'The list of differences')
  checkFraction(confidence, 'The confidence')
  const n = differences.length
  const walsh = new Float64Array((n * (n + 1)) / 2)
  let next = 0
  for (let i = 0; i < n; i++)
    for (let j = i; j < n; j++)
      walsh[next++] = (differences[i] ?? 0) / 2 + (differences[j] ?? 0) / 2
  const masses = () => coinSums(Array.from({ length: n }, (_, i) => i + 1))
  const spread = Math.sqrt((n * (n + 1) * (2 * n + 1)) / 24)
  return invert(ascending(walsh), confidence, spread, n <= EXACT_ONE_SAMPLE ? masses() : undefined)
}

/**
 * The Hodges–Lehmann estimate of how far sample A lies above sample B, the median of all
 * differences a − b, with the interval that inverts the Mann–Whitney test. Exact up to
 * EXACT_MANN_WHITNEY numbers. Hollander, Wolfe and Chicken 4.2 and 4.3.
 */
export function hodgesLehmannShift(a: Sample, b: Sample, confidence = 0.95): Interval {
  checkSample(a, 'Sample A')
  checkSample(b, 'Sample B')
  checkFraction(confidence, 'The confidence')
  const differences = new Float64Array(a.length * b.length)
  let next = 0
  for (const x of a) for (const y of b) differences[next++] = x - y
  const n = a.length + b.length
  // Rank sums less their smallest value: U.
  const smallest = (a.length * (a.length + 1)) / 2
  const masses = () =>
    choiceSums(
      Array.from({ length: n }, (_, i) => i + 1),
      a.length,
    ).subarray(smallest)
  const spread = Math.sqrt((a.length * b.length * (n + 1)) / 12)
  return invert(
    ascending(differences),
    confidence,
    spread,
    n <= EXACT_MANN_WHITNEY ? masses() : undefined,
  )
}

/** The k-th of the averages from each end, k by the distribution of the rank statistic. */
function invert(
  averages: Ascending,
  confidence: number,
  spread: number,
  masses: Masses | undefined,
): Interval {
  const alpha = (1 - confidence) / 2
  const estimate = quantile(averages, 0.5)
  let k: number
  let achieved: number
  if (masses) {
    const critical = lowerCritical(masses, alpha)
    k = Math.max(1, critical.k)
    achieved = 1 - 2 * (critical.k === 0 ? (masses[0] ?? 0) : critical.below)
  } else {
    const centre = averages.length / 2
    k = Math.max(1, Math.floor(centre + 0.5 - normalWidth(confidence) * spread))
    achieved = 1 - 2 * normalTails((k - 0.5 - centre) / spread).lower
  }
  return {
    estimate,
    lower: averages[k - 1] ?? Number.NaN,
    upper: averages[averages.length - k] ?? Number.NaN,
    confidence: achieved,
  }
}
