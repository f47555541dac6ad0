import { existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parseTar } from 'nanotar'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createTwin, type Twin } from '../../../electron/core/backend/twin'
import {
  clientOf,
  newEmail,
  OPEN_MS,
  PASSWORD,
  raw,
  type Target,
} from '../../fixtures/conformance/target'
import { startTwin, type TwinHome, twinHome } from '../../fixtures/conformance/twin-target'

/** Templates take seconds: one is made, and each folder of these tests starts with a copy of it. */
let template: { name: string; bytes: Buffer }
const opened: { twin: Twin; home: TwinHome }[] = []

async function start(home = homeWithTemplate()) {
  const twin = createTwin(home.platform)
  opened.push({ twin, home })
  await twin.start()
  return { twin, home, target: targetOf(twin) }
}

function homeWithTemplate(): TwinHome {
  const home = twinHome()
  createTwin(home.platform)
  writeFileSync(join(home.platform.paths.data, 'twin', template.name), template.bytes)
  return home
}

const targetOf = (twin: Twin): Target => ({
  url: twin.url,
  key: twin.publishableKey,
  fetch: twin.fetch,
  close: () => twin.stop(),
})

const dataOf = ({ platform }: TwinHome) => join(platform.paths.data, 'twin/data')
const pidOf = (twin: Twin) => {
  const state = twin.state()
  return state.phase === 'ready' ? state.pid : 0
}
const write = (target: Target, n: number) => clientOf(target).rpc('test_write', { p_n: n })
const rowsOf = async (target: Target) => (await clientOf(target).rpc('test_count')).data as number

beforeAll(async () => {
  const home = twinHome()
  const twin = await startTwin(home)
  const folder = join(home.platform.paths.data, 'twin')
  const name = readdirSync(folder).find((file) => file.startsWith('template-')) ?? ''
  template = { name, bytes: readFileSync(join(folder, name)) }
  await twin.stop()
  home.remove()
}, OPEN_MS)

afterEach(async () => {
  for (const { twin, home } of opened.splice(0)) {
    await twin.stop()
    home.remove()
  }
})

describe('the start of the twin', () => {
  test('says its steps, and starts by itself with the first call', async () => {
    const home = homeWithTemplate()
    const twin = createTwin(home.platform)
    opened.push({ twin, home })
    const phases: string[] = []
    twin.onState((state) => phases.push(state.phase))
    expect((await clientOf(targetOf(twin)).rpc('test_scalar')).data).toBe(3)
    expect(phases).toEqual(['starting', 'ready'])
  })
  test('what was written is there after a stop and a start', async () => {
    const { twin, home, target } = await start()
    await write(target, 1)
    await twin.stop()
    await expect(twin.fetch(twin.url)).rejects.toThrow(/stopped/)
    const again = await start(home)
    expect(await rowsOf(again.target)).toBe(1)
  })
  test('a template holds no secret, and tokens of another twin are refused', async () => {
    const one = await start()
    const two = await start()
    const { data } = await clientOf(one.target).auth.signUp({
      email: newEmail(),
      password: PASSWORD,
    })
    const token = data.session?.access_token ?? ''
    const headers = { authorization: `Bearer ${token}` }
    const body = '{}'
    expect(
      (await raw(one.target, 'POST', '/rest/v1/rpc/test_call', { headers, body })).status,
    ).toBe(200)
    expect(
      (await raw(two.target, 'POST', '/rest/v1/rpc/test_call', { headers, body })).status,
    ).toBe(401)
    expect((await raw(two.target, 'GET', '/auth/v1/user', { headers })).status).toBe(403)
    expect(one.twin.serviceKey()).not.toBe(two.twin.serviceKey())
    const names = parseTar(gunzipSync(template.bytes)).map(({ name }) => name)
    expect(names.some((name) => name.endsWith('PG_VERSION'))).toBe(true)
  })
  test('a folder that is open in another process is not opened', async () => {
    const { home } = await start()
    const second = createTwin(home.platform)
    await expect(second.start()).rejects.toThrow(/open in another process/)
    expect(second.state()).toMatchObject({ phase: 'failed', code: 'locked' })
  })
  test('a killed process leaves no lock behind', async () => {
    const { twin, home, target } = await start()
    await write(target, 5)
    process.kill(pidOf(twin), 'SIGKILL')
    await expect.poll(() => twin.state().phase).toBe('stopped')
    const again = await start(home)
    expect(await rowsOf(again.target)).toBe(1)
  })
  test('pending migrations of an existing folder run, and are in the table of the CLI', async () => {
    const { twin, home } = await start()
    await twin.stop()
    const { resources } = home.platform.paths
    writeFileSync(
      join(resources, 'supabase/migrations/29991231235960_more.sql'),
      `create function public.test_more() returns int language sql immutable return 4;
       grant execute on function public.test_more() to anon;`,
    )
    const again = await start(home)
    expect(again.twin.state()).toMatchObject({ migrated: ['29991231235960'] })
    expect((await clientOf(again.target).rpc('test_more')).data).toBe(4)
  })
  test('a folder of a newer console is refused with a sentence, and left alone', async () => {
    const { twin, home, target } = await start()
    await write(target, 1)
    await twin.stop()
    const newer = join(
      home.platform.paths.resources,
      'supabase/migrations/29991231235959_planted.sql',
    )
    const sql = readFileSync(newer)
    rmSync(newer)
    const older = createTwin(home.platform)
    await expect(older.start()).rejects.toThrow(/made by a newer console \(schema 29991231235959\)/)
    expect(older.state()).toMatchObject({ phase: 'failed', code: 'newer' })
    writeFileSync(newer, sql)
    expect(await rowsOf((await start(home)).target)).toBe(1)
  })
  test('a migration that fails changes nothing, and says which', async () => {
    const { twin, home, target } = await start()
    await write(target, 1)
    await twin.stop()
    const broken = join(
      home.platform.paths.resources,
      'supabase/migrations/29991231235960_broken.sql',
    )
    writeFileSync(broken, 'drop table public.test_rows cascade; select 1/0;')
    const failing = createTwin(home.platform)
    const failure = await failing.start().then(
      () => '',
      (error: Error) => error.message,
    )
    expect(failure).toMatch(/29991231235960_broken failed: division by zero/)
    rmSync(broken)
    expect(await rowsOf((await start(home)).target)).toBe(1)
  })
  test.each([
    ['its control file is empty', 'global/pg_control'],
    ['its catalogue is cut off', 'base/5/1259'],
  ])('a damaged folder (%s) is moved aside, made anew, and said', async (_, file) => {
    const { twin, home, target } = await start()
    await write(target, 1)
    await twin.stop()
    truncateSync(join(dataOf(home), file), 0)
    const again = await start(home)
    const [aside] = again.twin.setAside()
    expect(again.twin.state()).toMatchObject({ phase: 'ready', setAside: aside })
    expect(existsSync(join(aside ?? '', 'PG_VERSION'))).toBe(true)
    expect(home.log.join('\n')).toMatch(/could not be opened and was made anew/)
    expect(await rowsOf(again.target)).toBe(0)
  })
  test('half an unpacked template is not taken for a database', async () => {
    const home = homeWithTemplate()
    writeFileSync(`${dataOf(home)}.new`, 'left by a crash')
    expect(await rowsOf((await start(home)).target)).toBe(0)
  })
})

describe('a query that runs away', () => {
  test('ends with its process; its caller is told, who waited is answered, the next call starts anew', async () => {
    const { twin, target } = await start()
    const pid = pidOf(twin)
    const [runaway, waiting] = await Promise.all([
      raw(target, 'POST', '/rest/v1/rpc/test_forever', { body: '{}' }),
      raw(target, 'POST', '/rest/v1/rpc/test_scalar', { body: '{}' }),
    ])
    expect([runaway.status, runaway.body]).toMatchObject([
      500,
      { code: '57014', message: 'canceling statement due to statement timeout' },
    ])
    expect([waiting.status, waiting.body]).toEqual([200, 3])
    expect(pidOf(twin)).not.toBe(pid)
  })
})

describe('a process that ends in the middle', () => {
  test('whoever was being answered is told, and nothing of the call stays', async () => {
    const { twin, target } = await start()
    const pid = pidOf(twin)
    const answer = raw(target, 'POST', '/rest/v1/rpc/test_forever', { body: '{}' })
    await new Promise((resolve) => setTimeout(resolve, 500))
    process.kill(pid, 'SIGKILL')
    const { status, body } = await answer
    expect([status, body]).toMatchObject([503, { code: 'PGRST001' }])
    expect((await clientOf(target).rpc('test_scalar')).data).toBe(3)
  })
  test('an aborted call rejects as fetch does', async () => {
    const { target } = await start()
    const abort = new AbortController()
    const answer = target.fetch(`${target.url}/rest/v1/rpc/test_scalar`, {
      headers: { apikey: target.key },
      signal: abort.signal,
    })
    abort.abort()
    await expect(answer).rejects.toMatchObject({ name: 'AbortError' })
  })
})

describe('what only the host may ask', () => {
  test('accounts of a local workspace are signed in without typing, with just these roles', async () => {
    const { twin, target } = await start()
    const ada = { email: 'ada@local.test', handle: 'ada', displayName: 'Ada' }
    const [first] = await twin.accounts([{ ...ada, roles: ['admin'] }])
    const client = clientOf(target)
    const roles = async (session = first?.session) => {
      await client.auth.setSession(session ?? { access_token: '', refresh_token: '' })
      const token = (await client.auth.getSession()).data.session?.access_token ?? ''
      return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).user_roles
    }
    expect(await roles()).toEqual(['seller', 'admin'])
    const [again] = await twin.accounts([{ ...ada, roles: ['moderator'] }])
    expect(again?.userId).toBe(first?.userId)
    expect(await roles(again?.session)).toEqual(['seller', 'moderator'])
    const guess = await client.auth.signInWithPassword({ email: ada.email, password: '' })
    expect(guess.error?.code).toBe('invalid_credentials')
  })
  test('a backup is the database as a file, and a reset leaves nothing', async () => {
    const { twin, home, target } = await start()
    await write(target, 1)
    const file = join(home.folder, 'backup.tar.gz')
    await twin.backup(file)
    const names = parseTar(gunzipSync(readFileSync(file))).map(({ name }) => name)
    expect(names.some((name) => name.endsWith('PG_VERSION'))).toBe(true)
    await twin.reset()
    expect(await rowsOf(target)).toBe(0)
  })
  test('a function of maintenance that is not there fails with its reason', async () => {
    const { twin } = await start()
    await expect(twin.maintain('nothing_like_it')).rejects.toThrow(/nothing_like_it/)
  })
  test('a change is told as the name of its table, never as data', async () => {
    const { twin, target } = await start()
    const heard = new Promise((resolve) => twin.onNudge(resolve))
    await clientOf(target).rpc('test_nudge')
    expect(await heard).toBe('listings')
  })
})
