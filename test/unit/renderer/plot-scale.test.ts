import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  extent,
  linearScale,
  logScale,
  padded,
  wantsLog,
} from '../../../renderer/charts/plot/scale'

const ends = fc
  .tuple(
    fc.double({ min: -1e9, max: 1e9, noNaN: true }),
    fc.double({ min: 1e-6, max: 1e9, noNaN: true }),
  )
  .map(([low, width]) => [low, low + Math.max(width, Math.abs(low) * 1e-6)] as const)

describe('a straight scale', () => {
  test('puts the ends of its domain at the ends of its range', () => {
    const { at } = linearScale([2, 4], [100, 0])
    expect([at(2), at(3), at(4)]).toEqual([100, 50, 0])
  })

  test.each([
    [0, 1, 5, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [-0.3, 0.3, 3, [-0.2, 0, 0.2]],
    [11, 47, 4, [20, 30, 40]],
  ])('writes round numbers between %d and %d', (low, high, count, ticks) => {
    expect(linearScale([low, high], [0, 1]).ticks(count)).toEqual(ticks)
  })

  test('writes no number outside its domain, and about as many as asked', () => {
    fc.assert(
      fc.property(ends, fc.integer({ min: 1, max: 10 }), ([low, high], count) => {
        const ticks = linearScale([low, high], [0, 1]).ticks(count)
        const slack = (high - low) * 1e-6
        expect(ticks.every((tick) => tick >= low - slack && tick <= high + slack)).toBe(true)
        expect(ticks.length).toBeLessThanOrEqual(count + 1)
      }),
    )
  })
})

describe('a logarithmic scale', () => {
  test('makes equal ratios equal distances', () => {
    const { at } = logScale([1, 100], [0, 2])
    expect(at(10)).toBeCloseTo(1, 12)
  })

  test.each([
    [1, 100, 8, [1, 2, 5, 10, 20, 50, 100]],
    [1, 1000, 4, [1, 10, 100, 1000]],
    [8, 30, 4, [10, 20, 30]],
  ])('writes powers of ten and their parts from %d to %d', (low, high, count, ticks) => {
    expect(logScale([low, high], [0, 1]).ticks(count)).toEqual(ticks)
  })

  test('is wanted where the largest is more than twenty times the smallest', () => {
    expect([wantsLog([1, 19]), wantsLog([1, 21]), wantsLog([0, 100])]).toEqual([false, true, false])
  })
})

test('one number alone still has a domain', () => {
  expect(padded(extent([5]))).toEqual([4.75, 5.25])
  expect(padded(extent([0]))).toEqual([-1, 1])
  expect(extent([])).toEqual([0, 1])
})
