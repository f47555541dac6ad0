import { createRandom } from '@shared/statistics/random'
import { zipSync } from 'fflate'
import { drawDigit, SIDE } from './digits'
import { bytesNpy, fileOf, OWN_WORK, ZIP } from './file'
import type { SuiteDraft } from './index'
import { networkOnnx } from './network-onnx'
import { type Example, train } from './train'

const TRAINING = 4000
const HELD_OUT = 1000
const SEED = 28

export function digitsSuite(): SuiteDraft {
  const random = createRandom(SEED)
  const draw = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ digit: i % 10, pixels: drawDigit(i % 10, random) }))
  const training = draw(TRAINING).map(
    ({ digit, pixels }): Example => ({
      x: Float32Array.from(pixels, (value) => value / 255),
      y: digit,
    }),
  )
  const heldOut = random.shuffle(draw(HELD_OUT))
  const pixels = Buffer.concat(heldOut.map((one) => one.pixels))
  const data = zipSync(
    {
      'x.npy': bytesNpy([HELD_OUT, SIDE, SIDE], pixels),
      'y.npy': bytesNpy(
        [HELD_OUT],
        Uint8Array.from(heldOut, ({ digit }) => digit),
      ),
    },
    ZIP,
  )
  const settings = { hidden: 32, outputs: 10, epochs: 12, rate: 0.05 }
  const model = networkOnnx(
    train(training, settings, random),
    'Synthetic digits, one hidden layer of 32',
  )
  return {
    manifest: {
      schemaVersion: 1,
      id: 'digits',
      version: '1.0.0',
      title: 'Digits',
      description: `${HELD_OUT} digits of ${SIDE} × ${SIDE} gray values, 0 to 1. Synthetic: drawn by a program, written by nobody.`,
      category: 'pictures',
      task: 'classification',
      licence: OWN_WORK,
      data: {
        format: 'npz',
        file: fileOf('data.npz', data),
        features: 'x',
        label: 'y',
        scaling: { mean: [0], std: [255] },
      },
      inputs: { kind: 'data' },
      scenarios: [
        { kind: 'single-stream' },
        { kind: 'offline' },
        { kind: 'multi-stream' },
        { kind: 'server', latencyBoundMs: 10 },
      ],
      metric: 'accuracy',
      references: [
        {
          name: 'digits-mlp-32',
          format: 'onnx',
          file: fileOf('digits-mlp-32.onnx', model),
          licence: OWN_WORK,
        },
      ],
    },
    files: { 'data.npz': data, 'digits-mlp-32.onnx': model },
  }
}
