import { AsyncLocalStorage } from 'node:async_hooks'
import type { Platform } from '../platform'
import { retryAfterSeconds } from './backoff'

export type Fetch = typeof globalThis.fetch

/** What the answer of a call said beside its body, which supabase-js does not hand on. */
export interface Answered {
  retryAfter: number | null
}

export interface Wire {
  fetch: Fetch
  /** Runs a call and tells what its last answer said. */
  listening<T>(call: () => PromiseLike<T>): Promise<{ value: T; answered: Answered }>
  /** Server clock minus ours, ms; null before an answer named a time. */
  clockOffset(): number | null
}

/** A date of HTTP has whole seconds: below that nothing can be said. */
const CLOCK_GRAIN_MS = 1_000

/**
 * What stands between supabase-js and whatever carries its requests, network or twin.
 *
 * auth-js compares the server's `expires_at` with the clock of this computer (GoTrueClient.ts,
 * `__loadSession`): an hour fast, and it would refresh at every call until the server revokes the
 * session. So the time is rewritten to "our now + expires_in" before auth-js sees it.
 */
export function createWire(carrier: Fetch, platform: Pick<Platform, 'now'>): Wire {
  const listeners = new AsyncLocalStorage<Answered>()
  let offset: number | null = null

  function noteClock(response: Response, sentAt: number): void {
    const date = Date.parse(response.headers.get('date') ?? '')
    if (Number.isNaN(date)) return
    const now = platform.now().getTime()
    // Half the way there and back, and half of the second that the header cut off.
    const seen = date + 500 - (sentAt + now) / 2
    offset = Math.abs(seen) <= CLOCK_GRAIN_MS ? 0 : Math.round(seen)
  }

  return {
    async fetch(input, init) {
      const sentAt = platform.now().getTime()
      const response = await carrier(input, init)
      noteClock(response, sentAt)
      const answered = listeners.getStore()
      if (answered !== undefined)
        answered.retryAfter = retryAfterSeconds(response.headers.get('retry-after'), platform.now())
      return isTokenAnswer(input, response) ? withLocalExpiry(response, platform.now()) : response
    },
    async listening(call) {
      const answered: Answered = { retryAfter: null }
      const value = await listeners.run(answered, async () => await call())
      return { value, answered }
    },
    clockOffset: () => offset,
  }
}

function isTokenAnswer(input: Parameters<Fetch>[0], response: Response): boolean {
  const address = typeof input === 'string' ? input : input instanceof URL ? input.href : input.url
  return (
    response.ok &&
    new URL(address).pathname.startsWith('/auth/v1/') &&
    /\bjson\b/.test(response.headers.get('content-type') ?? '')
  )
}

async function withLocalExpiry(response: Response, now: Date): Promise<Response> {
  const text = await response.text()
  const headers = new Headers(response.headers)
  headers.delete('content-length')
  headers.delete('content-encoding')
  const { status } = response
  // A body is not allowed with 204 and 205, not even an empty one.
  if (text === '') return new Response(null, { status, headers })
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    return new Response(text, { status, headers })
  }
  if (!isSession(body)) return new Response(text, { status, headers })
  const expiresAt = Math.floor(now.getTime() / 1000) + body.expires_in
  return Response.json({ ...body, expires_at: expiresAt }, { status, headers })
}

function isSession(body: unknown): body is { access_token: string; expires_in: number } {
  return (
    typeof body === 'object' &&
    body !== null &&
    'access_token' in body &&
    'expires_in' in body &&
    typeof body.expires_in === 'number'
  )
}
