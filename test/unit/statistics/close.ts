import { expect } from 'vitest'

/** Equal to within `tolerance` of the expected value's size, or of 1 for values below 1. */
export function close(actual: number, expected: number | undefined, tolerance = 1e-9): void {
  if (expected === undefined) throw new Error('The reference has no such value.')
  if (actual === expected) return
  const error = Math.abs(actual - expected) / Math.max(1, Math.abs(expected))
  expect(error, `${actual} against ${expected}`).toBeLessThanOrEqual(tolerance)
}
