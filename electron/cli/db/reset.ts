import type { Catalogue } from './catalogue'
import type { Migration } from './migrations'
import { inTransaction, type Sql } from './sql'

/**
 * Takes the schema out of a database: what the expected catalogue names, `private` as a whole, and
 * the records of our migrations. What others made in `public`, accounts and files stay.
 */
export async function reset(
  sql: Sql,
  expected: Catalogue,
  files: readonly Migration[],
): Promise<void> {
  await inTransaction(sql, 'begin', async () => {
    await sql.query("set local lock_timeout = '10s'; set local client_min_messages = warning")
    for (const statement of dropStatements(expected)) await sql.query(statement)
    await sql.query('drop schema if exists private cascade')
    await sql.query(
      `do $$ begin
         if to_regclass('supabase_migrations.schema_migrations') is not null then
           delete from supabase_migrations.schema_migrations
           where version in (${files.map(({ version }) => `'${version}'`).join(', ')});
         end if;
       end $$`,
    )
    await sql.query("notify pgrst, 'reload schema'")
  })
}

function dropStatements(expected: Catalogue): string[] {
  const of = (kind: string) =>
    Object.keys(expected).flatMap((key) => {
      const name = key.slice(kind.length + 1)
      return key.startsWith(`${kind} public.`) ? [name] : []
    })
  return [
    // On tables that are not ours; those on ours go with them.
    ...Object.keys(expected).flatMap((key) => {
      const [, table, name] = /^policy ((?:storage|realtime)\.\S+) (.+)$/.exec(key) ?? []
      return table === undefined || name === undefined
        ? []
        : [`drop policy if exists "${name}" on ${table}`]
    }),
    ...of('function').map((name) => `drop function if exists ${name} cascade`),
    ...of('view').map((name) => `drop view if exists ${name} cascade`),
    ...of('table').map((name) => `drop table if exists ${name} cascade`),
    ...of('sequence').map((name) => `drop sequence if exists ${name} cascade`),
    ...of('type').map((name) => `drop type if exists ${name} cascade`),
  ]
}
