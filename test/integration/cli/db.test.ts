import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readMigrations } from '../../../electron/cli/db/migrations'
import { ROOT } from '../../fixtures/console'
import { postgresPrograms, startCluster } from '../../fixtures/database/cluster'
import { emptyProject } from '../../fixtures/database/empty-project'
import { runCli } from '../../fixtures/run-cli'

const programs = postgresPrograms()
const NEWEST = readMigrations(join(ROOT, 'resources')).at(-1)?.version ?? ''
const PASSWORD = 'correct horse battery'

describe.skipIf(programs === null)('db, against a PostgreSQL', () => {
  let server: { url: string; stop: () => void }
  let folder: string
  beforeAll(async () => {
    server = await startCluster(programs ?? '')
    folder = mkdtempSync(join(tmpdir(), 'cli-db-'))
  })
  afterAll(() => {
    server.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  const db = (url: string, ...args: string[]) => runCli(['db', ...args], { DATABASE_URL: url })
  const nameOf = (url: string) => new URL(url).pathname.slice(1)
  async function query<Row>(url: string, sql: string): Promise<Row[]> {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    try {
      return (await client.query(sql)).rows as Row[]
    } finally {
      await client.end()
    }
  }
  const asSuperuser = (url: string) => {
    const other = new URL(server.url)
    other.pathname = new URL(url).pathname
    return other.href
  }
  async function migrated(): Promise<string> {
    const url = await emptyProject(server.url)
    expect(db(url, 'migrate')).toMatchObject({ code: 0 })
    return url
  }

  test('an empty project is set up, recorded as the Supabase CLI does, and up to date afterwards', async () => {
    const url = await emptyProject(server.url)
    const before = db(url, 'status')
    expect(before.stdout).toContain('to do: prometheus-console db migrate')
    const run = db(url, 'migrate')
    expect(run).toMatchObject({ code: 0 })
    expect(run.stderr).toContain(`${NEWEST}_`)
    const rows = await query<{ version: string; name: string; statements: string[] }>(
      url,
      'select * from supabase_migrations.schema_migrations order by version',
    )
    expect(rows.map(({ version }) => version)).toEqual(
      readMigrations(join(ROOT, 'resources')).map(({ version }) => version),
    )
    expect(rows[0]).toMatchObject({ name: 'foundation' })
    expect(rows[0]?.statements.length).toBeGreaterThan(20)
    expect(db(url, 'migrate').stdout).toContain('Up to date')
    const status = JSON.parse(db(url, 'status', '--format', 'json').stdout)
    expect(status.workspace).toMatchObject({ schemaVersion: NEWEST })
    expect(new Set(status.migrations.map(({ state }: { state: string }) => state))).toEqual(
      new Set(['applied']),
    )
  })

  test('verify finds nothing after migrate, and every kind of change that somebody makes', async () => {
    const url = await migrated()
    expect(db(url, 'verify')).toMatchObject({ code: 0 })
    await query(
      asSuperuser(url),
      `create table public.extra (i int);
       grant select on private.events to anon;
       alter table private.operations disable row level security;
       drop policy rate_rules_read on private.rate_rules;
       create or replace function private.uid() returns uuid language sql stable security definer as 'select null::uuid';
       alter function private.run(text, uuid, jsonb) owner to migrator;
       alter role console_api bypassrls;
       alter table private.events disable trigger events_append_only`,
    )
    const run = db(url, 'verify')
    await query(asSuperuser(url), 'alter role console_api nobypassrls')
    expect(run.code).toBe(1)
    for (const line of [
      'not expected: table public.extra',
      'different: grants table private.events',
      'different: table private.operations',
      'missing: policy private.rate_rules rate_rules_read',
      'different: function private.uid()',
      'different: function private.run(p_rpc text, p_op uuid, p_args jsonb)',
      'different: role console_api',
      'different: trigger private.events events_append_only',
    ])
      expect(run.stdout).toContain(line)
  })

  test('a migration that fails leaves what came before it, and is rolled back', async () => {
    const url = await emptyProject(server.url)
    // The schema that the first migration makes is there already.
    await query(url, 'create schema private')
    const run = db(url, 'migrate')
    expect(run).toMatchObject({ code: 2 })
    expect(run.stderr).toMatch(/_foundation(, line \d+)?: schema "private" already exists/)
    expect(await query(url, 'select * from supabase_migrations.schema_migrations')).toEqual([])
  })

  test('a database of a newer console is left alone', async () => {
    const url = await migrated()
    await query(
      url,
      "insert into supabase_migrations.schema_migrations (version) values ('29990101000000')",
    )
    for (const command of [['migrate'], ['reset', '--confirm', nameOf(url)]]) {
      const run = db(url, ...command)
      expect(run).toMatchObject({ code: 2 })
      expect(run.stderr).toContain('newer than this console')
    }
  })

  test('only one console changes a database at a time', async () => {
    const url = await emptyProject(server.url)
    const other = new pg.Client({ connectionString: url })
    await other.connect()
    await other.query('select pg_advisory_lock(5126120101)')
    const run = db(url, 'migrate')
    await other.end()
    expect(run).toMatchObject({ code: 2 })
    expect(run.stderr).toContain('Another console is changing this database')
    expect(db(url, 'migrate')).toMatchObject({ code: 0 })
  })

  test('a database that is no Supabase project is refused with what to do', async () => {
    await query(server.url, 'create database plain')
    const plain = new URL(server.url)
    plain.pathname = '/plain'
    const run = db(plain.href, 'migrate')
    expect(run).toMatchObject({ code: 2 })
    expect(run.stderr).toContain('no Supabase project')
  })

  test('the bundle sets a database up with psql alone, and again without doing anything', async () => {
    const url = await emptyProject(server.url)
    const file = join(folder, 'bundle.sql')
    expect(runCli(['db', 'bundle', '--output', file])).toMatchObject({ code: 0 })
    const psql = () =>
      spawnSync(join(programs ?? '', 'psql'), [url, '-f', file], { encoding: 'utf8' })
    expect(psql()).toMatchObject({ status: 0 })
    expect(db(url, 'verify')).toMatchObject({ code: 0 })
    expect(db(url, 'migrate').stdout).toContain('Up to date')
    const again = psql()
    expect(again.status).toBe(0)
    expect(again.stdout).toContain('was applied before')
  })

  test('a backup comes back as it was into another database, under a new epoch of the feed', async () => {
    const url = await migrated()
    await query(
      asSuperuser(url),
      `insert into private.events (kind, body) values ('test.event', '{"text": "tab\\there, ü, \\u2028"}');
       insert into private.events (kind, body) values ('test.event', 'null');
       insert into private.rate_buckets select rpc, gen_random_uuid(), 0.1::float8 + 0.2::float8, clock_timestamp() from private.rate_rules limit 1;
       insert into private.operations (actor, operation_id, rpc, args_sha256) values (gen_random_uuid(), gen_random_uuid(), 'x', '\\x00ff')`,
    )
    const file = join(folder, 'backup.jsonl.gz')
    expect(db(url, 'backup', '--output', file)).toMatchObject({ code: 0 })
    const tables = await query<{ table: string }>(
      url,
      `select schemaname || '.' || tablename as table from pg_tables
       where schemaname in ('public', 'private') and tablename <> 'workspace' order by 1`,
    )
    const contents = async (where: string) =>
      Object.fromEntries(
        await Promise.all(
          tables.map(async ({ table }) => [
            table,
            (
              await query<{ row: string }>(
                asSuperuser(where),
                `select (to_jsonb(t) - 'change_xid')::text as row from ${table} t
                 where to_jsonb(t) ->> 'kind' is distinct from 'workspace.restored' order by 1`,
              )
            ).map(({ row }) => row),
          ]),
        ),
      )
    const target = await emptyProject(server.url)
    const run = db(target, 'restore', file, '--confirm', nameOf(target))
    expect(run).toMatchObject({ code: 0 })
    expect(await contents(target)).toEqual(await contents(url))
    const epoch = (where: string) =>
      query<{ feed_epoch: string }>(asSuperuser(where), 'select feed_epoch from private.workspace')
    expect(await epoch(target)).not.toEqual(await epoch(url))
    expect(db(target, 'verify')).toMatchObject({ code: 0 })
    // The log is append-only again, and counts on.
    await expect(query(target, 'delete from private.events')).rejects.toThrow('append_only')
    await query(asSuperuser(target), "insert into private.events (kind) values ('test.after')")
  })

  test('a backup that was changed or cut off is not restored', async () => {
    const url = await migrated()
    const file = join(folder, 'whole.jsonl.gz')
    expect(db(url, 'backup', '--output', file)).toMatchObject({ code: 0 })
    const lines = gunzipSync(readFileSync(file)).toString().trimEnd().split('\n')
    const changed = lines.map((line) => line.replace('0.1.0', '0.0.9'))
    for (const [name, content] of [
      ['changed', changed],
      ['cut', lines.slice(0, -1)],
      ['empty', []],
    ] as const) {
      const other = join(folder, `${name}.jsonl.gz`)
      writeFileSync(other, gzipSync(content.map((line) => `${line}\n`).join('')))
      const run = db(url, 'restore', other, '--confirm', nameOf(url))
      expect(run).toMatchObject({ code: 2 })
    }
    expect(
      await query(asSuperuser(url), "select from private.events where kind = 'workspace.restored'"),
    ).toEqual([])
  })

  test('restore and reset ask for the name of the database, and save what is there first', async () => {
    const url = await migrated()
    const refused = db(url, 'reset', '--confirm', 'other')
    expect(refused).toMatchObject({ code: 2 })
    expect(db(url, 'reset').stderr).toContain(`--confirm ${nameOf(url)}`)
    const run = db(url, 'reset', '--confirm', nameOf(url))
    expect(run).toMatchObject({ code: 0 })
    const saved = /^(\S+\.jsonl\.gz):/m.exec(run.stderr)?.[1] ?? ''
    expect(saved).not.toBe('')
    expect(
      await query(url, "select from pg_tables where schemaname in ('public', 'private')"),
    ).toEqual([])
    expect(db(url, 'restore', saved, '--confirm', nameOf(url))).toMatchObject({ code: 0 })
    expect(db(url, 'verify')).toMatchObject({ code: 0 })
  })

  test('the role of workers may ask for the schema, and for nothing else', async () => {
    const url = await migrated()
    const client = new pg.Client({ connectionString: asSuperuser(url) })
    await client.connect()
    await client.query('set role console_worker')
    const { rows } = await client.query('select private.worker_schema() as schema')
    expect(rows[0].schema).toMatchObject({ schema_version: NEWEST })
    const others = await client.query<{ name: string }>(
      `select p.oid::regprocedure::text as name from pg_proc p
       where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace)
         and has_function_privilege('console_worker', p.oid, 'execute')
       union all select c.oid::regclass::text from pg_class c
       where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace) and c.relkind in ('r', 'v', 'S')
         and (case when c.relkind = 'S' then has_sequence_privilege('console_worker', c.oid, 'usage,select,update')
           else has_table_privilege('console_worker', c.oid, 'select,insert,update,delete,truncate') end)`,
    )
    await client.end()
    expect(others.rows).toEqual([{ name: 'private.worker_schema()' }])
  })

  test('a password is never an argument, and never written anywhere', async () => {
    const url = await emptyProject(server.url)
    const secret = new URL(url)
    secret.password = PASSWORD
    const refused = runCli(['db', 'status', '--url', secret.href])
    expect(refused).toMatchObject({ code: 64 })
    expect(refused.stderr).toContain('Leave the password out of --url')
    const run = runCli(['db', 'status', '--url', url], { PGPASSWORD: PASSWORD })
    expect(run).toMatchObject({ code: 0 })
    for (const text of [refused.stderr, run.stdout, run.stderr])
      expect(text).not.toContain(PASSWORD)
  })
})
