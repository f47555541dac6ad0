import type { EngineName } from '@shared/benchmark/result'
import type { LoadEngine } from './engine'

/** Each engine is a chunk of its own: a launch reads and compiles the one it uses. */
export const ENGINE_LOADERS: Record<EngineName, () => Promise<LoadEngine>> = {
  'onnxruntime-node': async () => (await import('./onnxruntime-node')).loadOnnxRuntimeNode,
  'onnxruntime-web': async () => (await import('./onnxruntime-web')).loadOnnxRuntimeWeb,
  'llama-cpp': async () => (await import('./llama-cpp')).loadLlamaCpp,
  'tfjs-wasm': async () => (await import('./tfjs')).loadTfjs,
}
