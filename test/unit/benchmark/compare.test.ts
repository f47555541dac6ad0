import type { Accuracy } from '@shared/benchmark/accuracy'
import { compareResults, notComparable } from '@shared/benchmark/compare'
import { describe, expect, test } from 'vitest'
import { launches, result } from '../../fixtures/launches'

/** Ten blocks that drift by a tenth; the candidate takes `factor` times as long in each. */
const drifting = (factor: number, wobble = 0.002) =>
  Array.from({ length: 10 }, (_, i) =>
    Math.round(1e6 * factor * (1 + i / 100) * (1 + wobble * ((i * 7) % 5))),
  )
const compared = (medians: number[], more: { runId?: string; accuracy?: Accuracy } = {}) => ({
  resultId: crypto.randomUUID(),
  name: 'model',
  runId: more.runId ?? 'one',
  result: result(launches(medians), { accuracy: more.accuracy ?? null }),
})
const p50 = (comparison: ReturnType<typeof compareResults>) =>
  comparison.pairs[0]?.measures.find(({ measure }) => measure === 'latency-p50')

describe('two models of one run', () => {
  test('are compared block by block: a drift of the machine is no difference', () => {
    const found = p50(compareResults([compared(drifting(1)), compared(drifting(1.05))], 0.03))
    expect(found).toMatchObject({ verdict: 'slower', test: 'wilcoxon', launches: 10 })
    expect(found?.effect).toBeCloseTo(0.05, 2)
  })
  test('are equivalent when the whole interval lies within the threshold', () => {
    const found = p50(compareResults([compared(drifting(1)), compared(drifting(1.005))], 0.03))
    expect(found).toMatchObject({ verdict: 'equivalent', moreLaunches: null })
  })
  test('are undecided when launches scatter, and it is said how many more would decide', () => {
    const wild = [1, 1.3, 0.8, 1.2, 0.9, 1.4, 0.7, 1.1, 1, 1.25].map((x) => Math.round(1e6 * x))
    const found = p50(compareResults([compared(drifting(1)), compared(wild)], 0.03))
    expect(found?.verdict).toBe('inconclusive')
    expect(found?.moreLaunches).toBeGreaterThan(0)
  })
  test('have p-values adjusted over all measures together', () => {
    const { pairs } = compareResults([compared(drifting(1)), compared(drifting(1.05))], 0.03)
    for (const { p, adjustedP } of pairs[0]?.measures ?? [])
      expect(adjustedP).toBeGreaterThanOrEqual(p)
  })
})

test('results of different runs are two samples, and the answer says so', () => {
  const { pairs } = compareResults(
    [compared(drifting(1)), compared(drifting(1.3), { runId: 'two' })],
    0.03,
  )
  expect(pairs[0]?.measures[0]).toMatchObject({ test: 'mann-whitney', verdict: 'slower' })
  expect(pairs[0]?.notes[0]).toContain('different runs')
})
test('speed of different machines is not compared', () => {
  const other = compared(drifting(2))
  other.result.environment.fingerprint = 'f'.repeat(64)
  const { pairs } = compareResults([compared(drifting(1)), other], 0.03)
  expect(pairs[0]).toMatchObject({ measures: [], notes: [expect.stringContaining('environments')] })
})
test('results of different suite versions are never compared', () => {
  const newer = compared(drifting(1))
  newer.result.suite = { ...newer.result.suite, version: '2.0.0' }
  expect(notComparable([compared(drifting(1)), newer])).toContain('versions')
  expect(notComparable([compared(drifting(1)), compared(drifting(1))])).toBeUndefined()
})

describe('accuracy of two models on the same items', () => {
  const judged = (right: (item: number) => boolean): Accuracy => {
    const predictions = Array.from({ length: 220 }, (_, item) => ({
      item,
      expected: 'a',
      predicted: right(item) ? 'a' : 'b',
      score: 1,
      correct: right(item),
      rank: right(item) ? 1 : 2,
    }))
    const share = predictions.filter(({ correct }) => correct).length / 220
    return {
      dataSha256: '0'.repeat(64),
      items: 220,
      failed: [],
      metrics: [{ metric: 'accuracy', value: share }],
      predictions,
      confusion: null,
      worst: [],
    }
  }
  test('is told apart by the items on which they differ: 30 against 12 is McNemar .0079', () => {
    const { pairs } = compareResults(
      [
        compared(drifting(1), { accuracy: judged((item) => item >= 12) }),
        compared(drifting(1), { accuracy: judged((item) => item < 12 || item >= 42) }),
      ],
      0.03,
    )
    const [found] = pairs[0]?.accuracy ?? []
    expect(found).toMatchObject({
      test: 'mcnemar',
      onlyBaseline: 30,
      onlyCandidate: 12,
      verdict: 'worse',
    })
    expect(found?.p).toBeCloseTo(0.0079, 4)
  })
  test('is no difference where few items differ', () => {
    const { pairs } = compareResults(
      [
        compared(drifting(1), { accuracy: judged((item) => item !== 1) }),
        compared(drifting(1), { accuracy: judged((item) => item !== 2) }),
      ],
      0.03,
    )
    expect(pairs[0]?.accuracy[0]?.verdict).toBe('no-difference-shown')
  })
})

test('the front holds what nothing beats at once: a model that is slower and no smaller is not on it', () => {
  const { paretoFront } = compareResults(
    [compared(drifting(1)), compared(drifting(1.05)), compared(drifting(0.9))],
    0.03,
  )
  expect(paretoFront).toEqual([2])
})
