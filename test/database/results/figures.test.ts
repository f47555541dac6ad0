import type { Accuracy, Prediction } from '@shared/benchmark/accuracy'
import type { GenerationQuery, Launch, Measured, RawSamples } from '@shared/benchmark/launch'
import { recomputeResult } from '@shared/benchmark/recompute'
import type { BenchmarkResult } from '@shared/benchmark/result'
import { summarise } from '@shared/benchmark/summarise'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase, type TestDatabase } from '../../fixtures/database'
import { measured } from '../../fixtures/launches'
import { type AtWork, atWork, resultOf, version, withoutLimits } from '../../fixtures/marketplace'

let database: TestDatabase
let seller: AtWork
let model: string
let listing: string
const content = version('measured')
beforeAll(async () => {
  database = await openDatabase()
  await withoutLimits(database)
  seller = atWork(database, await database.createUser('sally'))
  listing = await seller.draft('Measured model')
  model = await seller.addVersion(listing, content)
})
afterAll(() => database.close())

async function rowOf(of: BenchmarkResult) {
  const id = await seller.result(model, of)
  const { rows } = await seller.backend.read('list_results', {
    p_listing_id: listing,
    p_after: null,
    p_limit: 1,
  })
  expect(rows[0]?.id).toBe(id)
  return rows[0]
}

/** A relative difference of 1e-9: a thousandth of the 12 digits that a passport states. */
function expectClose(mine: number | null | undefined, theirs: number | null | undefined) {
  if (typeof mine !== 'number' || typeof theirs !== 'number') return expect(mine).toBe(theirs)
  expect(Math.abs(mine - theirs)).toBeLessThanOrEqual(1e-9 * Math.max(1e-300, Math.abs(theirs)))
}

async function expectSame(of: BenchmarkResult) {
  const row = await rowOf(of)
  const summary = summarise(of)
  expect(row?.launches).toBe(summary.launches.counted)
  expect(row?.figures.map(({ measure }) => measure)).toEqual(
    summary.figures.map(({ measure }) => measure),
  )
  summary.figures.forEach((figure, i) => {
    const mine = row?.figures[i]
    expectClose(mine?.estimate, figure.estimate)
    expectClose(mine?.lower, figure.lower)
    expectClose(mine?.upper, figure.upper)
    expectClose(mine?.confidence, figure.confidence)
    expect(mine?.values.length).toBe(figure.values.length)
    figure.values.forEach((value, k) => {
      expectClose(mine?.values[k], value)
    })
  })
  expect(row).toMatchObject({
    grade: of.grade,
    hardwareClass: of.environment.hardwareClass,
    fingerprint: of.environment.fingerprint,
  })
  return { row, summary }
}

/** Thousandths, as clocks give them: PostgreSQL refuses numbers that a float64 hardly holds. */
const milliseconds = fc.integer({ min: 0, max: 1e7 }).map((n) => n / 1000)
const ns = fc.integer({ min: 0, max: 5_000_000 })
const raws = fc
  .array(ns, { minLength: 1, maxLength: 300 })
  .chain((nanoseconds) =>
    fc.integer({ min: 1, max: 4 }).map((step): RawSamples => ({ step, nanoseconds })),
  )
const NO_SUMMARY = { p50: 0, p90: 0, p95: 0, p99: 0, min: 0, mean: 0, max: 0 }
const timesOf = ({ step, nanoseconds }: RawSamples) => ({
  queries: (nanoseconds.length - 1) * step + 1,
  durationNs: 1 + nanoseconds.reduce((sum, one) => sum + one, 0) * step,
})

const partsOf: Record<string, fc.Arbitrary<Partial<Measured>>> = {
  'single-stream': raws.map((raw) => ({
    latency: { ...(measured(1).latency as NonNullable<Measured['latency']>), ...timesOf(raw), raw },
  })),
  offline: fc
    .array(fc.tuple(fc.integer({ min: 1, max: 64 }), raws), { minLength: 1, maxLength: 4 })
    .map((sizes) => ({
      batches: sizes.map(([batch, raw]) => ({
        batch,
        ...timesOf(raw),
        samplesPerSecond: 1,
        summary: NO_SUMMARY,
        raw,
        reason: null,
      })),
    })),
  server: fc
    .array(
      fc.record({
        queriesPerSecond: fc.double({ min: 0.1, max: 1e5, noNaN: true }),
        queries: fc.integer({ min: 1, max: 20_000 }),
        overBound: fc.integer({ min: 0, max: 300 }),
      }),
      { minLength: 1, maxLength: 8 },
    )
    .map((steps) => ({
      server: {
        steps: [
          { queriesPerSecond: 0.05, queries: 5000, overBound: 0 },
          ...steps.map((step) => ({ ...step, overBound: Math.min(step.overBound, step.queries) })),
        ].map((step) => ({
          ...step,
          tolerated: 400,
          latencyNs: 1000,
          verdict: 'pass' as const,
        })),
        queriesPerSecond: null,
        latencyBoundMs: 10,
        percentile: 0.99,
      },
    })),
  generation: fc
    .array(
      fc.record({
        promptTokens: fc.integer({ min: 1, max: 500 }),
        outputTokens: fc.integer({ min: 1, max: 100 }),
        ttftNs: fc.integer({ min: 1, max: 1e9 }),
        restNs: fc.integer({ min: 1, max: 1e9 }),
      }),
      { minLength: 1, maxLength: 40 },
    )
    .map((all) => ({
      generation: {
        queries: all.map(
          ({ promptTokens, outputTokens, ttftNs, restNs }): GenerationQuery => ({
            promptTokens,
            outputTokens,
            ttftNs,
            tpotNs: outputTokens < 2 ? null : restNs / (outputTokens - 1),
            totalNs: ttftNs + restNs,
          }),
        ),
        ttft: NO_SUMMARY,
        tpot: NO_SUMMARY,
        promptTokensPerSecond: 0,
        outputTokensPerSecond: 0,
      },
    })),
}

const SCENARIOS: Record<string, BenchmarkResult['scenario']> = {
  'single-stream': { kind: 'single-stream', percentile: 0.9 },
  offline: { kind: 'offline', batchSizes: [1, 2] },
  server: { kind: 'server', percentile: 0.99, latencyBoundMs: 10, resolution: 0.05 },
  generation: { kind: 'generation', promptTokens: 64, outputTokens: 32 },
}

/** Launches of one model: some places measured again, some failed. */
const launchesOf = (part: fc.Arbitrary<Partial<Measured>>) =>
  fc
    .array(
      fc.record({
        part,
        repeats: fc.boolean(),
        fails: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
        loadMs: milliseconds,
        cpuMs: milliseconds,
        peak: fc.integer({ min: 0, max: 2e9 }),
      }),
      { minLength: 1, maxLength: 10 },
    )
    .map((all) => {
      const launches: Launch[] = []
      for (const [block, one] of all.entries())
        for (let again = 0; again <= Number(one.repeats); again++) {
          const base = measured(50_000)
          const fails = one.fails && block > 0
          launches.push({
            index: launches.length,
            block,
            arm: 0,
            seed: 1,
            startedAt: '2026-11-20T10:00:00.000Z',
            wallMs: 500,
            ending: { kind: fails ? 'crash' : 'ok', signal: null, sentence: 'It ended.' },
            watchedRssBytes: null,
            noisy: false,
            measured: fails
              ? null
              : {
                  ...base,
                  latency: null,
                  ...one.part,
                  loadMs: one.loadMs + again,
                  resources: { ...base.resources, cpuMs: one.cpuMs, rssPeakBytes: one.peak },
                },
          })
        }
      return launches
    })

describe('the figures of the server', () => {
  for (const [kind, scenario] of Object.entries(SCENARIOS))
    test(`are those of the console, ${kind}`, async () => {
      const part = partsOf[kind]
      if (part === undefined) throw new Error(kind)
      await fc.assert(
        fc.asyncProperty(launchesOf(part), async (launches) => {
          await expectSame(
            recomputeResult({
              ...resultOf(content.files),
              suite: {
                id: `test/${kind}`,
                version: '1.0.0',
                sha256: content.files[0]?.sha256 ?? '',
              },
              scenario,
              launches,
            }),
          )
        }),
        { numRuns: 25 },
      )
    })

  test('are those of the console for a machine with other names', async () => {
    const base = resultOf(content.files)
    const { environment } = base.environment
    const cpu = {
      ...environment.cpu,
      model: 'Intel(R) Xeon(R) CPU @ 2.20GHz',
      physicalCores: null,
      logicalCores: 1,
    }
    await expectSame(
      recomputeResult({
        ...base,
        environment: { ...base.environment, environment: { ...environment, cpu } },
      }),
    )
  })
})

const predictions: Record<string, fc.Arbitrary<Prediction[]>> = {
  accuracy: answers(['a', 'b', 'c']),
  'top-5': answers(['a', 'b', 'c']),
  'macro-f1': answers(['a', 'b', 'c', '1']),
  auc: answers(['no', 'yes']),
  rmse: numbers(),
  mae: numbers(),
}

function answers(labels: string[]) {
  const label = fc.constantFrom(...labels)
  return fc
    .array(
      fc.record({
        expected: label,
        predicted: label,
        score: fc.integer({ min: 0, max: 100 }).map((n) => n / 100),
        rank: fc.integer({ min: 1, max: 9 }),
      }),
      { minLength: 1, maxLength: 80 },
    )
    .map((all) => [
      // Two of each, so that there is an area under the curve.
      ...[...labels, ...labels].map((expected) => ({
        expected,
        predicted: 'a',
        score: 0.5,
        rank: 1,
      })),
      ...all,
    ])
    .map((all) => all.map((one, item): Prediction => ({ ...one, item, correct: false })))
}
function numbers() {
  const value = fc.integer({ min: -1e9, max: 1e9 }).map((n) => n / 1000)
  return fc
    .array(fc.record({ expected: value, predicted: value }), { minLength: 1, maxLength: 60 })
    .map((all) =>
      all.map((one, item): Prediction => ({ ...one, item, score: 0, correct: null, rank: null })),
    )
}

describe('the accuracy of the server', () => {
  for (const [metric, arbitrary] of Object.entries(predictions))
    test(`is that of the console, ${metric}`, async () => {
      await fc.assert(
        fc.asyncProperty(arbitrary, async (all) => {
          const accuracy: Accuracy = {
            dataSha256: content.files[0]?.sha256 ?? '',
            items: all.length,
            failed: [{ item: 0, reason: 'not decoded' }],
            metrics: [{ metric: metric as 'accuracy', value: 0 }],
            predictions: all,
            confusion: null,
            worst: [],
          }
          const suite = {
            id: `metric/${metric}`,
            version: '1.0.0',
            sha256: content.files[0]?.sha256 ?? '',
          }
          const of = recomputeResult({ ...resultOf(content.files), suite, accuracy })
          const row = await rowOf(of)
          const [figure] = summarise(of).accuracy
          expect(row?.accuracy).toMatchObject({ metric, items: all.length })
          expectClose(row?.accuracy?.value, figure?.value)
          if (!['macro-f1', 'rmse', 'mae'].includes(metric)) {
            expectClose(row?.accuracy?.lower, figure?.lower)
            expectClose(row?.accuracy?.upper, figure?.upper)
          }
        }),
        { numRuns: 15 },
      )
    })
})

test('a certified run of a million durations is taken within seconds', async () => {
  const nanoseconds = Array.from({ length: 50_000 }, (_, i) => 60_000 + ((i * 7919) % 9973))
  const raw = { step: 1, nanoseconds }
  const base = resultOf(
    content.files,
    {},
    Array.from({ length: 20 }, () => 50_000),
  )
  const of = recomputeResult({
    ...base,
    profile: { ...base.profile, name: 'certified', launches: 20 },
    launches: base.launches.map((launch) => ({
      ...launch,
      measured: launch.measured && {
        ...launch.measured,
        latency: launch.measured.latency && { ...launch.measured.latency, ...timesOf(raw), raw },
      },
    })),
  })
  const { row } = await expectSame(of)
  expect(row?.launches).toBe(20)
})
