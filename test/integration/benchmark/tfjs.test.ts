import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LaunchPlan } from '../../../electron/core/benchmark/protocol'
import { openLaunches, sha256 } from '../../fixtures/launch-plan'
import { graphTfjs, layersTfjs, type TfjsFiles } from '../../fixtures/tfjs-model'

let launches: ReturnType<typeof openLaunches>
beforeAll(() => {
  launches = openLaunches()
})
afterAll(() => launches.close())

function planOf(files: TfjsFiles, more: Partial<LaunchPlan> = {}): LaunchPlan {
  const written = Object.entries(files).map(([name, bytes]: [string, Buffer]) => {
    const path = join(launches.folder, name)
    writeFileSync(path, bytes)
    return { path, sha256: sha256(bytes) }
  })
  const [model = { path: '', sha256: '' }, ...parts] = written
  return {
    ...launches.plan(Buffer.alloc(0)),
    model: { format: 'tfjs', ...model, parts },
    engine: { name: 'tfjs-wasm', folder: launches.engineFolder('tfjs-wasm'), threads: 1 },
    ...more,
  }
}

describe.each([
  ['layers', layersTfjs],
  ['graph', graphTfjs],
] as const)('a TensorFlow.js model of %s', (_, write) => {
  test('runs on WebAssembly and is measured', async () => {
    const { ending, measured } = await launches.run(planOf(write(8, 3)))
    expect(ending.sentence).toBe('It was measured to its end.')
    expect(measured?.engine).toEqual({ name: 'tfjs-wasm', version: '4.22.0' })
    expect(measured?.outputSample).toHaveLength(3)
    expect(measured?.sampledOutputs.different).toBe(0)
  })
  test('sweeps batch sizes', async () => {
    const scenario = { kind: 'offline', batchSizes: [1, 16] } as const
    const { measured } = await launches.run(
      planOf(write(8, 3), { scenario: { ...scenario, batchSizes: [1, 16] } }),
    )
    expect(measured?.batches?.every(({ samplesPerSecond }) => samplesPerSecond !== null)).toBe(true)
  })
})

test('weights outside of the folder of the model are not read', async () => {
  const files = layersTfjs(8, 3)
  const json = files['model.json'].toString().replace('weights.bin', '../weights.bin')
  const { ending } = await launches.run(planOf({ ...files, 'model.json': Buffer.from(json) }))
  expect(ending).toMatchObject({ kind: 'refused' })
  expect(ending.sentence).toContain('outside of its folder')
})
