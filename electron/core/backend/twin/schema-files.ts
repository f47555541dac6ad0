import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Migration {
  /** Fourteen digits; the order. */
  version: string
  name: string
  sql: string
}

/** The SQL of a database: what a hosted project has by birth, and the migrations. */
export interface SchemaFiles {
  prelude: string
  migrations: Migration[]
}

/** Reads resources/supabase, as the Supabase CLI names files: `<version>_<name>.sql`. */
export function readSchemaFiles(resources: string): SchemaFiles {
  const folder = join(resources, 'supabase/migrations')
  const migrations = readdirSync(folder)
    .sort()
    .flatMap((file) => {
      const [, version, name] = /^(\d{14})_(.+)\.sql$/.exec(file) ?? []
      if (version === undefined || name === undefined) return []
      return [{ version, name, sql: readFileSync(join(folder, file), 'utf8') }]
    })
  return {
    prelude: readFileSync(join(resources, 'supabase/local/prelude.sql'), 'utf8'),
    migrations,
  }
}

/** Names what a shipped template was made of: the schema and the sample marketplace. */
export function shippedContents(resources: string): string {
  const sample = readFileSync(join(resources, 'supabase/local/sample.json'), 'utf8')
  return schemaHash(readSchemaFiles(resources), sample)
}

/** Names a template: another schema or another engine makes another one. */
export function schemaHash(schema: SchemaFiles, engine: string): string {
  return createHash('sha256')
    .update(JSON.stringify([schema, engine]))
    .digest('hex')
    .slice(0, 32)
}
