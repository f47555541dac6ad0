import type { FromChild, ScanLimits } from './protocol'

/** How much longer than the limit of a file a silent child is waited for, milliseconds. */
const GRACE_MS = 5000
/** Slowest reading for a hash that is waited for: a network disk, bytes per millisecond. */
const LEAST_HASH_RATE = 5000
/** A child reports its progress every 50 ms; four times that is no child of ours. */
const MOST_REPORTS_A_SECOND = 80
const REPORTS_AT_ONCE = 100
/** Facts of one file beyond the limit: what the child adds about limits and frameworks. */
const MORE_FACTS = 1000
const LOOK_EVERY_MS = 250

export interface ChildWatch {
  /** The file that is read from now on; its time begins. Undefined: nothing is. */
  expect(task: { id: number; bytes: number } | undefined): void
  /** Counts what it says about that file; false when it says more than a scan ever does. */
  heard(message: FromChild): boolean
  /** Seconds after which it was stopped; null where it was not. */
  tooLong(): number | null
  end(): void
}

/**
 * Time and talk of one child. It is stopped when it is silent for longer than a file may take, and
 * when it reports on and on without ever ending: a file may take the parsers' time and, where it
 * is hashed, as long as a slow disk needs for its bytes.
 */
export function watchChild(options: {
  limits: ScanLimits
  hash: boolean
  stop(): void
}): ChildWatch {
  const { limits, hash, stop } = options
  const parsingMs = limits.fileSeconds * 1000 + GRACE_MS
  let current: number | undefined
  let since = performance.now()
  let heardAt = since
  let allowed = parsingMs
  let started = false
  let reports = 0
  let facts = 0
  let stopped: number | null = null

  const timer = setInterval(() => {
    const now = performance.now()
    if (current === undefined || stopped !== null) return
    if (now - heardAt <= parsingMs && now - since <= allowed) return
    stopped = now - heardAt > parsingMs ? limits.fileSeconds : Math.round(allowed / 1000)
    stop()
  }, LOOK_EVERY_MS)
  timer.unref()

  return {
    expect(task) {
      if (task?.id === current) return
      current = task?.id
      since = performance.now()
      heardAt = since
      allowed = parsingMs + (hash ? (task?.bytes ?? 0) / LEAST_HASH_RATE : 0)
      started = false
      reports = 0
      facts = 0
    },
    heard(message) {
      heardAt = performance.now()
      if (message.type === 'started') {
        const again = started
        started = true
        return !again
      }
      if (message.type === 'progress')
        return ++reports <= REPORTS_AT_ONCE + ((heardAt - since) / 1000) * MOST_REPORTS_A_SECOND
      if (message.type === 'facts' || message.type === 'scanned') {
        facts += message.facts.length
        return facts <= limits.facts + MORE_FACTS
      }
      return true
    },
    tooLong: () => stopped,
    end: () => clearInterval(timer),
  }
}
