import { binomialMass } from './gamma-function'
import { regularisedBeta, regularisedGamma, type Tails } from './incomplete'
import { checkCount } from './sample'
import { solveIncreasing } from './solve'

/** Φ(z) and 1 − Φ(z). Through the incomplete gamma function, DLMF 7.11.2. */
export function normalTails(z: number): Tails {
  const { upper } = regularisedGamma(0.5, (z * z) / 2)
  const tail = upper / 2
  return z < 0 ? { lower: tail, upper: 1 - tail } : { lower: 1 - tail, upper: tail }
}

export const normalCdf = (z: number): number => normalTails(z).lower

/**
 * The z with Φ(z) = p. A start good to three digits (Abramowitz and Stegun 26.2.23), then Halley
 * steps on the accurate distribution function.
 * @returns ∓∞ at 0 and 1.
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`A probability is ${p}; it must lie in [0, 1].`)
  if (p === 0) return Number.NEGATIVE_INFINITY
  if (p === 1) return Number.POSITIVE_INFINITY
  if (p > 0.5) return -normalQuantile(1 - p)
  const t = Math.sqrt(-2 * Math.log(p))
  let z =
    (2.515517 + t * (0.802853 + t * 0.010328)) /
      (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) -
    t
  for (let step = 0; step < 3; step++) {
    const error = (normalCdf(z) - p) * Math.sqrt(2 * Math.PI) * Math.exp((z * z) / 2)
    z -= error / (1 + (z * error) / 2)
  }
  return z
}

/** The z that leaves (1 − confidence)/2 on each side: 1.96 for 0.95. */
export const normalWidth = (confidence: number): number => -normalQuantile((1 - confidence) / 2)

/** Distribution function of Student's t and its complement; `freedom` > 0 need not be whole. */
export function studentTails(t: number, freedom: number): Tails {
  if (!(freedom > 0)) throw new RangeError(`Student's t has ${freedom} degrees of freedom.`)
  if (!Number.isFinite(freedom)) return normalTails(t)
  const square = t * t
  const x = Number.isFinite(square) ? freedom / (freedom + square) : 0
  const y = Number.isFinite(square) ? square / (freedom + square) : 1
  const tail = regularisedBeta(x, freedom / 2, 0.5, y).lower / 2
  return t < 0 ? { lower: tail, upper: 1 - tail } : { lower: 1 - tail, upper: tail }
}

export const studentCdf = (t: number, freedom: number): number => studentTails(t, freedom).lower

/** The t with distribution function p, for 0 < p < 1. */
export function studentQuantile(p: number, freedom: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`A probability is ${p}; it must lie in (0, 1).`)
  if (p === 0.5) return 0
  if (p > 0.5) return -studentQuantile(1 - p, freedom)
  let high = 2
  while (studentTails(-high, freedom).lower > p) high *= 4
  return -solveIncreasing((t) => -studentTails(-t, freedom).lower, -p, 0, high)
}

/** The t that leaves (1 − confidence)/2 on each side; infinite for no degree of freedom. */
export function studentWidth(confidence: number, freedom: number): number {
  return freedom > 0 ? -studentQuantile((1 - confidence) / 2, freedom) : Number.POSITIVE_INFINITY
}

/** P[X = k] for X ~ Bin(n, p). */
export function binomialPmf(k: number, n: number, p: number): number {
  checkCount(n, 'The number of trials')
  return k < 0 || k > n || !Number.isInteger(k) ? 0 : binomialMass(k, n, p)
}

/** P[X <= k] and P[X > k] for X ~ Bin(n, p). DLMF 8.17.5. */
export function binomialTails(k: number, n: number, p: number): Tails {
  checkCount(n, 'The number of trials')
  if (!(p >= 0 && p <= 1)) throw new RangeError(`A probability is ${p}; it must lie in [0, 1].`)
  const whole = Math.floor(k)
  if (whole < 0) return { lower: 0, upper: 1 }
  if (whole >= n) return { lower: 1, upper: 0 }
  const { lower, upper } = regularisedBeta(p, whole + 1, n - whole)
  return { lower: upper, upper: lower }
}

export const binomialCdf = (k: number, n: number, p: number): number => binomialTails(k, n, p).lower

/**
 * P[X = k] where X counts the marked among `drawn` of marked + unmarked. Loader (2000): a ratio
 * of three binomial masses, each at the same p, so that no factorial is ever formed.
 */
export function hypergeometricPmf(
  k: number,
  marked: number,
  unmarked: number,
  drawn: number,
): number {
  if (k < Math.max(0, drawn - unmarked) || k > Math.min(drawn, marked)) return 0
  const all = marked + unmarked
  if (drawn === 0 || drawn === all) return 1
  const p = drawn / all
  return (
    (binomialMass(k, marked, p) * binomialMass(drawn - k, unmarked, p)) /
    binomialMass(drawn, all, p)
  )
}
