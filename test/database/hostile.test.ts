import { randomUUID } from 'node:crypto'
import { RPCS, type RpcName } from '@shared/backend'
import { REFUSALS } from '@shared/backend/errors'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answer, type Claims, openDatabase, type TestDatabase } from '../fixtures/database'
import { callRpc } from '../fixtures/database/postgrest'
import { buildWorld, type World } from '../fixtures/database/world'

let database: TestDatabase
let world: World
beforeAll(async () => {
  database = await openDatabase()
  world = await buildWorld(database)
  // Held by their own tests; here every argument is tried.
  await database.sql('update private.rate_rules set burst = 100000, per_minute = 100000')
})
afterAll(() => database.close())

// Some hundred calls, or megabytes: against a hang only.
const LONG = 300_000

/** All rows of all tables but those that note calls. */
async function contents(): Promise<string> {
  const tables = await database.sql<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c
     where relnamespace in ('public'::regnamespace, 'private'::regnamespace) and relkind = 'r'
       and relname not in ('events', 'operations', 'rate_buckets', 'rate_usage') order by 1`,
  )
  const parts: string[] = []
  for (const { name } of tables) {
    const [row] = await database.sql<{ hash: string }>(
      `select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as hash from ${name} t`,
    )
    parts.push(`${name} ${row?.hash}`)
  }
  return parts.join('\n')
}

const messageOf = ({ body }: Answer) => String((body as { message?: unknown } | null)?.message)

const INJECTIONS = [
  `'; drop table public.profiles; --`,
  `' or '1'='1`,
  `$$; select private.make_admin('x'); $$`,
  `") ; reset role; --`,
  `%I%L%s`,
  `\\'; set role migrator; --`,
]

interface Parameter {
  rpc: RpcName
  names: string[]
  types: string[]
}
async function parameters(): Promise<Parameter[]> {
  const rows = await database.sql<{ rpc: string; names: string[]; types: string[] }>(
    `select proname as rpc, coalesce(proargnames, '{}') as names,
       array(select format_type(t, null) from unnest(proargtypes) with ordinality u(t, n) order by n)
         as types
     from pg_proc where pronamespace = 'public'::regnamespace order by 1`,
  )
  return rows.filter((row): row is Parameter => Object.hasOwn(RPCS, row.rpc))
}

/** Arguments of the right type that mean nothing. */
const filler = (type: string): unknown =>
  ({ uuid: randomUUID(), integer: 1, 'double precision': 1, boolean: true, jsonb: {} })[type] ?? 'x'

function argumentsWith(parameter: Parameter, value: unknown, at: number): Record<string, unknown> {
  return Object.fromEntries(
    parameter.names.map((name, index) => [
      name,
      index === at ? value : filler(parameter.types[index] ?? 'text'),
    ]),
  )
}

describe('a hostile client', () => {
  test('gets no further with SQL in any text argument, as whoever it calls', {
    timeout: LONG,
  }, async () => {
    const before = await contents()
    const callers: Claims[] = [world.other.claims, world.admin.claims, { role: 'service_role' }]
    for (const parameter of await parameters())
      for (const [at, type] of parameter.types.entries()) {
        if (type !== 'text') continue
        for (const [index, value] of INJECTIONS.entries()) {
          const claims = callers[index % callers.length] ?? null
          const answer = await callRpc(
            database.engine,
            claims,
            parameter.rpc,
            argumentsWith(parameter, value, at),
            { undo: true },
          )
          const says = `${parameter.rpc}(${parameter.names[at]} = ${value})`
          expect(answer.status, `${says}: ${JSON.stringify(answer.body)}`).toBeLessThan(500)
          if (answer.status >= 400 && messageOf(answer) in REFUSALS === false)
            expect(answer.body, says).toMatchObject({ code: '42501' })
        }
      }
    expect(await contents()).toBe(before)
  })

  test('gets no further with SQL inside of documents', async () => {
    const before = await contents()
    const text = INJECTIONS[0]
    const documents = [
      text,
      [text],
      { name: text, kind: text, files: [{ path: text, sha256: text, bytes: text }], price: text },
      { scope: text, state: text, category: text, text, sort: text },
      { policy: text, until: text },
      null,
      1e308,
    ]
    for (const parameter of await parameters())
      for (const [at, type] of parameter.types.entries())
        if (type === 'jsonb')
          for (const value of documents) {
            const { status, body } = await callRpc(
              database.engine,
              world.owner.claims,
              parameter.rpc,
              argumentsWith(parameter, value, at),
              { undo: true },
            )
            expect(status, `${parameter.rpc} ${JSON.stringify(body)}`).toBeLessThan(500)
          }
    expect(await contents()).toBe(before)
  })

  test('is told which argument is no UUID, too long or no known word', async () => {
    const call = (args: Record<string, unknown>) =>
      database.as(world.admin).call('grant_role', {
        p_op: randomUUID(),
        p_user_id: world.other.id,
        p_role: 'moderator',
        p_reason: 'because',
        ...args,
      })
    for (const [args, field] of [
      [{ p_user_id: 'not-a-uuid' }, 'p_user_id'],
      [{ p_user_id: null }, 'p_user_id'],
      [{ p_role: 'superuser' }, 'p_role'],
      [{ p_reason: 'x' }, 'p_reason'],
      [{ p_reason: 'x'.repeat(1001) }, 'p_reason'],
      [{ p_reason: 'bell\u0007' }, 'p_reason'],
    ] as const) {
      const answer = await call(args)
      expect(answer).toMatchObject({ status: 400, body: { message: 'invalid_input' } })
      expect((answer.body as { details: string }).details).toContain(field)
    }
  })

  test('gets nothing out of zero bytes and of ten million characters', {
    timeout: LONG,
  }, async () => {
    const before = await contents()
    const rename = (p_display_name: string) =>
      database.as(world.owner).call('update_profile', {
        p_op: randomUUID(),
        p_handle: 'world-owner',
        p_display_name,
      })
    expect((await rename('zero\u0000byte')).status).toBe(400)
    expect(await rename('x'.repeat(10_000_000))).toMatchObject({
      status: 400,
      body: { message: 'invalid_input' },
    })
    const batch = await database.service.call('record_events', {
      p_op: randomUUID(),
      p_source: 'shop',
      p_batch: 'x'.repeat(10_000_000),
      p_signature: '00'.repeat(32),
    })
    expect(batch).toMatchObject({ status: 413, body: { message: 'too_large' } })
    expect(await contents()).toBe(before)
  })

  test('gains nothing by roles it writes into its token, and is logged', async () => {
    const forged: Claims = {
      ...world.other.claims,
      user_roles: ['admin'],
      app_metadata: { roles: ['admin'], role: 'service_role' },
      user_metadata: { roles: ['admin'] },
      permissions: ['people.manage'],
      is_admin: true,
    }
    const operation = randomUUID()
    const answer = await database.as(forged).call('grant_role', {
      p_op: operation,
      p_user_id: world.owner.id,
      p_role: 'admin',
      p_reason: 'because',
    })
    expect(answer).toMatchObject({ status: 403, body: { message: 'permission_required' } })
    const logged = await database.sql(
      `select kind, actor, body from private.events where operation_id = $1`,
      [operation],
    )
    expect(logged).toEqual([
      {
        kind: 'call.refused',
        actor: world.other.id,
        body: { rpc: 'grant_role', code: 'permission_required', status: 403 },
      },
    ])
  })

  test('cannot call what is not the API: bodies, helpers, the log', async () => {
    const direct = (role: string, statement: string) =>
      database.engine.transaction(async (session) => {
        await session.script(`set local role ${role}`)
        await session.script(statement)
      })
    for (const role of ['anon', 'authenticated', 'service_role'])
      for (const statement of [
        `select private.do_grant_role('{}')`,
        `select private.add_role('${world.other.id}', 'admin', 'x')`,
        `select private.record('role.granted', null, null)`,
        `select private.redeem_invitation('${randomUUID()}')`,
        `select private.make_admin('x')`,
        `select private.sign_batch('shop', '')`,
        `select private.people_matching('a')`,
        'select * from private.events',
        'select * from public.user_roles',
        'select * from auth.users',
      ])
        await expect(direct(role, statement), `${role}: ${statement}`).rejects.toThrow(
          'permission denied',
        )
  })

  test('cannot run a body that the API does not name', async () => {
    const run = (rpc: string) =>
      database.engine.transaction(async (session) => {
        await session.query(`select set_config('request.jwt.claims', $1, true)`, [
          JSON.stringify(world.other.claims),
        ])
        await session.script('set local role authenticated')
        await session.query(`select private.run($1, $2, '{}')`, [rpc, randomUUID()])
      })
    for (const rpc of ['x', 'grant_role"; drop table public.profiles; --', 'do_grant_role'])
      await expect(run(rpc)).rejects.toThrow('has no rate rule')
  })
})
