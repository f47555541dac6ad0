import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { backoffMs } from '../../../renderer/app/backoff'

describe('trying to reach the host again', () => {
  test('waits twice as long each time, up to 15 seconds', () => {
    expect([0, 1, 2, 3, 4, 5, 50].map((attempt) => backoffMs(attempt, 1))).toEqual([
      500, 1000, 2000, 4000, 8000, 15_000, 15_000,
    ])
  })

  test('leaves half of the time to chance', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
        const longest = backoffMs(attempt, 1)
        const wait = backoffMs(attempt, random)
        expect(wait).toBeGreaterThanOrEqual(longest / 2)
        expect(wait).toBeLessThanOrEqual(longest)
      }),
    )
  })
})
