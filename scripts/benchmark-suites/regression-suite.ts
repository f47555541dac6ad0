import { createRandom, type Random } from '@shared/statistics/random'
import { fileOf, OWN_WORK } from './file'
import type { SuiteDraft } from './index'
import { networkOnnx } from './network-onnx'
import { type Example, train } from './train'

const FEATURES = ['x1', 'x2', 'x3', 'x4', 'x5', 'x6', 'x7', 'x8', 'x9', 'x10']
const TRAINING = 2000
const HELD_OUT = 500
const SEED = 1991

/** Friedman 1991, Multivariate adaptive regression splines, equation 61: five of the ten columns matter. */
function draw(random: Random): { x: number[]; y: number } {
  const x = FEATURES.map(() => Number(random.uniform().toFixed(4)))
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = x
  const truth = 10 * Math.sin(Math.PI * a * b) + 20 * (c - 0.5) ** 2 + 10 * d + 5 * e
  return { x, y: Number((truth + random.normal()).toFixed(4)) }
}

export function regressionSuite(): SuiteDraft {
  const random = createRandom(SEED)
  const training = Array.from({ length: TRAINING }, () => draw(random)).map(
    ({ x, y }): Example => ({ x: Float32Array.from(x), y }),
  )
  const rows = Array.from({ length: HELD_OUT }, () => draw(random))
  const data = `${[[...FEATURES, 'y'], ...rows.map(({ x, y }) => [...x, y])].join('\n')}\n`
  const settings = { hidden: 24, outputs: 1, epochs: 60, rate: 0.01 }
  const model = networkOnnx(train(training, settings, random), 'Friedman 1, one hidden layer of 24')
  return {
    manifest: {
      schemaVersion: 1,
      id: 'friedman',
      version: '1.0.0',
      title: 'Friedman 1',
      description: `A regression with known answer: ${HELD_OUT} rows of ten columns, of which five matter, and noise of deviation 1. No model can have an RMSE below 1.`,
      category: 'tables',
      task: 'regression',
      licence: OWN_WORK,
      data: { format: 'csv', file: fileOf('data.csv', data), features: FEATURES, label: 'y' },
      inputs: { kind: 'data' },
      scenarios: [{ kind: 'single-stream' }, { kind: 'offline' }],
      metric: 'rmse',
      references: [
        {
          name: 'friedman-mlp-24',
          format: 'onnx',
          file: fileOf('friedman-mlp-24.onnx', model),
          licence: OWN_WORK,
        },
      ],
    },
    files: { 'data.csv': data, 'friedman-mlp-24.onnx': model },
  }
}
