import { jsonValue, ownTables } from './backup'
import { isRow, type Row, readBackup, type TableHead } from './backup-file'
import { text } from './messages'
import { readRecorded } from './migrations'
import { DatabaseProblem } from './problem'
import { inTransaction, quoteName, type Sql } from './sql'

/** Characters of JSON that go to the server at once. */
const BATCH_CHARACTERS = 4_000_000

interface ForeignKey {
  table: string
  name: string
  definition: string
}

/**
 * Replaces what is in the tables by what a backup holds; all or nothing, in one transaction. The
 * triggers that keep the log append-only are disabled by the owner of the tables for that time
 * (session_replication_role would also do, but not every server grants it, and it would let rows in
 * that point at nothing): foreign keys are dropped and made again, which checks every row.
 */
export async function restore(sql: Sql, file: string): Promise<{ tables: number; rows: number }> {
  return inTransaction(sql, 'begin', async () => {
    await sql.query("set local lock_timeout = '10s'")
    const tables = await ownTables(sql)
    const known = new Map(tables.map((table) => [table.table, table]))
    const keys = await foreignKeys(sql)
    for (const { table } of tables) await sql.query(`alter table ${table} disable trigger user`)
    for (const { table, name } of keys)
      await sql.query(`alter table ${table} drop constraint ${quoteName(name)}`)
    await sql.query(`truncate ${tables.map(({ table }) => table).join(', ')}`)

    const done = await fill(sql, file, known)

    for (const { table, name, definition } of keys) await addKey(sql, { table, name, definition })
    for (const { table } of tables) await sql.query(`alter table ${table} enable trigger user`)
    await sql.query('update private.workspace set feed_epoch = gen_random_uuid()')
    await sql.query(
      `insert into private.events (kind, body) values ('workspace.restored',
         json_build_object('tables', $1::int, 'rows', $2::int)::jsonb)`,
      [done.tables, done.rows],
    )
    await sql.query("notify pgrst, 'reload schema'")
    return done
  })
}

async function fill(
  sql: Sql,
  file: string,
  known: ReadonlyMap<string, TableHead>,
): Promise<{ tables: number; rows: number }> {
  const done = { tables: 0, rows: 0 }
  let head: TableHead | undefined
  let batch: string[] = []
  let characters = 0
  const flush = async () => {
    if (head !== undefined && batch.length > 0) await insert(sql, head, batch)
    batch = []
    characters = 0
  }
  for await (const line of readBackup(file)) {
    if (isRow(line)) {
      const row: Row = line
      const written = JSON.stringify(row)
      batch.push(written)
      characters += written.length
      done.rows += 1
      if (characters > BATCH_CHARACTERS) await flush()
    } else if ('table' in line) {
      const here = known.get(line.table)
      // The versions are the same, so this is a table that was changed by hand.
      if (here === undefined || names(here) !== names(line))
        throw new DatabaseProblem(text.otherTable(line.table))
      head = here
      done.tables += 1
    } else if ('end' in line) await flush()
    else if ('sequence' in line)
      await sql.query('select pg_catalog.setval($1::regclass, $2::bigint, $3)', [
        line.sequence,
        line.value,
        line.called,
      ])
  }
  return done
}

const names = ({ columns }: TableHead): string => columns.map(({ name }) => name).join(' ')

async function insert(sql: Sql, { table, columns }: TableHead, rows: string[]): Promise<void> {
  const into = columns.map(({ name }) => quoteName(name)).join(', ')
  const values = columns.map(({ name, type }, index) => jsonValue(name, type, index)).join(', ')
  await sql.query(
    `insert into ${table} (${into}) overriding system value
     select ${values} from json_array_elements($1::json) r`,
    [`[${rows.join(',')}]`],
  )
}

/** Keys that lead out of our tables, or from one to another. */
async function foreignKeys(sql: Sql): Promise<ForeignKey[]> {
  const { rows } = await sql.query<ForeignKey>(
    `select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as table, k.conname as name,
       pg_catalog.pg_get_constraintdef(k.oid) as definition
     from pg_catalog.pg_constraint k join pg_catalog.pg_class c on c.oid = k.conrelid
     join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     where k.contype = 'f' and n.nspname in ('public', 'private')
       and c.relowner = (select relowner from pg_catalog.pg_class where oid = 'private.workspace'::regclass)
     order by 1, 2`,
  )
  return rows
}

async function addKey(sql: Sql, { table, name, definition }: ForeignKey): Promise<void> {
  try {
    await sql.query(`alter table ${table} add constraint ${quoteName(name)} ${definition}`)
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === '23503' && / REFERENCES auth\.users/.test(definition))
      throw new DatabaseProblem(text.accountsMissing)
    throw error
  }
}

/** Versions that the database has and the backup does not, or the other way round. */
export async function schemaDiffers(sql: Sql, migrations: readonly string[]): Promise<boolean> {
  const recorded = (await readRecorded(sql)).map(({ version }) => version)
  return recorded.join() !== [...migrations].sort().join()
}
