import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { PGlite } from '@electric-sql/pglite'
import { parseTar } from 'nanotar'
import { migrate } from '../migrate'
import type { SchemaFiles } from '../schema-files'
import { markTemplate } from './adopt'
import { openEngine } from './engine'
import { pgliteScript } from './pglite-database'

/** Makes a database with the schema once; each folder starts as a copy. `work` is thrown away. */
export async function buildTemplate(
  work: string,
  template: string,
  schema: SchemaFiles,
): Promise<void> {
  rmSync(work, { recursive: true, force: true })
  const engine = await openEngine(work)
  await migrate(pgliteScript(engine), schema)
  await packInto(engine, template)
  rmSync(work, { recursive: true, force: true })
}

/** Makes a template of a workspace that is there, with what it holds. */
export async function packTemplate(folder: string, template: string): Promise<void> {
  await packInto(await openEngine(folder), template)
}

async function packInto(engine: PGlite, template: string): Promise<void> {
  await markTemplate(pgliteScript(engine))
  await engine.exec('vacuum analyze')
  // The engine's log goes on in an empty file: the old ones say all that was ever written.
  await engine.exec('set wal_recycle = off')
  await engine.exec('select pg_switch_wal()')
  await engine.exec('checkpoint')
  const packed = await engine.dumpDataDir('gzip')
  await engine.close()
  replaceFile(template, Buffer.from(await packed.arrayBuffer()))
}

/** Unpacks beside `folder` and renames: a crash leaves no half of a database. */
export function unpackTemplate(template: string, folder: string): void {
  const fresh = `${folder}.new`
  rmSync(fresh, { recursive: true, force: true })
  mkdirSync(fresh, { recursive: true, mode: 0o700 })
  for (const { name, type, data } of parseTar(gunzipSync(readFileSync(template)))) {
    const path = join(fresh, name)
    if (type === 'directory') mkdirSync(path, { recursive: true, mode: 0o700 })
    else if (type === 'file') {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
      writeFileSync(path, data ?? new Uint8Array(), { mode: 0o600 })
    }
  }
  renameSync(fresh, folder)
}

/** Wholly there or not at all. */
export function replaceFile(path: string, bytes: Uint8Array): void {
  writeFileSync(`${path}.part`, bytes, { mode: 0o600 })
  renameSync(`${path}.part`, path)
}
