import type { Child, Platform } from '../../platform'
import type { Call } from './calls'
import type { TwinFolder } from './folder'
import { FromTwin, type ToTwin } from './protocol'

/** V8 heap of the child; the database is outside of it. */
const HEAP_MEGABYTES = 256

/** The running child, and what it was asked. */
export interface Worker {
  readonly pid: number | undefined
  ask(call: Call): void
  /** Ends the database properly. */
  close(): Promise<void>
}

export interface WorkerEvents {
  message(message: Exclude<FromTwin, { type: 'running' | 'answer' | 'done' }>): void
  /** It is gone; `left` were asked and not begun. */
  ended(sentence: string, left: Call[]): void
}

export const launchTwin = (
  platform: Platform,
  { root }: TwinFolder,
  readable: readonly string[] = [],
): Promise<Child> =>
  platform.launch('twin', {
    heapMegabytes: HEAP_MEGABYTES,
    readable,
    writable: [root],
    tied: true,
  })

const CLOSE_MS = 5000

/** Numbers the calls, watches their time, and tells what became of each when the process ends. */
export function createWorker(child: Child, events: WorkerEvents): Worker {
  const calls = new Map<number, Call>()
  let last = 0
  let running: { id: number; limitMs: number; timer: NodeJS.Timeout } | undefined
  let overtime: number | undefined

  const settle = (id: number, end: Parameters<Call['end']>[0]) => {
    if (running?.id === id) {
      clearTimeout(running.timer)
      running = undefined
    }
    const call = calls.get(id)
    calls.delete(id)
    call?.end(end)
  }

  child.onMessage((raw) => {
    const parsed = FromTwin.safeParse(raw)
    // What the engine itself prints is no message.
    if (!parsed.success) return
    const message = parsed.data
    switch (message.type) {
      case 'running':
        clearTimeout(running?.timer)
        running = { ...message, timer: setTimeout(() => stop(message.id), message.limitMs) }
        return
      case 'answer':
        return settle(message.id, { kind: 'answer', answer: message })
      case 'done':
        return settle(message.id, { kind: 'done', value: message.value })
      case 'failed':
        if (message.id !== null)
          return settle(message.id, { kind: 'failed', message: message.message })
        return events.message(message)
      default:
        return events.message(message)
    }
  })

  /** The engine answers to nothing while it computes: its process is the timeout. */
  function stop(id: number): void {
    overtime = id
    void child.kill()
  }

  child.onExit(({ sentence }) => {
    const current = running
    clearTimeout(current?.timer)
    if (current !== undefined)
      settle(
        current.id,
        overtime === current.id
          ? { kind: 'timeout', limitMs: current.limitMs }
          : { kind: 'crash', sentence },
      )
    const left = [...calls.values()]
    calls.clear()
    events.ended(sentence, left)
  })

  const send = (message: ToTwin) => child.send(message)
  return {
    pid: child.process.pid,
    ask(call) {
      const id = ++last
      call.tries++
      calls.set(id, call)
      send({ ...call.question, id })
    },
    async close() {
      const gone = new Promise<void>((resolve) => child.onExit(() => resolve()))
      send({ type: 'close' })
      const impatient = setTimeout(() => void child.kill(), CLOSE_MS)
      await gone
      clearTimeout(impatient)
    },
  }
}
