/** Failures in a row after which an endpoint is left alone for a while. */
const OPENS_AFTER = 4
const FIRST_MS = 2_000
const LONGEST_MS = 60_000

export interface Circuit {
  /** Seconds until the endpoint is asked again; 0 where it may be asked now. */
  wait(endpoint: string): number
  failed(endpoint: string): void
  answered(endpoint: string): void
  /** The network or the server is another one: everything may be asked at once. */
  reset(): void
}

/** One endpoint that is down must not cost the others their time, nor be asked a hundred times. */
export function createCircuit(monotonic: () => number): Circuit {
  const endpoints = new Map<string, { failures: number; until: number }>()
  return {
    wait(endpoint) {
      const state = endpoints.get(endpoint)
      if (state === undefined) return 0
      return Math.max(0, Math.ceil((state.until - monotonic()) / 1000))
    },
    failed(endpoint) {
      const failures = (endpoints.get(endpoint)?.failures ?? 0) + 1
      const over = failures - OPENS_AFTER
      const until = over < 0 ? 0 : monotonic() + Math.min(LONGEST_MS, FIRST_MS * 2 ** over)
      endpoints.set(endpoint, { failures, until })
    },
    answered: (endpoint) => void endpoints.delete(endpoint),
    reset: () => endpoints.clear(),
  }
}
