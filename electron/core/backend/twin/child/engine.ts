import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'

/** What a small machine can spare: with the defaults (128 MB of buffers) the process is twice as large. */
const SETTINGS = ['shared_buffers = 16MB', 'max_wal_size = 48MB', 'min_wal_size = 32MB']

/** Node has it; the types of the core have no DOM, which is where TypeScript keeps it. */
declare const WebAssembly: { compile(bytes: Uint8Array): Promise<object> }

const beside = (name: string) => readFileSync(join(import.meta.dirname, name))

/** Opens, or makes where there is none, the database in `folder`. Files of the engine lie beside the bundle. */
export async function openEngine(folder: string): Promise<PGlite> {
  const fresh = !hasCluster(folder)
  return PGlite.create({
    dataDir: folder,
    pgliteWasmModule: await WebAssembly.compile(beside('twin-pglite.wasm')),
    ...(fresh ? { initdbWasmModule: await WebAssembly.compile(beside('twin-initdb.wasm')) } : {}),
    fsBundle: new Blob([beside('twin-pglite.data')]),
    // Written into postgresql.conf when the cluster is made.
    postgresqlconf: SETTINGS,
  })
}

export function hasCluster(folder: string): boolean {
  return clusterVersion(folder) !== undefined
}

/** Major version of PostgreSQL that made the folder. */
export function clusterVersion(folder: string): string | undefined {
  try {
    return readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim()
  } catch {
    return undefined
  }
}

/** Of PGlite 0.5; a folder of another major version cannot be opened. */
export const ENGINE_MAJOR = '18'
