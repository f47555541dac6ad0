import { sumOf } from './describe'
import { createRandom } from './random'
import { type Alternative, checkSample, type Sample } from './sample'

/** 2^30 sign patterns are counted without forming them: two halves of 2^15 sums each. */
export const EXACT_PERMUTATION = 30

export interface PermutationOptions {
  alternative?: Alternative
  /** For the Monte Carlo test beyond EXACT_PERMUTATION pairs. */
  seed?: number
  resamples?: number
}

export interface PermutationResult {
  /** Mean difference. */
  statistic: number
  p: number
  method: 'exact' | 'monte-carlo'
}

/**
 * Fisher's paired permutation test on the mean difference: under the null every sign is as likely
 * as its opposite. Exact over all 2^n signs up to EXACT_PERMUTATION pairs; beyond, seeded Monte
 * Carlo with p = (b + 1)/(m + 1), which is never 0 (Phipson and Smyth 2010).
 */
export function pairedPermutationTest(
  differences: Sample,
  { alternative = 'two-sided', seed = 1, resamples = 10_000 }: PermutationOptions = {},
): PermutationResult {
  checkSample(differences, 'The list of differences')
  const sizes = Float64Array.from(differences, Math.abs)
  const total = sumOf(differences)
  // Sums of the same numbers in another order may differ in their last digits, and are equal.
  const slack = 1e-12 * sumOf(sizes)
  const reached = (sum: number) =>
    alternative === 'two-sided'
      ? Math.abs(sum) >= Math.abs(total) - slack
      : alternative === 'greater'
        ? sum >= total - slack
        : sum <= total + slack
  const statistic = total / differences.length
  if (differences.length <= EXACT_PERMUTATION) {
    const share = (bound: number) => shareAtLeast(sizes, bound - slack)
    const p =
      alternative === 'greater'
        ? share(total)
        : alternative === 'less'
          ? share(-total)
          : total === 0
            ? 1
            : 2 * share(Math.abs(total))
    return { statistic, p: Math.min(1, p), method: 'exact' }
  }
  const random = createRandom(seed)
  let extreme = 0
  for (let i = 0; i < resamples; i++) {
    let sum = 0
    for (const size of sizes) sum += random.uniform() < 0.5 ? size : -size
    if (reached(sum)) extreme++
  }
  return { statistic, p: (extreme + 1) / (resamples + 1), method: 'monte-carlo' }
}

/** The share of all sign patterns whose sum is at least the bound. */
function shareAtLeast(sizes: Float64Array, bound: number): number {
  const half = sizes.length >> 1
  const left = signedSums(sizes.subarray(0, half)).sort()
  const right = signedSums(sizes.subarray(half)).sort()
  // As the left sum grows, fewer of the right are too small.
  let tooSmall = right.length
  let count = 0
  for (const sum of left) {
    while (tooSmall > 0 && sum + (right[tooSmall - 1] ?? 0) >= bound) tooSmall--
    count += right.length - tooSmall
  }
  return count / (left.length * right.length)
}

function signedSums(sizes: Float64Array): Float64Array {
  const sums = new Float64Array(2 ** sizes.length)
  sizes.forEach((size, i) => {
    const filled = 2 ** i
    for (let k = filled - 1; k >= 0; k--) {
      const sum = sums[k] ?? 0
      sums[k + filled] = sum - size
      sums[k] = sum + size
    }
  })
  return sums
}
