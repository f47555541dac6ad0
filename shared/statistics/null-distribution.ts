import { normalTails } from './distributions'
import type { Alternative } from './sample'

/** P[X = i] for the whole numbers 0, 1, 2 … */
export type Masses = Float64Array

/** Distribution of a sum in which each whole weight counts or not, by the toss of a fair coin. */
export function coinSums(weights: readonly number[]): Masses {
  let reach = 0
  const masses = new Float64Array(weights.reduce((sum, weight) => sum + weight, 0) + 1)
  masses[0] = 1
  for (const weight of weights) {
    for (let sum = reach + weight; sum >= 0; sum--)
      masses[sum] = ((masses[sum] ?? 0) + (sum >= weight ? (masses[sum - weight] ?? 0) : 0)) / 2
    reach += weight
  }
  return masses
}

/** Distribution of the sum of `chosen` of the whole weights, every choice alike. */
export function choiceSums(weights: readonly number[], chosen: number): Masses {
  const largest = [...weights].sort((a, b) => b - a).slice(0, chosen)
  const size = largest.reduce((sum, weight) => sum + weight, 0) + 1
  // ways[j][s]: probability that the first weights gave j chosen with sum s, as choosing goes on.
  const ways = Array.from({ length: chosen + 1 }, () => new Float64Array(size))
  const start = ways[0]
  if (start) start[0] = 1
  weights.forEach((weight, i) => {
    const left = weights.length - i
    for (let j = Math.min(i + 1, chosen); j >= 0; j--) {
      const here = ways[j]
      const below = ways[j - 1]
      if (!here) continue
      // Of the `left` weights, chosen − j are still to be taken.
      const skip = Math.max(0, 1 - (chosen - j) / left)
      const take = Math.min(1, (chosen - j + 1) / left)
      for (let sum = size - 1; sum >= 0; sum--)
        here[sum] =
          (here[sum] ?? 0) * skip + (below && sum >= weight ? (below[sum - weight] ?? 0) * take : 0)
    }
  })
  return ways[chosen] ?? start ?? new Float64Array(1)
}

/** p-value of an observed whole sum; two-sided is twice the smaller tail, at most 1. */
export function exactPValue(masses: Masses, observed: number, alternative: Alternative): number {
  let lower = 0
  let upper = 0
  masses.forEach((mass, sum) => {
    if (sum <= observed) lower += mass
    if (sum >= observed) upper += mass
  })
  if (alternative === 'less') return Math.min(1, lower)
  if (alternative === 'greater') return Math.min(1, upper)
  return Math.min(1, 2 * Math.min(lower, upper))
}

/** The largest k with P[X < k] <= alpha, and that probability. */
export function lowerCritical(masses: Masses, alpha: number): { k: number; below: number } {
  let below = 0
  for (let k = 0; k < masses.length; k++) {
    const next = below + (masses[k] ?? 0)
    if (next > alpha) return { k, below }
    below = next
  }
  return { k: masses.length, below }
}

/** p-value of a centred statistic, moved towards 0 by the continuity correction. */
export function normalPValue(
  centred: number,
  spread: number,
  correction: number,
  alternative: Alternative,
): number {
  if (spread === 0) return 1
  if (alternative === 'greater') return normalTails((centred - correction) / spread).upper
  if (alternative === 'less') return normalTails((centred + correction) / spread).lower
  const size = Math.max(0, Math.abs(centred) - correction)
  return Math.min(1, 2 * normalTails(size / spread).upper)
}
