import { coinSums, exactPValue, normalPValue } from './null-distribution'
import { midranks } from './rank'
import { type Alternative, checkSample, type Sample } from './sample'

export interface SignedRankOptions {
  alternative?: Alternative
  /** `wilcoxon` leaves zeros out before ranking, `pratt` after: ranks then keep their distances. */
  zeros?: 'wilcoxon' | 'pratt'
}

export interface SignedRankResult {
  /** Sum of the ranks of the positive differences. */
  statistic: number
  /** Differences that were not 0. */
  count: number
  p: number
  method: 'exact' | 'normal'
}

/** Up to here the exact distribution is computed, with ties as they are: 200 × 40 000 steps. */
export const EXACT_SIGNED_RANK = 200

/**
 * Wilcoxon's signed-rank test that differences lie symmetrically around 0.
 *
 * Exact also with ties: the distribution is that of the ranks at hand under random signs. Beyond
 * EXACT_SIGNED_RANK differences the normal approximation with tie and continuity correction.
 * Wilcoxon 1945; Pratt 1959; Hollander, Wolfe and Chicken, Nonparametric Statistical Methods, 3.1.
 */
export function signedRankTest(
  differences: Sample,
  { alternative = 'two-sided', zeros = 'wilcoxon' }: SignedRankOptions = {},
): SignedRankResult {
  checkSample(differences, 'The list of differences')
  const all = zeros === 'pratt' ? [...differences] : [...differences].filter((d) => d !== 0)
  const sizes = all.map(Math.abs)
  const ranks = midranks(sizes)
  const kept = all.flatMap((d, i) => (d === 0 ? [] : [{ positive: d > 0, rank: ranks[i] ?? 0 }]))
  const statistic = kept.reduce((sum, { positive, rank }) => sum + (positive ? rank : 0), 0)
  const result = { statistic, count: kept.length }
  if (kept.length === 0) return { ...result, p: 1, method: 'exact' }
  if (kept.length <= EXACT_SIGNED_RANK) {
    // Midranks are halves: doubled they are whole.
    const masses = coinSums(kept.map(({ rank }) => 2 * rank))
    return { ...result, p: exactPValue(masses, 2 * statistic, alternative), method: 'exact' }
  }
  const centre = kept.reduce((sum, { rank }) => sum + rank, 0) / 2
  // Σ rank² / 4, which has the ties and the dropped zeros in it already.
  const spread = Math.sqrt(kept.reduce((sum, { rank }) => sum + rank * rank, 0) / 4)
  return {
    ...result,
    p: normalPValue(statistic - centre, spread, 0.5, alternative),
    method: 'normal',
  }
}
