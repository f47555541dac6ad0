import { mean, standardDeviation } from './describe'
import { normalCdf, normalQuantile } from './distributions'
import { quantile } from './quantile'
import { createRandom, deriveSeed } from './random'
import {
  ascending,
  checkCount,
  checkFraction,
  checkPairs,
  checkSample,
  type Interval,
  type Sample,
} from './sample'

export interface BootstrapOptions {
  seed?: number
  resamples?: number
  confidence?: number
  /** `bca`: bias-corrected and accelerated, the default; `percentile`: the plain quantiles. */
  method?: 'bca' | 'percentile'
}

export interface BootstrapResult extends Interval {
  standardError: number
}

/**
 * Bootstrap interval of any statistic of `count` units (launches, items, documents).
 *
 * The statistic is given positions 0 … count − 1, drawn with replacement, in an array that is
 * reused. Seeded: the same data and seed give the same interval everywhere. Efron and Tibshirani,
 * An Introduction to the Bootstrap (1993), chapters 13 and 14.
 */
export function bootstrapIndices(
  count: number,
  statistic: (indices: Uint32Array) => number,
  { seed = 1, resamples = 10_000, confidence = 0.95, method = 'bca' }: BootstrapOptions = {},
): BootstrapResult {
  checkCount(count, 'The number of units', 2)
  checkCount(resamples, 'The number of resamples', 100)
  checkFraction(confidence, 'The confidence')
  const indices = Uint32Array.from({ length: count }, (_, i) => i)
  const estimate = statistic(indices)
  const random = createRandom(deriveSeed(seed, 'bootstrap'))
  const replicates = new Float64Array(resamples)
  for (let r = 0; r < resamples; r++) {
    for (let i = 0; i < count; i++) indices[i] = Math.floor(random.uniform() * count)
    replicates[r] = statistic(indices)
  }
  checkSample(replicates, 'The bootstrap distribution')
  const interval =
    method === 'percentile'
      ? percentileInterval(replicates, confidence)
      : bcaInterval(estimate, replicates, jackknife(count, statistic), confidence)
  return { estimate, ...interval, confidence, standardError: standardDeviation(replicates) }
}

/** Bootstrap interval of a statistic of one sample, such as the median over launches. */
export function bootstrapSample(
  sample: Sample,
  statistic: (resample: Float64Array) => number,
  options: BootstrapOptions = {},
): BootstrapResult {
  checkSample(sample, 'The sample', 2)
  const draw = (indices: Uint32Array) => Float64Array.from(indices, (i) => sample[i] ?? 0)
  return bootstrapIndices(sample.length, (indices) => statistic(draw(indices)), options)
}

/**
 * Paired bootstrap over items: the difference of one statistic between two models that answered
 * the same items, each resample giving both models the same items.
 */
export function pairedBootstrap<T>(
  a: readonly T[],
  b: readonly T[],
  statistic: (items: T[]) => number,
  options: BootstrapOptions = {},
): BootstrapResult {
  checkPairs(a, b, 'Items of A and B')
  const draw = (items: readonly T[], indices: Uint32Array) =>
    Array.from(indices, (i) => items[i] as T)
  return bootstrapIndices(
    a.length,
    (indices) => statistic(draw(a, indices)) - statistic(draw(b, indices)),
    options,
  )
}

export function percentileInterval(
  replicates: Sample,
  confidence: number,
): { lower: number; upper: number } {
  const sorted = ascending(replicates)
  const alpha = (1 - confidence) / 2
  return { lower: quantile(sorted, alpha), upper: quantile(sorted, 1 - alpha) }
}

/**
 * The BCa interval out of an estimate, its bootstrap replicates and its jackknife values.
 * Replicates equal to the estimate count a half. Efron 1987.
 */
export function bcaInterval(
  estimate: number,
  replicates: Sample,
  jackknifed: Sample,
  confidence: number,
): { lower: number; upper: number } {
  const sorted = ascending(replicates)
  let below = 0
  for (const value of sorted) below += value < estimate ? 1 : value === estimate ? 0.5 : 0
  // An estimate outside all its replicates would have an infinite bias.
  const share = Math.min(Math.max(below, 0.5), sorted.length - 0.5) / sorted.length
  const bias = normalQuantile(share)
  const centre = mean(jackknifed)
  let squares = 0
  let cubes = 0
  for (const value of jackknifed) {
    squares += (centre - value) ** 2
    cubes += (centre - value) ** 3
  }
  const acceleration = squares === 0 ? 0 : cubes / (6 * squares ** 1.5)
  const at = (z: number) => {
    const shifted = bias + z
    return quantile(sorted, normalCdf(bias + shifted / (1 - acceleration * shifted)))
  }
  const z = normalQuantile((1 - confidence) / 2)
  return { lower: at(z), upper: at(-z) }
}

function jackknife(count: number, statistic: (indices: Uint32Array) => number): Float64Array {
  const without = new Uint32Array(count - 1)
  return Float64Array.from({ length: count }, (_, left) => {
    for (let i = 0; i < count - 1; i++) without[i] = i < left ? i : i + 1
    return statistic(without)
  })
}
