import { normalWidth, studentQuantile, studentWidth } from './distributions'
import { checkCount, checkFraction } from './sample'
import { firstPassing } from './solve'

export interface PowerOptions {
  /** Two-sided level of the test. */
  alpha?: number
  /** Chance to see an effect that is there. */
  power?: number
}

/** No measurement is planned beyond so many launches. */
export const MOST_LAUNCHES = 1000

/**
 * The smallest true shift that a paired test of `pairs` differences with standard deviation
 * `spread` sees with the power asked for: (t_{α/2} + t_β) spread / √n. Unit: that of the spread.
 */
export function detectableShift(
  spread: number,
  pairs: number,
  { alpha = 0.05, power = 0.8 }: PowerOptions = {},
): number {
  checkCount(pairs, 'The number of pairs', 2)
  checkFraction(alpha, 'The level')
  checkFraction(power, 'The power')
  const freedom = pairs - 1
  const width = studentWidth(1 - alpha, freedom) + studentQuantile(power, freedom)
  return (width * spread) / Math.sqrt(pairs)
}

/**
 * Pairs needed to see a true shift with the power asked for; null beyond MOST_LAUNCHES.
 * At least 6: with fewer no signed-rank test reaches p < .05.
 */
export function pairsNeeded(
  spread: number,
  shift: number,
  options: PowerOptions = {},
): number | null {
  const enough = (pairs: number) => detectableShift(spread, pairs, options) <= shift
  const least = Math.max(6, Math.ceil(1 - Math.log2(options.alpha ?? 0.05)))
  return enough(MOST_LAUNCHES) ? firstPassing(enough, least, MOST_LAUNCHES) : null
}

/**
 * The smallest slow-down, as a ratio less 1, that n launches of each model show: launches vary by
 * `cv` (standard deviation over mean) and independently, so their log ratio by √2 cv.
 */
export function minimumDetectableEffect(
  cv: number,
  launches: number,
  options: PowerOptions = {},
): number {
  return Math.expm1(detectableShift(cv * Math.SQRT2, launches, options))
}

/** Launches of each model needed to show a slow-down of `effect` (0.05 for 5 %). */
export function launchesNeeded(
  cv: number,
  effect: number,
  options: PowerOptions = {},
): number | null {
  if (!(effect > 0)) throw new RangeError(`The effect to show is ${effect}; it must be above 0.`)
  return pairsNeeded(cv * Math.SQRT2, Math.log1p(effect), options)
}

/** Items needed for an interval of ± `margin` around a proportion near `expected` (Wald). */
export function itemsNeeded(margin: number, expected = 0.5, confidence = 0.95): number {
  checkFraction(margin, 'The margin')
  checkFraction(expected, 'The expected proportion')
  return Math.ceil((normalWidth(confidence) / margin) ** 2 * expected * (1 - expected))
}
