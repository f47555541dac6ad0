import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRate } from '../../../electron/core/jobs/rate'

const UNKNOWN = { rate: null, eta: null, etaRange: null }

/** Reads at the given bytes per half second, a report every half second; returns the last pace. */
function read(halfSeconds: readonly number[], total: number) {
  const rate = createRate()
  let pace = rate(0, 0, total)
  let bytes = 0
  for (const [index, more] of halfSeconds.entries()) {
    bytes += more
    pace = rate((index + 1) * 500, bytes, total)
  }
  return pace
}

describe('rate and time left', () => {
  test('are unknown at first', () => {
    const rate = createRate()
    expect(rate(0, 0, 100)).toEqual(UNKNOWN)
    expect(rate(200, 50, 100)).toEqual(UNKNOWN)
  })
  test('then follow the bytes', () => {
    const rate = createRate()
    rate(0, 0, 1000)
    expect(rate(1000, 500, 1000)).toMatchObject({ rate: 500, eta: 1 })
  })
  test('forget what is longer ago than five seconds', () => {
    const rate = createRate()
    for (let second = 0; second <= 20; second++)
      rate(second * 1000, second < 10 ? 0 : (second - 9) * 100, 10_000)
    expect(rate(21_000, 1200, 10_000).rate).toBeCloseTo(100, 0)
  })
  test('nothing moving has no time left to tell', () => {
    const rate = createRate()
    rate(0, 10, 100)
    expect(rate(5000, 10, 100)).toEqual({ rate: 0, eta: null, etaRange: null })
  })
})

describe('the interval of the time left', () => {
  test('is unknown before three seconds', () => {
    expect(read([10, 10, 10, 10, 10], 1000).etaRange).toBeNull()
    expect(read([10, 10, 10, 10, 10, 10], 1000).etaRange).not.toBeNull()
  })
  test('of a steady rate is a point', () => {
    const { eta, etaRange } = read(Array(12).fill(50), 10_000)
    expect(eta).toBeCloseTo(94, 0)
    expect(etaRange?.low).toBeCloseTo(eta ?? 0)
    expect(etaRange?.high).toBeCloseTo(eta ?? 0)
  })
  test('is wider where the rate varies more', () => {
    const width = (low: number, high: number) => {
      const range = read(
        Array.from({ length: 12 }, (_, i) => (i % 2 ? low : high)),
        10_000,
      ).etaRange
      return (range?.high ?? 0) - (range?.low ?? 0)
    }
    expect(width(20, 80)).toBeGreaterThan(2 * width(45, 55))
  })
  test('holds the time left, and ends within ten times of it', () => {
    const halves = fc.array(fc.nat(1000), { minLength: 6, maxLength: 60 })
    fc.assert(
      fc.property(halves, (more) => {
        const { eta, etaRange } = read(more, 1_000_000)
        if (eta === null || etaRange === null) return
        expect(etaRange.low).toBeLessThanOrEqual(eta)
        expect(etaRange.high).toBeGreaterThanOrEqual(eta)
        expect(etaRange.high).toBeLessThanOrEqual(eta * 10 * (1 + 1e-9))
      }),
    )
  })
})
