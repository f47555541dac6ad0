import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { EngineName } from '@shared/benchmark/result'
import type { PlatformPaths } from '../platform'
import { engineInstallName, enginePackage } from './engine-packages'

/**
 * Where an engine's library lies: in the packaged application beside `resources`, in a checkout in
 * node_modules, and engines that are installed on demand in the data folder. Undefined when it is nowhere.
 */
export function engineFolder(paths: PlatformPaths, name: EngineName): string | undefined {
  const packaged = join(paths.resources, '..', 'engines', name)
  const modules = join(paths.resources, '..', 'node_modules')
  const llama = enginePackage()
  const candidates: Record<EngineName, string[]> = {
    'onnxruntime-node': [
      join(modules, 'onnxruntime-node/bin/napi-v6', process.platform, process.arch),
    ],
    'onnxruntime-web': [join(modules, 'onnxruntime-web/dist')],
    'tfjs-wasm': [join(modules, '@tensorflow/tfjs-backend-wasm/dist')],
    'llama-cpp': llama === undefined ? [] : [join(paths.data, 'engines', engineInstallName(llama))],
  }
  return [packaged, ...candidates[name]].find((folder) =>
    existsSync(join(folder, ENGINE_LIBRARIES[name])),
  )
}

/** The file that computes: its hash is part of every result. */
export const ENGINE_LIBRARIES: Readonly<Record<EngineName, string>> = {
  'onnxruntime-node': onnxRuntimeLibrary(),
  'onnxruntime-web': 'ort-wasm-simd-threaded.wasm',
  'tfjs-wasm': 'tfjs-backend-wasm-simd.wasm',
  'llama-cpp': 'llama-addon.node',
}

function onnxRuntimeLibrary(): string {
  if (process.platform === 'win32') return 'onnxruntime.dll'
  return process.platform === 'darwin' ? 'libonnxruntime.1.dylib' : 'libonnxruntime.so.1'
}
