// `npm run bench:rpc [-- --rounds 300]`: what a call costs through supabase-js over the local twin, beside
// the same call without policies, and beside a call that the responder refuses without asking the database.
// Prints the load of the machine: figures of a busy one say little.
import { writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createTwin } from '../../electron/core/backend/twin'
import { clientOf } from '../fixtures/conformance/target'
import { twinHome } from '../fixtures/conformance/twin-target'
import { openDatabase } from '../fixtures/database'
import { residentMiB } from './resident'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '300' } } })
const rounds = Number(values.rounds)
const PEOPLE = 300

/** People to page through, and limits that do not end the measurement. */
const SEED = `
  insert into auth.users (email, email_confirmed_at, raw_user_meta_data)
  select format('bench-%s@example.com', n), now(), jsonb_build_object('handle', format('bench-%s', n))
  from generate_series(1, ${PEOPLE}) n;
  update private.rate_rules set burst = 100000, per_minute = 1000000;`

const median = (values: number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0

async function time(call: () => PromiseLike<unknown>): Promise<number> {
  const started = performance.now()
  await call()
  return performance.now() - started
}

async function overTwin(): Promise<void> {
  const home = twinHome(false)
  writeFileSync(
    join(home.platform.paths.resources, 'supabase/migrations/29991231235959_bench.sql'),
    'update private.rate_rules set burst = 100000, per_minute = 1000000;',
  )
  const twin = createTwin(home.platform)
  await twin.start()
  const people = Array.from({ length: 120 }, (_, n) => ({
    email: `bench-${n}@example.com`,
    handle: `bench-${n}`,
    displayName: `Person ${n}`,
    roles: n === 0 ? ['admin'] : [],
  }))
  const [admin] = await twin.accounts(people)
  const client = clientOf({ ...twin, key: twin.publishableKey })
  await client.auth.setSession(admin?.session ?? { access_token: '', refresh_token: '' })
  // What sleeping and waking of two processes costs here: a machine that is slow at it is slow at all below.
  const way: number[] = []
  for (let round = 0; round < rounds; round++)
    way.push(await time(() => client.rpc('a_function_that_is_not_there')))
  console.log(
    `the way there and back, without the database: p50 ${median(way.slice(rounds >> 2)).toFixed(2)} ms`,
  )
  let n = 0
  const calls: [string, number, () => PromiseLike<{ error: unknown }>][] = [
    ['a row (get_me)', 2, () => client.rpc('get_me')],
    [
      'a page of 100 (list_people)',
      12,
      () => client.rpc('list_people', { p_text: '', p_role: null, p_after: null, p_limit: 100 }),
    ],
    [
      'a write (update_profile)',
      5,
      () =>
        client.rpc('update_profile', {
          p_op: crypto.randomUUID(),
          p_handle: 'bench-0',
          p_display_name: `Person ${++n}`,
        }),
    ],
  ]
  for (const [name, bar, call] of calls) {
    const { error } = await call()
    if (error !== null) throw new Error(`${name}: ${JSON.stringify(error)}`)
    const times: number[] = []
    for (let round = 0; round < rounds; round++) times.push(await time(call))
    const p50 = median(times.slice(rounds >> 2))
    console.log(`${name}: p50 ${p50.toFixed(2)} ms (bar ${bar} ms) ${p50 <= bar ? 'ok' : 'MISSED'}`)
  }
  const state = twin.state()
  if (state.phase === 'ready') console.log(`the twin's process: ${residentMiB(state.pid)}`)
  await twin.stop()
  home.remove()
}

/** The same statement with and without policies, in turns, so that both see the same machine. */
async function withoutPolicies(): Promise<void> {
  const database = await openDatabase('')
  await database.engine.script(SEED)
  const admin = await database.createUser('bench-admin', { roles: ['admin'] })
  const caller = database.as(admin)
  const page = { p_text: '', p_role: null, p_after: null, p_limit: 100 }
  for (const [name, args] of [
    ['get_me', {}],
    ['list_people', page],
  ] as const) {
    const [held, free]: [number[], number[]] = [[], []]
    for (let round = 0; round < rounds; round++)
      for (const [list, bypass] of [
        [held, 'nobypassrls'],
        [free, 'bypassrls'],
      ] as const) {
        await database.sql(`alter role console_api ${bypass}`)
        // The change throws plans away: the first call makes them again, which no caller of a running server pays.
        await caller.call(name, args)
        for (let n = 0; n < 3; n++) list.push(await time(() => caller.call(name, args)))
      }
    const ratio = median(held.slice(rounds >> 2)) / median(free.slice(rounds >> 2))
    console.log(
      `${name}: with policies ${ratio.toFixed(2)} x without (bar 1.10) ${ratio <= 1.1 ? 'ok' : 'MISSED'}`,
    )
  }
  await database.close()
}

console.log(
  `load ${loadavg()
    .map((one) => one.toFixed(1))
    .join(' ')} on ${cpus().length} processors`,
)
await overTwin()
await withoutPolicies()
console.log(
  `load ${loadavg()
    .map((one) => one.toFixed(1))
    .join(' ')} at the end`,
)
