// `npm run bench:scale [-- --listings 1000000 --events 10000000 --sessions 10000 --rounds 100]`: every
// function of the API on one PostgreSQL that holds a large marketplace. For each call its p95, and whether
// anything read more than 10,000 rows of a table from its start to its end; then sessions that poll the
// change feed, each with a cursor of its own, timed from when a poll was due. Needs PostgreSQL 15 or newer
// (Debian's package), or the one that DATABASE_URL names, as superuser. `--only TEXT` measures the calls
// whose name has it.
import { randomUUID } from 'node:crypto'
import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { RPCS, type RpcName } from '@shared/backend'
import pg from 'pg'
import { type Claims, openDatabase, type TestDatabase } from '../fixtures/database'
import { argumentsOf } from '../fixtures/database/calls'
import { postgresPrograms, startCluster } from '../fixtures/database/cluster'
import { fillDatabase, madeId, WORDS } from '../fixtures/database/large'
import { callRpc, enter } from '../fixtures/database/postgrest'
import { buildWorld, type World } from '../fixtures/database/world'
import { atWork, packed, resultOf, scanOf, version } from '../fixtures/marketplace'

const { values } = parseArgs({
  options: {
    listings: { type: 'string', default: '1000000' },
    events: { type: 'string', default: '10000000' },
    sellers: { type: 'string', default: '10000' },
    sessions: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '100' },
    only: { type: 'string' },
  },
})
const number = (name: 'listings' | 'events' | 'sellers' | 'sessions' | 'rounds') =>
  Number(values[name])
const [listings, sellers, sessions, rounds] = [
  number('listings'),
  number('sellers'),
  number('sessions'),
  number('rounds'),
]
/** Bars of the issue. */
const MOST_MS = 50
const MOST_ROWS = 10_000
/** Each session asks this often, as the console does while its window is seen. */
const POLL_S = 30
const POLLING_S = 60

interface Walked {
  name: string
  rows: number
}
const WALKED = `select schemaname || '.' || relname as name, seq_tup_read as rows
  from pg_stat_xact_user_tables where seq_tup_read > 0`

let missed = false
const say = (line: string) => console.log(line)
const load = () =>
  `load ${loadavg()
    .map((one) => one.toFixed(1))
    .join(' ')}`

const url = process.env.DATABASE_URL ?? (await ownServer())
const database = await openDatabase(url)
const [here] = await database.sql<{ name: string }>('select current_database() as name')
const own = new URL(url)
own.pathname = `/${here?.name}`
say(`${listings} listings, ${values.events} events, ${sellers} sellers; ${load()}`)
await fillDatabase(own.href, { listings, sellers, events: number('events') }, say)
await database.sql('update private.rate_rules set burst = 100000, per_minute = 1000000')
const world = await buildWorld(database)
say(load())
for (const call of [...callsOf(world), ...(await wayToPublished(world))])
  await measure(database, call)
await poll(own.href, world)
await database.close()
say(load())
process.exitCode = missed ? 1 : 0

async function ownServer(): Promise<string> {
  const programs = postgresPrograms()
  if (programs === null)
    throw new Error('Needs an installed PostgreSQL 15 or newer, or DATABASE_URL.')
  const server = await startCluster(programs, {
    shared_buffers: '4GB',
    max_wal_size: '8GB',
    wal_level: 'minimal',
    max_wal_senders: '0',
    effective_cache_size: '12GB',
  })
  process.on('exit', server.stop)
  return server.url
}

interface Call {
  label: string
  rpc: RpcName
  claims: Claims
  /** Of the n-th round. */
  args: (n: number) => Record<string, unknown>
}

/** Every function once, by who may call it, and those that read pages with what makes them slow. */
function callsOf(world: World): Call[] {
  const { owner, other, moderator, admin } = world
  const args = argumentsOf(world)
  /** Who may, where that is not an admin. */
  const may: [Claims, RpcName[]][] = [
    [
      owner.claims,
      [
        ...(['save_listing', 'add_version', 'submit_report', 'submit_result'] as const),
        ...(['check_version', 'publish_version', 'withdraw_listing', 'withdraw_result'] as const),
        ...(['appeal_listing', 'accept_invitation', 'save_organisation', 'save_member'] as const),
        'get_listing',
      ],
    ],
    [other.claims, ['dispute_result']],
    [moderator.claims, ['restrict_listing', 'decide_appeal', 'attest_evidence', 'decide_dispute']],
    [{ role: 'service_role' }, ['record_events', 'record_verification', 'get_evidence']],
  ]
  const asked = new Map(may.flatMap(([claims, names]) => names.map((name) => [name, claims])))
  const each = (Object.keys(RPCS) as RpcName[]).map((rpc) => ({
    label: rpc,
    rpc,
    claims: asked.get(rpc) ?? admin.claims,
    args: () => args[rpc],
  }))
  const big: Claims = { ...owner.claims, sub: madeId('seller', 1) }
  const somebody = (n: number) => madeId('listing', 1 + ((n * 7919) % listings))
  const list = (
    label: string,
    claims: Claims,
    query: object,
    after: (n: number) => string | null = () => null,
  ): Call => ({
    label: `list_listings, ${label}`,
    rpc: 'list_listings',
    claims,
    args: (n) => ({
      p_query: {
        scope: 'published',
        state: null,
        category: null,
        text: '',
        sort: 'updated',
        ...query,
      },
      p_after: after(n),
      p_limit: 100,
    }),
  })
  const page = (rpc: RpcName, label: string, claims: Claims, of: (n: number) => object): Call => ({
    label: `${rpc}, ${label}`,
    rpc,
    claims,
    args: of as Call['args'],
  })
  const deep = (n: number) =>
    JSON.stringify([new Date(Date.now() - n * 7e6).toISOString(), madeId('listing', 1)])
  return [
    ...each,
    list('newest', other.claims, {}),
    list('deep in it', other.claims, {}, deep),
    list('by name', other.claims, { sort: 'name' }),
    list('by price in a category', other.claims, { sort: 'price', category: 'sound' }),
    list('a word most have', other.claims, { text: WORDS.common }),
    list('a word few have', other.claims, { text: WORDS.rare }),
    list('a common word by price', other.claims, { text: WORDS.common, sort: 'price' }),
    list('one letter', other.claims, { text: 'a' }),
    list('two words and a category', other.claims, {
      text: `${WORDS.common} model`,
      category: 'tables',
    }),
    list('nothing found', other.claims, { text: 'zzzzzzzz' }),
    list('own of a big seller', big, { scope: 'mine' }),
    list('all, by staff', moderator.claims, { scope: 'all' }),
    list('restricted, by staff', moderator.claims, { scope: 'all', state: 'restricted' }),
    page('get_listing', 'any', moderator.claims, (n) => ({ p_id: somebody(n) })),
    page('list_results', 'of a listing', other.claims, (n) => ({
      p_listing_id: somebody(n * 2),
      p_after: null,
      p_limit: 100,
    })),
    page('list_results', 'of a big seller', big, () => ({
      p_listing_id: null,
      p_after: null,
      p_limit: 100,
    })),
    ...[null, 'machine class 3'].map((machine) =>
      page('get_board', machine ?? 'all machines', other.claims, () => ({
        p_suite_id: 'speed',
        p_suite_version: '1.0.0',
        p_scenario: 'single-stream',
        p_threads: 1,
        p_hardware_class: machine,
      })),
    ),
    ...(
      ['listings', 'model_versions', 'scan_reports', 'benchmark_results', 'profiles'] as const
    ).map((table) =>
      page('sync_pull', table, other.claims, () => ({
        p_table: table,
        p_cursor: null,
        p_limit: 100,
      })),
    ),
    page('list_people', 'a name', admin.claims, () => ({
      p_text: 'seller-77',
      p_role: null,
      p_after: null,
      p_limit: 100,
    })),
    page('list_audit', 'of a kind', admin.claims, () => ({
      p_kind: 'listing.saved',
      p_actor: null,
      p_subject: null,
      p_after: null,
      p_limit: 100,
    })),
    page('list_audit', 'of a person and kind', admin.claims, (n) => ({
      p_kind: 'call.refused',
      p_actor: madeId('seller', 1 + (n % sellers)),
      p_subject: null,
      p_after: null,
      p_limit: 100,
    })),
    page('list_audit', 'a kind that never was', admin.claims, () => ({
      p_kind: 'never.was',
      p_actor: null,
      p_subject: null,
      p_after: null,
      p_limit: 100,
    })),
    page('list_audit', 'of a subject', admin.claims, (n) => ({
      p_kind: null,
      p_actor: null,
      p_subject: somebody(n),
      p_after: null,
      p_limit: 100,
    })),
  ]
}

/** The writes of a seller, with documents as the console sends them; each is undone. */
async function wayToPublished({ owner }: World): Promise<Call[]> {
  const seller = atWork(database, owner)
  const content = version('of the benchmark')
  const listing = await seller.draft('Quokka shelf digits')
  const id = await seller.addVersion(listing, content)
  const to = (rpc: RpcName, more: () => object): Call => ({
    label: `${rpc}, as sent`,
    rpc,
    claims: owner.claims,
    args: () => ({ p_id: randomUUID(), p_version_id: id, ...more() }),
  })
  const scan = scanOf(content.files)
  const result = packed(resultOf(content.files))
  const calls = [
    to('submit_report', () => ({ p_scan: scan, p_envelope: null })),
    to('submit_result', () => ({ p_result: result, p_envelope: null })),
  ]
  await seller.report(id, scan)
  await seller.result(id, resultOf(content.files))
  return [
    ...calls,
    {
      label: 'publish_version, which is ready',
      rpc: 'publish_version',
      claims: owner.claims,
      args: () => ({ p_version_id: id, p_revision: 1 }),
    },
    {
      label: 'check_version, which is ready',
      rpc: 'check_version',
      claims: owner.claims,
      args: () => ({ p_version_id: id }),
    },
  ]
}

async function measure(on: TestDatabase, { label, rpc, claims, args }: Call): Promise<void> {
  if (values.only !== undefined && !label.includes(values.only)) return
  const times: number[] = []
  let status = 0
  const operation = () => (RPCS[rpc].kind === 'write' ? { p_op: randomUUID() } : {})
  for (let n = 0; n < rounds; n++) {
    const started = performance.now()
    const answer = await callRpc(
      on.engine,
      claims,
      rpc,
      { ...operation(), ...args(n) },
      { undo: true },
    )
    times.push(performance.now() - started)
    status = answer.status
  }
  const walked = await walks(on, claims, rpc, { ...operation(), ...args(rounds) })
  times.sort((a, b) => a - b)
  const at = (share: number) =>
    times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  const ok = at(0.95) <= MOST_MS && walked.length === 0
  if (!ok) missed = true
  say(
    `${ok ? 'ok    ' : 'MISSED'} ${label.padEnd(42)} ${status}  p50 ${at(0.5).toFixed(1)}  p95 ${at(0.95).toFixed(1)} ms${walked.map((one) => `  read ${one}`).join('')}`,
  )
}

/** Tables that one call reads from their start, past the bar. */
async function walks(
  on: TestDatabase,
  claims: Claims,
  rpc: RpcName,
  args: Record<string, unknown>,
): Promise<string[]> {
  const found: string[] = []
  const undo = new Error('undo')
  await on.engine
    .transaction(async (session) => {
      // What this connection read before and has not reported yet is among these.
      const before = new Map(
        (await session.query<Walked>(WALKED)).map(({ name, rows }) => [name, rows]),
      )
      const given = Object.keys(args)
      const types = await session.query<{ name: string; type: string }>(
        `select unnest(p.proargnames) as name, format_type(unnest(p.proargtypes), null) as type
         from pg_proc p where p.pronamespace = 'public'::regnamespace and p.proname = $1`,
        [rpc],
      )
      const columns = types.filter(({ name }) => given.includes(name))
      await enter(session, claims.role ?? 'anon', claims)
      await session.query(
        `select public.${rpc}(${columns.map(({ name }) => `${name} := _.${name}`).join(', ')})${
          given.length === 0
            ? ''
            : ` from json_to_record($1::json) as _(${columns.map(({ name, type }) => `${name} ${type}`).join(', ')})`
        }`,
        given.length === 0 ? [] : [JSON.stringify(args)],
      )
      await session.query('reset role')
      for (const { name, rows } of await session.query<Walked>(WALKED)) {
        const read = rows - (before.get(name) ?? 0)
        if (read > MOST_ROWS) found.push(`${read} rows of ${name}`)
      }
      throw undo
    })
    .catch((error: unknown) => {
      if (error !== undo) found.push(`nothing: ${error instanceof Error ? error.message : error}`)
    })
  return found
}

/**
 * Sessions that are up to date and ask what changed, in an open loop: a slow answer delays no other. A
 * listing changes each second meanwhile.
 */
async function poll(at: string, world: World): Promise<void> {
  const pool = new pg.Pool({ connectionString: at, max: 40 })
  const tables = ['listings', 'model_versions', 'scan_reports', 'benchmark_results'] as const
  const [workspace] = await database.sql<{ feed_epoch: string }>(
    'select feed_epoch from private.workspace',
  )
  const end = `${workspace?.feed_epoch}:3:${listings}`
  const cursors = new Map<number, string>()
  const times: number[] = []
  let errors = 0
  let received = 0
  const ask = async (session: number, due: number) => {
    const claims = { sub: madeId('seller', 1 + (session % sellers)), role: 'authenticated' }
    const table = tables[session % tables.length] ?? 'listings'
    // In one message, as a pooled PostgREST would keep it short.
    const call = `begin read only;
      select set_config('role', 'authenticated', true),
        set_config('request.jwt.claims', '${JSON.stringify(claims)}', true);
      select public.sync_pull('${table}', '${cursors.get(session) ?? end}', 100) as body;
      commit`
    try {
      const answers = (await pool.query(call)) as unknown as pg.QueryResult[]
      const body = answers[2]?.rows[0]?.body as { cursor: string; rows: unknown[] }
      cursors.set(session, body.cursor)
      received += body.rows.length
      times.push(performance.now() - due)
    } catch {
      errors++
    }
  }
  const total = Math.round((sessions * POLLING_S) / POLL_S)
  const started = performance.now()
  const pending: Promise<void>[] = []
  let changed = 0
  for (let n = 0; n < total; n++) {
    const due = started + (n * POLLING_S * 1000) / total
    const wait = due - performance.now()
    if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait))
    pending.push(ask(n % sessions, due))
    if (performance.now() - started > changed * 1000) {
      changed++
      const args = argumentsOf(world).save_listing
      const revision = { p_op: randomUUID(), ...args, p_revision: changed }
      pending.push(
        callRpc(database.engine, world.owner.claims, 'save_listing', {
          ...revision,
          p_card: { ...args.p_card, summary: `Change ${changed}` },
        }).then(({ status }) => void (status === 200 || errors++)),
      )
    }
  }
  await Promise.all(pending)
  await pool.end()
  times.sort((a, b) => a - b)
  const quantile = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(1)
  if (errors > 0) missed = true
  say(
    `${errors === 0 ? 'ok    ' : 'MISSED'} ${sessions} sessions, each polling every ${POLL_S} s for ${POLLING_S} s: ` +
      `${times.length} answers with ${received} rows, ${errors} errors, p50 ${quantile(0.5)} p99 ${quantile(0.99)} ms from when due`,
  )
}
