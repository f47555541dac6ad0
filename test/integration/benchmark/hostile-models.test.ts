import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openLaunches, TEST_PROFILE } from '../../fixtures/launch-plan'
import { matMulChain, type Operation, runnableOnnx } from '../../fixtures/onnx-model'

let launches: ReturnType<typeof openLaunches>
beforeAll(() => {
  launches = openLaunches()
})
afterAll(() => launches.close())

const MIB = 1024 ** 2

/** x [batch, 4] to y of the declared sizes, by these operations. */
function model(nodes: Operation[], declared: (number | string)[] = ['batch', 4], side = 1): Buffer {
  return runnableOnnx({
    nodes,
    weights: [
      { name: 'zero', dims: [1], data: Float32Array.of(0) },
      { name: 'sizes', dims: [2], data: BigInt64Array.of(BigInt(side), BigInt(side)) },
    ],
    inputs: [{ name: 'x', dims: ['batch', 4] }],
    outputs: [{ name: 'y', dims: declared }],
  })
}

/** Answers with side × side numbers, four bytes each. */
const fills = (side: number) =>
  model(
    [
      { operator: 'ConstantOfShape', inputs: ['sizes'], outputs: ['large'] },
      { operator: 'ReduceSum', inputs: ['x'], outputs: ['sum'], attributes: { keepdims: 0 } },
      { operator: 'Add', inputs: ['large', 'sum'], outputs: ['y'] },
    ],
    [side, side],
    side,
  )

describe('a model', () => {
  test('that answers with what is no number is bad output', async () => {
    const bytes = model([
      { operator: 'Mul', inputs: ['x', 'zero'], outputs: ['nothing'] },
      { operator: 'Div', inputs: ['nothing', 'zero'], outputs: ['y'] },
    ])
    const { ending, measured } = await launches.run(launches.plan(bytes))
    expect(ending).toMatchObject({ kind: 'bad-output', signal: null })
    expect(ending.sentence).toContain('not a number')
    expect(measured).toBeNull()
  })
  test('that answers with another shape than it declares is bad output or refused', async () => {
    const bytes = model(
      [{ operator: 'Identity', inputs: ['x'], outputs: ['y'] }],
      ['batch', 'n', 7],
    )
    const { ending } = await launches.run(launches.plan(bytes))
    expect(['bad-output', 'refused']).toContain(ending.kind)
    expect(ending.sentence).toMatch(/shape|rank/i)
  })
  test('that answers with 256 MiB is bad output, and the host holds none of it', async () => {
    const before = process.memoryUsage.rss()
    const { ending } = await launches.run(launches.plan(fills(8192)), 3072 * MIB)
    expect(ending.kind).toBe('bad-output')
    expect(ending.sentence).toContain('the limit is 1000000')
    expect(process.memoryUsage.rss() - before).toBeLessThan(128 * MIB)
  })
  test('that answers with 1 GiB ends for want of memory', async () => {
    const { ending } = await launches.run(launches.plan(fills(16_384)), 512 * MIB)
    expect(ending.kind).toBe('out-of-memory')
  })
  test('that loops for ever in native code is stopped at its time, while the host goes on', async () => {
    const slow = matMulChain(20_000, 1024)
    let turns = 0
    const timer = setInterval(() => turns++, 5)
    const plan = launches.plan(slow, {
      profile: { ...TEST_PROFILE, limitMs: 2500 },
      inputs: { kind: 'random', shapes: { x: [1024] }, items: 1, low: 0, high: 1 },
    })
    const { ending } = await launches.run(plan)
    clearInterval(timer)
    expect(ending).toMatchObject({ kind: 'timeout', signal: 'SIGKILL' })
    expect(turns).toBeGreaterThan(100)
  })
  test('that uses an operator nobody has is refused with its name', async () => {
    const bytes = model([
      { operator: 'Telephone', inputs: ['x'], outputs: ['y'], domain: 'example.custom' },
    ])
    const { ending } = await launches.run(launches.plan(bytes))
    expect(ending.kind).toBe('refused')
    expect(ending.sentence).toContain('Telephone')
  })
  test('that is no model at all is refused', async () => {
    const { ending } = await launches.run(launches.plan(Buffer.from('not a model')))
    expect(ending.kind).toBe('refused')
  })
  test('that was changed after the run was planned is refused', async () => {
    const plan = launches.plan(matMulChain(1, 8))
    writeFileSync(plan.model.path, matMulChain(2, 8))
    const { ending } = await launches.run(plan)
    expect(ending.kind).toBe('refused')
    expect(ending.sentence).toContain('has changed since the run was planned')
  })
  test('that the run was cancelled over is gone, and says so', async () => {
    const { runLaunch } = await import('../../../electron/core/benchmark/run-launch')
    const cancel = new AbortController()
    const profile = { ...TEST_PROFILE, measureMs: 60_000 }
    const outcome = await runLaunch({
      platform: launches.platform,
      plan: launches.plan(matMulChain(2, 64), { profile }),
      memoryBytes: 1024 * MIB,
      signal: cancel.signal,
      onMessage: ({ phase }) => phase === 'measuring' && cancel.abort(),
    })
    expect(outcome.ending).toMatchObject({ kind: 'cancelled' })
    expect(outcome.measured).toBeNull()
  })
})
