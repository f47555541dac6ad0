import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sparkline } from '../../../renderer/overview/spark'

const strokes = (path: string) => (path.match(/M/g) ?? []).length

describe('a sparkline', () => {
  test('goes from zero at the bottom to the largest value at the top', () => {
    expect(sparkline([0, 10], 100, 28).line).toBe('M0.0 27.0L100.0 1.0')
  })

  test('leaves a gap where there is no value', () => {
    const { line, dots } = sparkline([1, 2, null, 3, 4], 100, 28)
    expect(strokes(line)).toBe(2)
    expect(dots).toBe('')
  })

  test('shows a value without neighbours as a dot', () => {
    const { line, dots } = sparkline([null, 5, null], 100, 28)
    expect(line).toBe('')
    expect(strokes(dots)).toBe(1)
  })

  test('stays inside its box and draws every value once', () => {
    const values = fc.array(fc.option(fc.nat(1e9)), { maxLength: 60 })
    fc.assert(
      fc.property(values, (series) => {
        const { line, dots } = sparkline(series, 240, 28)
        const points = [...`${line}${dots}`.matchAll(/([\d.]+) ([\d.]+)/g)]
        expect(points).toHaveLength(series.filter((value) => value !== null).length)
        for (const [, x, y] of points) {
          expect(Number(x)).toBeLessThanOrEqual(240)
          expect(Number(y)).toBeGreaterThanOrEqual(1)
          expect(Number(y)).toBeLessThanOrEqual(27)
        }
      }),
    )
  })
})
