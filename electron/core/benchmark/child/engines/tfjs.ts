import { readFileSync } from 'node:fs'
import { sep } from 'node:path'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import { type GraphModel, loadGraphModel } from '@tensorflow/tfjs-converter'
import * as tf from '@tensorflow/tfjs-core'
import { type LayersModel, loadLayersModel } from '@tensorflow/tfjs-layers'
import type { LaunchPlan } from '../../protocol'
import { LaunchFailure } from '../failure'
import { type Elements, isElementType, type Tensor, type TensorSpec } from '../tensor'
import type { TensorModel } from './engine'
import { readTfjsModel } from './tfjs-files'

type Feed = tf.NamedTensorMap
/** Values are read where they are computed: otherwise nothing would have to be computed. */
type Output = { shape: number[]; dtype: tf.DataType; data: Elements }[]

/** TensorFlow.js on its WebAssembly backend, one thread: more would be workers. */
export async function loadTfjs(plan: LaunchPlan): Promise<TensorModel<Feed, Output>> {
  const { engine, model } = plan
  if (engine.threads > 1)
    throw new LaunchFailure(
      'refused',
      `TensorFlow.js runs on one thread here, not on ${engine.threads}. Set threads to 1.`,
    )
  await startWasm(engine.folder)
  const { layers, artifacts } = readTfjsModel(model.path, plan.limits.dataBytes)
  const handler = { load: async () => artifacts }
  const { declared, infer } = layers
    ? ofLayers(await loadLayersModel(handler))
    : ofGraph(await loadGraphModel(handler))
  const outputs = declared.outputs.map(specOf)
  return {
    kind: 'tensors',
    engine: { name: 'tfjs-wasm', version: tf.version_core },
    inputs: declared.inputs.map(specOf),
    outputs,
    synchronous: true,
    feed: toTfjs,
    run: (feed) => valuesOf(infer(feed)),
    read: (values) =>
      new Map(
        values.map(({ shape, dtype, data }, index) => {
          if (!isElementType(dtype))
            throw new LaunchFailure('bad-output', `An output is of the type ${dtype}.`)
          return [outputs[index]?.name ?? `output ${index}`, { type: dtype, shape, data }]
        }),
      ),
  }
}

type Answer = tf.Tensor | tf.Tensor[] | tf.NamedTensorMap

function ofGraph(model: GraphModel) {
  return { declared: model as Signature, infer: (feed: Feed): Answer => model.execute(feed) }
}

function ofLayers(model: LayersModel) {
  const names = model.inputs.map(({ name }) => name)
  const infer = (feed: Feed): Answer => model.predict(names.map((name) => feed[name] as tf.Tensor))
  return { declared: model as Signature, infer }
}

function valuesOf(answer: Answer): Output {
  const tensors = answer instanceof tf.Tensor ? [answer] : Object.values(answer)
  const output = tensors.map((one) => ({
    shape: one.shape,
    dtype: one.dtype,
    data: one.dataSync() as Elements,
  }))
  // Without this every inference would leave its outputs behind in the memory of WebAssembly.
  tf.dispose(tensors)
  return output
}

function toTfjs(tensors: ReadonlyMap<string, Tensor>): Feed {
  return Object.fromEntries(
    Array.from(tensors, ([name, { type, shape, data }]) => [
      name,
      tf.tensor(
        data as Float32Array,
        [...shape],
        type === 'float32' || type === 'int32' || type === 'bool' || type === 'string'
          ? type
          : 'float32',
      ),
    ]),
  )
}

interface Signature {
  inputs: Declared[]
  outputs: Declared[]
}

interface Declared {
  name: string
  dtype?: string
  shape?: (number | null)[]
}

function specOf({ name, dtype = 'float32', shape }: Declared): TensorSpec {
  if (!isElementType(dtype))
    throw new LaunchFailure(
      'refused',
      `"${name}" is of the type ${dtype}, which cannot be measured here.`,
    )
  return {
    name,
    type: dtype,
    shape:
      shape === undefined ? null : shape.map((size) => (size === null || size < 0 ? null : size)),
  }
}

async function startWasm(folder: string): Promise<void> {
  const platform = tf.env().platform
  // The backend fetches its binary; here it is a file beside the engine.
  tf.env().setPlatform('console', {
    fetch: async (path: string) => new Response(readFileSync(path)),
    now: () => performance.now(),
    encode: (text: string, encoding: string) => platform.encode(text, encoding),
    decode: (bytes: Uint8Array, encoding: string) => platform.decode(bytes, encoding),
    isTypedArray: (value: unknown): value is Float32Array => platform.isTypedArray(value),
  })
  // Its loader, made for CommonJS, asks where it is; what it finds there is not used.
  Object.assign(globalThis, { __dirname: folder })
  setWasmPaths(folder + sep, true)
  if (!(await tf.setBackend('wasm')))
    throw new LaunchFailure('refused', 'The WebAssembly backend of TensorFlow.js did not start.')
  await tf.ready()
}
