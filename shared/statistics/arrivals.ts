import type { Random } from './random'
import { checkCount } from './sample'

/**
 * When queries of a Poisson process arrive, in seconds from the start, ascending.
 *
 * Latency is counted from here and not from when a query is taken up: a server that stalls would
 * otherwise be asked nothing while it stalls (coordinated omission). LoadGen's Server scenario.
 * @param rate queries per second.
 */
export function poissonArrivals(rate: number, count: number, random: Random): Float64Array {
  if (!(rate > 0 && Number.isFinite(rate)))
    throw new RangeError(`The rate of arrivals is ${rate} per second; it must be above 0.`)
  checkCount(count, 'The number of queries')
  let now = 0
  return Float64Array.from({ length: count }, () => {
    now += random.exponential() / rate
    return now
  })
}

export interface RateSearch {
  /** The first rate to try, per second. */
  start: number
  /** Stops when the highest passing and the lowest failing rate are this close: 0.02 is 2 %. */
  tolerance?: number
  /** Trials in all, so that a search always ends. */
  most?: number
}

export interface RateSearchResult {
  /** null when no rate that was tried passed. */
  highestPassing: number | null
  /** null when no rate that was tried failed. */
  lowestFailing: number | null
  trials: number
}

/**
 * Looks for the highest rate that passes. A generator: it yields the rate to try and is told
 * whether that passed, so the caller may take its time over a trial.
 *
 * Doubles or halves until it has one of each kind, then bisects on the ratio.
 */
export function* searchRate({
  start,
  tolerance = 0.02,
  most = 40,
}: RateSearch): Generator<number, RateSearchResult, boolean> {
  if (!(start > 0 && Number.isFinite(start) && tolerance > 0))
    throw new RangeError(`A search starts at ${start} per second with tolerance ${tolerance}.`)
  checkCount(most, 'The number of trials', 1)
  let passing: number | null = null
  let failing: number | null = null
  let rate = start
  let trials = 0
  for (; trials < most; trials++) {
    if (passing !== null && failing !== null && failing <= passing * (1 + tolerance)) break
    if (yield rate) passing = rate
    else failing = rate
    if (failing === null) rate *= 2
    else if (passing === null) rate /= 2
    else rate = Math.sqrt(passing * failing)
  }
  return { highestPassing: passing, lowestFailing: failing, trials }
}
