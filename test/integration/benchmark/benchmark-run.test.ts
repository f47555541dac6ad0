import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { QuietCheck } from '@shared/benchmark/environment'
import { isNoisy } from '@shared/benchmark/noisy'
import { recomputeResult } from '@shared/benchmark/recompute'
import type { BenchmarkEvent } from '@shared/contract/benchmark'
import { afterEach, describe, expect, test } from 'vitest'
import {
  benchmarkFolder,
  linearClassifier,
  quietChecks,
  runBenchmark,
  shortBenchmarks,
} from '../../fixtures/benchmarks'
import { type OpenConsole, openConsole } from '../../fixtures/console'
import { runnableOnnx } from '../../fixtures/onnx-model'

let open: OpenConsole
afterEach(() => open.close())

const base = { threads: 1, profile: 'quick', references: true, seed: 1 } as const

function start(
  suite: Parameters<typeof benchmarkFolder>[1] = {},
  doubles: Parameters<typeof shortBenchmarks>[0] = {},
) {
  open = openConsole({}, {}, undefined, shortBenchmarks(doubles))
  return benchmarkFolder(open.root, suite)
}

function doneOf(events: BenchmarkEvent[]) {
  const last = events.at(-1)
  if (last?.type !== 'done') throw new Error(JSON.stringify(last))
  return last
}
const kinds = async () =>
  (await open.client.activity.list({ limit: 100 })).events.map(({ kind }) => kind)

describe('a run of one model', () => {
  test('ends as a result whose figures come from its raw launches', async () => {
    const folder = start()
    const { events, jobId } = await runBenchmark(open, {
      ...base,
      models: [folder.model('a.onnx')],
      suite: folder.suite,
    })
    const { results, comparisonId } = doneOf(events)
    expect(comparisonId).toBeNull()
    const { row, summary, result } = await open.client.benchmark.result({
      resultId: results[0] ?? ('' as never),
    })
    expect(row).toMatchObject({
      runId: jobId,
      name: 'a.onnx',
      format: 'onnx',
      grade: 'A',
      evidence: 'self-reported',
      override: null,
      suite: { id: 'test-speed', version: '1.0.0' },
      engine: { name: 'onnxruntime-node', threads: 1 },
      headline: { measure: 'latency-p90', unit: 'ns' },
    })
    expect(summary.launches).toMatchObject({ counted: 2, failed: 0 })
    expect(result.scan).toMatchObject({ verdict: 'clean', complete: true, override: null })
    expect(result.model.files[0]?.sha256).toBe(row.modelSha256)
    expect(JSON.stringify(result)).not.toContain(open.root)
    const told = events.filter((event) => event.type === 'launch')
    expect(told.map(({ launch }) => launch.index)).toEqual([0, 1])
    expect((await kinds()).toSorted()).toEqual([
      'benchmark.finished',
      'benchmark.started',
      'scan.finished',
    ])
    expect((await open.client.benchmark.runs({})).rows).toMatchObject([
      { id: jobId, state: 'done', results: [{ id: row.id }] },
    ])
    const csv = await open.client.benchmark.export({
      format: 'csv',
      what: { kind: 'result', resultId: row.id },
    })
    expect(csv.text).toContain('latency-p90,ns,')
    await open.client.benchmark.removeResult({ resultId: row.id })
    expect((await open.client.benchmark.runs({})).total).toBe(0)
  })
  test('judges its answers once, and keeps each of them', async () => {
    const data = 'x,y,label\n1,0,0\n0,1,1\n2,1,0\n1,2,1\n0,3,0\n'
    const folder = start({
      task: 'classification',
      metric: 'accuracy',
      data: {
        format: 'csv',
        file: { path: 'data.csv', sha256: createHash('sha256').update(data).digest('hex') },
        features: ['x', 'y'],
        label: 'label',
      },
      inputs: { kind: 'data' },
    })
    writeFileSync(join(folder.suite.path, 'data.csv'), data)
    const path = join(open.root, 'linear.onnx')
    writeFileSync(path, linearClassifier())
    const { events } = await runBenchmark(open, {
      ...base,
      models: [{ path }],
      suite: folder.suite,
    })
    const [resultId = '' as never] = doneOf(events).results
    const { row, summary, result } = await open.client.benchmark.result({ resultId })
    expect(row.accuracy).toMatchObject({ metric: 'accuracy', value: 0.8, items: 5 })
    expect(summary.accuracy[0]?.lower).toBeGreaterThan(0.3)
    expect(result.accuracy?.predictions.map(({ correct }) => correct)).toEqual([
      true,
      true,
      true,
      true,
      false,
    ])
  })
})

test('a model that does not fit the suite is refused before a launch, with the sentence of the pre-flight', async () => {
  const data = 'x,y,z,label\n1,0,0,0\n0,1,1,1\n'
  const folder = start({
    task: 'classification',
    metric: 'accuracy',
    data: {
      format: 'csv',
      file: { path: 'data.csv', sha256: createHash('sha256').update(data).digest('hex') },
      features: ['x', 'y', 'z'],
      label: 'label',
    },
    inputs: { kind: 'data' },
  })
  writeFileSync(join(folder.suite.path, 'data.csv'), data)
  const path = join(open.root, 'linear.onnx')
  writeFileSync(path, linearClassifier())
  const setup = { ...base, models: [{ path }], suite: folder.suite }
  const { models, advice } = await open.client.benchmark.preflight(setup)
  expect(models[0]?.runs).toBe(false)
  const { events } = await runBenchmark(open, setup)
  const last = events.at(-1)
  expect(last).toMatchObject({ type: 'failed', message: expect.stringContaining('[?, 2]') })
  expect(advice.find(({ weight }) => weight === 'blocks')?.sentence).toBe(
    last?.type === 'failed' && last.message,
  )
  expect(events.filter(({ type }) => type === 'launch')).toEqual([])
  expect((await open.client.benchmark.results({})).total).toBe(0)
})

test('a result is what follows from its raw launches, and any other figure is found out', async () => {
  const folder = start({}, { noisy: isNoisy })
  const { events } = await runBenchmark(open, {
    ...base,
    models: [folder.model('a.onnx')],
    suite: folder.suite,
  })
  const [resultId = '' as never] = doneOf(events).results
  const { text } = await open.client.benchmark.export({
    format: 'json',
    what: { kind: 'result', resultId },
  })
  const document = JSON.parse(text)
  expect(recomputeResult(document)).toEqual(document)
  document.launches[0].measured.latency.summary.p90 -= 1
  expect(recomputeResult(document)).not.toEqual(document)
})

describe('a run of several models', () => {
  test('interleaves them, compares them with the first and measures the references along', async () => {
    const folder = start()
    const reference = folder.model('suite/small.onnx', 1, 8)
    const sha256 = createHash('sha256')
      .update((await import('node:fs')).readFileSync(reference.path))
      .digest('hex')
    benchmarkFolder(open.root, {
      references: [
        {
          name: 'small',
          format: 'onnx',
          file: { path: 'small.onnx', sha256 },
          licence: { name: 'MIT', source: 'made by the test' },
        },
      ],
    })
    const { events } = await runBenchmark(open, {
      ...base,
      launches: 4,
      models: [folder.model('a.onnx', 2), folder.model('b.onnx', 60, 64)],
      suite: folder.suite,
    })
    const { results, comparisonId } = doneOf(events)
    expect(results).toHaveLength(2)
    expect(comparisonId).not.toBeNull()
    const order = events
      .flatMap((event) => (event.type === 'launch' && event.launch.arm < 2 ? event.launch.arm : []))
      .join('')
    expect(order).toMatch(/^((0110|1001)){2}$/)
    const { comparison, rows } = await open.client.benchmark.compare({ resultIds: results })
    expect(rows.map(({ name }) => name)).toEqual(['a.onnx', 'b.onnx'])
    expect(comparison.pairs[0]?.measures[0]?.effect).toBeGreaterThan(1)
    const all = await open.client.benchmark.results({ references: true })
    expect(all.rows.find(({ role }) => role === 'reference')).toMatchObject({
      name: 'small',
      launches: 3,
    })
    // Reports of references would bury those of models.
    expect((await kinds()).filter((kind) => kind === 'scan.finished')).toHaveLength(2)
    const board = await open.client.benchmark.leaderboard({})
    expect(board.tables[0]?.rows.map(({ name }) => name).toSorted()).toEqual([
      'a.onnx',
      'b.onnx',
      'small',
    ])
    const [newest] = all.rows
    const history = await open.client.benchmark.history({
      series: rows[0]?.series ?? '',
      suiteId: newest?.suite.id ?? '',
      suiteVersion: newest?.suite.version ?? '',
      scenario: 'single-stream',
    })
    expect(history.points).toHaveLength(1)
    const claim = await open.client.benchmark.claims.state({
      modelSha256: rows[0]?.modelSha256 ?? '',
      modelName: 'a',
      suiteId: 'test-speed',
      suiteVersion: '1.0.0',
      scenario: 'single-stream',
      figure: { kind: 'speed', measure: 'latency-p50', value: 1 },
      hardwareClass: rows[0]?.hardwareClass ?? null,
    })
    expect(claim.verdict.verdict).toBe('refuted')
    expect(await open.client.benchmark.claims.list({})).toHaveLength(1)
  })
})

describe('a model that is not clean', () => {
  const PICKLE = Buffer.from("cos\nsystem\n(S'echo harmless'\ntR.")
  test('does not run, and its report says why', async () => {
    const folder = start()
    const model = folder.model('model/a.onnx')
    writeFileSync(join(open.root, 'model/notes.pkl'), PICKLE)
    const { events, jobId } = await runBenchmark(open, {
      ...base,
      models: [{ path: join(model.path, '..') }],
      suite: folder.suite,
    })
    const last = events.at(-1)
    expect(last).toMatchObject({ type: 'refused', verdict: 'malicious', complete: true })
    if (last?.type !== 'refused' || last.reportId === null) throw new Error('no report')
    const { report } = await open.client.scan.report({ reportId: last.reportId as never })
    expect(report.summary.verdict).toBe('malicious')
    expect((await open.client.benchmark.runs({})).rows[0]).toMatchObject({
      id: jobId,
      state: 'failed',
      results: [],
    })
    expect(await kinds()).toContain('benchmark.refused')
  })
  test('runs this once with a reason, which the result and the record keep', async () => {
    const folder = start()
    const model = folder.model('model/a.onnx')
    writeFileSync(join(open.root, 'model/notes.pkl'), PICKLE)
    const { events } = await runBenchmark(open, {
      ...base,
      models: [{ path: join(model.path, '..') }],
      suite: folder.suite,
      override: { reason: 'I wrote this pickle myself' },
    })
    const [resultId = '' as never] = doneOf(events).results
    const { row, result } = await open.client.benchmark.result({ resultId })
    expect(row).toMatchObject({ override: 'I wrote this pickle myself', publishable: false })
    expect(result.scan).toMatchObject({ verdict: 'malicious', override: row.override })
    expect(await kinds()).toContain('benchmark.overridden')
  })
  test('a pickle is not run whatever the reason, and the way out is named', async () => {
    const folder = start()
    writeFileSync(join(open.root, 'evil.pkl'), PICKLE)
    const asked = open.client.benchmark.start({
      ...base,
      models: [{ path: join(open.root, 'evil.pkl') }],
      suite: folder.suite,
      override: { reason: 'I trust it' },
    })
    await expect(asked).rejects.toMatchObject({
      code: 'NOT_RUNNABLE',
      message: expect.stringContaining('Export it to ONNX'),
    })
  })
})

test('a model with an operator that no engine knows is refused before it runs, and the console goes on', async () => {
  const folder = start()
  const path = join(open.root, 'broken.onnx')
  writeFileSync(path, linearClassifier('example.custom'))
  const { events } = await runBenchmark(open, { ...base, models: [{ path }], suite: folder.suite })
  expect(events.at(-1)).toMatchObject({
    type: 'failed',
    message: expect.stringContaining('broken.onnx: '),
  })
  expect(await open.client.benchmark.engines()).toHaveLength(4)
})
test('a model whose answers are no numbers is a result that says so', async () => {
  const folder = start()
  const path = join(open.root, 'roots.onnx')
  writeFileSync(
    path,
    runnableOnnx({
      nodes: [
        { operator: 'Neg', inputs: ['x'], outputs: ['less'] },
        { operator: 'Sqrt', inputs: ['less'], outputs: ['y'] },
      ],
      inputs: [{ name: 'x', dims: ['batch', 4] }],
      outputs: [{ name: 'y', dims: ['batch', 4] }],
    }),
  )
  const { events } = await runBenchmark(open, { ...base, models: [{ path }], suite: folder.suite })
  const [resultId = '' as never] = doneOf(events).results
  const { row, summary, result } = await open.client.benchmark.result({ resultId })
  expect(row.headline).toBeNull()
  expect(summary.launches).toMatchObject({ counted: 0 })
  expect(result.launches[0]?.ending).toMatchObject({ kind: 'bad-output' })
})

describe('a noisy machine', () => {
  const gate = (states: QuietCheck['state'][]) => () => ({
    look: async () => quietChecks(states.length > 1 ? states.shift() : states[0]),
  })
  test('is waited for before the first launch, and then measured all the same as grade C', async () => {
    const folder = start({}, { gate: gate(['bad']) })
    const { events } = await runBenchmark(open, {
      ...base,
      launches: 1,
      models: [folder.model('a.onnx')],
      suite: folder.suite,
    })
    const [resultId = '' as never] = doneOf(events).results
    const { row, result } = await open.client.benchmark.result({ resultId })
    expect(row).toMatchObject({ grade: 'C', publishable: false })
    expect(result.quiet.filter(({ beforeLaunch }) => beforeLaunch === 0)).toHaveLength(2)
  })
  test('is measured again where it disturbed a launch, at most twice, and nothing is hidden', async () => {
    const noise = [true, true, false]
    const folder = start({}, { noisy: () => noise.shift() ?? false })
    const { events } = await runBenchmark(open, {
      ...base,
      models: [folder.model('a.onnx')],
      suite: folder.suite,
    })
    const [resultId = '' as never] = doneOf(events).results
    const { row, summary, result } = await open.client.benchmark.result({ resultId })
    expect(row.grade).toBe('A')
    expect(result.launches.map(({ block, noisy }) => [block, noisy])).toEqual([
      [0, true],
      [0, true],
      [0, false],
      [1, false],
    ])
    expect(summary.launches).toEqual({ counted: 2, repeated: 2, noisy: 0, failed: 0 })
  })
  test('that never gets quiet costs no more than two launches, and the result is kept here', async () => {
    const folder = start({}, { noisy: () => true })
    const { events } = await runBenchmark(open, {
      ...base,
      launches: 3,
      models: [folder.model('a.onnx')],
      suite: folder.suite,
    })
    const [resultId = '' as never] = doneOf(events).results
    const { row, summary, result } = await open.client.benchmark.result({ resultId })
    expect(row.grade).toBe('C')
    expect(result.launches).toHaveLength(5)
    expect(summary.launches).toMatchObject({ counted: 3, noisy: 3 })
  })
})

test('before a run it is said what it takes, what it would be worth and what could be better', async () => {
  const folder = start()
  writeFileSync(join(open.root, 'evil.pkl'), "cos\nsystem\n(S'echo harmless'\ntR.")
  const ahead = await open.client.benchmark.preflight({
    models: [folder.model('a.onnx'), { path: join(open.root, 'evil.pkl') }],
    suite: folder.suite,
  })
  expect(ahead.models).toMatchObject([
    { name: 'a.onnx', runs: true, format: 'onnx', engine: 'onnxruntime-node' },
    { name: 'evil.pkl', runs: false, format: null },
  ])
  expect(ahead.advice.map(({ id }) => id)).toContain('scan-not-clean')
  expect(ahead.launches).toBe(10)
  expect((await open.client.benchmark.results({})).total).toBe(0)
})

test('an engine that is there is not fetched again', async () => {
  start()
  const events: unknown[] = []
  const answer = await open.client.benchmark.installEngine({ engine: 'onnxruntime-node' })
  for await (const event of answer) events.push(event)
  expect(events).toEqual([
    { type: 'done', engine: expect.objectContaining({ state: 'bundled', downloadBytes: null }) },
  ])
  expect(await kinds()).toEqual([])
})

test('what is asked for wrongly is refused with a sentence', async () => {
  const folder = start()
  const model = folder.model('a.onnx')
  const ask = (more: object) =>
    open.client.benchmark.start({ ...base, models: [model], suite: folder.suite, ...more })
  await expect(ask({ models: [{ path: '/etc/passwd' }] })).rejects.toMatchObject({
    code: 'PATH_NOT_GRANTED',
  })
  await expect(ask({ models: [{ path: join(open.root, 'gone') }] })).rejects.toMatchObject({
    code: 'PATH_NOT_FOUND',
  })
  await expect(ask({ suite: { kind: 'built-in', id: 'nope' } })).rejects.toMatchObject({
    code: 'SUITE_NOT_FOUND',
  })
  await expect(ask({ scenario: 'offline' })).rejects.toMatchObject({
    code: 'SCENARIO_NOT_IN_SUITE',
  })
  await expect(ask({ engine: 'tfjs-wasm' })).rejects.toMatchObject({ code: 'NOT_RUNNABLE' })
  writeFileSync(join(folder.suite.path, 'suite.json'), '{"schemaVersion":1}')
  await expect(ask({})).rejects.toMatchObject({
    code: 'SUITE_INVALID',
    message: expect.stringContaining('suite.json'),
  })
})
