import { binomialMass, poissonMass } from './gamma-function'
import { solveIncreasing } from './solve'

const EPSILON = 2 ** -53
/** Stands in for 0 where Lentz's method would divide by it. */
const TINY = 1e-290
/** Terms until a series or fraction counts as stuck; needed are about 5 √(largest argument). */
const MOST_TERMS = 200_000

/** Both sides of a distribution function: each keeps its digits where the other is almost 1. */
export interface Tails {
  lower: number
  upper: number
}

/**
 * Regularised incomplete gamma functions P(a, x) and Q(a, x), for a > 0 and x >= 0.
 * Series DLMF 8.7.1 below a + 1, continued fraction DLMF 8.9.2 (modified Lentz) above.
 */
export function regularisedGamma(a: number, x: number): Tails {
  if (!(a > 0) || !(x >= 0))
    throw new RangeError(`The incomplete gamma function is needed at a = ${a}, x = ${x}.`)
  if (x === 0) return { lower: 0, upper: 1 }
  if (x === Number.POSITIVE_INFINITY) return { lower: 1, upper: 0 }
  const mass = poissonMass(a, x)
  if (x < a + 1) {
    let term = 1
    let sum = 1
    for (let k = 1; k < MOST_TERMS && term > sum * EPSILON; k++) {
      term *= x / (a + k)
      sum += term
    }
    const lower = Math.min(1, mass * sum)
    return { lower, upper: 1 - lower }
  }
  const fraction = lentz(x + 1 - a, (k) => [-k * (k - a), x + 2 * k + 1 - a])
  const upper = Math.min(1, (mass * a) / fraction)
  return { lower: 1 - upper, upper }
}

/**
 * Regularised incomplete beta function I_x(a, b) and its complement, for a, b > 0.
 * The continued fraction of DiDonato and Morris (ACM TOMS 18, 1992, Algorithm 708, eq. 9), which
 * does not cancel for x near 1; in front of it Loader's binomial mass, which keeps its digits for
 * large a and b. `y` is 1 − x, given apart so that a tiny one keeps its digits.
 */
export function regularisedBeta(x: number, a: number, b: number, y = 1 - x): Tails {
  if (!(a > 0 && b > 0 && x >= 0 && y >= 0))
    throw new RangeError(`The incomplete beta function is needed at x = ${x}, a = ${a}, b = ${b}.`)
  if (x === 0) return { lower: 0, upper: 1 }
  if (y === 0) return { lower: 1, upper: 0 }
  if (x > (a + 1) / (a + b + 2)) {
    const { lower, upper } = lowerBeta(y, b, a, x)
    return { lower: upper, upper: lower }
  }
  return lowerBeta(x, a, b, y)
}

function lowerBeta(x: number, a: number, b: number, y: number): Tails {
  const n = a + b
  // a − n x, from whichever of x and y has the digits.
  const lambda = a > b ? n * y - b : a - n * x
  const fraction = lentz((a / (a + 1)) * (lambda + 1), (m) => {
    const odd = a + 2 * m - 1
    return [
      ((a + m - 1) * (n + m - 1) * m * (b - m) * x * x) / (odd * odd),
      m + (m * (b - m) * x) / odd + ((a + m) / (odd + 2)) * (lambda + 1 + m * (1 + y)),
    ]
  })
  const lower = Math.min(1, (binomialMass(a, n, x, y) * a * b) / (n * fraction))
  return { lower, upper: 1 - lower }
}

/** b0 + a1/(b1 + a2/(b2 + …)) by the modified Lentz method (Thompson and Barnett 1986). */
function lentz(
  first: number,
  next: (k: number) => [numerator: number, denominator: number],
): number {
  let value = first === 0 ? TINY : first
  let c = value
  let d = 0
  for (let k = 1; k < MOST_TERMS; k++) {
    const [numerator, denominator] = next(k)
    d = denominator + numerator * d
    c = denominator + numerator / c
    d = 1 / (d === 0 ? TINY : d)
    if (c === 0) c = TINY
    const factor = c * d
    value *= factor
    if (Math.abs(factor - 1) <= 2 * EPSILON) return value
  }
  throw new RangeError('A continued fraction did not settle; its arguments are too large.')
}

/** The x with I_x(a, b) = p, for 0 <= p <= 1. */
export function inverseRegularisedBeta(p: number, a: number, b: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`A probability is ${p}; it must lie in [0, 1].`)
  if (p === 0 || p === 1) return p
  return solveIncreasing((x) => regularisedBeta(x, a, b).lower, p, 0, 1)
}

/** The x with P(a, x) = p, for 0 <= p < 1. */
export function inverseRegularisedGamma(p: number, a: number): number {
  if (!(p >= 0 && p < 1)) throw new RangeError(`A probability is ${p}; it must lie in [0, 1).`)
  if (p === 0) return 0
  let high = a + 1
  while (regularisedGamma(a, high).lower < p) high *= 2
  return solveIncreasing((x) => regularisedGamma(a, x).lower, p, 0, high)
}
