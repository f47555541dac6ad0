import type { Sample } from './sample'

/** Ranks from 1; equal values share the mean of their ranks. */
export function midranks(sample: Sample): Float64Array {
  const order = Array.from(sample, (_, i) => i).sort((i, j) => at(sample, i) - at(sample, j))
  const ranks = new Float64Array(sample.length)
  for (let start = 0; start < order.length; ) {
    let end = start + 1
    while (end < order.length && at(sample, order[end]) === at(sample, order[start])) end++
    for (let k = start; k < end; k++) ranks[order[k] ?? 0] = (start + 1 + end) / 2
    start = end
  }
  return ranks
}

const at = (sample: Sample, i: number | undefined): number => sample[i ?? 0] ?? Number.NaN

/** Σ (t³ − t) over groups of t equal values: what ties take from the variance of rank sums. */
export function tieTerm(sample: Sample): number {
  const groups = new Map<number, number>()
  for (const value of sample) groups.set(value, (groups.get(value) ?? 0) + 1)
  let sum = 0
  for (const size of groups.values()) sum += size ** 3 - size
  return sum
}
