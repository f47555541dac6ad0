import { choiceSums, exactPValue, normalPValue } from './null-distribution'
import { midranks, tieTerm } from './rank'
import { type Alternative, checkSample, type Sample } from './sample'

export interface MannWhitneyResult {
  /** Pairs in which a is larger; equal pairs count a half. */
  u: number
  /** P[a > b] + ½ P[a = b], estimated: u over the number of pairs. */
  superiority: number
  p: number
  method: 'exact' | 'normal'
}

/** Up to so many numbers in both samples together the exact distribution is computed. */
export const EXACT_MANN_WHITNEY = 60

/**
 * The Mann–Whitney test that neither of two independent samples tends to be larger.
 * Exact also with ties (the ranks at hand, every split alike); beyond EXACT_MANN_WHITNEY numbers
 * the normal approximation with tie and continuity correction.
 * Mann and Whitney 1947; Hollander, Wolfe and Chicken 4.1.
 */
export function mannWhitneyTest(
  a: Sample,
  b: Sample,
  alternative: Alternative = 'two-sided',
): MannWhitneyResult {
  checkSample(a, 'Sample A')
  checkSample(b, 'Sample B')
  const joined = [...a, ...b]
  const ranks = [...midranks(joined)]
  const rankSum = ranks.slice(0, a.length).reduce((sum, rank) => sum + rank, 0)
  const u = rankSum - (a.length * (a.length + 1)) / 2
  const pairs = a.length * b.length
  const result = { u, superiority: u / pairs }
  if (joined.length <= EXACT_MANN_WHITNEY) {
    const doubled = ranks.map((rank) => 2 * rank)
    const masses = choiceSums(doubled, a.length)
    return { ...result, p: exactPValue(masses, 2 * rankSum, alternative), method: 'exact' }
  }
  const n = joined.length
  const spread = Math.sqrt((pairs / 12) * (n + 1 - tieTerm(joined) / (n * (n - 1))))
  return { ...result, p: normalPValue(u - pairs / 2, spread, 0.5, alternative), method: 'normal' }
}
