import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { differs } from '@shared/benchmark/cross-check'
import type { EngineName } from '@shared/benchmark/result'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openLaunches, sha256 } from '../../fixtures/launch-plan'
import { matMulChain, runnableOnnx } from '../../fixtures/onnx-model'

let launches: ReturnType<typeof openLaunches>
beforeAll(() => {
  launches = openLaunches()
})
afterAll(() => launches.close())

const engineOf = (name: EngineName) => ({ name, folder: launches.engineFolder(name), threads: 1 })
const MODEL = matMulChain(4, 64)

describe.each(['onnxruntime-node', 'onnxruntime-web'] as const)('a launch on %s', (name) => {
  test('measures every part of it, in this order', async () => {
    const { plan, run } = launches
    const { ending, measured, heard } = await run(plan(MODEL, { engine: engineOf(name) }))
    expect(ending).toMatchObject({ kind: 'ok', sentence: 'It was measured to its end.' })
    expect(measured).toMatchObject({ sampledOutputs: { different: 0 }, engine: { name } })
    expect(measured?.latency?.summary.p50).toBeGreaterThan(0)
    expect(heard.flatMap((one) => (one.type === 'phase' ? [one.phase] : []))).toEqual([
      'verifying',
      'loading',
      'first-inference',
      'warm-up',
      'measuring',
    ])
  })
  test('sweeps batch sizes', async () => {
    const { plan, run } = launches
    const { measured } = await run(
      plan(MODEL, {
        engine: engineOf(name),
        scenario: { kind: 'offline', batchSizes: [1, 2, 8] },
      }),
    )
    expect(measured?.batches?.map(({ batch }) => batch)).toEqual([1, 2, 8])
    for (const { samplesPerSecond } of measured?.batches ?? [])
      expect(samplesPerSecond).toBeGreaterThan(0)
  })
  test('answers queries of eight samples', async () => {
    const { plan, run } = launches
    const scenario = { kind: 'multi-stream', samplesPerQuery: 8, percentile: 0.99 } as const
    const { measured } = await run(plan(MODEL, { engine: engineOf(name), scenario }))
    expect(measured?.latency?.earlyStopping.percentile).toBe(0.99)
  })
  test('finds a rate that a server can hold', async () => {
    const { plan, run } = launches
    const { measured, ending } = await run(
      plan(MODEL, {
        engine: engineOf(name),
        // A bound that nothing misses: how fast this machine is just now is no part of it.
        scenario: { kind: 'server', percentile: 0.5, latencyBoundMs: 60_000, resolution: 0.2 },
      }),
    )
    expect(ending.kind).toBe('ok')
    expect(measured?.server?.queriesPerSecond).toBeGreaterThan(0)
  })
  test('answers as the native engine does, the same in every launch', async () => {
    const { plan, run } = launches
    const [first, second, native] = await Promise.all(
      [name, name, 'onnxruntime-node' as const].map(
        async (one) => (await run(plan(MODEL, { engine: engineOf(one) }))).measured,
      ),
    )
    expect(first?.outputDigest).toBe(second?.outputDigest)
    expect(differs(first?.outputSample ?? [], native?.outputSample ?? [0])).toBe(false)
  })
  test('reads weights from a file beside the model, when that has its hash', async () => {
    const data = Float32Array.from({ length: 16 }, (_, i) => i / 16)
    const bytes = runnableOnnx({
      nodes: [{ operator: 'MatMul', inputs: ['x', 'w'], outputs: ['y'] }],
      weights: [{ name: 'w', dims: [4, 4], data, external: 'weights.bin' }],
      inputs: [{ name: 'x', dims: ['batch', 4] }],
      outputs: [{ name: 'y', dims: ['batch', 4] }],
    })
    const path = join(launches.folder, 'weights.bin')
    writeFileSync(path, Buffer.from(data.buffer))
    const made = launches.plan(bytes, { engine: engineOf(name) })
    const parts = [{ path, sha256: sha256(Buffer.from(data.buffer)) }]
    const { ending } = await launches.run({ ...made, model: { ...made.model, parts } })
    expect(ending.sentence).toBe('It was measured to its end.')
    writeFileSync(path, Buffer.alloc(64))
    const changed = await launches.run({ ...made, model: { ...made.model, parts } })
    expect(changed.ending.sentence).toContain('has changed since the run was planned')
  })
})

test('the native engine takes as many threads as it is given, WebAssembly one', async () => {
  const two = (name: EngineName) =>
    launches.run(launches.plan(MODEL, { engine: { ...engineOf(name), threads: 2 } }))
  expect((await two('onnxruntime-node')).ending.kind).toBe('ok')
  const { ending } = await two('onnxruntime-web')
  expect(ending.kind).toBe('refused')
  expect(ending.sentence).toContain('Set threads to 1')
})
