/** Ten updates a second are more than a person can read. */
const EVERY_MS = 100

/**
 * What watchers of one job see: how it stands now, everything that was added so far, and its last
 * event. Whoever comes late gets all of it.
 */
export interface EventStream<E> {
  /** How it stands is another than before. */
  changed(): void
  /** Kept for late watchers. */
  add(event: E): void
  end(event: E): void
  /** `current` says how it stands. Ends after the last event. */
  follow(current: () => E, signal?: AbortSignal): AsyncGenerator<E>
}

export function createEventStream<E>(): EventStream<E> {
  const kept: E[] = []
  let ended: E | undefined
  const bell = new EventTarget()
  const ring = () => void bell.dispatchEvent(new Event('change'))
  return {
    changed: ring,
    add(event) {
      kept.push(event)
      ring()
    },
    end(event) {
      ended = event
      ring()
    },
    async *follow(current, signal) {
      let seen = 0
      while (signal?.aborted !== true) {
        const next = Promise.withResolvers<void>()
        const wake = () => next.resolve()
        bell.addEventListener('change', wake, { once: true })
        signal?.addEventListener('abort', wake, { once: true })
        try {
          yield current()
          for (; seen < kept.length; seen++) yield kept[seen] as E
          if (ended !== undefined) return yield ended
          await next.promise
          if (ended === undefined) await new Promise((resolve) => setTimeout(resolve, EVERY_MS))
        } finally {
          bell.removeEventListener('change', wake)
          signal?.removeEventListener('abort', wake)
        }
      }
    },
  }
}
