import { lookup } from 'node:dns/promises'
import { connect as connectTcp } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { RPCS } from '@shared/backend'
import { CONNECTION_STEPS, type ConnectionStep } from '@shared/contract/account'
import { version } from '../../../package.json'
import type { Platform } from '../platform'
import { AddressError, isLoopback, projectUrl, publishableKey } from './address'
import { networkFetch } from './network'
import { schemaProblem, schemaSentence, shippedSchema } from './schema-check'
import { createWire, type Wire } from './wire'

type StepName = (typeof CONNECTION_STEPS)[number]
type Finding = Pick<ConnectionStep, 'state' | 'detail'> & {
  fix?: string
  command?: string
}

/** Of each step. */
const STEP_MS = 10_000
/** Beyond it a token of a server may look expired or not yet valid. */
const CLOCK_MATTERS_MS = 5_000

const ok = (detail: string): Finding => ({ state: 'ok', detail })
const failed = (detail: string, fix: string, command?: string): Finding => ({
  state: 'failed',
  detail,
  fix,
  ...(command !== undefined && { command }),
})

/** Looks at a hosted project step by step, and yields all steps after each. Signs nobody in. */
export async function* testConnection(
  given: { url: string; key: string },
  platform: Pick<Platform, 'now' | 'paths'>,
  signal?: AbortSignal,
): AsyncGenerator<ConnectionStep[]> {
  const done: ConnectionStep[] = []
  const steps = checksOf(given, platform)
  let stopped = false
  for (const step of CONNECTION_STEPS) {
    if (signal?.aborted) return
    if (stopped) {
      done.push(entry(step, { state: 'skipped', detail: 'Not looked at: an earlier step failed.' }))
      continue
    }
    yield [...done, entry(step, { state: 'running', detail: '' })]
    const finding = await steps[step](limited(signal)).catch((error: unknown) => broken(error))
    done.push(entry(step, finding))
    // A clock that is off and a missing admin are told, and stop nothing.
    stopped = finding.state === 'failed' && step !== 'clock' && step !== 'admin'
  }
  yield done
}

const limited = (signal?: AbortSignal): AbortSignal => {
  const limit = AbortSignal.timeout(STEP_MS)
  return signal === undefined ? limit : AbortSignal.any([signal, limit])
}

const entry = (step: StepName, { fix, command, ...rest }: Finding): ConnectionStep => ({
  step,
  ...rest,
  fix: fix ?? null,
  command: command ?? null,
})

function checksOf(
  given: { url: string; key: string },
  platform: Pick<Platform, 'now' | 'paths'>,
): Record<StepName, (signal: AbortSignal) => Promise<Finding>> {
  let url = new URL('https://unknown.invalid')
  let key = ''
  let wire: Wire = createWire(globalThis.fetch, platform)
  let noAdmin: boolean | null = null

  const get = (path: string, signal: AbortSignal): Promise<Response> =>
    wire.fetch(`${url.origin}${path}`, { headers: { apikey: key }, signal })
  const rpc = async (name: string, signal: AbortSignal): Promise<Answer> => {
    const response = await wire.fetch(`${url.origin}/rest/v1/rpc/${name}`, {
      method: 'POST',
      headers: { apikey: key, 'content-type': 'application/json' },
      body: '{}',
      signal,
    })
    return { status: response.status, body: await jsonOf(response) }
  }

  return {
    async address() {
      try {
        url = projectUrl(given.url)
        key = publishableKey(given.key)
      } catch (error) {
        if (!(error instanceof AddressError)) throw error
        return { state: 'failed', detail: error.message }
      }
      wire = createWire(networkFetch(url.origin), platform)
      return ok(`${url.origin}, with a key that may be public.`)
    },
    async dns() {
      if (isLoopback(url)) return ok('This very computer: no name to look up.')
      try {
        const { address } = await lookup(url.hostname)
        return ok(`${url.hostname} is ${address}.`)
      } catch {
        return failed(
          `Nobody knows the name ${url.hostname}.`,
          'Check how the address is written, that the project is not paused, and that this computer has a network.',
        )
      }
    },
    tls: (signal) => reach(url, signal),
    async key(signal) {
      const answer = await get('/auth/v1/health', signal)
      if (answer.status === 401 || answer.status === 403)
        return failed(
          'The project does not take this key.',
          'Copy the publishable key of this very project: Project Settings, API keys.',
        )
      if (answer.status === 404)
        return failed(
          'Something answers at this address, but it is no Supabase project.',
          'Take the project address, without the address of its dashboard.',
        )
      if (!answer.ok)
        return failed(
          `The project answers with status ${answer.status}.`,
          'It may be paused or starting. Look at its dashboard, then test again.',
        )
      return ok('The project takes the key.')
    },
    async auth(signal) {
      const answer = await get('/auth/v1/settings', signal)
      const body = await jsonOf(answer)
      if (!answer.ok || typeof body !== 'object' || body === null || !('external' in body))
        return failed(
          `Sign-in does not answer as it should (status ${answer.status}).`,
          'Look at the health of Auth in the dashboard of the project.',
        )
      return ok('Sign-in answers.')
    },
    async clock() {
      const offset = wire.clockOffset()
      if (offset === null)
        return { state: 'skipped', detail: 'The server does not say what time it has.' }
      const seconds = Math.round(Math.abs(offset) / 1000)
      if (Math.abs(offset) <= CLOCK_MATTERS_MS) return ok('The clocks agree.')
      return {
        state: 'warning',
        detail: `The clock of this computer is ${seconds} s ${offset > 0 ? 'behind' : 'ahead of'} the server's.`,
        fix: 'The console corrects for it. Set the clock of this computer nevertheless: times in records come from it.',
      }
    },
    async schema(signal) {
      const { status, body } = await rpc('server_info', signal)
      const code = codeOf(body)
      if (status === 404 || code.startsWith('PGRST20'))
        return failed(
          'The project is empty: it does not have the schema of the marketplace yet.',
          'Whoever may set up the project runs this in a terminal. It asks for the database password, which this page never sees.',
          migrate(url),
        )
      const info = RPCS.server_info.result.safeParse(body)
      if (status !== 200 || !info.success)
        return failed(
          `The database answers in a way this console does not know (${code || `status ${status}`}).`,
          'Bring its schema up to date, or update this console.',
          migrate(url),
        )
      const shipped = shippedSchema(platform.paths.resources)
      const problem = schemaProblem(info.data, shipped, version)
      noAdmin = info.data.withoutAdmin
      if (problem === 'server-older')
        return failed(
          schemaSentence(problem, info.data, shipped),
          'Whoever may set up the project runs this in a terminal.',
          migrate(url),
        )
      if (problem !== null)
        return failed(schemaSentence(problem, info.data, shipped), 'Update this console.')
      return ok(`Schema ${info.data.schemaVersion}.`)
    },
    async rls(signal) {
      const table = await get('/rest/v1/profiles?select=*&limit=1', signal)
      const rows = await jsonOf(table)
      const { status } = await rpc('get_me', signal)
      const open = [
        ...(table.ok && Array.isArray(rows) && rows.length > 0 ? ['the table profiles'] : []),
        ...(status === 200 ? ['the function get_me'] : []),
      ]
      if (open.length > 0)
        return failed(
          `Somebody who is not signed in may read ${open.join(' and ')}.`,
          'The access rules of the database are not those of this schema. Do not use it; set the schema up again.',
          migrate(url),
        )
      return ok('Who is not signed in is refused: a table and a protected function.')
    },
    async admin() {
      if (noAdmin === false) return ok('There is an admin.')
      return {
        state: 'warning',
        detail: 'Nobody is an admin yet.',
        fix: 'The command that sets the project up makes the first one, by e-mail address.',
        command: `${migrate(url)} --admin you@example.com`,
      }
    },
  }
}

const migrate = (url: URL) =>
  `prometheus-console db migrate --url postgresql://postgres@db.${url.hostname}:5432/postgres`

interface Answer {
  status: number
  body: unknown
}

async function jsonOf(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch {
    return null
  }
}

const codeOf = (body: unknown): string =>
  typeof body === 'object' && body !== null && 'code' in body ? String(body.code) : ''

/** Opens a connection and closes it: TCP, and where the address asks for it TLS with a checked certificate. */
async function reach(url: URL, signal: AbortSignal): Promise<Finding> {
  const tls = url.protocol === 'https:'
  const port = Number(url.port || (tls ? 443 : 80))
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const { promise, resolve } = Promise.withResolvers<Finding>()
  const socket = tls
    ? connectTls({ host, port, servername: host })
    : connectTcp({ host, port, signal })
  const give = () => socket.destroy(new Error('timeout'))
  signal.addEventListener('abort', give, { once: true })
  socket.once(tls ? 'secureConnect' : 'connect', () =>
    resolve(
      ok(
        tls ? `Connected, and the certificate is good.` : 'Connected, without TLS: this computer.',
      ),
    ),
  )
  socket.once('error', (error: NodeJS.ErrnoException) => resolve(unreached(error, port)))
  try {
    return await promise
  } finally {
    signal.removeEventListener('abort', give)
    socket.destroy()
  }
}

function unreached({ code = '', message }: NodeJS.ErrnoException, port: number): Finding {
  if (code === 'ECONNREFUSED')
    return failed(
      `Nothing listens on port ${port} there.`,
      'Check the address and its port, and that the project runs.',
    )
  if (/CERT|SELF_SIGNED|ISSUER|ALTNAME|UNABLE_TO_VERIFY/.test(code))
    return failed(
      `The certificate is not to be trusted (${code}).`,
      'Somebody may be in between: a proxy of your network, or worse. Do not go on before you know.',
    )
  return failed(
    `No connection comes about (${code || message}).`,
    'Check the network, a firewall or a proxy in between.',
  )
}

function broken(error: unknown): Finding {
  const timeout = error instanceof DOMException && error.name === 'TimeoutError'
  return failed(
    timeout ? `No answer within ${STEP_MS / 1000} s.` : 'The connection broke off.',
    'Check the network, then test again.',
  )
}
