import { randomBytes, timingSafeEqual } from 'node:crypto'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { AccountState } from '@shared/contract/account'
import type { Platform } from '../platform'
import { AuthRefusal } from './auth-errors'

type Waiting = NonNullable<AccountState['browser']>

export interface BrowserSignIn {
  waiting(): Waiting | null
  /**
   * Opens a port of 127.0.0.1 for one answer. `begin` makes the address to open from the address of
   * the port; `finish` gets the code. Whoever started before is cancelled.
   */
  start(
    provider: string,
    begin: (redirectTo: string) => Promise<string>,
    finish: (code: string) => Promise<void>,
  ): Promise<Waiting>
  cancel(): void
}

/** A code of PKCE is good for five minutes. */
const WAITS_MS = 5 * 60_000

/**
 * Sign-in in the system browser (RFC 8252, 7.3): the provider sends the browser back to a port of
 * this computer that nobody could know before, with a state of our own that nobody else has seen.
 */
export function createBrowserSignIn(
  platform: Pick<Platform, 'now' | 'log'>,
  changed: () => void,
): BrowserSignIn {
  let current: { waiting: Waiting | null; end(): void } | null = null

  function cancel(): void {
    current?.end()
    current = null
    changed()
  }

  return {
    waiting: () => current?.waiting ?? null,
    cancel,
    async start(provider, begin, finish) {
      cancel()
      const state = randomBytes(32).toString('base64url')
      const server = createServer({ headersTimeout: 5_000, requestTimeout: 5_000 })
      const timer = setTimeout(cancel, WAITS_MS)
      timer.unref()
      const mine: NonNullable<typeof current> = {
        waiting: null,
        end() {
          clearTimeout(timer)
          stop(server)
        },
      }
      current = mine
      const port = await listen(server)
      server.on('request', (request, response) => {
        const url = new URL(request.url ?? '/', `http://127.0.0.1:${port}`)
        if (request.headers.host !== `127.0.0.1:${port}` || url.pathname !== '/callback')
          return answer(response, 404, 'There is nothing at this address.')
        if (request.method !== 'GET') return answer(response, 405, 'Only the browser comes here.')
        if (!isSame(url.searchParams.get('state') ?? '', state))
          return answer(response, 403, 'This answer belongs to another sign-in. Start it again.')
        const code = url.searchParams.get('code')
        const reason = url.searchParams.get('error_description') ?? url.searchParams.get('error')
        // One answer only, whatever it was.
        if (current !== mine) return answer(response, 410, 'This sign-in is over.')
        current = null
        void settle(code, reason, response).finally(() => {
          mine.end()
          changed()
        })
      })

      async function settle(
        code: string | null,
        reason: string | null,
        response: ServerResponse,
      ): Promise<void> {
        if (code === null) {
          platform.log('error', 'The sign-in in the browser was refused by its provider.')
          return answer(response, 400, `The sign-in was refused: ${reason ?? 'no reason given'}.`)
        }
        try {
          await finish(code)
          answer(response, 200, 'You are signed in. Close this tab and go back to the console.')
        } catch (error) {
          answer(
            response,
            400,
            error instanceof AuthRefusal
              ? error.message
              : 'The backend did not answer. Go back to the console and try again.',
          )
        }
      }

      try {
        const url = await begin(`http://127.0.0.1:${port}/callback?state=${state}`)
        const until = new Date(platform.now().getTime() + WAITS_MS)
        mine.waiting = { provider, url, until }
        changed()
        return mine.waiting
      } catch (error) {
        if (current === mine) cancel()
        throw error
      }
    },
  }
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}

/** The answer that is under way gets through; nothing new does. */
function stop(server: Server): void {
  server.close()
  server.closeIdleConnections()
}

function isSame(given: string, expected: string): boolean {
  const a = Buffer.from(given)
  const b = Buffer.from(expected)
  return a.length === b.length && timingSafeEqual(a, b)
}

/** Plain text: what a provider wrote into the address is never read as HTML. */
function answer(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'content-security-policy': "default-src 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    connection: 'close',
  })
  response.end(`${sentence}\n`)
}
