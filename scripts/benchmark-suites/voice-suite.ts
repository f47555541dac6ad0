import { createRandom } from '@shared/statistics/random'
import { zipSync } from 'fflate'
import { writeNpy } from '../../test/fixtures/npy-writer'
import { runnableOnnx } from '../../test/fixtures/onnx-model'
import { bytesNpy, fileOf, OWN_WORK, ZIP } from './file'
import type { SuiteDraft } from './index'
import { type Network, train } from './train'
import { drawFrame, FRAME, RATE } from './voice'

const TRAINING = 4000
const HELD_OUT = 400
const SEED = 1952
/** Frequencies that the model looks at: BANDS of them from 0 up, 62.5 Hz apart. */
const BANDS = 48
const STEP_HZ = 62.5
/** Below, silence; the logarithm needs something. */
const FLOOR = 1e-4

/** A window (Hann) times a cosine or a sine of each frequency: a frame times this is its spectrum. */
function waves(of: (angle: number) => number): Float32Array {
  return Float32Array.from({ length: FRAME * BANDS }, (_, at) => {
    const [i, band] = [Math.floor(at / BANDS), at % BANDS]
    const hann = 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / (FRAME - 1))
    return (hann * of((2 * Math.PI * STEP_HZ * band * i) / RATE)) / 16
  })
}

const COSINES = waves(Math.cos)
const SINES = waves(Math.sin)

/** Logarithm of the power in each band, as the model computes it. */
function spectrum(frame: Int16Array): Float32Array {
  return Float32Array.from({ length: BANDS }, (_, band) => {
    let [real, imaginary] = [0, 0]
    frame.forEach((value, i) => {
      real += (value / 32_768) * (COSINES[i * BANDS + band] ?? 0)
      imaginary += (value / 32_768) * (SINES[i * BANDS + band] ?? 0)
    })
    return Math.log(real ** 2 + imaginary ** 2 + FLOOR)
  })
}

/** [batch, 512] samples to the probability of speech, [batch, 1]. */
function voiceOnnx({ hidden, w1, b1, w2, b2 }: Network): Buffer {
  // Softmax of two scores is the logistic function of their difference.
  const difference = Float32Array.from(
    { length: hidden },
    (_, j) => (w2[2 * j + 1] ?? 0) - (w2[2 * j] ?? 0),
  )
  const node = (operator: string, inputs: string[], output: string) => ({
    operator,
    inputs,
    outputs: [output],
  })
  return runnableOnnx({
    nodes: [
      node('MatMul', ['input', 'cosines'], 'real'),
      node('MatMul', ['input', 'sines'], 'imaginary'),
      node('Mul', ['real', 'real'], 'real2'),
      node('Mul', ['imaginary', 'imaginary'], 'imaginary2'),
      node('Add', ['real2', 'imaginary2'], 'power'),
      node('Add', ['power', 'floor'], 'audible'),
      node('Log', ['audible'], 'bands'),
      node('Gemm', ['bands', 'w1', 'b1'], 'sum'),
      node('Relu', ['sum'], 'activity'),
      node('Gemm', ['activity', 'w2', 'b2'], 'score'),
      node('Sigmoid', ['score'], 'output'),
    ],
    weights: [
      { name: 'cosines', dims: [FRAME, BANDS], data: COSINES },
      { name: 'sines', dims: [FRAME, BANDS], data: SINES },
      { name: 'floor', dims: [1], data: Float32Array.of(FLOOR) },
      { name: 'w1', dims: [BANDS, hidden], data: w1 },
      { name: 'b1', dims: [hidden], data: b1 },
      { name: 'w2', dims: [hidden, 1], data: difference },
      { name: 'b2', dims: [1], data: Float32Array.of((b2[1] ?? 0) - (b2[0] ?? 0)) },
    ],
    inputs: [{ name: 'input', dims: ['batch', FRAME] }],
    outputs: [{ name: 'output', dims: ['batch', 1] }],
    metadata: {
      description: 'Synthetic voice, spectrum and one hidden layer of 12',
      licence: 'CC0-1.0',
    },
  })
}

export function voiceSuite(): SuiteDraft {
  const random = createRandom(SEED)
  const draw = (count: number) =>
    Array.from({ length: count }, (_, i) => ({
      speech: i % 2,
      frame: drawFrame(i % 2 === 1, random),
    }))
  const examples = draw(TRAINING).map(({ speech, frame }) => ({ x: spectrum(frame), y: speech }))
  const heldOut = random.shuffle(draw(HELD_OUT))
  const samples = Buffer.concat(heldOut.map(({ frame }) => Buffer.from(frame.buffer)))
  const data = zipSync(
    {
      'x.npy': writeNpy("'<i2'", `(${HELD_OUT}, ${FRAME})`, samples),
      'y.npy': bytesNpy(
        [HELD_OUT],
        Uint8Array.from(heldOut, ({ speech }) => speech),
      ),
    },
    ZIP,
  )
  const model = voiceOnnx(
    train(examples, { hidden: 12, outputs: 2, epochs: 12, rate: 0.02 }, random),
  )
  return {
    manifest: {
      schemaVersion: 1,
      id: 'voice',
      version: '1.0.0',
      title: 'Voice activity',
      description: `Speech or not, ${HELD_OUT} frames of 32 ms at 16 kHz. Synthetic: made by a program, said by nobody. For models that take 512 samples, with or without a sample rate and a state.`,
      category: 'sound',
      task: 'classification',
      licence: OWN_WORK,
      data: {
        format: 'npz',
        file: fileOf('data.npz', data),
        features: 'x',
        label: 'y',
        scaling: { mean: [0], std: [32_768] },
      },
      inputs: { kind: 'data' },
      reading: { constants: { sr: RATE } },
      scenarios: [{ kind: 'single-stream' }, { kind: 'server', latencyBoundMs: 32 }],
      metric: 'auc',
      references: [
        {
          name: 'voice-mlp-12',
          format: 'onnx',
          file: fileOf('voice-mlp-12.onnx', model),
          licence: OWN_WORK,
        },
      ],
    },
    files: { 'data.npz': data, 'voice-mlp-12.onnx': model },
  }
}
