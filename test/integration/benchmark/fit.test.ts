import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DataSet } from '@shared/benchmark/suite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LaunchPlan } from '../../../electron/core/benchmark/protocol'
import { checkFit } from '../../../electron/core/benchmark/run-launch'
import { openLaunches, sha256 } from '../../fixtures/launch-plan'
import { matMulChain, runnableOnnx } from '../../fixtures/onnx-model'

let launches: ReturnType<typeof openLaunches>
beforeAll(() => {
  launches = openLaunches()
})
afterAll(() => launches.close())

const check = (plan: LaunchPlan, memoryBytes = 1024 ** 3) =>
  checkFit({
    platform: launches.platform,
    plan,
    memoryBytes,
    signal: new AbortController().signal,
  })

/** [first, 4] to the same, by one operator of an opset. */
const model = (first: number | string, operator = 'Relu', opset = 17) =>
  runnableOnnx({
    nodes: [{ operator, inputs: ['x'], outputs: ['y'] }],
    inputs: [{ name: 'x', dims: [first, 4] }],
    outputs: [{ name: 'y', dims: [first, 4] }],
    opset,
  })

describe('a check of whether a model runs here', () => {
  test('says what it wants, and that it does', async () => {
    const fit = await check(launches.plan(model('batch')))
    expect(fit).toMatchObject({
      runs: true,
      details: {
        inputs: [{ name: 'x', type: 'float32', shape: [null, 4] }],
        outputs: [{ name: 'y', type: 'float32', shape: [null, 4] }],
        fixedBatch: null,
      },
    })
  })
  test('finds an operator that the engine does not have', async () => {
    const fit = await check(launches.plan(model('batch', 'Telephone')))
    expect(fit.runs).toBe(false)
    expect(fit.sentence).toContain('Telephone')
  })
  test('finds an opset that is newer than the engine', async () => {
    const fit = await check(launches.plan(model('batch', 'Relu', 999)))
    expect(fit.runs).toBe(false)
    expect(fit.sentence).toMatch(/opset|999/i)
  })
  test('finds that model and suite have other shapes', async () => {
    const inputs = { kind: 'random', shapes: { x: [5] }, items: 1, low: 0, high: 1 } as const
    const fit = await check(
      launches.plan(model('batch'), { inputs: { ...inputs, shapes: { x: [5] } } }),
    )
    expect(fit.sentence).toContain('[?, 4]')
    expect(fit.sentence).toContain('[5]')
  })
  test('finds a batch that the scenario cannot be made of', async () => {
    const scenario = { kind: 'multi-stream', samplesPerQuery: 8, percentile: 0.99 } as const
    expect((await check(launches.plan(model(1), { scenario }))).runs).toBe(true)
    const fit = await check(launches.plan(model(3), { scenario }))
    expect(fit.sentence).toContain('takes 3 items at a time')
  })
  test('finds that a model has other answers than the suite has classes, or is asked for', async () => {
    const csv = 'a,b,c,d,kind\n1,2,3,4,0\n4,3,2,1,6\n'
    writeFileSync(join(launches.folder, 'data.csv'), csv)
    const set = DataSet.parse({
      format: 'csv',
      file: { path: 'data.csv', sha256: sha256(csv) },
      features: ['a', 'b', 'c', 'd'],
      label: 'kind',
    })
    const judged = (
      task: 'classification' | 'regression',
      reading: Partial<LaunchPlan['reading']> = {},
    ) =>
      check(
        launches.plan(model('batch'), {
          inputs: { kind: 'data' },
          data: { folder: launches.folder, set },
          reading: { constants: {}, ...reading },
          accuracy: { task, metrics: [task === 'regression' ? 'rmse' : 'accuracy'] },
        }),
      )
    expect((await judged('classification')).sentence).toContain('4 scores')
    expect((await judged('classification')).sentence).toContain('7 classes')
    const four = { classes: ['a', 'b', 'c', 'd'] }
    expect((await judged('classification', four)).runs).toBe(true)
    expect((await judged('classification', { classes: ['a', 'b'] })).sentence).toContain(
      'the suite has 2 classes',
    )
    expect((await judged('regression')).sentence).toContain('the suite wants one')
    expect((await judged('regression', { output: 'z' })).sentence).toBe(
      'The model has no output "z"; it has "y".',
    )
  })
  test('finds that the memory is too small to load it', async () => {
    const fit = await check(launches.plan(matMulChain(1, 4096)), 150 * 1024 ** 2)
    expect(fit.runs).toBe(false)
    expect(fit.sentence).toContain('memory')
  })
})
