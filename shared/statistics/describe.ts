import { median, quantile } from './quantile'
import { ascending, checkFraction, checkPositive, checkSample, type Sample } from './sample'

export function mean(sample: Sample): number {
  checkSample(sample, 'The sample')
  return sumOf(sample) / sample.length
}

/** Unbiased variance (n − 1), in two passes. Unit: that of the sample, squared. */
export function variance(sample: Sample): number {
  checkSample(sample, 'The sample', 2)
  const centre = sumOf(sample) / sample.length
  let squares = 0
  let rest = 0
  for (const value of sample) {
    squares += (value - centre) ** 2
    rest += value - centre
  }
  // What rounding left in the centre is taken out again (Chan, Golub and LeVeque 1983).
  return (squares - (rest * rest) / sample.length) / (sample.length - 1)
}

export const standardDeviation = (sample: Sample): number =>
  Math.sqrt(Math.max(0, variance(sample)))

/** Standard deviation over mean, of numbers above 0. */
export function coefficientOfVariation(sample: Sample): number {
  checkPositive(sample, 'The sample', 2)
  return standardDeviation(sample) / mean(sample)
}

/** The standard deviation of a normal distribution over its MAD: 1 / Φ⁻¹(¾). */
export const MAD_TO_SD = 1.482602218505602

/** Median of the distances from the median, not scaled; times MAD_TO_SD it estimates the sd. */
export function medianAbsoluteDeviation(sample: Sample): number {
  const centre = median(sample)
  return median(Float64Array.from(sample, (value) => Math.abs(value - centre)))
}

/**
 * Mean of what is left when a share of the numbers is cut from each end (rounded down to whole
 * numbers, as SciPy's trim_mean does). `share` in [0, ½).
 */
export function trimmedMean(sample: Sample, share: number): number {
  checkSample(sample, 'The sample')
  if (!(share >= 0 && share < 0.5))
    throw new RangeError(`The share to trim is ${share}; it must lie in [0, 0.5).`)
  const cut = Math.floor(share * sample.length)
  return mean(ascending(sample).subarray(cut, sample.length - cut))
}

/** e to the mean logarithm, of numbers above 0: the mean for ratios. */
export function geometricMean(sample: Sample): number {
  checkPositive(sample, 'The sample')
  return Math.exp(mean(Float64Array.from(sample, Math.log)))
}

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

/** One step of an empirical distribution function: `share` of the numbers are <= `value`. */
export interface EcdfStep {
  value: number
  share: number
}

/** The empirical distribution function, one step for each different value, from low to high. */
export function ecdf(sample: Sample): EcdfStep[] {
  checkSample(sample, 'The sample')
  const steps: EcdfStep[] = []
  ascending(sample).forEach((value, i) => {
    const last = steps.at(-1)
    const share = (i + 1) / sample.length
    if (last?.value === value) last.share = share
    else steps.push({ value, share })
  })
  return steps
}

/** Half the width that a band around an ECDF needs to hold with the confidence (DKW, Massart 1990). */
export function ecdfBand(count: number, confidence = 0.95): number {
  checkFraction(confidence, 'The confidence')
  return Math.sqrt(Math.log(2 / (1 - confidence)) / (2 * count))
}

/** Neumaier's compensated sum: the same total to the last digit, whatever the order. */
export function sumOf(sample: Sample): number {
  let sum = 0
  let lost = 0
  for (const value of sample) {
    const next = sum + value
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum
    sum = next
  }
  return sum + lost
}
