const FIRST_RETRY_MS = 500
const LAST_RETRY_MS = 15_000

/** Doubles from 0.5 s to 15 s; the last half is random, so that several tabs do not knock at once. */
export function backoffMs(attempt: number, random: number): number {
  const full = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(attempt, 10))
  return Math.round(full * (0.5 + random / 2))
}
