import {
  binomialCdf,
  binomialPmf,
  hypergeometricPmf,
  normalCdf,
  normalQuantile,
  studentQuantile,
  studentTails,
} from '@shared/statistics/distributions'
import { logGamma } from '@shared/statistics/gamma-function'
import {
  inverseRegularisedBeta,
  inverseRegularisedGamma,
  regularisedBeta,
  regularisedGamma,
} from '@shared/statistics/incomplete'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import reference from '../../fixtures/statistics/special.json'

/** Relative to the expected value, also where it is 1e−300. */
function close(actual: number, expected: number | undefined, tolerance = 1e-12): void {
  if (expected === undefined) throw new Error('The reference has no such value.')
  const error = expected === 0 ? Math.abs(actual) : Math.abs(actual / expected - 1)
  expect(error, `${actual} against ${expected}`).toBeLessThanOrEqual(tolerance)
}

const rows = (name: keyof typeof reference) =>
  reference[name] as [number, number, number, number, number][]

describe('special functions agree with 40-digit arithmetic', () => {
  it('ln Γ, also beside its zeros', () => {
    for (const [x, expected] of rows('logGamma')) close(logGamma(x), expected)
  })

  it('incomplete gamma, both tails', () => {
    for (const [a, x, lower, upper] of rows('gamma')) {
      const tails = regularisedGamma(a, x)
      close(tails.lower, lower)
      // The complement of a lower tail keeps absolute digits only.
      expect(Math.abs(tails.upper - upper)).toBeLessThan(1e-14 + 1e-12 * upper)
    }
  })

  it('incomplete beta, both tails', () => {
    for (const [x, a, b, lower, upper] of rows('beta')) {
      const tails = regularisedBeta(x, a, b)
      expect(Math.abs(tails.lower - lower)).toBeLessThan(1e-15 + 1e-12 * lower)
      expect(Math.abs(tails.upper - upper)).toBeLessThan(1e-15 + 1e-12 * upper)
    }
  })

  it('the inverse of the incomplete beta', () => {
    for (const [p, a, b, expected] of rows('inverseBeta'))
      close(inverseRegularisedBeta(p, a, b), expected)
  })

  it('the normal distribution and its quantiles, 37 standard deviations out', () => {
    for (const [z, expected] of rows('normal')) close(normalCdf(z), expected)
    for (const [p, expected] of rows('normalQuantile'))
      expect(Math.abs(normalQuantile(p) - (expected ?? 0))).toBeLessThan(
        1e-14 * Math.max(1, Math.abs(expected ?? 0)) * 5,
      )
  })

  it("Student's t and its quantiles", () => {
    for (const [t, freedom, expected] of rows('student'))
      close(studentTails(t, freedom).lower, expected)
    for (const [p, freedom, expected] of rows('studentQuantile'))
      close(studentQuantile(p, freedom), expected)
  })

  it('binomial and hypergeometric', () => {
    for (const [k, n, p, expected] of rows('binomial')) close(binomialCdf(k, n, p), expected)
    for (const [k, marked, unmarked, drawn, expected] of rows('hypergeometric'))
      close(hypergeometricPmf(k, marked, unmarked, drawn), expected)
  })
})

describe('laws', () => {
  const shape = fc.double({ min: 0.05, max: 500, noNaN: true })
  const smooth = fc.double({ min: 1, max: 500, noNaN: true })
  const inside = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true })

  it('the two tails of a beta add up to 1 and swap with their arguments', () => {
    fc.assert(
      fc.property(inside, shape, shape, (x, a, b) => {
        const tails = regularisedBeta(x, a, b)
        const swapped = regularisedBeta(1 - x, b, a, x)
        return (
          Math.abs(tails.lower + tails.upper - 1) < 1e-14 &&
          Math.abs(tails.lower - swapped.upper) < 1e-11
        )
      }),
    )
  })

  it('an inverse undoes its function', () => {
    fc.assert(
      fc.property(inside, smooth, smooth, (p, a, b) => {
        const beta = regularisedBeta(inverseRegularisedBeta(p, a, b), a, b).lower
        const gamma = regularisedGamma(a, inverseRegularisedGamma(p, a)).lower
        const normal = normalCdf(normalQuantile(p))
        return (
          Math.abs(beta - p) < 1e-9 && Math.abs(gamma - p) < 1e-12 && Math.abs(normal - p) < 1e-14
        )
      }),
      { numRuns: 50 },
    )
  })

  it('binomial masses add up to the distribution function', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), inside, fc.nat(60), (n, p, k) => {
        let sum = 0
        for (let i = 0; i <= k; i++) sum += binomialPmf(i, n, p)
        return Math.abs(sum - binomialCdf(k, n, p)) < 1e-12
      }),
    )
  })

  it('refuses what has no answer', () => {
    expect(() => logGamma(0)).toThrow('above 0')
    expect(() => regularisedBeta(0.5, -1, 2)).toThrow('incomplete beta')
    expect(() => normalQuantile(1.5)).toThrow('must lie in')
    expect(() => studentQuantile(0, 3)).toThrow('must lie in')
  })
})
