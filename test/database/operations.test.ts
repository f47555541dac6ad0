import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { openDatabase, type TestDatabase, type TestUser } from '../fixtures/database'
import { directBackend } from '../fixtures/direct-backend'

let database: TestDatabase
let admin: TestUser
beforeAll(async () => {
  database = await openDatabase()
  admin = await database.createUser('ada', { roles: ['admin'] })
})
afterAll(() => database.close())

const backendOf = (user: TestUser) => directBackend(database.as(user))
const rename = (user: TestUser, handle: string, operation = randomUUID()) =>
  database
    .as(user)
    .call('update_profile', { p_op: operation, p_handle: handle, p_display_name: '' })

test('server_info answers anybody, and is the only function that does', async () => {
  const info = await directBackend(database.as(null)).read('server_info', {})
  expect(info.schemaVersion).toMatch(/^\d{14}$/)
  const me = await database.as(null).call('get_me')
  expect(me.status).toBe(401)
})

describe('an operation id', () => {
  test('replays its answer, does nothing twice, and refuses other content', async () => {
    const user = await database.createUser('replayer')
    const operation = randomUUID()
    const first = await rename(user, 'replayed-once', operation)
    await rename(user, 'meanwhile')
    const again = await rename(user, 'replayed-once', operation)
    expect(first.body).toMatchObject({ handle: 'replayed-once', replayed: false })
    expect(again.body).toMatchObject({ handle: 'replayed-once', replayed: true })
    const [row] = await database.sql('select handle from public.profiles where id = $1', [user.id])
    expect(row).toEqual({ handle: 'meanwhile' })
    expect(await rename(user, 'other-content', operation)).toMatchObject({
      status: 409,
      body: { code: 'PT409', message: 'op_id_reused' },
    })
  })

  test('belongs to its caller: of somebody else it is another operation', async () => {
    const [one, two] = [await database.createUser('op-one'), await database.createUser('op-two')]
    const operation = randomUUID()
    await rename(one, 'op-first', operation)
    expect((await rename(two, 'op-second', operation)).body).toMatchObject({ replayed: false })
  })

  test('of a refused call is free to be sent again', async () => {
    const user = await database.createUser('op-refused')
    const operation = randomUUID()
    expect((await rename(user, 'ada', operation)).status).toBe(409)
    expect((await rename(user, 'op-accepted', operation)).status).toBe(200)
  })

  test('whose disk is full is told so, and is free to be sent again', async () => {
    const user = await database.createUser('op-full')
    await database.sql(`
      create function public.refuse_to_grow() returns trigger language plpgsql as $$
      begin raise exception using errcode = 'disk_full'; end $$`)
    await database.sql(`create trigger full_disk before update on public.profiles
      for each row when (old.handle = 'op-full') execute function public.refuse_to_grow()`)
    const operation = randomUUID()
    expect(await rename(user, 'op-has-room', operation)).toMatchObject({
      status: 507,
      body: { message: 'disk_full' },
    })
    await database.sql('drop trigger full_disk on public.profiles')
    expect((await rename(user, 'op-has-room', operation)).body).toMatchObject({ replayed: false })
  })
})

describe('a limit', () => {
  beforeEach(() => database.sql(`delete from private.rate_buckets`))

  test('counts failing calls, and says when to come back', async () => {
    const user = await database.createUser(`limited-${randomUUID().slice(0, 8)}`)
    const { burst } = (await limitOf('update_profile')) ?? { burst: 0 }
    for (let call = 0; call < burst; call++) expect((await rename(user, 'ada')).status).toBe(409)
    const refused = await rename(user, 'fine-handle')
    expect(refused).toMatchObject({ status: 429, body: { message: 'rate_limited' } })
    const wait = Number(refused.headers['retry-after'])
    expect(wait).toBeGreaterThan(0)
    await database.sql(
      `update private.rate_buckets set at = at - make_interval(secs => $1) where actor = $2`,
      [wait, user.id],
    )
    expect((await rename(user, `after-${randomUUID().slice(0, 8)}`)).status).toBe(200)
  })

  test('holds each caller for themselves', async () => {
    const user = await database.createUser('calm')
    expect((await rename(user, 'calm-now')).status).toBe(200)
  })

  test('shows its use by hour and its busiest callers', async () => {
    const limit = await limitOf('update_profile')
    expect(limit?.hours).toHaveLength(24)
    expect(limit?.calls).toBe(limit?.hours.reduce((sum, { calls }) => sum + calls, 0))
    expect(limit?.refused).toBeGreaterThan(0)
    expect(limit?.topCallers[0]?.person.handle).toMatch(/^(limited|after)-/)
    const top = limit?.topCallers.map(({ calls }) => calls) ?? []
    expect(top).toEqual([...top].sort((a, b) => b - a))
  })

  test('is previewed by playing what was called against other values', async () => {
    await database.sql(`delete from private.rate_usage where rpc = 'save_member'`)
    const [steady, bursty] = [
      await database.createUser('steady'),
      await database.createUser('bursty'),
    ]
    const usage = (actor: string, calls: number[]) =>
      database.sql(
        `insert into private.rate_usage (rpc, actor, hour, calls, minutes)
         values ('save_member', $1, date_trunc('hour', now(), 'UTC'),
           (select sum(n) from unnest($2::int[]) n), $2::int[])`,
        [actor, calls],
      )
    await usage(
      steady.id,
      Array.from({ length: 60 }, () => 2),
    )
    await usage(
      bursty.id,
      Array.from({ length: 60 }, (_, minute) => (minute === 30 ? 40 : 0)),
    )
    const preview = (p_burst: number, p_per_minute: number) =>
      backendOf(admin).read('preview_limit', { p_rpc: 'save_member', p_burst, p_per_minute })
    expect(await preview(40, 2)).toEqual({
      calls: 160,
      refusedNow: 0,
      refusedThen: 0,
      callersThen: 0,
    })
    expect(await preview(10, 2)).toMatchObject({ refusedThen: 30, callersThen: 1 })
    // 2 in each minute where 1 comes back: the ten of the start are gone after ten minutes.
    expect(await preview(10, 1)).toMatchObject({ refusedThen: 30 + 51, callersThen: 2 })
  })

  test('is changed with a reason, keeps the values before it, and cannot lock out who changes it', async () => {
    const save = (p_rpc: string, p_burst: number, p_per_minute: number) =>
      backendOf(admin).write('save_limit', randomUUID(), {
        p_rpc,
        p_burst,
        p_per_minute,
        p_reason: 'quieter',
      })
    const before = await limitOf('grant_role')
    await save('grant_role', 7, 3)
    expect(await limitOf('grant_role')).toMatchObject({
      burst: 7,
      perMinute: 3,
      before: { burst: before?.burst, perMinute: before?.perMinute },
    })
    await expect(save('save_limit', 1, 1)).rejects.toMatchObject({ code: 'invalid_input' })
    await expect(save('no_such_rpc', 1, 1)).rejects.toMatchObject({ code: 'not_found' })
  })

  async function limitOf(rpc: string) {
    const { rows } = await backendOf(admin).read('list_limits', {})
    return rows.find((row) => row.rpc === rpc)
  }
})

describe('the log', () => {
  test('holds what was done and what was refused, newest first, in pages', async () => {
    const user = await database.createUser('logged')
    const operation = randomUUID()
    await rename(user, 'logged-well', operation)
    await rename(user, 'ada')
    const list = (p_after: string | null, p_limit: number) =>
      backendOf(admin).read('list_audit', {
        p_kind: null,
        p_actor: user.id,
        p_subject: null,
        p_after,
        p_limit,
      })
    const page = await list(null, 1)
    expect(page.rows).toMatchObject([
      {
        kind: 'call.refused',
        actor: { id: user.id },
        body: { rpc: 'update_profile', code: 'already_exists', status: 409 },
      },
    ])
    const rest = await list(page.next, 10)
    expect(rest).toMatchObject({
      rows: [{ kind: 'profile.changed', operationId: operation, subject: user.id }],
      next: null,
    })
  })

  test('never changes, also for the service role and the owner of the schema', async () => {
    for (const role of ['migrator', 'superuser'])
      for (const statement of [
        'update private.events set body = body',
        'delete from private.events',
        'truncate private.events',
      ]) {
        const attempt = database.engine.transaction(async (session) => {
          if (role !== 'superuser') await session.script(`set local role ${role}`)
          await session.script(statement)
        })
        await expect(attempt, `${role}: ${statement}`).rejects.toThrow('append_only')
      }
  })
})

/** Against a hang only. */
const PATIENCE = { timeout: 30_000 }

describe('the change feed', () => {
  test('delivers every change once, in pages, and starts anew after a restore', async () => {
    const reader = await database.createUser('reader')
    const pull = (p_cursor: string | null, p_limit = 2) =>
      backendOf(reader).read('sync_pull', { p_table: 'profiles', p_cursor, p_limit })
    const drain = async (from: string | null) => {
      const ids: unknown[] = []
      let cursor = from
      let more = true
      while (more) {
        const page = await pull(cursor)
        ids.push(...page.rows.map(({ id }) => id))
        cursor = page.cursor
        more = page.more
      }
      return { ids, cursor }
    }
    const known = await database.sql<{ id: string }>('select id from public.profiles')
    let all = await drain(null)
    // Transactions of other tests' databases on the same server hold the feed back as well.
    await vi.waitFor(async () => {
      all = await drain(null)
      expect([...all.ids].sort()).toEqual(known.map(({ id }) => id).sort())
    }, PATIENCE)
    expect(await drain(all.cursor)).toMatchObject({ ids: [] })
    await rename(reader, 'reader-two')
    await vi.waitFor(
      async () => expect((await drain(all.cursor)).ids).toEqual([reader.id]),
      PATIENCE,
    )
    const other = all.cursor?.replace(/^[^:]+/, randomUUID()) ?? ''
    expect(await pull(other, 500)).toMatchObject({ reset: true })
    expect((await pull(other, 500)).rows).toHaveLength(known.length)
  })

  test('starts anew where a person is deleted, and not where nobody is', async () => {
    const reader = backendOf(await database.createUser('witness'))
    const leaver = await database.createUser('leaver')
    const pull = (p_cursor: string | null) =>
      reader.read('sync_pull', { p_table: 'profiles', p_cursor, p_limit: 500 })
    const { cursor } = await pull(null)
    await database.sql('delete from public.profiles where id = $1', [randomUUID()])
    expect(await pull(cursor)).toMatchObject({ reset: false })
    await database.sql('delete from auth.users where id = $1', [leaver.id])
    const anew = await pull(cursor)
    expect(anew.reset).toBe(true)
    expect(anew.rows.map(({ handle }) => handle)).not.toContain('leaver')
  })

  test('hands out what everybody may see of a person, and no more', async () => {
    const reader = await database.createUser('curious')
    const { rows } = await backendOf(reader).read('sync_pull', {
      p_table: 'profiles',
      p_cursor: null,
      p_limit: 1,
    })
    expect(Object.keys(rows[0] ?? {}).sort()).toEqual([
      'created_at',
      'display_name',
      'handle',
      'id',
      'sample',
      'updated_at',
    ])
  })

  test('waits for a transaction that began earlier, and misses nothing of it', async (context) => {
    const slow = await database.engine.connect()
    if (!slow) return context.skip('PGlite has one connection')
    const [early, late] = [await database.createUser('early'), await database.createUser('late')]
    const reader = await database.createUser('patient')
    let cursor: string | null = null
    const pull = async () => {
      const ids: unknown[] = []
      for (let more = true; more; ) {
        const page: { rows: Record<string, unknown>[]; cursor: string; more: boolean } =
          await backendOf(reader).read('sync_pull', {
            p_table: 'profiles',
            p_cursor: cursor,
            p_limit: 500,
          })
        ids.push(...page.rows.map(({ id }) => id))
        cursor = page.cursor
        more = page.more
      }
      return ids
    }
    try {
      const before: unknown[] = []
      await vi.waitFor(async () => {
        before.push(...(await pull()))
        expect(before).toContain(reader.id)
      }, PATIENCE)
      await slow.script('begin')
      await slow.query(`update public.profiles set display_name = 'A' where id = $1`, [early.id])
      await database.sql(`update public.profiles set display_name = 'B' where id = $1`, [late.id])
      expect(await pull()).toEqual([])
      await slow.script('commit')
      const after: unknown[] = []
      await vi.waitFor(async () => {
        after.push(...(await pull()))
        expect(after).toEqual([early.id, late.id])
      }, PATIENCE)
    } finally {
      await slow.end()
    }
  })
})
