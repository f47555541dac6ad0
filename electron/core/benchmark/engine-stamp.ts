import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { EngineName, EngineStamp, ModelFormat } from '@shared/benchmark/result'
import { devDependencies } from '../../../package.json'
import type { PlatformPaths } from '../platform'
import { ENGINE_LIBRARIES, engineFolder } from './engine-folders'
import { enginePackage } from './engine-packages'

/** Engines by what they run, the preferred one first. */
export const ENGINES_OF: Readonly<Record<ModelFormat, readonly EngineName[]>> = {
  onnx: ['onnxruntime-node', 'onnxruntime-web'],
  tfjs: ['tfjs-wasm'],
  gguf: ['llama-cpp'],
}

/** An engine that is there, as results name it. */
export interface ReadyEngine {
  name: EngineName
  folder: string
  stamp(threads: number): Promise<EngineStamp>
}

/** The engine that runs this format; undefined where none is installed. */
export function readyEngine(
  paths: PlatformPaths,
  format: ModelFormat,
  wanted: EngineName | null,
): ReadyEngine | undefined {
  const fitting = ENGINES_OF[format]
  const names = wanted !== null && fitting.includes(wanted) ? [wanted] : fitting
  for (const name of names) {
    const folder = engineFolder(paths, name)
    if (folder !== undefined)
      return { name, folder, stamp: (threads) => stampOf(name, folder, threads) }
  }
  return undefined
}

export const ENGINE_VERSIONS: Readonly<Record<EngineName, string>> = {
  'onnxruntime-node': devDependencies['onnxruntime-node'],
  'onnxruntime-web': devDependencies['onnxruntime-web'],
  'tfjs-wasm': devDependencies['@tensorflow/tfjs-backend-wasm'],
  'llama-cpp': enginePackage()?.version ?? 'unknown',
}

/** Libraries have some 20 MB; each is hashed once a process. */
const digests = new Map<string, Promise<string>>()

async function stampOf(name: EngineName, folder: string, threads: number): Promise<EngineStamp> {
  const library = join(folder, ENGINE_LIBRARIES[name])
  let digest = digests.get(library)
  if (digest === undefined) {
    digest = hashFile(library)
    digests.set(library, digest)
    digest.catch(() => digests.delete(library))
  }
  return { name, version: ENGINE_VERSIONS[name], librarySha256: await digest, threads }
}

/** SHA-256 of the library as it lies on disk now; a stamp remembers the one of the process's first look. */
export const hashLibrary = (name: EngineName, folder: string): Promise<string> =>
  hashFile(join(folder, ENGINE_LIBRARIES[name]))

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
