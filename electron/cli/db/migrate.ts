import { text } from './messages'
import {
  CREATE_RECORD,
  compareMigrations,
  INSERT_RECORD,
  LOCK_KEY,
  type Migration,
  type MigrationRow,
  readRecorded,
} from './migrations'
import { DatabaseProblem } from './problem'
import { splitStatements } from './split-statements'
import { inTransaction, one, type Sql } from './sql'

export interface MigrateOptions {
  /** The newest version that is applied; all without it. */
  upTo?: string | undefined
  /** Also those that are older than one that was applied. */
  includeAll?: boolean | undefined
  /** Before the first change, and only when there is one. */
  before?: (pending: readonly MigrationRow[]) => Promise<void>
  onApplied?: (row: MigrationRow) => void
}

/** Brings a database up to date, each migration in a transaction of its own. Returns what it applied. */
export async function migrate(
  sql: Sql,
  files: readonly Migration[],
  options: MigrateOptions = {},
): Promise<MigrationRow[]> {
  return locked(sql, async () => {
    const rows = compareMigrations(files, await readRecorded(sql))
    refuseNewer(rows, files)
    const pending = rows.filter(
      ({ state, version }) => state === 'pending' && version <= (options.upTo ?? version),
    )
    const newest = rows.findLast(({ state }) => state === 'applied' || state === 'changed')
    const late = pending.filter(({ version }) => version < (newest?.version ?? ''))
    if (late.length > 0 && options.includeAll !== true)
      throw new DatabaseProblem(text.outOfOrder(late.map(({ version }) => version)))
    if (pending.length === 0) return []
    await requireGround(sql)
    await options.before?.(pending)
    await sql.query(CREATE_RECORD)
    for (const row of pending) {
      const file = files.find(({ version }) => version === row.version)
      if (file === undefined) continue
      await applyOne(sql, file)
      options.onApplied?.(row)
    }
    // PostgREST looks again which functions there are.
    await sql.query("notify pgrst, 'reload schema'")
    return pending
  })
}

/** Holds off a second console. Released with the connection, however that ends. */
export async function locked<T>(sql: Sql, body: () => Promise<T>): Promise<T> {
  const { taken } = await one<{ taken: boolean }>(
    sql,
    'select pg_catalog.pg_try_advisory_lock($1) as taken',
    [LOCK_KEY],
  )
  if (!taken) throw new DatabaseProblem(text.busy)
  try {
    return await body()
  } finally {
    await sql.query('select pg_catalog.pg_advisory_unlock($1)', [LOCK_KEY]).catch(() => {})
  }
}

/** A schema that this console does not know is never touched. */
export function refuseNewer(rows: readonly MigrationRow[], files: readonly Migration[]): void {
  const newest = files.at(-1)?.version ?? ''
  const newer = rows.filter(({ state, version }) => state === 'unknown' && version > newest)
  if (newer.length > 0)
    throw new DatabaseProblem(
      text.newer(
        newer.map(({ version }) => version),
        newest,
      ),
    )
}

async function applyOne(sql: Sql, { version, name, sql: source }: Migration): Promise<void> {
  await inTransaction(sql, 'begin', async () => {
    // Behind a pooler the lock of the session may not be ours; that of the transaction is.
    const { taken } = await one<{ taken: boolean }>(
      sql,
      'select pg_catalog.pg_try_advisory_xact_lock($1) as taken',
      [LOCK_KEY],
    )
    if (!taken) throw new DatabaseProblem(text.busy)
    await sql.query("set local lock_timeout = '10s'")
    try {
      await sql.query(source)
    } catch (error) {
      throw failedAt(error, `${version}_${name}`, source)
    }
    await sql.query(INSERT_RECORD, [version, name, splitStatements(source)])
  })
}

function failedAt(error: unknown, file: string, source: string): unknown {
  if (!(error instanceof Error)) return error
  const { position, detail } = error as { position?: string; detail?: string }
  const line = position === undefined ? null : source.slice(0, Number(position)).split('\n').length
  return new DatabaseProblem(text.migrationFailed(file, line, error.message, detail ?? null))
}

/** What a Supabase project brings along, and every migration stands on. */
async function requireGround(sql: Sql): Promise<void> {
  const ground = await one<{
    version: number
    auth: boolean
    roles: number
    may_create: boolean
    may_role: boolean
  }>(
    sql,
    `select current_setting('server_version_num')::int as version,
       to_regprocedure('auth.uid()') is not null as auth,
       (select count(*)::int from pg_catalog.pg_roles
         where rolname in ('anon', 'authenticated', 'service_role')) as roles,
       has_database_privilege(current_database(), 'create') as may_create,
       (select rolcreaterole or rolsuper from pg_catalog.pg_roles where rolname = current_user)
         as may_role`,
  )
  if (ground.version < 150_000)
    throw new DatabaseProblem(text.tooOld(Math.floor(ground.version / 10_000)))
  if (!ground.auth || ground.roles < 3) throw new DatabaseProblem(text.noSupabase)
  if (!ground.may_create || !ground.may_role) throw new DatabaseProblem(text.mayNot)
}
