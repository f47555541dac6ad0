import type { RpcArgs, WriteName } from '@shared/backend'
import type { AccountState, Factor } from '@shared/contract/account'
import type { ActivityLog } from '../activity'
import type { Platform } from '../platform'
import type { SettingsService } from '../settings'
import { authError } from './auth-errors'
import { checkedConnection, readConnection, writeConnection } from './connection'
import type { BackendService } from './index'
import type { Live } from './live'

/** What a person does with their account. Throws AuthRefusal, BackendError or AddressError. */
export interface Account {
  signUp(email: string, password: string): Promise<{ confirm: boolean }>
  signIn(email: string, password: string): Promise<AccountState>
  signOut(everywhere: boolean): Promise<AccountState>
  providers(): Promise<{ password: boolean; providers: string[] }>
  startBrowser(provider: string): Promise<AccountState>
  factors(): Promise<Factor[]>
  enrolFactor(name: string): Promise<{ id: string; secret: string; uri: string; qr: string | null }>
  verifyFactor(id: string, code: string): Promise<AccountState>
  removeFactor(id: string): Promise<Factor[]>
  /** A write of the API that changes who one is. */
  change<Name extends WriteName>(name: Name, args: RpcArgs<Name>): Promise<AccountState>
  connect(to: { url: string; key: string } | null): Promise<AccountState>
}

export interface AccountParts {
  backend: BackendService
  platform: Pick<Platform, 'randomId' | 'now'>
  settings: SettingsService
  activity: ActivityLog
}

type Auth = Live['auth']
type Answer<T> = { data: T; error: null } | { data: unknown; error: AuthErrorLike }
type AuthErrorLike = Parameters<typeof authError>[0]

/** Asks the sign-in service; its refusals come back with a sentence. */
export async function askAuth<T>(
  live: Live,
  ask: (auth: Auth) => PromiseLike<Answer<T>>,
): Promise<NonNullable<T>> {
  const { value, answered } = await live.wire.listening(() => ask(live.auth))
  if (value.error !== null) throw authError(value.error, answered.retryAfter)
  return value.data as NonNullable<T>
}

export function createAccount(parts: AccountParts): Account {
  const { backend, platform, settings, activity } = parts

  const note = (kind: 'account.signed-in' | 'account.signed-out', summary: string) =>
    activity.note({ operationId: platform.randomId(), kind, subject: 'account', summary })

  /** As whoever is signed in: their token is renewed first, so that auth-js never does it itself. */
  async function ask<T>(call: (auth: Auth) => PromiseLike<Answer<T>>): Promise<NonNullable<T>> {
    const live = await backend.attach()
    await live.session.token()
    return askAuth(live, call)
  }

  async function arrived(how: string): Promise<AccountState> {
    const state = await backend.refresh()
    await note('account.signed-in', `Signed in ${how}`)
    return state
  }

  async function listFactors(): Promise<Factor[]> {
    const { all } = await ask((auth) => auth.mfa.listFactors())
    return all.map(({ id, friendly_name, status, created_at }) => ({
      id,
      name: friendly_name ?? '',
      verified: status === 'verified',
      createdAt: created_at,
    }))
  }

  async function signOut(everywhere: boolean): Promise<void> {
    backend.browser.cancel()
    const live = await backend.attach().catch(() => undefined)
    const signedIn = live?.session.claims() !== undefined
    // Here the session ends whatever the server says; there it ends with its last refresh at the latest.
    if (signedIn)
      await live?.auth.signOut({ scope: everywhere ? 'global' : 'local' }).catch(() => undefined)
    backend.forgetSession(live)
    if (signedIn)
      await note('account.signed-out', everywhere ? 'Signed out everywhere' : 'Signed out')
  }

  return {
    async signUp(email, password) {
      const { session } = await ask((auth) => auth.signUp({ email, password }))
      if (session === null) return { confirm: true }
      await arrived('with a new account')
      return { confirm: false }
    },
    async signIn(email, password) {
      await ask((auth) => auth.signInWithPassword({ email, password }))
      return arrived('with e-mail and password')
    },
    async signOut(everywhere) {
      await signOut(everywhere)
      return backend.state()
    },
    async providers() {
      const live = await backend.attach()
      const connection = readConnection(settings)
      if (connection.kind === 'local') return { password: true, providers: [] }
      const response = await live.wire.fetch(`${connection.url}/auth/v1/settings`, {
        headers: { apikey: connection.key },
      })
      if (!response.ok) throw authError({ name: '', message: '', status: response.status }, null)
      return providersOf(await response.json())
    },
    async startBrowser(provider) {
      const live = await backend.attach()
      await backend.browser.start(
        provider,
        async (redirectTo) => {
          const { url } = await askAuth(live, (auth) =>
            auth.signInWithOAuth({
              provider: provider as 'github',
              options: { redirectTo, skipBrowserRedirect: true },
            }),
          )
          return url
        },
        async (code) => {
          await askAuth(live, (auth) => auth.exchangeCodeForSession(code))
          await arrived(`with the browser (${provider})`)
        },
      )
      return backend.state()
    },
    factors: listFactors,
    async enrolFactor(name) {
      const { id, totp } = await ask((auth) =>
        auth.mfa.enroll({ factorType: 'totp', friendlyName: name, issuer: 'Prometheus Console' }),
      )
      const { secret, uri, qr_code } = totp
      return { id, secret, uri, qr: qr_code?.startsWith('data:image/svg+xml') ? qr_code : null }
    },
    async verifyFactor(id, code) {
      await ask((auth) => auth.mfa.challengeAndVerify({ factorId: id, code }))
      return backend.refresh()
    },
    async removeFactor(id) {
      await ask((auth) => auth.mfa.unenroll({ factorId: id }))
      return listFactors()
    },
    async change(name, args) {
      await backend.write(name, platform.randomId(), args)
      return backend.refresh()
    },
    async connect(to) {
      const values = settings.values()
      const { url, key } = to === null ? { url: '', key: '' } : checkedConnection(to)
      const same =
        to === null
          ? values['backend.connection'] === 'local'
          : values['backend.connection'] === 'hosted' &&
            values['backend.url'] === url &&
            values['backend.key'] === key
      if (same) return backend.state()
      if (backend.state().signedIn) await signOut(false)
      writeConnection(settings, to === null ? null : { url, key })
      await backend.detach()
      await activity.note({
        operationId: platform.randomId(),
        kind: 'connection.changed',
        subject: 'connection',
        summary: to === null ? 'Uses the local workspace' : `Uses the project ${url}`,
      })
      return backend.state()
    },
  }
}

/** GET /auth/v1/settings: `external` says which ways the project has switched on. */
function providersOf(body: unknown): { password: boolean; providers: string[] } {
  const external =
    typeof body === 'object' && body !== null && 'external' in body ? body.external : null
  if (typeof external !== 'object' || external === null) return { password: true, providers: [] }
  const on = Object.entries(external)
    .filter(([, value]) => value === true)
    .map(([name]) => name)
  const others = new Set(['email', 'phone', 'anonymous_users'])
  return { password: on.includes('email'), providers: on.filter((name) => !others.has(name)) }
}
