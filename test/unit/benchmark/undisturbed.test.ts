import { compareResults } from '@shared/benchmark/compare'
import { undisturbedMedian } from '@shared/benchmark/undisturbed'
import { describe, expect, test } from 'vitest'
import { launch, measured, result } from '../../fixtures/launches'

/** A launch with these raw durations, in the order they ran. */
function ran(nanoseconds: number[], block = 0) {
  const whole = measured(1e5)
  if (whole.latency === null) throw new Error('A launch has a latency.')
  const latency = { ...whole.latency, raw: { step: 1, nanoseconds } }
  return { ...launch(1e5, { index: block, block }), measured: { ...whole, latency } }
}
const same = (value: number, count: number) => Array.from({ length: count }, () => value)

describe('the median of the quiet moments of a launch', () => {
  test('is that of the launch where nobody disturbs it', () => {
    expect(undisturbedMedian(ran(same(100, 400)))).toBe(100)
  })
  test('is not moved by others that slow down four fifths of it', () => {
    expect(undisturbedMedian(ran([...same(135, 320), ...same(100, 80)]))).toBe(100)
  })
  test('is of long and short queries alike where they take turns', () => {
    const turns = Array.from({ length: 400 }, (_, i) => (i % 2 === 0 ? 100 : 300))
    expect(undisturbedMedian(ran(turns))).toBe(200)
  })
  test('needs ten slices of four queries', () => {
    expect(undisturbedMedian(ran(same(100, 39)))).toBeUndefined()
    expect(undisturbedMedian(ran(same(100, 40)))).toBe(100)
  })
})

describe('a comparison', () => {
  const side = (resultId: string, of: (block: number) => number[]) => ({
    resultId,
    name: resultId,
    runId: 'one',
    result: result(Array.from({ length: 10 }, (_, block) => ran(of(block), block))),
  })
  const p50 = (a: ReturnType<typeof side>, b: ReturnType<typeof side>) =>
    compareResults([a, b], 0.03).pairs[0]?.measures.find(({ measure }) => measure === 'latency-p50')

  test('sees a difference of 5 % in launches that others slowed down for most of the time', () => {
    // Other parts of other launches: medians of the whole say nothing any more.
    const disturbed = (own: number) => (block: number) => {
      const slow = 150 + 100 * ((block * own) % 3)
      return [...same(1.35 * own, slow), ...same(own, 400 - slow)]
    }
    const found = p50(side('a', disturbed(1000)), side('b', disturbed(1050)))
    expect(found).toMatchObject({ verdict: 'slower', launches: 10 })
    expect(found?.effect).toBeCloseTo(0.05, 6)
  })
  test('takes whole medians for all launches where one has too few queries', () => {
    const few = (block: number) => (block === 3 ? same(2e5, 20) : same(2e5, 400))
    const found = p50(
      side('a', () => same(1e5, 400)),
      side('b', few),
    )
    // Of the summary, which the fixture has at 1e5 for both.
    expect(found?.effect).toBe(0)
  })
})
