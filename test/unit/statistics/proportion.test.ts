import { binomialCdf } from '@shared/statistics/distributions'
import {
  earlyStoppingEstimate,
  latencyBoundCheck,
  minimumQueries,
  queriesUnder,
} from '@shared/statistics/early-stopping'
import {
  fisherExactTest,
  mcnemarTest,
  proportionDifference,
  wilsonInterval,
} from '@shared/statistics/proportion'
import { createRandom } from '@shared/statistics/random'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import reference from '../../fixtures/statistics/reference.json'
import { close } from './close'

describe('proportions', () => {
  it('have the Wilson interval that SciPy gives', () => {
    for (const { k, n, c, interval } of reference.wilson) {
      const { lower, upper } = wilsonInterval(k, n, c)
      close(lower, interval[0])
      close(upper, interval[1])
    }
  })

  it('mirror with success and failure', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.nat(500), (n, some) => {
        const k = Math.min(n, some)
        close(wilsonInterval(k, n).lower, 1 - wilsonInterval(n - k, n).upper, 1e-12)
      }),
    )
  })

  it('differ with the interval that Newcombe published', () => {
    // Newcombe 1998, Table II, method 10: 56/70 against 48/80, 9/10 against 3/10, 0/20 against 0/10.
    const rows = [
      [56, 70, 48, 80, 0.0524, 0.3339],
      [9, 10, 3, 10, 0.1705, 0.809],
      [6, 7, 2, 7, 0.0582, 0.8062],
      [5, 56, 0, 29, -0.0381, 0.1926],
      [0, 10, 0, 20, -0.1611, 0.2775],
      [10, 10, 0, 20, 0.6791, 1],
    ] as const
    for (const [x, n, y, m, lower, upper] of rows) {
      const interval = proportionDifference(
        { successes: x, trials: n },
        { successes: y, trials: m },
      )
      expect(interval.lower).toBeCloseTo(lower, 4)
      expect(interval.upper).toBeCloseTo(upper, 4)
    }
  })

  it('are told apart by Fisher as in SciPy', () => {
    for (const { table, p } of reference.fisher) {
      const [first, second] = table.map(([successes = 0, trials = 0]) => ({ successes, trials }))
      if (first && second) close(fisherExactTest(first, second), p)
    }
  })

  it('refuse more successes than trials', () => {
    expect(() => wilsonInterval(4, 3)).toThrow('4 successes in only 3 trials')
    expect(() => wilsonInterval(0, 0)).toThrow('at least 1')
  })
})

describe("McNemar's test", () => {
  it('is the exact binomial test of the items only one model has right', () => {
    for (const { b, c, p, midP } of reference.mcnemar) {
      close(mcnemarTest(b, c).p, p)
      close(mcnemarTest(b, c, { midP: true }).p, midP)
      close(mcnemarTest(c, b).p, p)
    }
    expect(mcnemarTest(30, 12).p).toBeCloseTo(0.0079, 4)
    expect(mcnemarTest(0, 0).p).toBe(1)
    expect(mcnemarTest(0, 0, { midP: true }).p).toBe(1)
  })
})

describe('early stopping as MLPerf LoadGen defines it', () => {
  it.each([
    [0.9, 64],
    [0.95, 130],
    [0.97, 219],
    [0.99, 662],
    [0.999, 6636],
  ])('needs at p%d %i queries', (percentile, queries) => {
    expect(minimumQueries(percentile)).toBe(queries)
  })

  it('estimates p90 of 1000 by the 78th largest latency', () => {
    const latencies = createRandom(3).shuffle(Array.from({ length: 1000 }, (_, i) => i + 1))
    expect(earlyStoppingEstimate(latencies, 0.9)).toMatchObject({
      status: 'estimated',
      discarded: 78,
      estimate: 923,
      effectivePercentile: 0.923,
      observed: 900,
    })
    const many = earlyStoppingEstimate(
      Float64Array.from({ length: 24_576 }, (_, i) => i),
      0.9,
    )
    expect(many).toMatchObject({ discarded: 2348 })
  })

  it('says how many more queries it needs', () => {
    const latencies = Array.from({ length: 60 }, (_, i) => i)
    expect(earlyStoppingEstimate(latencies, 0.9)).toEqual({
      status: 'too-few',
      queries: 60,
      needed: 64,
      more: 4,
    })
  })

  it('discards as many as the rule q >= h(t) + t allows, and not one more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 64, max: 3000 }), (queries) => {
        const result = earlyStoppingEstimate(new Float64Array(queries), 0.9)
        if (result.status !== 'estimated') return false
        const { discarded, under } = result
        return (
          queries >= under + discarded && queries < queriesUnder(discarded + 1, 0.9) + discarded + 1
        )
      }),
      { numRuns: 30 },
    )
  })

  it('finds the smallest h that keeps the promise', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.constantFrom(0.9, 0.95, 0.99), (over, percentile) => {
        const h = queriesUnder(over, percentile)
        const doubt = (under: number) => binomialCdf(over, under + over, 1 - percentile)
        return doubt(h) <= 0.01 && doubt(h - 1) > 0.01
      }),
      { numRuns: 30 },
    )
  })

  it('passes a server run by the same rule, and says what is missing', () => {
    const run = (queries: number, over: number) =>
      latencyBoundCheck(
        Array.from({ length: queries }, (_, i) => (i < over ? 20 : 5)),
        10,
        0.99,
      )
    expect(run(662, 1)).toMatchObject({ passed: true, over: 1, under: 661, more: 0 })
    expect(run(661, 1)).toMatchObject({ passed: false, more: 1 })
    expect(run(459, 0).passed).toBe(true)
    expect(run(1000, 15).passed).toBe(false)
  })

  it('overestimates the percentile in 99 of 100 runs', () => {
    const random = createRandom(8)
    const truth = -Math.log(0.1)
    let above = 0
    for (let i = 0; i < 1000; i++) {
      const run = earlyStoppingEstimate(Float64Array.from({ length: 300 }, random.exponential), 0.9)
      if (run.status === 'estimated' && run.estimate >= truth) above++
    }
    expect(above).toBeGreaterThanOrEqual(978)
  })
})
