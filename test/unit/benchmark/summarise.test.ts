import { countedLaunches } from '@shared/benchmark/counted'
import { gradeOf } from '@shared/benchmark/grade'
import { isNoisy } from '@shared/benchmark/noisy'
import { accuracyFigures, figureOf, medianInterval, summarise } from '@shared/benchmark/summarise'
import { thinned } from '@shared/benchmark/thin-samples'
import { describe, expect, test } from 'vitest'
import { launch, launches, measured, reading, result } from '../../fixtures/launches'

describe('the launches that count', () => {
  test('are the last of each place: what was noisy or torn apart stays and counts no more', () => {
    const all = [
      launch(100, { index: 0, block: 0, noisy: true }),
      launch(101, { index: 1, block: 0 }),
      launch(102, { index: 2, block: 1 }),
    ]
    expect(countedLaunches(all).map(({ index }) => index)).toEqual([1, 2])
    expect(summarise(result(all)).launches).toEqual({
      counted: 2,
      repeated: 1,
      noisy: 0,
      failed: 0,
    })
  })
  test('are none that ended badly', () => {
    const crashed = launch(1, {
      index: 1,
      block: 1,
      measured: null,
      ending: { kind: 'crash', signal: 'SIGSEGV', sentence: 'It crashed.' },
    })
    expect(summarise(result([launch(100), crashed])).launches).toMatchObject({
      counted: 1,
      failed: 1,
    })
  })
})

describe('a figure', () => {
  test('is the median of the launches, between two of them, with the confidence that has', () => {
    // Conover's table: of ten values the second and the ninth bound the median with 97.9 %.
    const interval = medianInterval([10, 1, 9, 2, 8, 3, 7, 4, 6, 5])
    expect(interval).toMatchObject({ estimate: 5.5, lower: 2, upper: 9 })
    expect(interval.confidence).toBeCloseTo(1 - 22 / 1024, 12)
  })
  test('of fewer than six launches is their whole range, and says how little that is', () => {
    expect(medianInterval([3, 1, 2])).toEqual({
      estimate: 2,
      lower: 1,
      upper: 3,
      confidence: 0.75,
    })
  })
  test('of one launch has no confidence', () => {
    expect(figureOf(launches([100]), 'latency-p50')).toMatchObject({
      estimate: 100,
      lower: 100,
      upper: 100,
      confidence: null,
      spread: null,
    })
  })
  test('is not there where the scenario does not measure it, and never a guess', () => {
    expect(figureOf(launches([100, 101]), 'server-rate')).toBeUndefined()
    expect(figureOf(launches([100, 101]), 'energy')).toBeUndefined()
  })
  test('counts outliers and keeps them', () => {
    const figure = figureOf(launches([100, 101, 102, 103, 104, 105, 106, 900]), 'latency-p50')
    expect(figure?.outliers).toBe(1)
    expect(figure?.values).toContain(900)
  })
})

test('accuracy has the interval of Wilson over its items', () => {
  // 1886 of 2000 right: benchmark.md 3, mnist_h32: .943 [.932, .952].
  const [figure] = accuracyFigures({
    dataSha256: '0'.repeat(64),
    items: 2000,
    failed: [],
    metrics: [{ metric: 'accuracy', value: 0.943 }],
    predictions: [prediction(0), prediction(1)],
    confusion: null,
    worst: [],
  })
  expect(figure?.lower).toBeCloseTo(0.932, 3)
  expect(figure?.upper).toBeCloseTo(0.952, 3)
})

function prediction(item: number) {
  return { item, expected: '1', predicted: '1', score: 1, correct: true, rank: 1 }
}

describe('a launch is noisy', () => {
  const canary = (before: number, after: number) => ({
    before: { cpuShare: before, wallNs: 1e6 },
    after: { cpuShare: after, wallNs: 1e6 },
  })
  test('when a canary did not get its core, before or after', () => {
    expect(isNoisy(measured(1, { canary: canary(0.9, 1) }), 'single-stream', 1)).toBe(true)
    expect(isNoisy(measured(1, { canary: canary(1, 0.9) }), 'single-stream', 1)).toBe(true)
    expect(isNoisy(measured(1), 'single-stream', 1)).toBe(false)
  })
  test('when its one thread had to wait, but not where waiting is what it does', () => {
    const waited = measured(1)
    waited.resources.cpuShare = 0.5
    expect(isNoisy(waited, 'single-stream', 1)).toBe(true)
    expect(isNoisy(waited, 'server', 1)).toBe(false)
    expect(isNoisy(waited, 'single-stream', 2)).toBe(false)
  })
})

describe('a grade', () => {
  const all = launches([100, 101])
  test('is A when all was ok, B when something cannot be seen, C when something was bad', () => {
    expect(gradeOf(all, [reading(0), reading(2)])).toBe('A')
    expect(gradeOf(all, [reading(0), reading(2, 'unknown')])).toBe('B')
    expect(gradeOf(all, [reading(0), reading(2, 'bad')])).toBe('C')
    expect(gradeOf(all, [])).toBe('C')
  })
  test('forgives what was bad while it waited for quiet, or beside a launch that was repeated', () => {
    const moment = (beforeLaunch: number) => ({
      beforeLaunch,
      checks: reading(beforeLaunch, 'bad').checks.slice(0, 3),
    })
    expect(gradeOf(all, [moment(0), reading(0), moment(1), reading(2)])).toBe('A')
  })
  test('does not forgive a battery or a throttled processor in the middle', () => {
    const standing = { beforeLaunch: 1, checks: reading(1, 'bad').checks.slice(3) }
    expect(gradeOf(all, [reading(0), standing, reading(2)])).toBe('C')
  })
  test('is C when a launch stayed noisy', () => {
    const noisy = [...all, launch(100, { index: 2, block: 2, noisy: true })]
    expect(gradeOf(noisy, [reading(0), reading(3)])).toBe('C')
  })
})

test('thinned samples say which of them were kept', () => {
  const thin = thinned(launch(100), 25).measured?.latency?.raw
  expect(thin?.step).toBe(4)
  expect(thin?.nanoseconds).toHaveLength(25)
  expect(thinned(launch(100), 1000)).toEqual(launch(100))
})
