import { quantile } from './quantile'
import { ascending, checkSample, type Sample } from './sample'

/** Tukey's fences: beyond the inner (1.5 IQR) mild, beyond the outer (3 IQR) severe. */
export interface Fences {
  outerLower: number
  innerLower: number
  innerUpper: number
  outerUpper: number
}

/** What a box chart draws. Outliers are named and stay part of every other figure. */
export interface BoxSummary {
  count: number
  minimum: number
  lowerQuartile: number
  median: number
  upperQuartile: number
  maximum: number
  /** The outermost numbers inside the inner fences. */
  lowerWhisker: number
  upperWhisker: number
  fences: Fences
  mild: number[]
  severe: number[]
}

/** Quartiles of type 7; fences of J. Tukey, Exploratory Data Analysis (1977). */
export function boxSummary(sample: Sample): BoxSummary {
  checkSample(sample, 'The sample')
  const sorted = ascending(sample)
  const lowerQuartile = quantile(sorted, 0.25)
  const upperQuartile = quantile(sorted, 0.75)
  const range = upperQuartile - lowerQuartile
  const fences = {
    outerLower: lowerQuartile - 3 * range,
    innerLower: lowerQuartile - 1.5 * range,
    innerUpper: upperQuartile + 1.5 * range,
    outerUpper: upperQuartile + 3 * range,
  }
  const inside = sorted.filter((x) => x >= fences.innerLower && x <= fences.innerUpper)
  const severe = [...sorted.filter((x) => x < fences.outerLower || x > fences.outerUpper)]
  const mild = [
    ...sorted.filter(
      (x) =>
        (x < fences.innerLower && x >= fences.outerLower) ||
        (x > fences.innerUpper && x <= fences.outerUpper),
    ),
  ]
  return {
    count: sorted.length,
    minimum: sorted[0] ?? Number.NaN,
    lowerQuartile,
    median: quantile(sorted, 0.5),
    upperQuartile,
    maximum: sorted.at(-1) ?? Number.NaN,
    lowerWhisker: inside[0] ?? Number.NaN,
    upperWhisker: inside.at(-1) ?? Number.NaN,
    fences,
    mild,
    severe,
  }
}
