/** Full jitter (AWS, "Exponential Backoff And Jitter"): whoever failed together does not come back together. */
export const BASE_MS = 1_000
export const CAP_MS = 300_000

/** `attempt` counts from 0, `random` is 0..1. */
export function backoffMs(attempt: number, random: number): number {
  return random * Math.min(CAP_MS, BASE_MS * 2 ** attempt)
}

/** Retry-After (RFC 9110 10.2.3): seconds or a date. In seconds; null where it says nothing usable. */
export function retryAfterSeconds(header: string | null, now: Date): number | null {
  if (header === null) return null
  if (/^\d{1,9}$/.test(header.trim())) return Number(header)
  const at = Date.parse(header)
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - now.getTime()) / 1000))
}

/** Resolves after so long; rejects with the reason of the signal. */
export async function wait(ms: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted()
  await new Promise<void>((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort)
      resolve()
    }, ms)
    signal?.addEventListener('abort', abort, { once: true })
  })
}
