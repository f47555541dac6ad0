import { createHash } from 'node:crypto'
import { type BackupEnd, createBackup, type Row, type TableHead } from './backup-file'
import { text } from './messages'
import { readRecorded } from './migrations'
import { DatabaseProblem } from './problem'
import { inTransaction, one, quoteName, type Sql } from './sql'

/** Rows a fetch; the widest are envelopes of a few megabytes, of which there are few. */
const FETCH_ROWS = 500

/** Writes every table of the schema into one file, as of one moment. */
export async function backup(sql: Sql, file: string, now: Date): Promise<BackupEnd> {
  const writer = await createBackup(file)
  try {
    await inTransaction(sql, 'begin isolation level repeatable read read only', async () => {
      // A policy that would leave rows out is an error, not a smaller backup.
      await sql.query('set local row_security = off')
      const { version, schema_version } = await one<{ version: string; schema_version: string }>(
        sql,
        "select current_setting('server_version') as version, schema_version from private.workspace",
      )
      await writer.write({
        backup: 'prometheus-console',
        format: 1,
        createdAt: now.toISOString(),
        server: version,
        schemaVersion: schema_version,
        migrations: (await readRecorded(sql)).map((row) => row.version),
      })
      for (const table of await ownTables(sql)) {
        await writer.write(table)
        const hash = createHash('sha256')
        let rows = 0
        await sql.query(`declare backup no scroll cursor for ${selectRows(table)}`)
        for (;;) {
          const batch = await sql.query<{ row: string }>(`fetch ${FETCH_ROWS} from backup`)
          for (const { row } of batch.rows) {
            const values = JSON.parse(row) as Row
            hash.update(`${JSON.stringify(values)}\n`)
            await writer.write(values)
          }
          rows += batch.rows.length
          if (batch.rows.length < FETCH_ROWS) break
        }
        await sql.query('close backup')
        await writer.write({ end: table.table, rows, sha256: hash.digest('hex') })
      }
      for (const sequence of await ownSequences(sql))
        await writer.write({
          sequence,
          ...(await one<{ value: string; called: boolean }>(
            sql,
            `select last_value::text as value, is_called as called from ${sequence}`,
          )),
        })
    })
  } catch (error) {
    writer.abandon()
    throw error
  }
  return writer.close()
}

/** Whether there is a schema of this console. */
export async function isSetUp(sql: Sql): Promise<boolean> {
  return (
    await one<{ there: boolean }>(
      sql,
      "select to_regclass('private.workspace') is not null as there",
    )
  ).there
}

export async function requireSetUp(sql: Sql): Promise<void> {
  if (!(await isSetUp(sql))) throw new DatabaseProblem(text.empty)
}

/** Tables that belong to the owner of the schema, with the columns that are stored. */
export async function ownTables(sql: Sql): Promise<TableHead[]> {
  const { rows } = await sql.query<{ table: string; columns: TableHead['columns'] }>(
    `select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as table, (
       select json_agg(json_build_object('name', a.attname, 'type', pg_catalog.format_type(a.atttypid, a.atttypmod)) order by a.attnum)
       from pg_catalog.pg_attribute a
       where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     ) as columns
     from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ('public', 'private') and c.relkind = 'r'
       and c.relowner = (select relowner from pg_catalog.pg_class where oid = 'private.workspace'::regclass)
     order by 1`,
  )
  return rows
}

async function ownSequences(sql: Sql): Promise<string[]> {
  const { rows } = await sql.query<{ name: string }>(
    `select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as name
     from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ('public', 'private') and c.relkind = 'S'
       and c.relowner = (select relowner from pg_catalog.pg_class where oid = 'private.workspace'::regclass)
     order by 1`,
  )
  return rows.map(({ name }) => name)
}

/** Each row as a JSON array of texts: what the output functions write, their input functions read. */
function selectRows({ table, columns }: TableHead): string {
  const values = columns.map(({ name }) => `t.${quoteName(name)}::text`).join(', ')
  return `select to_json(array[${values}]::text[])::text as row from only ${table} t`
}

/** The expression that turns a value of a backup into that of its column again. */
export function jsonValue(name: string, type: string, index: number): string {
  // Transaction ids of the other database mean nothing here: readers of the feed would wait for
  // them, or never see the row.
  if (name === 'change_xid') return 'pg_catalog.pg_current_xact_id()'
  return `(r ->> ${index})::${type}`
}
