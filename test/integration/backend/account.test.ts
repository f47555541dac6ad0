import { createHmac, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { ConnectionStep } from '@shared/contract/account'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Platform } from '../../../electron/core/platform'
import type { Secrets } from '../../../electron/core/secrets'
import { httpTarget } from '../../fixtures/conformance/http-target'
import type { Target } from '../../fixtures/conformance/target'
import { type OpenConsole, openConsole } from '../../fixtures/console'

const PASSWORD = 'correct horse battery'
const newAddress = () => `${randomUUID()}@example.com`

const turned = (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ 0x5a))

/** A keychain: what it sealed, nobody reads in the file. */
const KEYCHAIN: Secrets = {
  protection: 'system',
  seal: async (text) => turned(Buffer.from(text)).toString('base64'),
  open: async (sealed) => turned(Buffer.from(sealed, 'base64')).toString('utf8'),
}

let server: Target
let opened: OpenConsole[] = []
beforeAll(async () => {
  server = await httpTarget()
}, 120_000)
afterAll(() => server?.close())
afterEach(async () => {
  for (const open of opened) await open.close()
  opened = []
})

function hosted(more: Partial<Platform> = {}): OpenConsole {
  const flags = {
    'backend.connection': 'hosted',
    'backend.url': server.url,
    'backend.key': 'sb_publishable_test',
  }
  const open = openConsole(more, flags)
  opened.push(open)
  return open
}

/** All texts in a folder, whatever their format. */
function everythingIn(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, 'latin1'))
    .join('\n')
}

/** RFC 6238 with SHA-1, 30 seconds, six digits. */
function totp(secret: string, at = Date.now()): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...secret.replace(/=+$/, '')]
    .map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)))
  const mac = createHmac('sha1', key).update(counter).digest()
  const offset = (mac.at(-1) ?? 0) & 15
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

describe('an account of a hosted project', () => {
  it('is made, knows itself, is renamed, and signs out', async () => {
    const { client } = hosted()
    const email = newAddress()
    expect(await client.account.signUp({ email, password: PASSWORD })).toEqual({ confirm: false })
    const state = await client.account.state()
    expect(state).toMatchObject({
      kind: 'hosted',
      url: server.url,
      link: 'connected',
      signedIn: true,
      aal: 'aal1',
      kept: 'memory',
    })
    expect(state.me).toMatchObject({ email, roles: ['seller'] })
    const handle = `h${randomUUID().slice(0, 8)}`
    const renamed = await client.account.updateProfile({ handle, displayName: 'A person' })
    expect(renamed.me).toMatchObject({ handle, displayName: 'A person' })
    const out = await client.account.signOut({ everywhere: false })
    expect(out).toMatchObject({ signedIn: false, me: null })
    await expect(
      client.account.updateProfile({ handle, displayName: 'Nobody' }),
    ).rejects.toMatchObject({ code: 'SIGNED_OUT' })
  })

  it('is refused with a sentence for a wrong password', async () => {
    const { client } = hosted()
    await expect(
      client.account.signIn({ email: newAddress(), password: PASSWORD }),
    ).rejects.toMatchObject({
      code: 'AUTH_REFUSED',
      message: expect.stringContaining('do not belong together'),
    })
  })

  it('has organisations and members', async () => {
    const { client } = hosted()
    await client.account.signUp({ email: newAddress(), password: PASSWORD })
    const handle = `o${randomUUID().slice(0, 8)}`
    const { me } = await client.account.saveOrganisation({ handle, displayName: 'An organisation' })
    expect(me?.organisations).toMatchObject([
      { handle, role: 'owner', members: [{ role: 'owner' }] },
    ])
    const organisationId = me?.organisations[0]?.id ?? ''
    await expect(
      client.account.saveMember({ organisationId, handle: me?.handle ?? '', role: null }),
    ).rejects.toMatchObject({ code: 'BACKEND_REFUSED', data: { code: 'last_owner' } })
  })

  it('gets a second factor, which lifts the session', async () => {
    const { client } = hosted()
    const email = newAddress()
    await client.account.signUp({ email, password: PASSWORD })
    const { id, secret } = await client.account.enrolFactor({ name: 'A phone' })
    await expect(client.account.verifyFactor({ id, code: '000000' })).rejects.toMatchObject({
      code: 'AUTH_REFUSED',
    })
    expect(await client.account.verifyFactor({ id, code: totp(secret) })).toMatchObject({
      aal: 'aal2',
    })
    expect(await client.account.factors()).toMatchObject([{ id, name: 'A phone', verified: true }])
    await client.account.removeFactor({ id })
    expect(await client.account.factors()).toEqual([])
  })

  it('keeps its session over a restart where a keychain seals it, and only there', async () => {
    const first = hosted({ secrets: KEYCHAIN })
    const email = newAddress()
    await first.client.account.signUp({ email, password: PASSWORD })
    await first.console.close()
    const flags = {
      'backend.connection': 'hosted',
      'backend.url': server.url,
      'backend.key': 'sb_publishable_test',
    }
    const again = openConsole({ secrets: KEYCHAIN }, flags, first.folder)
    expect((await again.client.account.open()).me).toMatchObject({ email })
    await again.console.close()
    // Sealed for this connection: without the keychain there is nothing to read.
    const without = openConsole({}, flags, first.folder)
    opened = [without]
    expect(await without.client.account.open()).toMatchObject({ signedIn: false })
  })

  it('leaves no token in logs, errors, the database, the settings or any file', async () => {
    const open = hosted()
    const { console, client, folder, log } = open
    await client.account.signUp({ email: newAddress(), password: PASSWORD })
    const live = await console.backend.attach()
    const { data } = await live.auth.getSession()
    const tokens = [data.session?.access_token ?? '', data.session?.refresh_token ?? '', PASSWORD]
    expect(tokens.every((token) => token.length > 8)).toBe(true)
    const refused = await client.account
      .signIn({ email: newAddress(), password: PASSWORD })
      .catch((error: unknown) => JSON.stringify(error) + String(error))
    const seen = [
      JSON.stringify(await client.account.state()),
      JSON.stringify(await client.settings.get()),
      String(refused),
      log.join('\n'),
      everythingIn(folder),
    ].join('\n')
    for (const token of tokens) expect(seen.includes(token)).toBe(false)
  })

  it('renews its token once for calls that were refused side by side', async () => {
    const { console, client } = hosted()
    await client.account.signUp({ email: newAddress(), password: PASSWORD })
    const live = await console.backend.attach()
    let renewals = 0
    const refresh = live.auth.refreshSession.bind(live.auth)
    live.auth.refreshSession = (...args) => {
      renewals++
      return refresh(...args)
    }
    server.advance?.(3700)
    try {
      const answers = await Promise.all([1, 2, 3, 4].map(() => console.backend.read('get_me', {})))
      expect(answers).toHaveLength(4)
      expect(renewals).toBe(1)
    } finally {
      server.advance?.(-3700)
    }
  })

  it('works with a clock that is an hour off, and says so', async () => {
    const { client } = hosted({ now: () => new Date(Date.now() + 3_600_000) })
    await client.account.signUp({ email: newAddress(), password: PASSWORD })
    const { me, clockOffsetSeconds } = await client.account.open()
    expect(me).not.toBeNull()
    expect(Math.abs((clockOffsetSeconds ?? 0) + 3600)).toBeLessThan(5)
  })

  it('is shown as last seen while the project does not answer', async () => {
    const open = hosted()
    const { client, console } = open
    const email = newAddress()
    await client.account.signUp({ email, password: PASSWORD })
    const live = await console.backend.attach()
    live.session.wipe()
    await console.backend.detach()
    expect(console.backend.state()).toMatchObject({ link: 'idle', me: { email } })
  })
})

describe('the test of a connection', () => {
  async function stepsOf(url: string, key: string): Promise<Map<string, ConnectionStep>> {
    const { client } = hosted()
    let steps: ConnectionStep[] = []
    for await (const next of await client.account.test({ url, key })) steps = next
    return new Map(steps.map((step) => [step.step, step]))
  }

  it('finds everything in order at a project that is', async () => {
    const steps = await stepsOf(server.url, 'sb_publishable_test')
    for (const name of ['address', 'dns', 'tls', 'key', 'auth', 'schema', 'rls'])
      expect(steps.get(name), name).toMatchObject({ state: 'ok' })
    expect(steps.get('admin')).toMatchObject({ state: 'warning' })
  })

  it('stops at an address where nothing listens, and says so', async () => {
    const steps = await stepsOf('http://127.0.0.1:9', 'sb_publishable_test')
    expect(steps.get('tls')).toMatchObject({ state: 'failed', fix: expect.any(String) })
    expect(steps.get('key')).toMatchObject({ state: 'skipped' })
  })

  it('refuses a secret key before anything is sent', async () => {
    const steps = await stepsOf(server.url, 'sb_secret_abcdefgh')
    expect(steps.get('address')).toMatchObject({
      state: 'failed',
      detail: expect.stringContaining('secret key'),
    })
  })

  it('says that the key is of another project', async () => {
    const steps = await stepsOf(server.url, 'sb_publishable_other_project')
    expect(steps.get('key')).toMatchObject({ state: 'failed' })
  })
})
