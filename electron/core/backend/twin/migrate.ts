import { createHash } from 'node:crypto'
import type { Query } from './responder'
import type { Migration, SchemaFiles } from './schema-files'

/** A connection as the superuser, which may run several statements at once. */
export interface Script {
  query: Query
  exec(sql: string): Promise<unknown>
}

/** The same table as the Supabase CLI's, so that `migration list` reads a twin and a project alike. */
const HISTORY = `
  create schema if not exists supabase_migrations authorization migrator;
  set role migrator;
  create table if not exists supabase_migrations.schema_migrations (
    version text not null primary key, statements text[], name text
  );
  reset role;`

/** Versions that were applied and that this console does not know: a newer one made them. */
export async function unknownVersions(script: Script, schema: SchemaFiles): Promise<string[]> {
  const known = new Set(schema.migrations.map(({ version }) => version))
  return (await appliedVersions(script)).filter((version) => !known.has(version))
}

async function appliedVersions({ query }: Script): Promise<string[]> {
  const [there] = await query<{ there: boolean }>(
    `select to_regclass('supabase_migrations.schema_migrations') is not null as there`,
  )
  if (there?.there !== true) return []
  const rows = await query<{ version: string }>(
    'select version from supabase_migrations.schema_migrations order by version',
  )
  return rows.map(({ version }) => version)
}

/**
 * Applies what is missing, each migration wholly or not at all, as the role that owns the schema of a
 * hosted project. Returns the versions that were applied now.
 */
export async function migrate(script: Script, schema: SchemaFiles): Promise<string[]> {
  const applied = new Set(await appliedVersions(script))
  const pending = schema.migrations.filter(({ version }) => !applied.has(version))
  const mark = createHash('sha256').update(schema.prelude).digest('hex')
  if (pending.length === 0 && (await preludeMark(script)) === mark) return []
  await script.exec(schema.prelude)
  await script.exec(HISTORY)
  for (const migration of pending) await apply(script, migration)
  await script.exec(`comment on schema supabase_migrations is 'prelude ${mark}'`)
  return pending.map(({ version }) => version)
}

/** Which prelude ran here: it is long, and most starts need none. */
async function preludeMark({ query }: Script): Promise<string | undefined> {
  const [row] = await query<{ mark: string | null }>(
    `select obj_description(to_regnamespace('supabase_migrations')::oid, 'pg_namespace') as mark`,
  )
  return row?.mark?.replace('prelude ', '')
}

async function apply({ exec, query }: Script, { version, name, sql }: Migration): Promise<void> {
  await exec('begin')
  try {
    await exec('set local role migrator')
    await exec(sql)
    await query(
      'insert into supabase_migrations.schema_migrations (version, name, statements) values ($1, $2, $3)',
      [version, name, [sql]],
    )
    await exec('commit')
  } catch (error) {
    await exec('rollback')
    throw new Error(`Migration ${version}_${name} failed: ${(error as Error).message}`, {
      cause: error,
    })
  }
}
