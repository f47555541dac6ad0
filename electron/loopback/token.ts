import { timingSafeEqual } from 'node:crypto'

/** Wrong tokens that are answered at once; after these each answer names a time to wait. */
const FREE_TRIES = 5
const FORGET_AFTER_MS = 60_000
const LONGEST_WAIT_S = 30

export interface TokenGuard {
  /** 'ok', or how many seconds to wait before the next try (0: none). */
  check(candidate: string): 'ok' | { retryAfter: number }
}

/**
 * The session key of this run. The right one is always let in, so that a stranger who guesses
 * cannot lock the user out; wrong ones are slowed down, doubling from 1 s to 30 s.
 */
export function createTokenGuard(token: string, monotonic: () => number): TokenGuard {
  const expected = Buffer.from(token)
  let wrong = 0
  let lastWrong = Number.NEGATIVE_INFINITY
  return {
    check(candidate) {
      const given = Buffer.from(candidate)
      if (given.length === expected.length && timingSafeEqual(given, expected)) return 'ok'
      const now = monotonic()
      wrong = now - lastWrong > FORGET_AFTER_MS ? 1 : wrong + 1
      lastWrong = now
      const over = wrong - FREE_TRIES
      return { retryAfter: over <= 0 ? 0 : Math.min(LONGEST_WAIT_S, 2 ** (over - 1)) }
    },
  }
}
