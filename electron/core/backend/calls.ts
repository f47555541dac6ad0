import { RPCS, type RpcName } from '@shared/backend'
import { z } from 'zod'
import type { Platform } from '../platform'
import { errorOf, type Failure, remedyOf } from './answers'
import { unreachable } from './auth-errors'
import { BackendError, refused } from './backend'
import { backoffMs } from './backoff'
import type { Circuit } from './circuit'

export interface Sent {
  data: unknown
  failure: Failure | null
}

/** One request of one function; `token` is what it was sent with. */
export type Send = (
  name: RpcName,
  body: Record<string, unknown>,
  token: string | null,
  signal: AbortSignal,
) => Promise<Sent>

export interface CallParts {
  send: Send
  session: {
    token(signal?: AbortSignal): Promise<string | null>
    refused(token: string | null): Promise<string | null>
  }
  circuit: Circuit
  platform: Pick<Platform, 'monotonic'>
  random(): number
  wait(ms: number, signal?: AbortSignal): Promise<void>
  /** Called with every answer that came. */
  onAnswer(): void
}

/** Longest that somebody at the page is kept waiting by retries. */
const PATIENCE_MS = 4_000
const MOST_TRIES = 4
/** Of one request. */
const TIMEOUT_MS = 30_000

const Replayed = z.object({ replayed: z.boolean() })

/** Calls a function of the API: checks arguments, retries what is worth it, checks the answer. */
export async function callRpc(
  parts: CallParts,
  name: RpcName,
  operationId: string | null,
  args: unknown,
  signal?: AbortSignal,
): Promise<unknown> {
  const rpc = RPCS[name]
  const checked = rpc.args.safeParse(args)
  if (!checked.success) throw refused('invalid_input', problemOf(checked.error))
  const body = {
    ...(checked.data as Record<string, unknown>),
    ...(operationId !== null && { p_op: operationId }),
  }
  const data = await sendPatiently(
    parts,
    name,
    (token, limit) => parts.send(name, body, token, limit),
    signal,
  )
  const result = rpc.result.safeParse(data)
  if (!result.success) throw badAnswer(name, result.error)
  if (operationId === null) return result.data
  const replayed = Replayed.safeParse(data)
  if (!replayed.success) throw badAnswer(name, replayed.error)
  return { ...(result.data as object), ...replayed.data }
}

/** Sends until there is an answer, within the patience of a person. A write goes with the same operation id. */
export async function sendPatiently(
  parts: Omit<CallParts, 'send'>,
  name: string,
  send: (token: string | null, signal: AbortSignal) => Promise<Sent>,
  outer?: AbortSignal,
): Promise<unknown> {
  const { session, circuit, platform } = parts
  const closed = circuit.wait(name)
  if (closed > 0) throw unreachable(0, closed)
  const until = platform.monotonic() + PATIENCE_MS
  let token = await session.token(outer)
  let renewed = false
  for (let attempt = 0; ; attempt++) {
    const limit = AbortSignal.timeout(TIMEOUT_MS)
    const signal = outer === undefined ? limit : AbortSignal.any([outer, limit])
    const { data, failure } = await send(token, signal)
    // Whoever asked has gone away: that is no failure of the backend.
    outer?.throwIfAborted()
    if (failure === null || failure.status !== 0) parts.onAnswer()
    if (failure === null) {
      circuit.answered(name)
      return data
    }
    const remedy = remedyOf(failure)
    if (remedy === 'renew' && token !== null && !renewed) {
      renewed = true
      token = await session.refused(token)
      continue
    }
    if (remedy === 'again') circuit.failed(name)
    else circuit.answered(name)
    const pause = pauseOf(remedy, failure, attempt, parts.random())
    if (pause === null || attempt + 1 >= MOST_TRIES || platform.monotonic() + pause > until)
      throw errorOf(withWait(failure, pause), token !== null)
    await parts.wait(pause, outer)
  }
}

/** Milliseconds before the next try; null where there is none. Never less than the server asks for. */
function pauseOf(
  remedy: ReturnType<typeof remedyOf>,
  { retryAfter }: Failure,
  attempt: number,
  random: number,
): number | null {
  if (remedy === 'tell' || remedy === 'renew') return null
  return Math.max((retryAfter ?? 0) * 1000, backoffMs(attempt, random))
}

const withWait = (failure: Failure, pause: number | null): Failure =>
  pause === null || failure.retryAfter !== null
    ? failure
    : { ...failure, retryAfter: Math.ceil(pause / 1000) }

function problemOf({ issues }: z.ZodError): Record<string, unknown> {
  const [issue] = issues
  return { field: issue?.path.join('.').replace(/^p_/, ''), problem: issue?.message ?? 'not valid' }
}

export function badAnswer(name: string, error: z.ZodError): BackendError {
  const [issue] = error.issues
  return new BackendError(
    'bad_answer',
    `The backend answered ${name} in a shape this console does not know. Update the console, or test the connection.`,
    { status: 200, detail: { rpc: name, at: issue?.path.join('.') ?? '' } },
  )
}
