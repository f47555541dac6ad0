import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { essence, splitStatements } from './split-statements'
import type { Sql } from './sql'

export interface Migration {
  /** 14 digits; they sort. */
  version: string
  name: string
  sql: string
}

export interface Recorded {
  version: string
  name: string | null
  statements: string[] | null
}

export type MigrationState =
  | 'applied'
  | 'pending'
  /** Recorded with other statements than the file has now. */
  | 'changed'
  /** Recorded, and no file of this console. */
  | 'unknown'

export interface MigrationRow {
  version: string
  name: string
  state: MigrationState
}

/** The migrations that this console brings along, oldest first. */
export function readMigrations(resources: string): Migration[] {
  const folder = join(resources, 'supabase/migrations')
  return readdirSync(folder)
    .sort()
    .flatMap((file) => {
      const match = /^(\d{14})_([\w-]+)\.sql$/.exec(file)
      if (match?.[1] === undefined || match[2] === undefined) return []
      return [{ version: match[1], name: match[2], sql: readFileSync(join(folder, file), 'utf8') }]
    })
}

/** What the database says was applied: the Supabase CLI and this command keep the same table. */
export async function readRecorded(sql: Sql): Promise<Recorded[]> {
  const { rows } = await sql.query<{ columns: string[] | null }>(
    `select array_agg(attname::text) as columns from pg_catalog.pg_attribute
     where attrelid = to_regclass('supabase_migrations.schema_migrations') and attnum > 0`,
  )
  const columns = rows[0]?.columns
  if (!columns) return []
  // The very first releases of the CLI kept the version alone.
  const value = (name: string) => (columns.includes(name) ? name : `null as ${name}`)
  const recorded = await sql.query<Recorded>(
    `select version, ${value('name')}, ${value('statements')}
     from supabase_migrations.schema_migrations order by version`,
  )
  return recorded.rows
}

export function compareMigrations(
  files: readonly Migration[],
  recorded: readonly Recorded[],
): MigrationRow[] {
  const known = new Map(recorded.map((row) => [row.version, row]))
  const rows = files.map(({ version, name, sql }): MigrationRow => {
    const row = known.get(version)
    known.delete(version)
    if (row === undefined) return { version, name, state: 'pending' }
    const same =
      row.statements === null || essence(row.statements) === essence(splitStatements(sql))
    return { version, name, state: same ? 'applied' : 'changed' }
  })
  for (const { version, name } of known.values())
    rows.push({ version, name: name ?? '', state: 'unknown' })
  return rows.sort((a, b) => (a.version < b.version ? -1 : 1))
}

/** The table of the Supabase CLI, column for column. */
export const CREATE_RECORD = `create schema if not exists supabase_migrations;
create table if not exists supabase_migrations.schema_migrations (version text not null primary key);
alter table supabase_migrations.schema_migrations add column if not exists statements text[];
alter table supabase_migrations.schema_migrations add column if not exists name text;`

export const INSERT_RECORD =
  'insert into supabase_migrations.schema_migrations (version, name, statements) values ($1, $2, $3)'

/** One key for every command that changes the schema. */
export const LOCK_KEY = 5_126_120_101
