import { join } from 'node:path'
import { Tensor as OrtTensor } from 'onnxruntime-common'
import type { LaunchPlan } from '../../protocol'
import { LaunchFailure } from '../failure'
import { isElementType, type Tensor, type TensorSpec } from '../tensor'
import type { TensorModel } from './engine'
import { fromOrt, toOrt } from './onnx-tensors'

/**
 * The Node-API binding of onnxruntime-node 1.30 (js/node/lib/binding.ts), used directly: the
 * package's own JavaScript puts a setImmediate around every run, which made 9.1 µs of 7.1 µs and is no part
 * of the engine.
 */
interface Binding {
  InferenceSession: new () => Session
  /** Log level 0 … 4, the class of tensors, and whether this is the main thread. */
  initOrtOnce(logLevel: number, tensor: typeof OrtTensor, mainThread: boolean): void
}

interface Session {
  loadModel(path: string, options: object): void
  readonly inputMetadata: readonly ValueMetadata[]
  readonly outputMetadata: readonly ValueMetadata[]
  run(feeds: Feed, fetches: Fetches, options: object): Output
}

interface ValueMetadata {
  name: string
  isTensor: boolean
  /** onnx.TensorProto.DataType */
  type: number
  /** -1 is a size that is free. */
  shape: readonly number[]
}

type Feed = Record<string, OrtTensor>
type Output = Record<string, OrtTensor>
type Fetches = Record<string, null>

const LOG_ERRORS = 3
/** TensorProto.DataType of onnx.proto, by number. */
const DATA_TYPES = [
  '',
  'float32',
  'uint8',
  'int8',
  'uint16',
  'int16',
  'int32',
  'int64',
  'string',
  'bool',
  'float16',
  'float64',
  'uint32',
  'uint64',
]

export async function loadOnnxRuntimeNode(plan: LaunchPlan): Promise<TensorModel<Feed, Output>> {
  const { folder, threads } = plan.engine
  loadedBinding ??= loadBinding(folder)
  const binding = loadedBinding
  const session = new binding.InferenceSession()
  session.loadModel(plan.model.path, {
    executionProviders: ['cpu'],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
  })
  const outputs = session.outputMetadata.map(specOf)
  const fetches: Fetches = Object.fromEntries(outputs.map(({ name }) => [name, null]))
  const options = {}
  return {
    kind: 'tensors',
    engine: { name: 'onnxruntime-node', version: '1.30.0' },
    inputs: session.inputMetadata.map(specOf),
    outputs,
    synchronous: true,
    feed: (tensors: ReadonlyMap<string, Tensor>) => toOrt(tensors),
    run: (feed) => session.run(feed, fetches, options),
    read: fromOrt,
  }
}

/** The runtime counts on being started once a process. */
let loadedBinding: Binding | undefined

function loadBinding(folder: string): Binding {
  // Not `require`: that would look for package.json files, which this process may not read.
  const module = { exports: {} }
  process.dlopen(module, join(folder, 'onnxruntime_binding.node'))
  const binding = module.exports as Binding
  binding.initOrtOnce(LOG_ERRORS, OrtTensor, true)
  return binding
}

function specOf({ name, isTensor, type, shape }: ValueMetadata): TensorSpec {
  const element = DATA_TYPES[type] ?? ''
  if (!isTensor || !isElementType(element))
    throw new LaunchFailure(
      'refused',
      `"${name}" is ${isTensor ? `of the type ${element || type}` : 'no tensor'}, which cannot be measured here yet. Export the model with float32 inputs and outputs.`,
    )
  return { name, type: element, shape: shape.map((size) => (size >= 0 ? size : null)) }
}
