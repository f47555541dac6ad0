import { differs } from '@shared/benchmark/cross-check'
import type { EngineName } from '@shared/benchmark/result'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openLaunches } from '../../fixtures/launch-plan'
import { matMulChain } from '../../fixtures/onnx-model'

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
})
