import { hodgesLehmann, hodgesLehmannShift } from '@shared/statistics/hodges-lehmann'
import { mannWhitneyTest } from '@shared/statistics/mann-whitney'
import { pairedPermutationTest } from '@shared/statistics/permutation'
import { createRandom } from '@shared/statistics/random'
import type { Alternative } from '@shared/statistics/sample'
import { signTest } from '@shared/statistics/sign-test'
import { signedRankTest } from '@shared/statistics/signed-rank'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import reference from '../../fixtures/statistics/reference.json'
import { close } from './close'

const ALTERNATIVES: Alternative[] = ['two-sided', 'less', 'greater']
/** Whole numbers make ties and zeros likely. */
const whole = fc.array(fc.integer({ min: -6, max: 6 }), { minLength: 1, maxLength: 14 })
const spread = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), {
  minLength: 6,
  maxLength: 16,
})

describe('the signed-rank test', () => {
  it('is exact with ties and zeros, as an enumeration of all signs', () => {
    for (const row of reference.signedRank)
      for (const alternative of ALTERNATIVES) {
        const zeros = row.zeros === 'pratt' ? 'pratt' : 'wilcoxon'
        const result = signedRankTest(row.d, { alternative, zeros })
        close(result.statistic, row.statistic)
        close(result.p, row[alternative])
      }
    const { d, p } = reference.signedRankScipy
    close(signedRankTest(d).p, p)
  })

  it('takes the normal approximation for long lists', () => {
    const { d, p } = reference.signedRankNormal
    const result = signedRankTest(d)
    expect(result.method).toBe('normal')
    close(result.p, p)
  })

  it('reaches no more than p = 2/2^n', () => {
    expect(signedRankTest([1, 2, 3, 4, 5]).p).toBe(2 / 2 ** 5)
    expect(signedRankTest([0, 0, 0]).p).toBe(1)
  })

  it('does not care about order, and mirrors with the sign', () => {
    fc.assert(
      fc.property(whole, fc.integer(), (d, seed) => {
        const shuffled = createRandom(seed).shuffle(d)
        const mirrored = d.map((value) => -value)
        close(signedRankTest(shuffled).p, signedRankTest(d).p, 1e-12)
        close(
          signedRankTest(mirrored, { alternative: 'less' }).p,
          signedRankTest(d, { alternative: 'greater' }).p,
          1e-12,
        )
      }),
    )
  })
})

describe('the permutation test', () => {
  it('counts all signs', () => {
    for (const row of reference.permutation)
      for (const alternative of ALTERNATIVES)
        close(pairedPermutationTest(row.d, { alternative }).p, row[alternative])
  })

  it('estimates by seeded Monte Carlo beyond 30 pairs, and never says 0', () => {
    const d = Array.from({ length: 40 }, (_, i) => 1 + i / 100)
    const result = pairedPermutationTest(d, { resamples: 999 })
    expect(result).toEqual({ ...result, method: 'monte-carlo', p: 1 / 1000 })
    expect(pairedPermutationTest(d, { seed: 9 })).toEqual(pairedPermutationTest(d, { seed: 9 }))
  })

  it('agrees with its own Monte Carlo form', () => {
    const random = createRandom(11)
    const d = Array.from({ length: 30 }, () => random.normal() + 0.3)
    const exact = pairedPermutationTest(d).p
    // A pair without a difference changes no sum, and makes 31.
    const drawn = pairedPermutationTest([...d, 0], { resamples: 20_000 })
    expect(drawn.method).toBe('monte-carlo')
    expect(Math.abs(drawn.p - exact)).toBeLessThan(4 * Math.sqrt(exact / 20_000))
  })

  it('mirrors with the sign', () => {
    fc.assert(
      fc.property(whole, (d) => {
        const mirrored = d.map((value) => -value)
        close(pairedPermutationTest(mirrored).p, pairedPermutationTest(d).p, 1e-12)
      }),
    )
  })
})

describe('the sign test', () => {
  it('is the binomial test', () => {
    for (const { d, p } of reference.signTest) close(signTest(d).p, p)
    expect(signTest([0, 0]).p).toBe(1)
  })
})

describe('the Mann–Whitney test', () => {
  it('is exact, also with ties', () => {
    for (const row of reference.mannWhitney)
      for (const alternative of ALTERNATIVES) {
        const result = mannWhitneyTest(row.a, row.b, alternative)
        close(result.u, row.u)
        close(result.p, row[alternative])
      }
  })

  it('takes the normal approximation with tie correction for long lists', () => {
    const { a, b } = reference.mannWhitneyNormal
    for (const alternative of ALTERNATIVES)
      close(mannWhitneyTest(a, b, alternative).p, reference.mannWhitneyNormal[alternative])
  })

  it('mirrors when the samples change places', () => {
    fc.assert(
      fc.property(whole, whole, (a, b) => {
        const one = mannWhitneyTest(a, b)
        const other = mannWhitneyTest(b, a)
        close(one.p, other.p, 1e-12)
        close(one.superiority + other.superiority, 1, 1e-12)
      }),
    )
  })
})

describe('the Hodges–Lehmann interval', () => {
  it('holds the shifts that the exact test does not reject', () => {
    for (const row of reference.hodgesLehmann) {
      const interval = hodgesLehmann(row.d, row.confidence)
      close(interval.estimate, row.estimate)
      close(interval.lower, row.lower)
      close(interval.upper, row.upper)
      expect(interval.confidence).toBeGreaterThanOrEqual(row.confidence)
    }
    for (const row of reference.hodgesLehmannShift) {
      const interval = hodgesLehmannShift(row.a, row.b, row.confidence)
      close(interval.estimate, row.estimate)
      close(interval.lower, row.lower)
      close(interval.upper, row.upper)
    }
  })

  it('excludes 0 exactly when the test says p <= alpha', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.double({ min: 0.01, max: 9, noNaN: true }), {
          minLength: 6,
          maxLength: 14,
        }),
        fc.array(fc.boolean(), { minLength: 14, maxLength: 14 }),
        (sizes, signs) => {
          const d = sizes.map((size, i) => (signs[i] ? size : -size))
          const { lower, upper } = hodgesLehmann(d)
          const excluded = lower > 0 || upper < 0
          return excluded === signedRankTest(d).p <= 0.05
        },
      ),
    )
  })

  it('moves with the sample and keeps its width', () => {
    fc.assert(
      fc.property(spread, fc.integer({ min: -5, max: 5 }), (d, by) => {
        const here = hodgesLehmann(d)
        const there = hodgesLehmann(d.map((value) => value + by))
        for (const end of ['estimate', 'lower', 'upper'] as const) close(there[end], here[end] + by)
        return here.lower <= here.estimate && here.estimate <= here.upper
      }),
    )
  })

  it('says what a small sample achieves', () => {
    const { confidence, lower, upper } = hodgesLehmann([1, 2, 3, 4, 5])
    expect({ confidence, lower, upper }).toEqual({ confidence: 1 - 2 / 32, lower: 1, upper: 5 })
  })

  it('covers the centre of long samples about as often as it says', () => {
    const random = createRandom(21)
    let covered = 0
    for (let i = 0; i < 300; i++) {
      const interval = hodgesLehmann(Array.from({ length: 120 }, random.normal))
      if (interval.lower <= 0 && interval.upper >= 0) covered++
    }
    expect(covered).toBeGreaterThan(270)
    expect(covered).toBeLessThan(298)
  })
})

describe('samples without a difference', () => {
  it('get p-values at or below alpha in about a share alpha, at any alpha', () => {
    const random = createRandom(4)
    const trials = 2000
    const draw = (count: number) => Array.from({ length: count }, random.normal)
    const tests = {
      'signed rank': () => signedRankTest(draw(12)).p,
      permutation: () => pairedPermutationTest(draw(12)).p,
      'Mann–Whitney': () => mannWhitneyTest(draw(9), draw(11)).p,
    }
    for (const [name, test] of Object.entries(tests)) {
      const p = Array.from({ length: trials }, test)
      for (const alpha of [0.05, 0.25, 0.5, 0.75]) {
        const share = p.filter((value) => value <= alpha).length / trials
        // Four standard errors, and what steps of an exact distribution may leave unused below.
        const slack = 4 * Math.sqrt((alpha * (1 - alpha)) / trials)
        expect(share, `${name} at ${alpha}`).toBeLessThanOrEqual(alpha + slack)
        expect(share, `${name} at ${alpha}`).toBeGreaterThanOrEqual(
          alpha - slack - 0.05 * alpha - 0.01,
        )
      }
    }
  })
})
