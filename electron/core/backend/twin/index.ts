import { copyFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Platform } from '../../platform'
import type { Call, CallEnd, Question } from './calls'
import { twinFolder } from './folder'
import { MESSAGES } from './messages'
import { openTwin, type StartFailure, TwinStartError } from './open'
import { type FromTwin, type LocalAccount, type LocalSession, LocalSessions } from './protocol'
import { PUBLISHABLE_KEY } from './publishable-key'
import { createFetch } from './transport'
import { createWorker, type Worker } from './worker'

export { packWorkspace, type StartFailure } from './open'
export type { LocalAccount, LocalSession } from './protocol'
export { shippedContents } from './schema-files'

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
  /** Makes the accounts where they are missing, with exactly these roles, and signs each in. */
  accounts(accounts: readonly LocalAccount[]): Promise<LocalSession[]>
  /** Calls `private.<name>()` as the owner of the schema: sample data in and out. */
  maintain(name: string): Promise<unknown>
  /** Writes the whole database into a file (tar, gzip). */
  backup(file: string): Promise<void>
  /** Everything of the workspace is gone afterwards; the next start makes a new one. */
  reset(): Promise<void>
  /** Links and codes that a hosted project would have sent, newest last. */
  mails(): readonly TwinMail[]
  /** Databases that could not be opened, as folders. */
  setAside(): string[]
}

export type TwinMail = Omit<Extract<FromTwin, { type: 'mail' }>, 'type'> & { at: Date }

/** Mails that are kept, in memory only: each link opens a session. */
const MOST_MAILS = 20

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
  let mails: TwinMail[] = []
  /** Stopped on purpose: calls do not start it again. */
  let stopped = false
  /** Of the process before: its folder is free afterwards. */
  let closing: Promise<void> = Promise.resolve()

  const become = (next: TwinState) => {
    state = next
    states.tell(next)
  }

  function ensure(): Promise<Worker> {
    if (worker !== undefined) return worker
    const opening: Promise<Worker> = closing.then(open).catch((error: unknown) => {
      if (worker !== opening) throw error
      worker = undefined
      const code = error instanceof TwinStartError ? error.code : 'broken'
      const message = error instanceof Error ? error.message : String(error)
      become({ phase: 'failed', code, message })
      throw error
    })
    worker = opening
    return opening
  }

  async function open(): Promise<Worker> {
    const mine = worker
    const opened = await openTwin(platform, folder, (step) => become({ phase: 'starting', step }))
    const { ready, setAside, child } = opened
    const started = createWorker(child, {
      message(message) {
        if (message.type === 'nudge') nudges.tell(message.table)
        if (message.type === 'mail') {
          const { type: _, ...mail } = message
          mails = [...mails, { ...mail, at: platform.now() }].slice(-MOST_MAILS)
        }
      },
      ended(sentence, left) {
        if (!stopped) platform.log('info', `The local twin ended: ${sentence}`)
        if (worker === mine) {
          worker = undefined
          if (state.phase === 'ready') become({ phase: 'stopped' })
        }
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

  /** What a question of the host came to; throws a sentence where it came to nothing. */
  async function value(question: Question): Promise<unknown> {
    const end = await ask(question)
    switch (end.kind) {
      case 'done':
        return end.value
      case 'unreachable':
        throw end.error
      case 'failed':
        throw new Error(end.message)
      case 'crash':
        throw new Error(MESSAGES.ended)
      case 'timeout':
        throw new Error(MESSAGES.tookTooLong(end.limitMs))
      case 'answer':
        throw new Error('The twin answered a question that was not asked')
    }
  }

  async function stop(): Promise<void> {
    stopped = true
    const open = worker
    worker = undefined
    closing = Promise.resolve(open).then(
      (running) => running?.close(),
      () => undefined,
    )
    await closing
    if (worker === undefined && state.phase !== 'stopped') become({ phase: 'stopped' })
  }

  return {
    fetch: createFetch(ask),
    url: 'http://twin.local',
    publishableKey: PUBLISHABLE_KEY,
    async start() {
      stopped = false
      await ensure()
    },
    stop,
    state: () => state,
    onState: states.add,
    onNudge: nudges.add,
    serviceKey: () => serviceKey,
    accounts: async (accounts) =>
      LocalSessions.parse(await value({ type: 'accounts', accounts: [...accounts] })),
    maintain: (name) => value({ type: 'maintain', name }),
    async backup(file) {
      const draft = join(folder.root, `backup-${platform.randomId()}.tar.gz`)
      try {
        await value({ type: 'backup', file: draft })
        await copyFile(draft, file)
      } finally {
        await rm(draft, { force: true })
      }
    },
    async reset() {
      await stop()
      await rm(folder.data, { recursive: true, force: true })
      mails = []
      stopped = false
    },
    mails: () => mails,
    setAside: folder.setAside,
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
