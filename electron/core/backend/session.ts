import { Buffer } from 'node:buffer'
import type { SupabaseClient } from '@supabase/supabase-js'
import type { Platform } from '../platform'
import { AuthRefusal, authError, SESSION_ENDED } from './auth-errors'
import type { KeptSession } from './kept-session'
import type { Wire } from './wire'

/** Under which auth-js stores its session. */
export const STORAGE_KEY = 'session'

/** Seconds before its end at which a token is renewed; above the 90 s at which auth-js would do it itself. */
const RENEW_BEFORE_S = 120

export interface Session {
  readonly protection: KeptSession['protection']
  /** Of whoever is signed in; undefined when nobody is. Never leaves this process. */
  claims(): Claims | undefined
  /** A token that is good for a while yet: renewed first where it is not. Null when nobody is signed in. */
  token(signal?: AbortSignal): Promise<string | null>
  /** The server did not take `token`: renews it, unless that was done meanwhile. */
  refused(token: string | null): Promise<string | null>
  /** Signs in with what an earlier run kept. */
  restore(): Promise<void>
  wipe(): void
}

export interface Claims {
  userId: string
  email: string | null
  aal: 'aal1' | 'aal2'
}

interface Tokens {
  access_token: string
  refresh_token: string
  expires_at: number
}

/**
 * auth-js keeps what it signed in with here, and forgets it here: the one place where a session is.
 * The access token stays in memory; the refresh token goes to the keychain where there is one.
 */
export interface SessionStorage {
  getItem(key: string): string | null
  setItem(key: string, value: string): Promise<void>
  removeItem(key: string): void
  tokens(): Tokens | null
  /** Called when a session comes, is renewed, or goes. */
  onChange(listener: () => void): void
}

export function createSessionStorage(kept: KeptSession): SessionStorage {
  const values = new Map<string, string>()
  let tokens: Tokens | null = null
  let changed = () => {}
  return {
    getItem: (key) => values.get(key) ?? null,
    async setItem(key, value) {
      values.set(key, value)
      if (key !== STORAGE_KEY) return
      const before = tokens?.refresh_token
      tokens = JSON.parse(value) as Tokens
      if (tokens.refresh_token !== before) await kept.write(tokens.refresh_token)
      changed()
    },
    removeItem(key) {
      values.delete(key)
      if (key !== STORAGE_KEY) return
      const had = tokens !== null
      tokens = null
      kept.wipe()
      if (had) changed()
    },
    tokens: () => tokens,
    onChange(listener) {
      changed = listener
    },
  }
}

export function createSession(
  auth: SupabaseClient['auth'],
  storage: SessionStorage,
  kept: KeptSession,
  wire: Wire,
  platform: Pick<Platform, 'now'>,
  /** Says why a session ended that nobody ended. */
  onEnded: (sentence: string) => void,
): Session {
  let renewing: Promise<void> | null = null

  const wipe = () => {
    storage.removeItem(STORAGE_KEY)
    storage.removeItem(`${STORAGE_KEY}-code-verifier`)
    storage.removeItem(`${STORAGE_KEY}-user`)
    kept.wipe()
  }

  /** One at a time, also for calls that were refused side by side: a token is renewed with once only. */
  function renew(refreshToken: string): Promise<void> {
    renewing ??= (async () => {
      const { value, answered } = await wire.listening(() =>
        auth.refreshSession({ refresh_token: refreshToken }),
      )
      if (value.error === null) return
      const error = authError(value.error, answered.retryAfter)
      if (error instanceof AuthRefusal && SESSION_ENDED.has(error.code)) {
        wipe()
        onEnded(error.message)
        return
      }
      throw error
    })().finally(() => {
      renewing = null
    })
    return renewing
  }

  const secondsLeft = (tokens: Tokens) => tokens.expires_at - platform.now().getTime() / 1000

  return {
    protection: kept.protection,
    claims() {
      const tokens = storage.tokens()
      return tokens === null ? undefined : claimsOf(tokens.access_token)
    },
    async token(signal) {
      signal?.throwIfAborted()
      const tokens = storage.tokens()
      if (tokens === null) return null
      if (secondsLeft(tokens) < RENEW_BEFORE_S) await renew(tokens.refresh_token)
      return storage.tokens()?.access_token ?? null
    },
    async refused(token) {
      const tokens = storage.tokens()
      if (tokens !== null && tokens.access_token === token) await renew(tokens.refresh_token)
      return storage.tokens()?.access_token ?? null
    },
    async restore() {
      const refreshToken = await kept.read()
      if (refreshToken !== null && storage.tokens() === null) await renew(refreshToken)
    },
    wipe,
  }
}

/** What a token says of its holder. Only for showing: the server checks the signature and its tables. */
function claimsOf(accessToken: string): Claims | undefined {
  try {
    const payload = Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString('utf8')
    const claims = JSON.parse(payload) as Record<string, unknown>
    return {
      userId: String(claims.sub ?? ''),
      email: typeof claims.email === 'string' && claims.email !== '' ? claims.email : null,
      aal: claims.aal === 'aal2' ? 'aal2' : 'aal1',
    }
  } catch {
    return undefined
  }
}
