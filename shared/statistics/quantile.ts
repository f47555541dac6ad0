import { type Ascending, ascending, checkSample, type Sample } from './sample'

/**
 * `type-7`: linear between order statistics, what R, NumPy and spreadsheets mean by default
 * (Hyndman and Fan 1996). `nearest-rank`: the smallest value with at least p of the sample at or
 * below it, always one of the measured numbers; what latency percentiles mean.
 */
export type QuantileDefinition = 'type-7' | 'nearest-rank'

/** The p-quantile of a sample in any order, 0 <= p <= 1. */
export function quantile(
  sample: Sample | Ascending,
  p: number,
  definition: QuantileDefinition = 'type-7',
): number {
  checkSample(sample, 'The sample')
  if (!(p >= 0 && p <= 1)) throw new RangeError(`A quantile is asked at ${p}; use 0 to 1.`)
  const sorted = ascending(sample)
  return definition === 'type-7' ? linear(sorted, p) : (sorted[nearestRank(sorted.length, p)] ?? 0)
}

function linear(sorted: Ascending, p: number): number {
  const position = (sorted.length - 1) * p
  const below = Math.floor(position)
  const low = sorted[below] ?? Number.NaN
  const high = sorted[below + 1] ?? low
  return low + (position - below) * (high - low)
}

/**
 * Position, from 0, of the nearest rank ⌈p n⌉ in a sorted sample of n.
 * The product is forgiven its rounding: 0.07 × 100 is 7.000000000000001 and still means rank 7.
 */
export function nearestRank(n: number, p: number): number {
  return Math.max(0, Math.ceil(p * n * (1 - 4 * Number.EPSILON)) - 1)
}

export const median = (sample: Sample | Ascending): number => quantile(sample, 0.5)

/** The percentiles a latency is reported by, nearest rank. Unit: that of the sample. */
export interface Percentiles {
  p50: number
  p90: number
  p95: number
  p99: number
}

export function percentiles(sample: Sample | Ascending): Percentiles {
  checkSample(sample, 'The sample')
  const sorted = ascending(sample)
  const at = (p: number) => quantile(sorted, p, 'nearest-rank')
  return { p50: at(0.5), p90: at(0.9), p95: at(0.95), p99: at(0.99) }
}
