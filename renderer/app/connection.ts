import type { ClientLink } from '@orpc/client'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { RPCLink as SocketLink } from '@orpc/client/websocket'
import { backoffMs } from './backoff'
import {
  askOtherTabs,
  forgetToken,
  hostFetch,
  inElectron,
  sessionToken,
  shareToken,
} from './session'
import { createStore } from './store'

/** The times are of Date.now(). `link` counts connections: a subscription is opened once for each. */
export type Connection =
  | { state: 'connecting' }
  | { state: 'online'; link: number }
  /** The host is gone or does not answer; tried again by itself at `retryAt`. */
  | { state: 'offline'; since: number; retryAt: number }
  /** Wrong token, after several others: the host asks to wait. A right one is let in at once. */
  | { state: 'slowed'; retryAt: number }
  /** This page holds no token, or one of another run. Only a new link helps. */
  | { state: 'refused'; reason: 'missing' | 'wrong' }

export const connection = createStore<Connection>({ state: 'connecting' })

export class HostUnreachable extends Error {
  override name = 'HostUnreachable'
}

type Link = ClientLink<Record<never, never>>
let link: Link | null = null
let links = 0
let attempts = 0
let offlineSince: number | null = null
let timer: ReturnType<typeof setTimeout> | undefined
let attempt: Promise<void> | null = null

const ANSWER_WITHIN_MS = 5_000

function online(next: Link): void {
  link = next
  attempts = 0
  offlineSince = null
  connection.set({ state: 'online', link: ++links })
  if (links === 1 && !inElectron) shareToken()
}

function offline(): void {
  link = null
  offlineSince ??= Date.now()
  const wait = backoffMs(attempts++, Math.random())
  connection.set({ state: 'offline', since: offlineSince, retryAt: Date.now() + wait })
  schedule(wait)
}

/** A token of another run never becomes right, so it is not tried again. */
function refused(): void {
  clearTimeout(timer)
  forgetToken()
  link = null
  connection.set({ state: 'refused', reason: 'wrong' })
}

function schedule(wait: number): void {
  clearTimeout(timer)
  timer = setTimeout(() => void connect(), wait)
}

/** Asks at once, whatever the back-off says: the user pressed Retry or came back to the tab. */
export function retryNow(): void {
  if (connection.get().state === 'offline') schedule(0)
}

/** One attempt at a time: Retry may be pressed while one is under way. */
export function connect(): Promise<void> {
  attempt ??= tryToConnect().finally(() => {
    attempt = null
  })
  return attempt
}

async function tryToConnect(): Promise<void> {
  if (inElectron) return connectPort()
  if (!sessionToken()) await askOtherTabs()
  if (!sessionToken()) return connection.set({ state: 'refused', reason: 'missing' })
  let answer: Response
  try {
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS)
    answer = await hostFetch('/session', { method: 'POST', signal })
  } catch {
    return offline()
  }
  if (answer.status === 204) return connectSocket()
  if (answer.status === 401) return refused()
  if (answer.status === 429) {
    const wait = Math.max(1, Number(answer.headers.get('retry-after')) || 1) * 1000
    connection.set({ state: 'slowed', retryAt: Date.now() + wait })
    timer = setTimeout(refused, wait)
    return
  }
  offline()
}

function connectSocket(): void {
  const address = `${location.origin.replace(/^http/, 'ws')}/rpc`
  const socket = new WebSocket(address, ['orpc', `token.${sessionToken() ?? ''}`])
  const next = new SocketLink({ websocket: socket })
  socket.addEventListener('open', () => online(next))
  // Fires after a failed opening too, so this is the only way down.
  socket.addEventListener('close', offline)
}

function connectPort(): void {
  const { port1, port2 } = new MessageChannel()
  const next = new PortLink({ port: port1 })
  port1.addEventListener('close', offline)
  port1.start()
  window.postMessage('rpc:connect', location.origin, [port2])
  online(next)
}

/** The live link. While the first answer is awaited, callers wait too; later they are told. */
async function liveLink(signal: AbortSignal | undefined): Promise<Link> {
  while (connection.get().state === 'connecting') {
    await new Promise<void>((resolve, reject) => {
      const stop = connection.subscribe(() => {
        stop()
        resolve()
      })
      signal?.addEventListener('abort', () => {
        stop()
        reject(signal.reason)
      })
    })
  }
  if (link === null) throw new HostUnreachable('The console does not answer.')
  return link
}

/** One link for the life of the page; each call goes over whatever connection is up. */
export const hostLink: Link = {
  async call(path, input, options) {
    const live = await liveLink(options.signal)
    return live.call(path, input, options)
  },
}

export function followVisibility(): void {
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') retryNow()
  })
}
