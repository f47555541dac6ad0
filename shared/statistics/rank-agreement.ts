import { checkPairs, checkSample, type Sample } from './sample'

/**
 * Kendall's tau-b: +1 for the same order, −1 for the opposite, corrected for ties.
 * @throws RangeError when one of the lists is all ties: then no order can agree.
 */
export function kendallTau(a: Sample, b: Sample): number {
  checkPairs(a, b, 'Rankings')
  checkSample(a, 'The first ranking', 2)
  checkSample(b, 'The second ranking', 2)
  let agreement = 0
  let untiedA = 0
  let untiedB = 0
  for (let i = 0; i < a.length; i++)
    for (let j = 0; j < i; j++) {
      const inA = Math.sign((a[i] ?? 0) - (a[j] ?? 0))
      const inB = Math.sign((b[i] ?? 0) - (b[j] ?? 0))
      agreement += inA * inB
      untiedA += inA * inA
      untiedB += inB * inB
    }
  if (untiedA === 0 || untiedB === 0)
    throw new RangeError('A ranking in which all are equal has no order to agree with.')
  return agreement / Math.sqrt(untiedA * untiedB)
}

/** The ranks that are possible, from 1. */
export interface RankInterval {
  best: number
  worst: number
}

/**
 * The ranks that intervals leave open: nobody is placed above another whose interval overlaps.
 * best = 1 + the number that are surely better, worst = N − the number that are surely worse.
 */
export function rankIntervals(
  intervals: readonly { lower: number; upper: number }[],
  better: 'lower' | 'higher',
): RankInterval[] {
  const sides = intervals.map(({ lower, upper }) =>
    better === 'higher' ? { lower, upper } : { lower: -upper, upper: -lower },
  )
  return sides.map((own) => ({
    best: 1 + sides.filter((other) => other.lower > own.upper).length,
    worst: sides.length - sides.filter((other) => other.upper < own.lower).length,
  }))
}
