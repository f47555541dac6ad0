import type { ScanEvent } from '@shared/contract/scan'
import type { Finding } from '@shared/scan-report/report'

const MOST_STREAMED = 500
/** Ten updates a second are more than a person can read. */
const EVERY_MS = 100

/** What a watcher of a scan sees: the latest progress, the findings so far, and the end. */
export interface EventStream {
  changed(): void
  findings(path: string, findings: Finding[]): void
  end(event: ScanEvent): void
  follow(progress: () => ScanEvent, signal?: AbortSignal): AsyncGenerator<ScanEvent>
}

export function createEventStream(): EventStream {
  const kept: ScanEvent[] = []
  let streamed = 0
  let ended: ScanEvent | undefined
  const bell = new EventTarget()
  const ring = () => void bell.dispatchEvent(new Event('change'))
  return {
    changed: ring,
    findings(path, findings) {
      const some = findings.slice(0, Math.max(0, MOST_STREAMED - streamed))
      streamed += some.length
      if (some.length > 0) kept.push({ type: 'findings', path, findings: some })
      ring()
    },
    end(event) {
      ended = event
      ring()
    },
    async *follow(progress, signal) {
      let seen = 0
      while (signal?.aborted !== true) {
        const next = Promise.withResolvers<void>()
        const wake = () => next.resolve()
        bell.addEventListener('change', wake, { once: true })
        signal?.addEventListener('abort', wake, { once: true })
        try {
          yield progress()
          for (; seen < kept.length; seen++) yield kept[seen] as ScanEvent
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
