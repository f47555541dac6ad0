import type { Platform } from '../../platform'
import type { Call, CallEnd, Question } from './calls'
import { twinFolder } from './folder'
import { MESSAGES } from './messages'
import { openTwin, type StartFailure, TwinStartError } from './open'
import { PUBLISHABLE_KEY } from './publishable-key'
import { createFetch } from './transport'
import { createWorker, type Worker } from './worker'

export type TwinState =
  | { phase: 'stopped' }
  | { phase: 'starting'; step: 'template' | 'open' }
  | {
      phase: 'ready'
      pid: number
      schemaVersion: string
      /** Migrations that this start applied. */
      migrated: string[]
      /** Where a database went that could not be opened. */
      setAside: string | null
    }
  | { phase: 'failed'; code: StartFailure; message: string }

export interface Twin {
  /** For supabase-js, with `url` and `publishableKey`. Starts the twin where it does not run. */
  readonly fetch: typeof globalThis.fetch
  /** Names nothing: the transport brings every address to the child. */
  readonly url: string
  readonly publishableKey: string
  /** Rejects with TwinStartError. */
  start(): Promise<void>
  stop(): Promise<void>
  state(): TwinState
  onState(listener: (state: TwinState) => void): () => void
  /** A table changed; the data comes by asking. */
  onNudge(listener: (table: string) => void): () => void
  /** The key of the role service_role; only while it is ready. */
  serviceKey(): string | undefined
}

/** Processes that one call may end before its caller is told. */
const MOST_TRIES = 3

/** The backend in a child process of this machine. */
export function createTwin(platform: Platform): Twin {
  const folder = twinFolder(platform.paths.data)
  const states = listeners<TwinState>()
  const nudges = listeners<string>()
  let state: TwinState = { phase: 'stopped' }
  let worker: Promise<Worker> | undefined
  let serviceKey: string | undefined
  /** Stopped on purpose: calls do not start it again. */
  let stopped = false

  const become = (next: TwinState) => {
    state = next
    states.tell(next)
  }

  function ensure(): Promise<Worker> {
    worker ??= open().catch((error: unknown) => {
      worker = undefined
      const code = error instanceof TwinStartError ? error.code : 'broken'
      const message = error instanceof Error ? error.message : String(error)
      become({ phase: 'failed', code, message })
      throw error
    })
    return worker
  }

  async function open(): Promise<Worker> {
    const opened = await openTwin(platform, folder, (step) => become({ phase: 'starting', step }))
    const { ready, setAside, child } = opened
    const started = createWorker(child, {
      message(message) {
        if (message.type === 'nudge') nudges.tell(message.table)
      },
      ended(sentence, left) {
        worker = undefined
        if (!stopped) platform.log('info', `The local twin ended: ${sentence}`)
        if (state.phase === 'ready') become({ phase: 'stopped' })
        for (const call of left) dispatch(call)
      },
    })
    serviceKey = ready.serviceKey
    become({
      phase: 'ready',
      pid: started.pid ?? 0,
      schemaVersion: ready.schemaVersion,
      migrated: ready.migrated,
      setAside,
    })
    return started
  }

  function dispatch(call: Call): void {
    if (stopped) call.end({ kind: 'unreachable', error: new Error(MESSAGES.stopped) })
    else if (call.tries >= MOST_TRIES) call.end({ kind: 'crash', sentence: MESSAGES.ended })
    else
      ensure().then(
        (ready) => ready.ask(call),
        (error: Error) => call.end({ kind: 'unreachable', error }),
      )
  }

  const ask = (question: Question): Promise<CallEnd> =>
    new Promise((resolve) => dispatch({ question, end: resolve, tries: 0 }))

  return {
    fetch: createFetch(ask),
    url: 'http://twin.local',
    publishableKey: PUBLISHABLE_KEY,
    async start() {
      stopped = false
      await ensure()
    },
    async stop() {
      stopped = true
      const open = worker
      worker = undefined
      await (await open?.catch(() => undefined))?.close()
      become({ phase: 'stopped' })
    },
    state: () => state,
    onState: states.add,
    onNudge: nudges.add,
    serviceKey: () => serviceKey,
  }
}

function listeners<Value>() {
  const all = new Set<(value: Value) => void>()
  return {
    add(listener: (value: Value) => void) {
      all.add(listener)
      return () => void all.delete(listener)
    },
    tell(value: Value) {
      for (const listener of all) listener(value)
    },
  }
}
