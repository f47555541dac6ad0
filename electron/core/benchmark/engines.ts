import type { EngineName } from '@shared/benchmark/result'
import { ENGINES } from '@shared/benchmark/scales'
import type { EngineState, InstallEvent } from '@shared/contract/benchmark'
import type { PlatformPaths } from '../platform'
import type { SettingsService } from '../settings'
import { engineFolder } from './engine-folders'
import { type EnginePackage, enginePackage } from './engine-packages'
import { ENGINE_VERSIONS, ENGINES_OF, hashLibrary } from './engine-stamp'
import { EngineInstallError, installEngine } from './install-engine'

const TITLES: Readonly<Record<EngineName, string>> = {
  'onnxruntime-node': 'ONNX Runtime, native',
  'onnxruntime-web': 'ONNX Runtime, WebAssembly',
  'tfjs-wasm': 'TensorFlow.js, WebAssembly',
  'llama-cpp': 'llama.cpp',
}

/** Which engines are here, and how the others come here. */
export interface Engines {
  list(): EngineState[]
  state(name: EngineName): EngineState
  /** SHA-256 of the library that computes, read anew; undefined where there is none. */
  hash(name: EngineName): Promise<string> | undefined
  /** From the registry, or from a file that somebody brought along. Throws EngineInstallError. */
  install(
    name: EngineName,
    file: string | undefined,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<InstallEvent>
}

export function createEngines(paths: PlatformPaths, settings: SettingsService): Engines {
  const packageOf = (name: EngineName): EnginePackage | undefined => {
    const found = name === 'llama-cpp' ? enginePackage() : undefined
    return found && fromRegistry(found, settings.values()['benchmark.registry'])
  }
  function state(name: EngineName): EngineState {
    const there = engineFolder(paths, name) !== undefined
    const found = packageOf(name)
    const formats = Object.keys(ENGINES_OF) as (keyof typeof ENGINES_OF)[]
    return {
      name,
      title: TITLES[name],
      formats: formats.filter((format) => ENGINES_OF[format].includes(name)),
      version: found?.version ?? ENGINE_VERSIONS[name],
      state: there
        ? found === undefined
          ? 'bundled'
          : 'installed'
        : name === 'llama-cpp' && found === undefined
          ? 'unsupported'
          : 'missing',
      downloadBytes: there ? null : (found?.bytes ?? null),
      reason: there ? null : reasonOf(name, found),
    }
  }
  return {
    list: () => ENGINES.map(state),
    state,
    hash(name) {
      const folder = engineFolder(paths, name)
      return folder === undefined ? undefined : hashLibrary(name, folder)
    },
    async *install(name, file, signal) {
      const found = packageOf(name)
      if (found === undefined) {
        if (engineFolder(paths, name) === undefined)
          throw new EngineInstallError('wrong-file', reasonOf(name, found))
      } else yield* progressOf(found, paths.data, file, signal)
      yield { type: 'done', engine: state(name) }
    },
  }
}

function reasonOf(name: EngineName, found: EnginePackage | undefined): string {
  if (found !== undefined)
    return `It is fetched on demand: ${found.name} ${found.version}, ${(found.bytes / 1e6).toFixed(1)} MB, ${found.licence}.`
  return name === 'llama-cpp'
    ? `${TITLES[name]} has no library for ${process.platform}-${process.arch}.`
    : `The library of ${TITLES[name]} is missing; reinstall the console.`
}

/** Another registry serves the same file: its hash is pinned. */
function fromRegistry(found: EnginePackage, registry: string): EnginePackage {
  const { pathname } = new URL(found.url)
  return { ...found, url: `${registry.replace(/\/+$/, '')}${pathname}` }
}

/** Progress as it comes, at most one event for each that was taken. */
async function* progressOf(
  found: EnginePackage,
  dataFolder: string,
  file: string | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<InstallEvent> {
  let doneBytes = 0
  let news = Promise.withResolvers<void>()
  const work = installEngine({
    package: found,
    dataFolder,
    ...(file !== undefined && { from: file }),
    ...(signal && { signal }),
    onProgress(bytes) {
      doneBytes = bytes
      news.resolve()
    },
  })
  const ended = work.then(
    () => true,
    () => true,
  )
  while (!(await Promise.race([ended, news.promise.then(() => false)]))) {
    news = Promise.withResolvers()
    yield { type: 'progress', doneBytes, totalBytes: found.bytes }
  }
  await work
}
