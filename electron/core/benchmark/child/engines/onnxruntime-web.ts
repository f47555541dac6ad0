import { readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { env, InferenceSession, type Tensor as OrtTensor } from 'onnxruntime-web/wasm'
import type { LaunchPlan } from '../../protocol'
import { LaunchFailure } from '../failure'
import { isElementType, type TensorSpec } from '../tensor'
import type { TensorModel } from './engine'
import { fromOrt, toOrt } from './onnx-tensors'

type Feed = Record<string, OrtTensor>
type Output = Record<string, OrtTensor>

/**
 * onnxruntime-web: the same runtime as WebAssembly. Slower, but it needs no native library, so it runs everywhere and
 * cannot crash the process: what answers differently here and there is a finding.
 * One thread: more would be workers, which this process may not start.
 */
export async function loadOnnxRuntimeWeb(plan: LaunchPlan): Promise<TensorModel<Feed, Output>> {
  const { model, engine } = plan
  if (engine.threads > 1)
    throw new LaunchFailure(
      'refused',
      `onnxruntime-web runs on one thread here, not on ${engine.threads}. Set threads to 1, or choose onnxruntime-node.`,
    )
  env.logLevel = 'error'
  env.wasm.numThreads = 1
  env.wasm.wasmBinary = readFileSync(join(engine.folder, 'ort-wasm-simd-threaded.wasm'))
  const folder = dirname(model.path)
  const session = await InferenceSession.create(readFileSync(model.path), {
    executionProviders: ['wasm'],
    graphOptimizationLevel: 'all',
    executionMode: 'sequential',
    externalData: model.parts.map(({ path }) => ({
      path: relative(folder, path).replaceAll('\\', '/'),
      data: readFileSync(path),
    })),
  })
  return {
    kind: 'tensors',
    engine: { name: 'onnxruntime-web', version: env.versions.web ?? '1.30.0' },
    inputs: session.inputMetadata.map(specOf),
    outputs: session.outputMetadata.map(specOf),
    synchronous: false,
    feed: toOrt,
    run: (feed) => session.run(feed) as Promise<Output>,
    read: fromOrt,
  }
}

function specOf(value: InferenceSession.ValueMetadata): TensorSpec {
  const element = value.isTensor ? value.type : 'not a tensor'
  if (!value.isTensor || !isElementType(element))
    throw new LaunchFailure(
      'refused',
      `"${value.name}" is of the type ${element}, which cannot be measured here yet. Export the model with float32 inputs and outputs.`,
    )
  const shape = value.shape.map((size) => (typeof size === 'number' ? size : null))
  return { name: value.name, type: element, shape }
}
