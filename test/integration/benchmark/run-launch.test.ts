import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openLaunches } from '../../fixtures/launch-plan'
import { matMulChain } from '../../fixtures/onnx-model'

let launches: ReturnType<typeof openLaunches>
beforeAll(() => {
  launches = openLaunches()
})
afterAll(() => launches.close())

describe('a launch of an ONNX model', () => {
  test('measures every part of it', async () => {
    const { plan, run } = launches
    const { ending, measured, heard } = await run(plan(matMulChain(4, 64)))
    expect(ending.sentence).toBe('It was measured to its end.')
    expect(measured).toMatchObject({
      latency: { raw: { step: expect.any(Number) } },
      sampledOutputs: { different: 0 },
      engine: { name: 'onnxruntime-node' },
    })
    expect(
      heard.filter(({ type }) => type === 'phase').map((one) => one.type === 'phase' && one.phase),
    ).toEqual(['verifying', 'loading', 'first-inference', 'warm-up', 'measuring'])
  })
})
