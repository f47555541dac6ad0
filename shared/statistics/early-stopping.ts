import { binomialCdf } from './distributions'
import { nearestRank } from './quantile'
import { ascending, checkCount, checkFraction, checkSample, type Sample } from './sample'
import { firstPassing } from './solve'

/** LoadGen's confidence in its percentile estimates. */
const CONFIDENCE = 0.99

/** With so many queries over the bound, are so many in all enough to promise the percentile? */
function promises(queries: number, over: number, percentile: number): boolean {
  return binomialCdf(over, queries, 1 - percentile) <= 1 - CONFIDENCE
}

/**
 * h(t): the fewest queries under the bound that outweigh `over` queries over it, so that with 99 %
 * confidence the percentile lies under the bound. MLPerf inference_rules, appendix on early
 * stopping, with tolerance d = 0: the smallest h with P[Bin(h + t, 1 − p) <= t] <= 0.01.
 */
export function queriesUnder(over: number, percentile: number): number {
  checkCount(over, 'The number of queries over the bound')
  checkFraction(percentile, 'The percentile')
  let high = 64
  while (!promises(high + over, over, percentile)) high *= 2
  return firstPassing((h) => promises(h + over, over, percentile), 1, high)
}

/** The fewest queries for an estimate of the percentile: 64 for p90, 662 for p99. */
export const minimumQueries = (percentile: number): number => queriesUnder(1, percentile) + 1

/** Largest t with q >= h(t) + t; -1 when there are too few queries even for none. */
export function toleratedOver(queries: number, percentile: number): number {
  let [low, high] = [-1, queries]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (queriesUnder(middle, percentile) + middle <= queries) low = middle
    else high = middle
  }
  return low
}

export type EarlyStoppingEstimate =
  | {
      status: 'estimated'
      /** Unit: that of the latencies. At or above the true percentile with 99 % confidence. */
      estimate: number
      /** t: the estimate is the t-th largest latency. */
      discarded: number
      /** h(t). */
      under: number
      /** The share of all queries at or below the estimate. */
      effectivePercentile: number
      /** The plain percentile, nearest rank, to compare. */
      observed: number
    }
  | { status: 'too-few'; queries: number; needed: number; more: number }

/**
 * LoadGen's early-stopping estimate of a latency percentile (SingleStream p90, MultiStream p99):
 * with q queries the largest t with q >= h(t) + t; the t-th largest latency. As loadgen/results.cc
 * does it, but without an upper limit on t.
 */
export function earlyStoppingEstimate(
  latencies: Sample,
  percentile: number,
): EarlyStoppingEstimate {
  checkSample(latencies, 'The list of latencies')
  checkFraction(percentile, 'The percentile')
  const queries = latencies.length
  const needed = minimumQueries(percentile)
  if (queries < needed) return { status: 'too-few', queries, needed, more: needed - queries }
  // The chance of t or fewer grows with t: the first t that promises nothing ends the search.
  const discarded = firstPassing((t) => !promises(queries, t, percentile), 1, queries) - 1
  const sorted = ascending(latencies)
  return {
    status: 'estimated',
    estimate: sorted[queries - discarded] ?? Number.NaN,
    discarded,
    under: queriesUnder(discarded, percentile),
    effectivePercentile: (queries - discarded + 1) / queries,
    observed: sorted[nearestRank(queries, percentile)] ?? Number.NaN,
  }
}

export interface BoundCheck {
  passed: boolean
  /** t: queries that took longer than the bound. */
  over: number
  /** h(t): queries under the bound that so many over it require. */
  under: number
  /** Further queries, all under the bound, after which the run would pass; 0 when it passes. */
  more: number
}

/** LoadGen's rule for Server: the run passes when q >= h(t) + t, t being the queries over the bound. */
export function latencyBoundCheck(
  latencies: Sample,
  bound: number,
  percentile: number,
): BoundCheck {
  checkSample(latencies, 'The list of latencies')
  let over = 0
  for (const latency of latencies) if (latency > bound) over++
  const under = queriesUnder(over, percentile)
  const more = Math.max(0, under + over - latencies.length)
  return { passed: more === 0, over, under, more }
}
