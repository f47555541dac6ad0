import { binomialTails } from './distributions'
import { type Alternative, checkSample, type Sample } from './sample'

/** The exact sign test that a difference is as often above 0 as below; zeros are left out. */
export function signTest(
  differences: Sample,
  alternative: Alternative = 'two-sided',
): { positive: number; negative: number; p: number } {
  checkSample(differences, 'The list of differences')
  const positive = differences.filter((d) => d > 0).length
  const negative = differences.filter((d) => d < 0).length
  const n = positive + negative
  const lower = binomialTails(positive, n, 0.5).lower
  const upper = binomialTails(positive - 1, n, 0.5).upper
  const p =
    alternative === 'less'
      ? lower
      : alternative === 'greater'
        ? upper
        : Math.min(1, 2 * Math.min(lower, upper))
  return { positive, negative, p }
}
