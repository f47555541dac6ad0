import {
  comparePaired,
  compareTogether,
  compareUnpaired,
  type LaunchPair,
} from '@shared/statistics/compare-launches'
import { equivalenceTest, rankEquivalenceTest } from '@shared/statistics/equivalence'
import { benjaminiHochberg, holm } from '@shared/statistics/multiple-tests'
import {
  detectableShift,
  itemsNeeded,
  launchesNeeded,
  minimumDetectableEffect,
  pairsNeeded,
} from '@shared/statistics/power'
import { createRandom } from '@shared/statistics/random'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import reference from '../../fixtures/statistics/reference.json'
import { close } from './close'

/** Launch medians in blocks: A takes `ratio` times as long, both vary by `cv`. */
function launches(ratio: number, cv: number, count: number, seed = 1): LaunchPair {
  const random = createRandom(seed)
  const draw = (centre: number) =>
    Array.from({ length: count }, () => centre * Math.exp(cv * random.normal()))
  return { a: draw(ratio), b: draw(1) }
}

describe('a comparison of launches', () => {
  it('calls a model slower that takes 10 % longer, and the other one faster', () => {
    const { a, b } = launches(1.1, 0.01, 10)
    const comparison = comparePaired({ a, b })
    expect(comparison.verdict).toBe('slower')
    expect(comparison.ratio.lower).toBeGreaterThan(1.08)
    expect(comparison.ratio.upper).toBeLessThan(1.12)
    expect(comparePaired({ a: b, b: a }).verdict).toBe('faster')
  })

  it('reads a higher throughput as faster', () => {
    expect(comparePaired({ ...launches(1.1, 0.01, 10), better: 'higher' }).verdict).toBe('faster')
  })

  it('calls models equivalent when the whole interval lies inside the threshold', () => {
    const comparison = comparePaired(launches(1.005, 0.005, 10))
    expect(comparison.verdict).toBe('equivalent')
    expect(comparison).not.toHaveProperty('moreLaunches')
  })

  it('does not call a difference below the threshold slower, however sure it is', () => {
    const comparison = comparePaired(launches(1.02, 0.001, 20))
    expect(comparison.p).toBeLessThan(0.001)
    expect(comparison.verdict).toBe('equivalent')
  })

  it('calls nothing on few launches, and says how many more it takes', () => {
    const same = { a: [1, 1, 1], b: [1, 1, 1] }
    expect(comparePaired(same)).toMatchObject({ verdict: 'inconclusive', moreLaunches: 3 })
    const twice = { a: [2, 2, 2, 2, 2], b: [1, 1, 1, 1, 1] }
    expect(comparePaired(twice)).toMatchObject({ verdict: 'inconclusive', moreLaunches: 1 })
  })

  it('says how many more launches would decide a noisy comparison', () => {
    const noisy = comparePaired(launches(1.1, 0.15, 8))
    expect(noisy.verdict).toBe('inconclusive')
    expect(noisy.moreLaunches).toBeGreaterThan(8)
    const hopeless = { a: [9, 0.1, 8, 0.12, 9, 0.11, 9, 0.1], b: new Array(8).fill(1) }
    expect(comparePaired(hopeless).moreLaunches).toBeNull()
  })

  it('is decided by as many launches as it asked for, four times of five', () => {
    let decided = 0
    let asked = 0
    for (let seed = 0; seed < 200; seed++) {
      const needed = pairsNeeded(0.05 * Math.SQRT2, Math.log(1.06)) ?? 0
      asked = needed
      if (comparePaired(launches(1.06, 0.05, needed, seed)).verdict === 'slower') decided++
    }
    expect(asked).toBeGreaterThan(10)
    expect(decided / 200).toBeGreaterThan(0.7)
  })

  it('does not see what slows down whole blocks', () => {
    const { a, b } = launches(1.08, 0.005, 10)
    const load = a.map((_, i) => 1 + (i % 4))
    const comparison = comparePaired({
      a: a.map((value, i) => value * (load[i] ?? 1)),
      b: b.map((value, i) => value * (load[i] ?? 1)),
    })
    close(comparison.ratio.estimate, comparePaired({ a, b }).ratio.estimate, 1e-12)
    expect(comparison.verdict).toBe('slower')
    expect(compareUnpaired({ a: a.map((v, i) => v * (load[i] ?? 1)), b }).verdict).not.toBe(
      'equivalent',
    )
  })

  it('does not depend on the unit, and its ratio turns over with A and B', () => {
    const value = fc.double({ min: 0.5, max: 2, noNaN: true })
    const pairs = fc.array(fc.tuple(value, value), { minLength: 2, maxLength: 15 })
    fc.assert(
      fc.property(pairs, fc.double({ min: 1e-6, max: 1e6, noNaN: true }), (rows, unit) => {
        const a = rows.map(([x]) => x)
        const b = rows.map(([, y]) => y)
        for (const compare of [comparePaired, compareUnpaired]) {
          const here = compare({ a, b })
          const turned = compare({ a: b, b: a })
          close(here.ratio.estimate * turned.ratio.estimate, 1)
          close(here.ratio.lower * turned.ratio.upper, 1)
          const scaled = compare({ a: a.map((x) => x * unit), b: b.map((y) => y * unit) })
          close(scaled.ratio.estimate, here.ratio.estimate)
        }
      }),
    )
  })

  it('never says slower with 1 inside the interval', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 6, max: 14 }), (seed, count) => {
        const { ratio, verdict } = comparePaired(launches(1.05, 0.05, count, seed))
        return verdict !== 'slower' || ratio.lower > 1
      }),
    )
  })

  it('adjusts metrics that are read together', () => {
    // p = .0137 alone; of four metrics the smallest counts four times.
    const borderline = {
      a: [1.1, 1.12, 1.09, 1.13, 1.11, 1.08, 1.14, 1.1, 0.92, 0.95],
      b: new Array(10).fill(1),
    }
    const alone = comparePaired(borderline)
    expect(alone.verdict).toBe('slower')
    const noise = (seed: number) => launches(1, 0.03, 10, seed)
    const together = compareTogether({
      p50: borderline,
      p90: noise(2),
      cpu: noise(3),
      rss: noise(4),
    })
    expect(together.p50.p).toBeCloseTo(4 * alone.p, 12)
    expect(together.p50.ratio.estimate).toBeCloseTo(alone.ratio.estimate, 12)
    expect(together.p50.verdict).toBe('inconclusive')
  })

  it('refuses launches without partner and numbers that are no times', () => {
    expect(() => comparePaired({ a: [1, 2], b: [1, 2, 3] })).toThrow('there are 2 and 3')
    expect(() => comparePaired({ a: [1, 0], b: [1, 2] })).toThrow('must be above 0')
    expect(() => comparePaired({ a: [1], b: [1] })).toThrow('at least 2')
  })
})

describe('several tests at once', () => {
  it('are adjusted as by definition and as SciPy does', () => {
    const { p, holm: byHolm, bh } = reference.adjusted
    for (const [i, value] of holm(p).entries()) close(value, byHolm[i])
    for (const [i, value] of benjaminiHochberg(p).entries()) close(value, bh[i])
    expect(holm([])).toEqual([])
    expect(() => holm([1.2])).toThrow('must lie in [0, 1]')
  })

  it('never get a smaller p-value, and Holm is the stricter', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 20 }), (p) => {
        const strict = holm(p)
        const mild = benjaminiHochberg(p)
        return p.every(
          (value, i) =>
            value <= (mild[i] ?? 0) + 1e-12 && (mild[i] ?? 0) <= (strict[i] ?? 0) + 1e-12,
        )
      }),
    )
  })
})

describe('equivalence', () => {
  it('is two one-sided t tests', () => {
    const { d, delta, p, interval } = reference.tost
    const result = equivalenceTest(d, delta)
    close(result.p, p)
    close(result.lower, interval[0])
    close(result.upper, interval[1])
    expect(result.equivalent).toBe(true)
    expect(rankEquivalenceTest(d, delta)).toBeLessThan(0.05)
    expect(
      rankEquivalenceTest(
        d.map((x) => x + 0.03),
        delta,
      ),
    ).toBeGreaterThan(0.05)
  })

  it('is the interval inside the bound', () => {
    fc.assert(
      fc.property(fc.integer(), fc.double({ min: 0.1, max: 2, noNaN: true }), (seed, delta) => {
        const d = Array.from({ length: 9 }, createRandom(seed).normal)
        const { equivalent, lower, upper } = equivalenceTest(d, delta)
        return equivalent === (lower >= -delta && upper <= delta)
      }),
    )
  })
})

describe('power', () => {
  it('detects about 2.5 % with ten launches that vary by 2 %', () => {
    // 2.8 s √(2/n) with z instead of t; t makes it a little more.
    const effect = minimumDetectableEffect(0.02, 10)
    expect(effect).toBeGreaterThan(0.025)
    expect(effect).toBeLessThan(0.03)
    expect(minimumDetectableEffect(0.02, 40)).toBeCloseTo(
      Math.expm1(2.8 * 0.02 * Math.sqrt(2 / 40)),
      3,
    )
  })

  it('needs as many launches as it takes to detect the effect', () => {
    const needed = launchesNeeded(0.02, 0.03) ?? 0
    expect(minimumDetectableEffect(0.02, needed)).toBeLessThanOrEqual(0.03)
    expect(minimumDetectableEffect(0.02, needed - 1)).toBeGreaterThan(0.03)
    expect(launchesNeeded(0.5, 0.001)).toBeNull()
    expect(pairsNeeded(0, 0.01)).toBe(6)
  })

  it('detects less with fewer pairs and more noise', () => {
    expect(detectableShift(0.02, 10)).toBeLessThan(detectableShift(0.02, 9))
    expect(detectableShift(0.02, 10)).toBeLessThan(detectableShift(0.03, 10))
  })

  it('plans items for an accuracy', () => {
    expect(itemsNeeded(0.05)).toBe(385)
    expect(itemsNeeded(0.01, 0.9)).toBe(3458)
  })
})
