/** Ten looks a second are more than a person can follow. */
const EVERY_MS = 100

export interface Bell {
  ring(): void
  /** Yields once at the start and after every ring; ends with the signal or when it is closed. */
  follow(signal?: AbortSignal): AsyncGenerator<void>
  close(): void
}

/** Tells many that something changed, without saying what. */
export function createBell(): Bell {
  const target = new EventTarget()
  let closed = false
  const ring = () => void target.dispatchEvent(new Event('ring'))
  return {
    ring,
    async *follow(signal) {
      while (signal?.aborted !== true && !closed) {
        const next = Promise.withResolvers<void>()
        const wake = () => next.resolve()
        target.addEventListener('ring', wake, { once: true })
        signal?.addEventListener('abort', wake, { once: true })
        try {
          yield
          await next.promise
          if (!closed) await new Promise((resolve) => setTimeout(resolve, EVERY_MS))
        } finally {
          target.removeEventListener('ring', wake)
          signal?.removeEventListener('abort', wake)
        }
      }
    },
    close() {
      closed = true
      ring()
    },
  }
}
