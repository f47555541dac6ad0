import { boxSummary } from '@shared/statistics/box-summary'
import {
  coefficientOfVariation,
  geometricMean,
  MAD_TO_SD,
  mean,
  medianAbsoluteDeviation,
  sumOf,
  trimmedMean,
  variance,
} from '@shared/statistics/describe'
import { normalQuantile } from '@shared/statistics/distributions'
import { ecdf, ecdfBand } from '@shared/statistics/ecdf'
import { LogHistogram } from '@shared/statistics/log-histogram'
import { median, percentiles, quantile } from '@shared/statistics/quantile'
import { lagOneAutocorrelation } from '@shared/statistics/stability'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import reference from '../../fixtures/statistics/reference.json'
import { close } from './close'

const { sample, ...expected } = reference.describe
const latencies = fc.array(fc.double({ min: 1e-9, max: 1e9, noNaN: true }), { minLength: 1 })

describe('a sample', () => {
  it('is described as NumPy and SciPy describe it', () => {
    close(mean(sample), expected.mean)
    close(variance(sample), expected.variance)
    close(coefficientOfVariation(sample), expected.cv)
    close(median(sample), expected.median)
    close(medianAbsoluteDeviation(sample), expected.mad)
    close(geometricMean(sample), expected.geometric)
    close(lagOneAutocorrelation(sample), expected.lagOne)
    for (const [share, value] of expected.trimmed) close(trimmedMean(sample, share ?? 0), value)
    close(MAD_TO_SD, 1 / normalQuantile(0.75), 1e-14)
  })

  it('has quantiles of two named kinds', () => {
    for (const [p, value] of expected.type7) close(quantile(sample, p ?? 0), value)
    for (const [p, value] of expected.nearest)
      close(quantile(sample, p ?? 0, 'nearest-rank'), value)
  })

  it('gives the nearest rank that is meant where the product rounds up', () => {
    const hundred = Array.from({ length: 100 }, (_, i) => i + 1)
    expect(quantile(hundred, 0.07, 'nearest-rank')).toBe(7)
    expect(percentiles(hundred)).toEqual({ p50: 50, p90: 90, p95: 95, p99: 99 })
  })

  it('keeps its outliers and names them', () => {
    const box = boxSummary([1, 2, 3, 4, 5, 6, 7, 8, 14.5, 40])
    expect(box).toMatchObject({
      count: 10,
      maximum: 40,
      upperWhisker: 14.5,
      severe: [40],
      mild: [],
    })
    const full = boxSummary(sample)
    close(full.fences.innerUpper, expected.innerUpper)
    close(full.fences.outerLower, expected.outerLower)
  })

  it('has an ECDF that ends at 1 and climbs by ties at once', () => {
    expect(ecdf([2, 1, 2, 5])).toEqual([
      { value: 1, share: 0.25 },
      { value: 2, share: 0.75 },
      { value: 5, share: 1 },
    ])
    // √(ln 40 / 200)
    expect(ecdfBand(100)).toBeCloseTo(0.13581, 5)
  })

  it('is not changed by being described', () => {
    const given = [3, 1, 2]
    boxSummary(given)
    median(given)
    expect(given).toEqual([3, 1, 2])
  })

  it('sums without losing small numbers beside large ones', () => {
    expect(sumOf([1e16, 1, -1e16])).toBe(1)
  })

  it('is refused with a sentence when it is empty, short, or holds NaN', () => {
    expect(() => median([])).toThrow('holds 0 numbers')
    expect(() => variance([1])).toThrow('at least 2')
    expect(() => mean([1, Number.NaN])).toThrow('holds NaN at position 1')
    expect(() => geometricMean([1, 0])).toThrow('must be above 0')
    expect(() => quantile([1], 1.2)).toThrow('use 0 to 1')
  })

  it('has quantiles that rise with p and stay inside the sample', () => {
    fc.assert(
      fc.property(
        latencies,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, p, q) => {
          for (const kind of ['type-7', 'nearest-rank'] as const) {
            const low = quantile(values, Math.min(p, q), kind)
            const high = quantile(values, Math.max(p, q), kind)
            expect(low).toBeLessThanOrEqual(high * (1 + 1e-12))
            expect(low).toBeGreaterThanOrEqual(Math.min(...values))
            expect(high).toBeLessThanOrEqual(Math.max(...values) * (1 + 1e-12))
          }
        },
      ),
    )
  })
})

describe('a log histogram', () => {
  it('gives every quantile within its relative error', () => {
    fc.assert(
      fc.property(latencies, fc.double({ min: 0, max: 1, noNaN: true }), (values, p) => {
        const histogram = new LogHistogram(0.01)
        for (const value of values) histogram.add(value)
        const exact = quantile(values, p, 'nearest-rank')
        expect(Math.abs(histogram.quantile(p) / exact - 1)).toBeLessThanOrEqual(0.01 + 1e-9)
      }),
    )
  })

  it('merges, and survives JSON', () => {
    fc.assert(
      fc.property(latencies, latencies, (a, b) => {
        const one = new LogHistogram()
        const other = new LogHistogram()
        const both = new LogHistogram()
        for (const value of [...a, 0]) one.add(value)
        for (const value of b) other.add(value)
        for (const value of [...a, 0, ...b]) both.add(value)
        one.merge(other)
        expect(one.toJSON()).toEqual(both.toJSON())
        const copy = LogHistogram.from(JSON.parse(JSON.stringify(one)))
        expect(copy.toJSON()).toEqual(one.toJSON())
        expect(copy.count).toBe(a.length + b.length + 1)
      }),
    )
  })

  it('refuses negative numbers, other widths and questions about nothing', () => {
    expect(() => new LogHistogram().add(-1)).toThrow('from 0 up')
    expect(() => new LogHistogram(0.01).merge(new LogHistogram(0.02))).toThrow('cannot be merged')
    expect(() => new LogHistogram().quantile(0.5)).toThrow('no quantiles')
  })
})
