import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { RPCS } from '@shared/backend'
import { REFUSALS } from '@shared/backend/errors'
import { FEED_TABLES, PERMISSIONS, ROLES } from '@shared/backend/words'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { openDatabase, type TestDatabase } from '../fixtures/database'
import { readMigrations } from '../fixtures/database/schema'

const FUNCTION = join(
  import.meta.dirname,
  '../../resources/supabase/functions/verify-passport/index.ts',
)

let database: TestDatabase
beforeAll(async () => {
  database = await openDatabase()
})
afterAll(() => database.close())

const namesOf = async (text: string) =>
  (await database.sql<{ name: string }>(text)).map(({ name }) => name)

describe('the functions of public', () => {
  test('are those of the contract, with exactly its arguments, and nothing else', async () => {
    const rows = await database.sql<{ name: string; args: string[]; volatile: string }>(
      `select proname as name, coalesce(proargnames, '{}') as args, provolatile as volatile
       from pg_proc where pronamespace = 'public'::regnamespace order by proname collate "C"`,
    )
    const expected = Object.entries(RPCS).map(([name, { kind, args }]) => {
      const named = args instanceof z.ZodObject ? Object.keys(args.shape) : []
      return {
        name,
        args: kind === 'write' ? ['p_op', ...named] : named,
        volatile: kind === 'write' ? 'v' : 's',
      }
    })
    expect(rows).toEqual(expected.sort((a, b) => (a.name < b.name ? -1 : 1)))
  })

  test('run as their caller, with an empty search path, and return jsonb', async () => {
    const others = await namesOf(
      `select p.oid::regprocedure::text as name from pg_proc p
       where pronamespace = 'public'::regnamespace and (
         prosecdef or prorettype <> 'jsonb'::regtype
         or not coalesce(proconfig, '{}') @> '{"search_path=\\"\\""}'
       )`,
    )
    expect(others).toEqual([])
  })

  test('take no write without a limit, and there is no limit without a write', async () => {
    const rules = await namesOf(
      'select rpc as name from private.rate_rules order by rpc collate "C"',
    )
    const writes = Object.entries(RPCS).filter(([, { kind }]) => kind === 'write')
    expect(rules).toEqual(writes.map(([name]) => name).sort())
  })
})

describe('functions of private', () => {
  test('that run with other rights than their caller belong to console_api, or say why not', async () => {
    const others = await namesOf(
      `select p.oid::regprocedure::text as name from pg_proc p
       join pg_roles o on o.oid = p.proowner
       where pronamespace = 'private'::regnamespace and prosecdef and o.rolname <> 'console_api'
         and coalesce(obj_description(p.oid, 'pg_proc'), '') <> 'owned by the schema on purpose'`,
    )
    expect(others).toEqual([])
  })

  test('have an empty search path, unless their body is bound', async () => {
    const others = await namesOf(
      `select p.oid::regprocedure::text as name from pg_proc p
       where pronamespace = 'private'::regnamespace and prosqlbody is null
         and not coalesce(proconfig, '{}') @> '{"search_path=\\"\\""}'`,
    )
    expect(others).toEqual([])
  })

  test('are not executable by everybody', async () => {
    const others = await namesOf(
      `select p.oid::regprocedure::text as name from pg_proc p
       where pronamespace in ('private'::regnamespace, 'public'::regnamespace)
         and (proacl is null or exists (select from aclexplode(proacl) where grantee = 0))`,
    )
    expect(others).toEqual([])
  })
})

describe('tables', () => {
  test('have row-level security, each of them', async () => {
    const others = await namesOf(
      `select c.oid::regclass::text as name from pg_class c
       where relnamespace in ('public'::regnamespace, 'private'::regnamespace)
         and relkind in ('r', 'p') and not relrowsecurity`,
    )
    expect(others).toEqual([])
  })

  test('are granted to no role of the API', async () => {
    const others = await namesOf(
      `select c.oid::regclass || ' to ' || r.rolname as name
       from pg_class c cross join pg_roles r
       where relnamespace in ('public'::regnamespace, 'private'::regnamespace)
         and relkind in ('r', 'p', 'v', 'm', 'S')
         and r.rolname in ('anon', 'authenticated', 'service_role')
         and (
           (relkind <> 'S' and has_table_privilege(r.oid, c.oid, 'select, insert, update, delete, truncate'))
           or (relkind = 'S' and has_sequence_privilege(r.oid, c.oid, 'usage, select, update'))
         )`,
    )
    expect(others).toEqual([])
  })

  test('belong to the owner of the schema, and console_api owns none', async () => {
    const owners = await namesOf(
      `select distinct tableowner as name from pg_tables where schemaname in ('public', 'private')`,
    )
    expect(owners).toEqual(['migrator'])
  })

  test('ask who the caller is once a statement in their policies, not once a row', async () => {
    const bare = await namesOf(
      `select polrelid::regclass || ' ' || polname as name
       from pg_policy
       cross join lateral (
         select concat(pg_get_expr(polqual, polrelid), ' ', pg_get_expr(polwithcheck, polrelid)) as text
       ) e
       where polrelid in (select oid from pg_class
           where relnamespace in ('public'::regnamespace, 'private'::regnamespace))
         and regexp_replace(e.text, '\\( SELECT (auth|private)\\.\\w+\\(', '', 'g')
           ~ '(auth|private)\\.\\w+\\('`,
    )
    expect(bare).toEqual([])
  })

  test('have an index for every foreign key', async () => {
    const others = await namesOf(
      `select f.conrelid::regclass || ' ' || f.conname as name
       from pg_constraint f
       where f.contype = 'f' and f.connamespace in ('public'::regnamespace, 'private'::regnamespace)
         and not exists (
           select from pg_index i where i.indrelid = f.conrelid and i.indpred is null
             and (i.indkey::int2[])[0 : cardinality(f.conkey) - 1] @> f.conkey
         )`,
    )
    expect(others).toEqual([])
  })
})

describe('words', () => {
  test('of roles and permissions are the same here and in the database', async () => {
    expect(await namesOf('select role as name from public.roles order by rank')).toEqual([...ROLES])
    expect(await namesOf('select permission as name from public.permissions')).toEqual(
      expect.arrayContaining([...PERMISSIONS]),
    )
    expect(await database.sql('select from public.permissions')).toHaveLength(PERMISSIONS.length)
  })

  test('of the change feed name tables that carry its columns and its index', async () => {
    expect(await namesOf('select name from private.feeds order by name collate "C"')).toEqual(
      [...FEED_TABLES].sort(),
    )
    const ready = await namesOf(
      `select f.name from private.feeds f
       join pg_class c on c.relnamespace = 'public'::regnamespace and c.relname = f.name
       where exists (select from pg_trigger t where t.tgrelid = c.oid
           and t.tgfoid = 'private.stamp_change()'::regprocedure)
         and exists (select from pg_trigger t where t.tgrelid = c.oid
           and t.tgfoid = 'private.start_feeds_over()'::regprocedure)
         and exists (select from pg_index i where i.indrelid = c.oid
           and pg_get_indexdef(i.indexrelid) like '%(change_xid, change_seq)')
         and not exists (select from unnest(f.columns) n where not exists (
           select from pg_attribute a where a.attrelid = c.oid and a.attname = n))
       order by f.name collate "C"`,
    )
    expect(ready).toEqual([...FEED_TABLES].sort())
  })

  test('of refusals are known to the console, and each of them is used', () => {
    const sql = readMigrations()
      .map(({ text }) => text.replace(/--.*$/gm, ''))
      .join('\n')
    const used = new Set<string>()
    for (const [, code] of sql.matchAll(/v_message := '(\w+)'|message = '(append_only)'/g))
      if (code) used.add(code)
    const statuses = [
      ...sql.matchAll(/(?:reject|refusal)\(\s*(\d{3}),\s*'(\w+)'/g),
      // That of the Edge Function; what is no POST comes from no console.
      ...readFileSync(FUNCTION, 'utf8').matchAll(/json\((?!405)(\d{3}), \{ code: '(\w+)' \}/g),
    ]
    for (const [, , code] of statuses) if (code) used.add(code)
    expect([...used].sort()).toEqual(Object.keys(REFUSALS).sort())
    for (const [, status, code] of statuses)
      expect(`${code} ${status}`).toBe(`${code} ${REFUSALS[code as keyof typeof REFUSALS]?.status}`)
  })
})
