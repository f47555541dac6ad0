import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { benchmarkFolder, runBenchmark, shortBenchmarks } from '../../fixtures/benchmarks'
import { type OpenConsole, openConsole } from '../../fixtures/console'

let open: OpenConsole
let folder: ReturnType<typeof benchmarkFolder>
beforeEach(() => {
  open = openConsole({}, {}, undefined, shortBenchmarks())
  folder = benchmarkFolder(open.root)
})
afterEach(() => open.close())

const base = { threads: 1, profile: 'quick', references: true } as const

describe('a run of one model', () => {
  test('ends as a result whose figures come from its raw launches', async () => {
    const { events, jobId } = await runBenchmark(open, {
      ...base,
      models: [folder.model('a.onnx')],
      suite: folder.suite,
      seed: 1,
    })
    const last = events.at(-1)
    expect(last).toMatchObject({ type: 'done', comparisonId: null })
    if (last?.type !== 'done' || last.results[0] === undefined) return
    const { row, summary, result } = await open.client.benchmark.result({
      resultId: last.results[0],
    })
    expect(row).toMatchObject({
      runId: jobId,
      name: 'a.onnx',
      format: 'onnx',
      evidence: 'self-reported',
      override: null,
      suite: { id: 'test-speed', version: '1.0.0' },
      engine: { name: 'onnxruntime-node', threads: 1 },
    })
    expect(summary.launches).toMatchObject({ counted: 2, failed: 0 })
    expect(row.headline).toMatchObject({ measure: 'latency-p90', unit: 'ns' })
    expect(result.scan).toMatchObject({ verdict: 'clean', complete: true, override: null })
    expect(result.model.files[0]?.sha256).toBe(row.modelSha256)
  })
})
