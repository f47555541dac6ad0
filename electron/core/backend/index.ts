import type { Me } from '@shared/backend/identity'
import type { AccountState } from '@shared/contract/account'
import type { ActivityLog } from '../activity'
import type { Db } from '../database/open'
import type { Platform } from '../platform'
import type { SettingsService } from '../settings'
import { type Backend, BackendError } from './backend'
import { createBell } from './bell'
import { type BrowserSignIn, createBrowserSignIn } from './browser-sign-in'
import { type Connection, isFixed, readConnection } from './connection'
import { createKeptMe } from './kept-me'
import { keepSession } from './kept-session'
import type { Live } from './live'
import { networkFetch } from './network'
import type { TwinPort } from './twin-port'
import type { Fetch } from './wire'

export { type Backend, BackendError } from './backend'
export { throwRefusal } from './throw-refusal'

export interface BackendParts {
  platform: Platform
  db: Db
  settings: SettingsService
  activity: ActivityLog
  twin: TwinPort
  /** In the place of the network, for tests. */
  fetch?: Fetch
}

/** The backend of this console: whichever is connected, and who is signed in to it. */
export interface BackendService extends Backend {
  state(): AccountState
  /** Yields the state at once and after every change, at most ten times a second. */
  watch(signal?: AbortSignal): AsyncGenerator<AccountState>
  /** Reaches the backend and asks who is signed in. */
  open(): Promise<AccountState>
  /** supabase-js on the connection of now; starts the local workspace. */
  attach(): Promise<Live>
  /** Asks anew who is signed in: after whatever may have changed it. */
  refresh(): Promise<AccountState>
  /** The settings name another connection: lets go of what was. */
  detach(): Promise<void>
  readonly browser: BrowserSignIn
  readonly twin: TwinPort
  /** Wipes the session of this computer and what is kept of its holder. */
  forgetSession(live: Live | undefined): void
  /** Called when the local workspace or the server says that something changed. */
  onNudge(listener: () => void): () => void
  /** What is done when a local workspace answers and nobody is signed in. */
  onVacant(signIn: (live: Live) => Promise<void>): void
  close(): Promise<void>
}

/** How often it is asked who one is, while somebody looks. */
const REFRESH_MS = 60_000

export function createBackendService(parts: BackendParts): BackendService {
  const { platform, settings, twin } = parts
  const keptMe = createKeptMe(parts.db)
  const bell = createBell()
  const browser = createBrowserSignIn(platform, () => bell.ring())
  let attached: { id: string; live: Promise<Live>; now: Live | undefined } | null = null
  let link: AccountState['link'] = 'idle'
  let problem: string | null = null
  let ended: string | null = null
  let answeredAt: Date | null = null
  let sample: boolean | null = null
  let vacant: ((live: Live) => Promise<void>) | null = null
  let watchers = 0

  function answered(): void {
    answeredAt = platform.now()
    link = 'connected'
    problem = null
    bell.ring()
  }

  /** Remembers why nothing works, for whoever looks at the state. */
  function failed(error: unknown): void {
    if (!(error instanceof BackendError)) return
    if (error.code !== 'unreachable' && error.code !== 'schema_mismatch') return
    link = 'failed'
    problem = error.message
    bell.ring()
  }

  async function connectTo(target: Connection): Promise<Live> {
    const local = target.kind === 'local'
    if (local) await startTwin(twin)
    const { createLive } = await import('./live')
    const live = createLive({
      url: local ? twin.url : target.url,
      key: local ? twin.publishableKey : target.key,
      carrier: local ? twin.fetch : networkFetch(target.url, parts.fetch),
      kept: keepSession(platform, target.id),
      platform,
      onSession: () => bell.ring(),
      onEnded(sentence) {
        ended = sentence
        keptMe.wipe(target.id)
        bell.ring()
      },
      onAnswer: answered,
    })
    // Without the server the session of before stays, and is used when it answers again.
    await live.session.restore().catch(failed)
    if (local && live.session.claims() === undefined)
      // Nobody is signed in then, which the page shows; the workspace is there all the same.
      await vacant?.(live).catch((error: unknown) =>
        platform.log('error', `Nobody was signed in to the workspace: ${String(error)}`),
      )
    return live
  }

  function attach(): Promise<Live> {
    const target = readConnection(settings)
    if (attached?.id === target.id) return attached.live
    const before = attached
    link = 'connecting'
    problem = null
    bell.ring()
    const mine: NonNullable<typeof attached> = {
      id: target.id,
      now: undefined,
      live: (before === null ? Promise.resolve() : release(before))
        .then(() => connectTo(target))
        .then(
          (live) => {
            mine.now = live
            if (keptMe.read(target.id) === null) void askWho(mine, live)
            return live
          },
          (error: unknown) => {
            if (attached === mine) attached = null
            failed(error)
            throw error
          },
        ),
    }
    attached = mine
    return mine.live
  }

  /** Somebody is signed in of whom nothing is known yet: no page may ever ask for the account. */
  async function askWho(mine: typeof attached, live: Live): Promise<void> {
    if (live.session.claims() === undefined) return
    // Whoever asks for something says why there is no answer.
    const me = await live.read('get_me', {}).catch(() => null)
    if (me === null || mine === null || attached !== mine) return
    keptMe.write(mine.id, me, platform.now())
    bell.ring()
  }

  async function release(old: NonNullable<typeof attached>): Promise<void> {
    await old.live.catch(() => undefined)
    if (old.id === 'local') await twin.stop()
  }

  async function detach(): Promise<void> {
    const old = attached
    attached = null
    link = 'idle'
    problem = ended = answeredAt = sample = null
    browser.cancel()
    if (old !== null) await release(old)
    bell.ring()
  }

  async function withLive<T>(run: (live: Live) => Promise<T>): Promise<T> {
    const live = await attach()
    // The workspace may have been killed since; starting one that runs costs nothing.
    if (attached?.id === 'local') await startTwin(twin)
    try {
      return await run(live)
    } catch (error) {
      failed(error)
      throw error
    }
  }

  async function refresh(): Promise<AccountState> {
    await withLive(async (live) => {
      live.forgetInfo()
      ;({ sample } = await live.info())
      const { id } = readConnection(settings)
      if (live.session.claims() === undefined) return
      const me: Me = await live.read('get_me', {})
      ended = null
      keptMe.write(id, me, platform.now())
    })
    bell.ring()
    return state()
  }

  function state(): AccountState {
    const connection = currentConnection()
    const live = attached?.now
    const claims = live?.session.claims()
    // Before anything was asked, what an earlier run knew is shown, with its age.
    const known = connection === null ? null : keptMe.read(connection.id)
    const show = claims !== undefined || link !== 'connected' ? known : null
    const offset = live?.wire.clockOffset() ?? null
    return {
      kind: settings.values()['backend.connection'],
      url: connection?.kind === 'hosted' ? connection.url : null,
      fixed: isFixed(settings),
      link,
      problem,
      signedIn: claims !== undefined,
      me: show?.me ?? null,
      meSeenAt: show?.seenAt ?? null,
      aal: claims?.aal ?? null,
      kept: platform.secrets.protection === 'system' ? 'system' : 'memory',
      ended,
      clockOffsetSeconds: offset === null ? null : Math.round(offset / 1000),
      answeredAt,
      sample,
      browser: browser.waiting(),
    }
  }

  function currentConnection(): Connection | null {
    try {
      return readConnection(settings)
    } catch {
      return null
    }
  }

  const look = () => {
    if (watchers > 0 && link === 'connected') void refresh().catch(() => {})
  }
  const timer = setInterval(look, REFRESH_MS)
  timer.unref()

  return {
    read: (name, args, signal) => withLive((live) => live.read(name, args, signal)),
    write: (name, operationId, args, signal) =>
      withLive((live) => live.write(name, operationId, args, signal)),
    verify: (subject, id, signal) => withLive((live) => live.verify(subject, id, signal)),
    state,
    async *watch(signal) {
      watchers++
      try {
        for await (const _ of bell.follow(signal)) yield state()
      } finally {
        watchers--
      }
    },
    open: refresh,
    attach: () => withLive(async (live) => live),
    refresh,
    detach,
    browser,
    twin,
    forgetSession(live) {
      live?.session.wipe()
      const connection = currentConnection()
      if (connection !== null) {
        keptMe.wipe(connection.id)
        if (live === undefined) keepSession(platform, connection.id).wipe()
      }
      ended = null
      bell.ring()
    },
    onNudge: (listener) => twin.onNudge(listener),
    onVacant(signIn) {
      vacant = signIn
    },
    async close() {
      clearInterval(timer)
      bell.close()
      browser.cancel()
      const old = attached
      attached = null
      if (old !== null) await release(old)
    },
  }
}

/** A workspace that does not start is a backend that does not answer; its sentence says why. */
async function startTwin(twin: TwinPort): Promise<void> {
  try {
    await twin.start()
  } catch (error) {
    throw new BackendError('unreachable', error instanceof Error ? error.message : String(error))
  }
}
