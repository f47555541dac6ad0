import { toleratedOver } from '@shared/statistics/early-stopping'
import { LogHistogram } from '@shared/statistics/log-histogram'
import { createRandom } from '@shared/statistics/random'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { measureLatency } from '../../../electron/core/benchmark/child/loop/measure-latency'
import { createRecorder } from '../../../electron/core/benchmark/child/loop/recorder'
import type { Runner } from '../../../electron/core/benchmark/child/loop/runner'
import { serve } from '../../../electron/core/benchmark/child/loop/serve'
import { warmUp } from '../../../electron/core/benchmark/child/loop/warm-up'
import { TEST_PROFILE } from '../../fixtures/launch-plan'

/** A runner that burns the given milliseconds for each query. */
function burning(msOf: (query: number) => number): Runner {
  return {
    feedOf: (query) => query,
    time(first, count, durations) {
      for (let i = 0; i < count; i++) {
        const until = performance.now() + msOf(first + i)
        const started = performance.now()
        while (performance.now() < until);
        durations[i] = performance.now() - started
      }
      return first + count - 1
    },
  }
}

describe('a recorder', () => {
  test('keeps every duration while there is room', () => {
    const recorder = createRecorder(1000)
    recorder.add(Float64Array.of(0.001, 0.002, 0.003), 3)
    const { raw, summary, queries } = recorder.measure(0.9, 6000)
    expect(raw).toEqual({ step: 1, nanoseconds: [1000, 2000, 3000] })
    expect(summary).toEqual({
      p50: 2000,
      p90: 3000,
      p95: 3000,
      p99: 3000,
      min: 1000,
      mean: 2000,
      max: 3000,
    })
    expect(queries).toBe(3)
  })
  test('keeps every second, fourth … one when there is none, and counts all in the histogram', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20_000 }),
        fc.integer({ min: 1, max: 700 }),
        (total, block) => {
          const recorder = createRecorder(1000)
          for (let done = 0; done < total; done += block) {
            const count = Math.min(block, total - done)
            recorder.add(
              Float64Array.from({ length: count }, (_, i) => (done + i + 1) / 1e6),
              count,
            )
          }
          const { raw, histogram, queries } = recorder.measure(0.9, 1)
          expect(queries).toBe(total)
          expect(LogHistogram.from(histogram).count).toBe(total)
          expect(raw.nanoseconds.length).toBe(Math.ceil(total / raw.step))
          expect(raw.nanoseconds.every((value, i) => value === i * raw.step + 1)).toBe(true)
        },
      ),
      { numRuns: 50 },
    )
  })
})

describe('a warm-up', () => {
  test('ends when two windows take the same time', async () => {
    const { warmUp: found, queryMs } = await warmUp(
      burning((query) => 1 + 3 * 0.7 ** query),
      60_000,
    )
    expect(found.ended).toBe('stable')
    expect(queryMs).toBeLessThan(3)
  })
  test('ends at its time when they never do', async () => {
    const { warmUp: found } = await warmUp(
      burning((query) => 0.2 * 1.3 ** Math.log2(query + 1)),
      100,
    )
    expect(found.durationMs).toBeGreaterThanOrEqual(100)
  })
})

describe('measuring', () => {
  test('goes on beyond its time until there are enough queries', async () => {
    const profile = { ...TEST_PROFILE, measureMs: 5, minQueries: 64 }
    const measure = await measureLatency(
      burning(() => 0.1),
      profile,
      0.9,
      0.1,
      createRandom(1),
      () => {},
    )
    expect(measure.queries).toBeGreaterThanOrEqual(64)
    expect(measure.earlyStopping.moreQueries).toBe(0)
  })
  test('gives up on a slow model, and says how many queries are missing', async () => {
    const profile = { ...TEST_PROFILE, measureMs: 5, minQueries: 64 }
    const measure = await measureLatency(
      burning(() => 5),
      profile,
      0.9,
      5,
      createRandom(1),
      () => {},
    )
    expect(measure.queries).toBeLessThan(64)
    expect(measure.earlyStopping).toMatchObject({
      estimate: null,
      needed: 64,
      moreQueries: 64 - measure.queries,
    })
  })
  test('looks at outputs that nobody can foresee', async () => {
    const seen = async (seed: number) => {
      const queries: number[] = []
      const profile = { ...TEST_PROFILE, measureMs: 20 }
      await measureLatency(
        burning(() => 0.05),
        profile,
        0.9,
        0.05,
        createRandom(seed),
        ({ query }) => queries.push(query),
      )
      return queries.slice(0, 2)
    }
    expect(await seen(1)).toEqual(await seen(1))
    expect(await seen(1)).not.toEqual(await seen(2))
  })
})

describe('a server', () => {
  test('counts latency from the arrival: a stall makes those behind it wait', async () => {
    const arrivals = Float64Array.of(0, 0.001, 0.002, 0.003)
    const latencies = new Float64Array(4)
    await serve(
      burning((query) => (query === 0 ? 40 : 0)),
      0,
      arrivals,
      1e9,
      0,
      latencies,
    )
    // The three behind had nothing to do themselves; they stood in line.
    for (const latency of latencies.subarray(1)) expect(latency).toBeGreaterThan(30)
  })
  test('is given up as soon as too many queries were late', async () => {
    const arrivals = new Float64Array(100)
    const found = await serve(
      burning(() => 1),
      0,
      arrivals,
      0,
      3,
      new Float64Array(100),
    )
    expect(found).toEqual({ answered: 4, over: 4 })
  })
  test.each([
    [458, -1],
    [459, 0],
    [661, 0],
    [662, 1],
  ])('of %d queries may have %d over the bound of p99', (queries, over) => {
    expect(toleratedOver(queries, 0.99)).toBe(over)
  })
})
