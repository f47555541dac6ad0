import type { EngineName } from '@shared/benchmark/result'
import { ENGINES } from '@shared/benchmark/scales'
import type { EngineState, InstallEvent } from '@shared/contract/benchmark'
import type { PlatformPaths } from '../platform'
import { engineFolder } from './engine-folders'
import { ENGINE_VERSIONS, ENGINES_OF } from './engine-stamp'

const TITLES: Readonly<Record<EngineName, string>> = {
  'onnxruntime-node': 'ONNX Runtime, native',
  'onnxruntime-web': 'ONNX Runtime, WebAssembly',
  'tfjs-wasm': 'TensorFlow.js, WebAssembly',
  'llama-cpp': 'llama.cpp',
}

/** Why an engine could not be installed, and what to do. */
export class EngineInstallError extends Error {
  override readonly name = 'EngineInstallError'
}

export interface Engines {
  list(): EngineState[]
  /** Throws EngineInstallError. */
  install(name: EngineName, file: string | undefined): AsyncGenerator<InstallEvent>
}

export function createEngines(paths: PlatformPaths): Engines {
  const state = (name: EngineName): EngineState => {
    const there = engineFolder(paths, name) !== undefined
    return {
      name,
      title: TITLES[name],
      formats: (Object.keys(ENGINES_OF) as (keyof typeof ENGINES_OF)[]).filter((format) =>
        ENGINES_OF[format].includes(name),
      ),
      version: ENGINE_VERSIONS[name],
      state: there ? 'bundled' : 'missing',
      downloadBytes: null,
      reason: there ? null : `The library of ${TITLES[name]} is not here.`,
    }
  }
  return {
    list: () => ENGINES.map(state),
    // biome-ignore lint/correctness/useYield: nothing can be fetched, and that is all there is to say
    async *install(name) {
      throw new EngineInstallError(
        `${TITLES[name]} cannot be fetched by this version; reinstall the console.`,
      )
    },
  }
}
