import { poissonArrivals, searchRate } from '@shared/statistics/arrivals'
import { changeAlerts, changePoints } from '@shared/statistics/change-point'
import { createRandom, deriveSeed } from '@shared/statistics/random'
import { checkStability, warmUpEnd } from '@shared/statistics/stability'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

/** Runs around levels, each level with its number of runs. */
function history(seed: number, ...levels: [level: number, runs: number][]): number[] {
  const random = createRandom(seed)
  return levels.flatMap(([level, runs]) =>
    Array.from({ length: runs }, () => level * Math.exp(0.01 * random.normal())),
  )
}

describe('a history of runs', () => {
  it('shows where its level changed, and by how much', () => {
    const points = changePoints(history(1, [1, 20], [1.08, 15], [0.95, 15]))
    expect(points.map(({ index }) => index)).toEqual([20, 35])
    expect(points[0]?.ratio).toBeCloseTo(1.08, 1)
    expect(points[1]?.ratio).toBeLessThan(0.9)
  })

  it('shows no change where there is only noise, or one below the threshold', () => {
    expect(changePoints(history(2, [1, 40]))).toEqual([])
    expect(changePoints(history(3, [1, 30], [1.015, 30]))).toEqual([])
    expect(changePoints([])).toEqual([])
    expect(changePoints([1, 2, 1])).toEqual([])
  })

  it('raises one alert for one change, once it is confirmed', () => {
    const alerts = changeAlerts(history(4, [1, 30], [1.1, 12]))
    expect(alerts).toHaveLength(1)
    expect(alerts[0]?.index).toBeGreaterThanOrEqual(31)
    expect(alerts[0]?.index).toBeLessThan(36)
    expect(alerts[0]?.ratio).toBeGreaterThan(1.05)
  })

  it('raises no alert for one slow run', () => {
    const runs = history(5, [1, 30])
    runs[27] = 3
    expect(changeAlerts(runs)).toEqual([])
  })

  it('does not depend on the unit', () => {
    const runs = history(6, [1, 20], [1.2, 20])
    expect(changePoints(runs.map((x) => x * 1000)).map(({ index }) => index)).toEqual(
      changePoints(runs).map(({ index }) => index),
    )
  })
})

describe('iterations of a launch', () => {
  it('are steady, correlated or drifting', () => {
    const random = createRandom(7)
    const noise = Array.from({ length: 600 }, () => 1 + 0.02 * random.normal())
    expect(checkStability(noise)).toMatchObject({ verdict: 'steady' })
    expect(checkStability(noise.map((x, i) => x * (1 + i / 5000))).verdict).toBe('drifting')
    const wave = checkStability(noise.map((x, i) => x + 0.02 * Math.sin(i / 3)))
    expect(wave.verdict).toBe('correlated')
    expect(wave.effectiveCount).toBeLessThan(500)
  })

  it('leave warm-up when two windows agree, or at the limit', () => {
    expect(warmUpEnd([9], 1, { limit: 100 })).toBeNull()
    expect(warmUpEnd([9, 5.2, 5], 3, { limit: 100 })).toBeNull()
    expect(warmUpEnd([9, 5.2, 5, 5.05], 8, { limit: 100 })).toBe('steady')
    expect(warmUpEnd([9, 5.2, 5], 101, { limit: 100 })).toBe('time')
  })
})

describe('the load of a server', () => {
  it('arrives at random with the rate asked for', () => {
    const arrivals = poissonArrivals(200, 20_000, createRandom(9))
    expect(arrivals.every((at, i) => i === 0 || at > (arrivals[i - 1] ?? 0))).toBe(true)
    expect((arrivals.at(-1) ?? 0) * 200).toBeGreaterThan(19_400)
    expect((arrivals.at(-1) ?? 0) * 200).toBeLessThan(20_600)
    expect(() => poissonArrivals(0, 1, createRandom(1))).toThrow('must be above 0')
  })

  it('is searched for the highest rate that passes', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 1e4, noNaN: true }),
        fc.double({ min: 0.1, max: 1e4, noNaN: true }),
        (limit, start) => {
          const search = searchRate({ start })
          let step = search.next()
          while (!step.done) step = search.next(step.value <= limit)
          const { highestPassing, lowestFailing, trials } = step.value
          expect(highestPassing).toBeLessThanOrEqual(limit)
          expect(lowestFailing).toBeGreaterThan(limit)
          expect((lowestFailing ?? 0) / (highestPassing ?? 1)).toBeLessThanOrEqual(1.02)
          expect(trials).toBeLessThan(30)
        },
      ),
    )
  })

  it('may pass nothing, or everything', () => {
    for (const passes of [true, false]) {
      const search = searchRate({ start: 10, most: 5 })
      let step = search.next()
      while (!step.done) step = search.next(passes)
      expect(step.value).toMatchObject({
        trials: 5,
        [passes ? 'lowestFailing' : 'highestPassing']: null,
      })
    }
  })
})

describe('seeded random numbers', () => {
  it('are the same for ever', () => {
    const random = createRandom(2026)
    const draws = [random.uniform(), random.integer(1, 6), random.normal(), random.exponential()]
    expect(draws).toMatchInlineSnapshot(`
      [
        0.038120292596361294,
        5,
        0.3037546997965144,
        0.28797943132775566,
      ]
    `)
    expect(deriveSeed(1, 'bootstrap')).toMatchInlineSnapshot(`3062070869`)
  })

  it('have the moments of their distributions', () => {
    const random = createRandom(1)
    const n = 40_000
    const moments = (draw: () => number) => {
      let sum = 0
      let squares = 0
      for (let i = 0; i < n; i++) {
        const x = draw()
        sum += x
        squares += x * x
      }
      return [sum / n, squares / n - (sum / n) ** 2]
    }
    for (const [draw, centre, variance] of [
      [random.uniform, 0.5, 1 / 12],
      [random.normal, 0, 1],
      [random.exponential, 1, 1],
      [() => random.integer(1, 6), 3.5, 35 / 12],
    ] as const) {
      const [mean = 0, spread = 0] = moments(draw)
      expect(Math.abs(mean - centre)).toBeLessThan(5 * Math.sqrt(variance / n))
      expect(Math.abs(spread / variance - 1)).toBeLessThan(0.06)
    }
  })

  it('shuffle without losing anything', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer(), (items, seed) => {
        const shuffled = createRandom(seed).shuffle(items)
        expect(shuffled.toSorted((a, b) => a - b)).toEqual(items.toSorted((a, b) => a - b))
      }),
    )
  })

  it('have seeds of their own for each purpose', () => {
    const seeds = new Set(Array.from({ length: 1000 }, (_, i) => deriveSeed(i % 10, `label ${i}`)))
    expect(seeds.size).toBe(1000)
    expect(() => createRandom(0.5)).toThrow('whole number')
  })
})
