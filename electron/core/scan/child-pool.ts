import { constants, setPriority } from 'node:os'
import type { Child, Platform } from '../platform'
import { type ChildWatch, watchChild } from './child-watch'
import { CancelledError, endedEarly, lostFile } from './endings'
import {
  type FileResult,
  type FileTask,
  FromChild,
  type HashedMessage,
  type ScanLimits,
} from './protocol'
import type { WorkerBudget } from './worker-budget'

/** Tasks sent ahead to a child, so that it never waits for the host between small files. */
const IN_FLIGHT = 16

export interface PoolOptions {
  platform: Platform
  limits: ScanLimits
  hash: boolean
  readable: readonly string[]
  budget: WorkerBudget
  signal: AbortSignal
}

/** A task of the host; `bytes` as listed. */
export interface PoolTask extends FileTask {
  bytes: number
  /** When it was handed to a child, ms of the wall clock: whatever was read was read later. */
  sentAt?: number
}

export interface PoolEvents {
  started(task: PoolTask): void
  /** Bytes of the file that are behind us. */
  progress(task: PoolTask, bytes: number): void
  scanned(task: PoolTask, result: FileResult): void
  /** Asked when the task is handed to a child: whether it should only hash it. */
  hashFirst(task: PoolTask): boolean
  /** True when that was enough; false to have it read. */
  hashed(task: PoolTask, found: HashedMessage): boolean
  /** The child that gave these results broke the protocol. */
  distrusted(tasks: readonly PoolTask[]): void
}

export type Walked = {
  entries: Extract<FromChild, { type: 'entries' }>['entries']
  notes: string[]
  unreadable: Extract<FromChild, { type: 'walked' }>['unreadable']
}

/**
 * Children that scan files. A child that dies or falls silent is replaced; the file it was reading
 * is inconclusive, the files behind it go to the next child. Nothing is lost, nothing is retried.
 */
export function createChildPool(options: PoolOptions) {
  const { limits, hash, signal } = options
  const children = new Set<Child>()
  let closed = false
  let grow = () => {}
  const share = options.budget.join(() => {
    if (share.size() === 0) for (const child of children) yieldProcessor(child)
    grow()
  })
  const ended = () => closed || signal.aborted
  // The first child starts now: it loads while the host reads its rules.
  let spare: Promise<Child> | undefined = launch()

  async function launch(): Promise<Child> {
    const child = await options.platform.launch('scan', {
      heapMegabytes: limits.heapMegabytes,
      readable: options.readable,
    })
    children.add(child)
    child.onExit(() => children.delete(child))
    if (ended()) await child.kill()
    return child
  }

  function take(): Promise<Child> {
    const child = spare ?? launch()
    spare = undefined
    return child
  }

  async function close(): Promise<void> {
    closed = true
    share.leave()
    // A child that is still starting counts as well: no worker is left behind.
    await spare?.catch(() => undefined)
    await Promise.all([...children].map((child) => child.kill()))
  }
  signal.addEventListener('abort', () => void close(), { once: true })

  /** Lists the files below the roots. Rejects when the child dies: a list that is cut is no list. */
  async function walk(roots: { index: number; path: string }[]): Promise<Walked> {
    const child = await take()
    const entries: Walked['entries'] = []
    return new Promise((resolve, reject) => {
      child.onMessage((raw) => {
        const message = FromChild.safeParse(raw).data
        if (message?.type === 'entries' && entries.length < limits.files)
          for (const entry of message.entries) entries.push(entry)
        else if (message?.type === 'walked') {
          spare = Promise.resolve(child)
          resolve({ entries, notes: message.notes, unreadable: message.unreadable })
        } else void child.kill()
      })
      child.onExit((ending) => reject(endedEarly(signal, ending, 'while it listed the files')))
      child.send({ type: 'walk', roots, maxFiles: limits.files })
    })
  }

  /** Resolves when every task has its result. As many children as the budget has at each moment. */
  async function scan(tasks: readonly PoolTask[], events: PoolEvents): Promise<void> {
    const queue = [...tasks].reverse()
    const lanes = new Set<Promise<void>>()
    const wanted = () => Math.min(share.size(), lanes.size + queue.length)
    const { promise: failed, reject: fail } = Promise.withResolvers<never>()
    failed.catch(() => undefined)
    let woken = Promise.withResolvers<void>()
    grow = () => {
      while (!ended() && queue.length > 0 && lanes.size < share.size()) {
        const lane = runLane().finally(() => lanes.delete(lane))
        lane.catch(fail)
        lanes.add(lane)
      }
      woken.resolve()
    }
    signal.addEventListener('abort', () => woken.resolve(), { once: true })
    // Ahead, but never so far that one child holds what others could read.
    const ahead = () => {
      if (lanes.size > share.size()) return 0
      const most = wanted()
      if (most <= 1) return IN_FLIGHT
      return Math.max(1, Math.min(IN_FLIGHT, Math.ceil(queue.length / (2 * most))))
    }
    /** One child until it is gone or has no more to do. */
    async function runLane(): Promise<void> {
      const child = await take()
      if (!ended()) await feed(child, queue, ahead, events)
    }
    for (grow(); (lanes.size > 0 || queue.length > 0) && !ended(); grow()) {
      // Held back, or all lanes busy: a lane that ends, or a larger share, is what to wait for.
      woken = Promise.withResolvers()
      await Promise.race([...lanes, failed, woken.promise])
    }
    await Promise.race([Promise.all(lanes), failed])
    if (signal.aborted) throw new CancelledError('The scan was cancelled.')
  }

  /** Uses one child until the queue is empty, the budget is smaller or the child is gone. */
  function feed(
    child: Child,
    queue: PoolTask[],
    ahead: () => number,
    events: PoolEvents,
  ): Promise<void> {
    const sent: PoolTask[] = []
    const done: PoolTask[] = []
    const facts: FileResult['facts'] = []
    const watch: ChildWatch = watchChild({ limits, hash, stop: () => void child.kill() })

    const refill = () => {
      const more: PoolTask[] = []
      for (let room = ahead() - sent.length; room > 0; room--) {
        const task = queue.pop()
        if (task === undefined) break
        task.sentAt = options.platform.now().getTime()
        if (task.hashed === undefined && hash && events.hashFirst(task)) task.hashOnly = true
        sent.push(task)
        more.push(task)
      }
      if (more.length > 0) child.send({ type: 'scan', tasks: more.map(toTask), limits, hash })
      if (sent.length === 0) void child.kill()
      else watch.expect(sent[0])
    }

    /** False when the child said something it never says. */
    const heed = (message: FromChild | undefined): boolean => {
      const task = sent[0]
      if (message === undefined || !('id' in message) || message.id !== task?.id) return false
      if (!watch.heard(message)) return false
      switch (message.type) {
        case 'started':
          events.started(task)
          return true
        case 'progress':
          events.progress(task, message.bytes)
          return true
        case 'facts':
          for (const fact of message.facts) facts.push(fact)
          return true
        case 'hashed':
          if (task.hashOnly === undefined) return false
          sent.shift()
          delete task.hashOnly
          if (!events.hashed(task, message)) {
            const { sha256, stat } = message
            // Nothing known: asking again would go on for ever.
            task.hashed = sha256 !== null && stat !== null ? { sha256, stat } : NO_HASH
            queue.push(task)
          } else done.push(task)
          break
        default:
          if (task.hashOnly !== undefined) return false
          sent.shift()
          done.push(task)
          events.scanned(task, { ...message, facts: [...facts.splice(0), ...message.facts] })
      }
      watch.expect(sent[0])
      if (sent.length <= IN_FLIGHT / 2) refill()
      return true
    }

    return new Promise((resolve) => {
      child.onMessage((raw) => {
        if (ended() || heed(FromChild.safeParse(raw).data)) return
        // A child that talks nonsense is treated like one that crashed, and believed no more.
        void child.kill()
        child.onMessage(() => {})
        events.distrusted(done.splice(0))
      })
      child.onExit((ending) => {
        watch.end()
        // When one lane cannot go on, the scan is over: the others blame no file and start nothing.
        if (!ended() && sent.length > 0) {
          const [blamed, ...rest] = sent.splice(0)
          queue.push(...rest.reverse())
          if (blamed !== undefined) {
            delete blamed.hashOnly
            events.scanned(blamed, lostFile(ending, watch.tooLong(), limits))
          }
        }
        resolve()
      })
      refill()
    })
  }

  return { walk, scan, close }
}

/** It ends with the files it was given; a lower priority could not be taken back without rights. */
function yieldProcessor({ process }: Child): void {
  try {
    if (process.pid !== undefined) setPriority(process.pid, constants.priority.PRIORITY_LOW)
  } catch {
    // It has just ended, or the system does not let us: then it disturbs, and the quiet gate says so.
  }
}

/** Equal to the state of no file. */
const NO_HASH = { sha256: '', stat: { dev: '', ino: '', mtimeNs: '', ctimeNs: '' } }

function toTask({ bytes: _, sentAt: __, ...task }: PoolTask): FileTask {
  return task
}
