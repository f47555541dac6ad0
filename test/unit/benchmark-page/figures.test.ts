import type { Figure } from '@shared/benchmark/figures'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  formatBounds,
  formatInterval,
  formatMeasured,
  formatMetric,
} from '../../../renderer/benchmark/format'
import { claimedFigure } from '../../../renderer/benchmark/history/claim-figure'
import { confusionTable } from '../../../renderer/benchmark/result/confusion'
import { histogramBars } from '../../../renderer/benchmark/result/samples'

/** A no-break space joins a number and its unit. */
const plain = (text: string | null) => text?.replaceAll('\u00a0', ' ')

describe('numbers of a result', () => {
  test.each([
    [8_410, 'ns', '8.41 µs'],
    [1_234_567, 'ns', '1.23 ms'],
    [140, 'ms', '140 ms'],
    [48_500_000, 'bytes', '48.5 MB'],
    [12_345, 'per-second', '12,300/s'],
    [0.5, 'joules', '0.5 J'],
  ] as const)('%d %s reads %s', (value, unit, text) => {
    expect(plain(formatMeasured(value, unit))).toBe(text)
  })

  test('an interval says its unit once where both ends share it', () => {
    expect(plain(formatBounds(8_080, 8_230, 'ns'))).toBe('8.08 to 8.23 µs')
    expect(plain(formatBounds(497_000, 2_650_000, 'ns'))).toBe('497 µs to 2.65 ms')
  })

  test('one launch has no interval', () => {
    const figure: Figure = {
      measure: 'latency-p50',
      unit: 'ns',
      better: 'lower',
      estimate: 1,
      lower: 1,
      upper: 1,
      confidence: null,
      values: [1],
      spread: null,
      outliers: 0,
    }
    expect(formatInterval(figure)).toBeNull()
  })

  test('shares read as per cent, other metrics as numbers', () => {
    expect(plain(formatMetric('accuracy', 0.9585))).toBe('95.8 %')
    expect(formatMetric('macro-f1', 0.9585)).toBe('0.959')
  })
})

describe('the histogram', () => {
  test('counts every query once, in a bar or beyond the edge', () => {
    const latencies = fc.array(fc.double({ min: 1, max: 1e9, noNaN: true }), { minLength: 1 })
    fc.assert(
      fc.property(latencies, (values) => {
        const { bars, beyond } = histogramBars(values)
        const counted = bars.reduce((sum, { count }) => sum + count, 0)
        expect(counted + beyond).toBe(values.length)
      }),
    )
  })

  test('is not stretched by one stall of the machine', () => {
    const values = [...Array.from({ length: 999 }, (_, i) => 1000 + i), 1e9]
    const { bars, beyond } = histogramBars(values)
    expect(beyond).toBe(1)
    expect(bars.at(-1)?.to).toBeLessThan(10_000)
  })

  test('of no query has no bars', () => {
    expect(histogramBars([])).toEqual({ bars: [], beyond: 0 })
  })
})

describe('the confusion matrix', () => {
  const confusion = {
    classes: ['cat', 'dog', 'owl'],
    cells: [
      [0, 0, 5],
      [1, 0, 2],
      [1, 1, 7],
      [2, 2, 1],
    ] as [number, number, number][],
  }

  test('has expected classes as rows and predicted ones as columns', () => {
    expect(confusionTable(confusion, 10).counts).toEqual([
      [5, 0, 0],
      [2, 7, 0],
      [0, 0, 1],
    ])
  })

  test('of more classes than fit shows those with the most items, in their order', () => {
    const { classes, counts, all } = confusionTable(confusion, 2)
    expect({ classes, counts, all }).toEqual({
      classes: ['cat', 'dog'],
      counts: [
        [5, 0],
        [2, 7],
      ],
      all: 3,
    })
  })
})

describe('a claimed number', () => {
  test('is typed in the unit people use and stated in the unit of the measure', () => {
    expect(claimedFigure('latency-p90', '1.5', 2e6)).toEqual({
      kind: 'speed',
      measure: 'latency-p90',
      value: 1_500_000,
    })
    expect(claimedFigure('latency-p90', '1,5', 9000)).toEqual({
      kind: 'speed',
      measure: 'latency-p90',
      value: 1500,
    })
    expect(claimedFigure('accuracy', '95', null)).toEqual({
      kind: 'accuracy',
      metric: 'accuracy',
      value: 0.95,
    })
  })

  test.each(['', 'fast', '0', '-3'])('%j is none', (typed) => {
    expect(claimedFigure('latency-p50', typed, null)).toBeNull()
  })
})
