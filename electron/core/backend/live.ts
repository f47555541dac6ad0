import type { RpcName } from '@shared/backend'
import type { ServerInfo } from '@shared/backend/operations'
import { createClient } from '@supabase/supabase-js'
import { version } from '../../../package.json'
import type { Platform } from '../platform'
import type { Backend } from './backend'
import { wait } from './backoff'
import { type CallParts, callRpc, type Send } from './calls'
import { createCircuit } from './circuit'
import type { KeptSession } from './kept-session'
import { schemaMismatch, schemaProblem, schemaSentence, shippedSchema } from './schema-check'
import { createSession, createSessionStorage, type Session, STORAGE_KEY } from './session'
import { callVerify, type Invoke, sentOf, VERIFY_FUNCTION } from './verify'
import { createWire, type Fetch, type Wire } from './wire'

/** supabase-js on one connection. This file is the lazy chunk: nothing else imports supabase-js. */
export interface Live extends Backend {
  readonly auth: ReturnType<typeof createClient>['auth']
  readonly session: Session
  readonly wire: Wire
  /** Facts of the server, asked once for each connection. Throws schema_mismatch where it does not fit. */
  info(signal?: AbortSignal): Promise<ServerInfo>
  /** The same backend as somebody else, by their access token. */
  as(accessToken: string): Backend
  /** Asks for the facts anew: somebody became admin, sample data went. */
  forgetInfo(): void
}

export interface LiveParts {
  url: string
  key: string
  carrier: Fetch
  kept: KeptSession
  platform: Pick<Platform, 'now' | 'monotonic' | 'paths'>
  random?(): number
  wait?: typeof wait
  onSession(): void
  onEnded(sentence: string): void
  onAnswer(): void
}

export function createLive(parts: LiveParts): Live {
  const { url, key, kept, platform } = parts
  const wire = createWire(parts.carrier, platform)
  const storage = createSessionStorage(kept)
  storage.onChange(parts.onSession)
  const { auth } = createClient(url, key, {
    global: { fetch: wire.fetch },
    auth: {
      storage,
      storageKey: STORAGE_KEY,
      flowType: 'pkce',
      // Renewing is ours: one at a time, with the clock corrected.
      autoRefreshToken: false,
      detectSessionInUrl: false,
    },
  })
  const session = createSession(auth, storage, kept, wire, platform, parts.onEnded)
  // A client for the data, because one with a session would renew it behind our back at every call.
  const data = createClient(url, key, {
    global: { fetch: wire.fetch },
    accessToken: async () => storage.tokens()?.access_token ?? null,
  })

  const send: Send = async (name, body, token, signal) => {
    const { value, answered } = await wire.listening(() => {
      const call = data.rpc(name as never, body as never).abortSignal(signal)
      return token === null ? call : call.setHeader('Authorization', `Bearer ${token}`)
    })
    const { data: answer, error, status } = value
    if (error === null) return { data: answer, failure: null }
    const { code = '', message = '', details = null } = error
    return {
      data: null,
      failure: { status, code: code ?? '', message, details, retryAfter: answered.retryAfter },
    }
  }
  const invoke: Invoke = async (body, token, signal) => {
    const headers = token === null ? {} : { Authorization: `Bearer ${token}` }
    const { value, answered } = await wire.listening(() =>
      data.functions.invoke(VERIFY_FUNCTION, { body, headers, signal }),
    )
    return sentOf(value, answered.retryAfter)
  }
  const calls: CallParts = {
    send,
    session,
    circuit: createCircuit(() => platform.monotonic()),
    platform,
    random: parts.random ?? Math.random,
    wait: parts.wait ?? wait,
    onAnswer: parts.onAnswer,
  }

  let info: Promise<ServerInfo> | null = null
  async function checkServer(signal?: AbortSignal): Promise<ServerInfo> {
    const found = (await callRpc(calls, 'server_info', null, {}, signal)) as ServerInfo
    const shipped = shippedSchema(platform.paths.resources)
    const problem = schemaProblem(found, shipped, version)
    if (problem !== null) throw schemaMismatch(schemaSentence(problem, found, shipped))
    return found
  }
  function serverInfo(): Promise<ServerInfo> {
    info ??= checkServer().catch((error: unknown) => {
      info = null
      throw error
    })
    return info
  }

  async function call(
    parts: CallParts,
    name: RpcName,
    operationId: string | null,
    args: unknown,
    signal?: AbortSignal,
  ): Promise<never> {
    await serverInfo()
    return (await callRpc(parts, name, operationId, args, signal)) as never
  }

  const backendOver = (parts: CallParts): Backend => ({
    read: (name, args, signal) => call(parts, name, null, args, signal),
    write: (name, operationId, args, signal) => call(parts, name, operationId, args, signal),
    async verify(subject, id, signal) {
      await serverInfo()
      return callVerify(parts, invoke, subject, id, signal)
    },
  })

  return {
    auth,
    session,
    wire,
    info: serverInfo,
    forgetInfo() {
      info = null
    },
    ...backendOver(calls),
    as: (accessToken) => backendOver({ ...calls, session: fixedSession(accessToken) }),
  }
}

/** Of a token that is used while it is good, and then no more. */
const fixedSession = (accessToken: string): CallParts['session'] => ({
  token: async () => accessToken,
  refused: async () => null,
})
