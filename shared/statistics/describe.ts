import { median } from './quantile'
import { ascending, checkPositive, checkSample, type Sample } from './sample'

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
