import { mean } from './describe'
import { median } from './quantile'
import { checkPositive, checkSample, type Sample } from './sample'

/**
 * Correlation of each number with the next, in the order they were measured. 0 for numbers that
 * are all equal. Biased towards 0, as in Box and Jenkins.
 */
export function lagOneAutocorrelation(sample: Sample): number {
  checkSample(sample, 'The list of iterations', 3)
  const centre = mean(sample)
  let products = 0
  let squares = 0
  for (let i = 0; i < sample.length; i++) {
    const here = (sample[i] ?? 0) - centre
    squares += here * here
    if (i > 0) products += here * ((sample[i - 1] ?? 0) - centre)
  }
  return squares === 0 ? 0 : products / squares
}

export interface StabilityCheck {
  lagOne: number
  /** Independent numbers stay within ± this in 19 of 20 series: 1.96/√n. */
  lagOneLimit: number
  /** So many independent iterations would say as much: n (1 − r)/(1 + r) for r > 0. */
  effectiveCount: number
  /** Median of the last third over that of the first: 1.05 is 5 % slower at the end. */
  drift: number
  verdict: 'steady' | 'correlated' | 'drifting'
}

/** Are iterations of a launch steady? `tolerated` is the drift that is not called one. */
export function checkStability(iterations: Sample, tolerated = 0.03): StabilityCheck {
  checkPositive(iterations, 'The list of iterations', 9)
  const lagOne = lagOneAutocorrelation(iterations)
  const lagOneLimit = 1.96 / Math.sqrt(iterations.length)
  const third = Math.floor(iterations.length / 3)
  const drift = median(iterations.slice(-third)) / median(iterations.slice(0, third))
  const effectiveCount =
    lagOne > 0 ? (iterations.length * (1 - lagOne)) / (1 + lagOne) : iterations.length
  const drifting = Math.abs(Math.log(drift)) > Math.log1p(tolerated)
  const verdict = drifting ? 'drifting' : Math.abs(lagOne) > lagOneLimit ? 'correlated' : 'steady'
  return { lagOne, lagOneLimit, effectiveCount, drift, verdict }
}

export interface WarmUpRule {
  /** Two windows are alike when their medians differ by no more than this. */
  tolerance?: number
  /** Warm-up ends after so long in any case; unit of the elapsed time. */
  limit: number
}

/**
 * Has warm-up ended? Windows double in length (1, 2, 4 … iterations), so that a slow model is not
 * warmed up for minutes and a fast one not for microseconds.
 * @returns `steady` when the medians of the last two windows agree, `time` at the limit, otherwise
 *   null: run another window.
 */
export function warmUpEnd(
  windowMedians: readonly number[],
  elapsed: number,
  { tolerance = 0.02, limit }: WarmUpRule,
): 'steady' | 'time' | null {
  const last = windowMedians.at(-1)
  const before = windowMedians.at(-2)
  // The first two windows are three inferences in all: their agreement would be luck.
  if (windowMedians.length > 2 && last && before && Math.abs(last / before - 1) <= tolerance)
    return 'steady'
  return elapsed >= limit ? 'time' : null
}
