import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { metricValue } from '@shared/benchmark/metrics'
import { DataSet, SuiteManifest } from '@shared/benchmark/suite'
import { encode } from 'fast-png'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseNpy } from '../../../electron/core/benchmark/child/data/npy'
import type { LaunchPlan } from '../../../electron/core/benchmark/protocol'
import { ROOT } from '../../fixtures/console'
import { openLaunches, sha256 } from '../../fixtures/launch-plan'

const SUITES = join(ROOT, 'resources/suites')
const suites = readdirSync(SUITES).map((name) => {
  const folder = join(SUITES, name)
  const manifest = SuiteManifest.parse(JSON.parse(readFileSync(join(folder, 'suite.json'), 'utf8')))
  return { name, folder, manifest }
})

let launches: ReturnType<typeof openLaunches>
beforeAll(() => {
  launches = openLaunches()
})
afterAll(() => launches.close())

/** A launch of the suite's own reference model, with the accuracy run before it. */
function planOf(name: string, more: Partial<LaunchPlan> = {}): LaunchPlan {
  const suite = suites.find((one) => one.name === name)
  const [reference] = suite?.manifest.references ?? []
  if (suite === undefined || reference === undefined) throw new Error(`no suite ${name}`)
  const { manifest, folder } = suite
  const { task, metric, data } = manifest
  return {
    ...launches.plan(readFileSync(join(folder, reference.file.path))),
    inputs: manifest.inputs,
    reading: manifest.reading,
    ...(data === undefined ? {} : { data: { folder, set: data } }),
    ...(metric === null || task === 'speed' ? {} : { accuracy: { task, metrics: [metric] } }),
    ...more,
  }
}

describe.each(suites)('the suite $name', ({ name, folder, manifest }) => {
  test('is in a folder of its own name, and every file has the hash that it says', () => {
    expect(manifest.id).toBe(name)
    const data = manifest.data === undefined ? [] : [manifest.data.file]
    for (const { path, sha256: said } of [...data, ...manifest.references.map(({ file }) => file)])
      expect(sha256(readFileSync(join(folder, path)))).toBe(said)
  })
})

describe('the reference model', () => {
  test.each([
    ['iris', 'accuracy', 0.9, 1],
    ['digits', 'accuracy', 0.9, 0.999],
    ['friedman', 'rmse', 1, 2],
    ['voice', 'auc', 0.9, 0.9999],
    ['characters', 'accuracy', 0.85, 0.999],
    ['sentences', 'auc', 0.8, 0.9999],
  ] as const)('of %s has an %s that a good model has', async (name, metric, low, high) => {
    const { ending, accuracy } = await launches.run(planOf(name))
    expect(ending.sentence).toBe('It was measured to its end.')
    const value = accuracy?.metrics.find((one) => one.metric === metric)?.value ?? Number.NaN
    expect(value).toBeGreaterThanOrEqual(low)
    expect(value).toBeLessThanOrEqual(high)
    expect(metricValue(metric, accuracy?.predictions ?? [])).toBe(value)
  })
  test('of digits gives the same answers on both engines of ONNX', async () => {
    const web = { name: 'onnxruntime-web' as const, threads: 1 }
    const engine = { ...web, folder: launches.engineFolder('onnxruntime-web') }
    const [native, wasm] = await Promise.all([
      launches.run(planOf('digits')),
      launches.run(planOf('digits', { engine })),
    ])
    const labels = (run: typeof native) => run.accuracy?.predictions.map((one) => one.predicted)
    expect(labels(wasm)).toEqual(labels(native))
  })
  test('of digits has a confusion matrix, and its surest mistakes come first', async () => {
    const { accuracy } = await launches.run(planOf('digits'))
    const cells = accuracy?.confusion?.cells ?? []
    expect(cells.reduce((sum, [, , count]) => sum + count, 0)).toBe(1000)
    const scores = (accuracy?.worst ?? []).map((item) => accuracy?.predictions[item]?.score ?? 0)
    expect(scores).toEqual(scores.toSorted((a, b) => b - a))
  })
  test('of speed runs without any data', async () => {
    const { ending, accuracy } = await launches.run(planOf('speed'))
    expect(ending.kind).toBe('ok')
    expect(accuracy).toBeNull()
  })
})

describe('a data set', () => {
  test('of pictures gives the answers that the same pixels give as an array', async () => {
    const plan = planOf('digits')
    const arrays = unzipSync(readFileSync(join(SUITES, 'digits/data.npz')))
    const { numbers } = parseNpy(Buffer.from(arrays['x.npy'] ?? []), 'x.npy')
    const lines = Array.from({ length: 40 }, (_, i) => {
      const data = Uint8Array.from({ length: 256 }, (_, at) => Number(numbers[256 * i + at]))
      const png = encode({ width: 16, height: 16, data, channels: 1, depth: 8 })
      writeFileSync(join(launches.folder, `${i}.png`), png)
      return `${i}.png,${i % 10},${sha256(png)}`
    })
    const list = ['file,label,sha256', ...lines].join('\n')
    writeFileSync(join(launches.folder, 'list.csv'), list)
    const set = DataSet.parse({
      format: 'images',
      file: { path: 'list.csv', sha256: sha256(list) },
      preprocessing: { width: 16, height: 16, channels: 'gray' },
    })
    const pictures = await launches.run({ ...plan, data: { folder: launches.folder, set } })
    const array = await launches.run(plan)
    const labels = (run: typeof array) =>
      run.accuracy?.predictions.slice(0, 40).map(({ predicted, score }) => [predicted, score])
    expect(labels(pictures)).toEqual(labels(array))
  })
  test('whose file has changed is refused', async () => {
    const plan = planOf('iris')
    if (plan.data?.set.format !== 'csv') throw new Error('iris is a CSV')
    const file = { ...plan.data.set.file, sha256: 'ab'.repeat(32) }
    const { ending } = await launches.run({
      ...plan,
      data: { ...plan.data, set: { ...plan.data.set, file } },
    })
    expect(ending).toMatchObject({ kind: 'refused' })
    expect(ending.sentence).toContain('has changed since the run was planned')
  })
  test('that the model has no input for is refused with both shapes', async () => {
    const { data, accuracy, inputs, reading } = planOf('iris')
    const { ending } = await launches.run({
      ...planOf('digits'),
      ...(data === undefined ? {} : { data }),
      ...(accuracy === undefined ? {} : { accuracy }),
      inputs,
      reading,
    })
    expect(ending.sentence).toContain('[?, 256]')
    expect(ending.sentence).toContain('[4]')
  })
  test('of a size that the limit does not allow is refused', async () => {
    const plan = planOf('digits')
    const { ending } = await launches.run({ ...plan, limits: { ...plan.limits, dataBytes: 1000 } })
    expect(ending.sentence).toContain('larger than')
  })
})
