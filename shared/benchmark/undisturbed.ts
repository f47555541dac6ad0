import { median, quantile } from '../statistics/quantile'
import type { CountedLaunch } from './counted'

/**
 * Queries whose median stands for a moment: of one alone, a model whose queries take turns between short and long
 * would be judged by its short ones. More made comparisons less sure (docs/statistics.md).
 */
const SLICE = 4
/** The tenth part of the slices is the first of at least ten. */
const FEWEST_SLICES = 10
const QUIET_SHARE = 0.1
/** Of a long launch so many, spread over it: more would not tell more, and take time. */
const MOST_SLICES = 1000

/**
 * What two models are compared by where it is their median latency: the launch's raw queries in slices of
 * 4 neighbours, the median of each, and of these the tenth part from below. Whoever else uses the
 * processor, or its other thread, makes a model slower for some milliseconds and never faster: the
 * median of a launch tells how often that happened, its quiet moments tell what the model needs.
 * On launches recorded beside bursts of other work and under constant load, neighbouring launches of equal models
 * differed by half as much as their medians do (docs/statistics.md).
 *
 * What a result reports stays the median of all queries. Undefined where a launch has too few.
 */
export function undisturbedMedian({ measured }: CountedLaunch): number | undefined {
  const raw = measured.latency?.raw.nanoseconds ?? []
  const slices = Math.floor(raw.length / SLICE)
  if (slices < FEWEST_SLICES) return undefined
  const every = Math.ceil(slices / MOST_SLICES)
  const medians = Array.from({ length: Math.ceil(slices / every) }, (_, i) =>
    median(raw.slice(i * every * SLICE, (i * every + 1) * SLICE)),
  )
  return quantile(medians, QUIET_SHARE, 'nearest-rank')
}
