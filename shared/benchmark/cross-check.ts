/**
 * Scores that differ by less are the same: threads, batch sizes and engines round differently
 * (1e-6 was measured between optimisation levels of one engine).
 */
const TOLERANCE = 1e-4

/** Whether two lists of outputs say something else. Lists of different length always do. */
export function differs(a: readonly number[], b: readonly number[]): boolean {
  return a.length !== b.length || largestDifference(a, b) > TOLERANCE
}

/** Largest difference of two numbers at the same place, as part of the larger one, or of 1 where both are small. */
export function largestDifference(a: readonly number[], b: readonly number[]): number {
  return a.reduce((most, one, at) => {
    const other = b[at] ?? Number.NaN
    // Two infinities of the same sign are the same; against anything finite they are not.
    if (one === other) return most
    const scale = Math.max(1, Math.abs(one), Math.abs(other))
    const difference = Math.abs(one - other) / scale
    return Number.isFinite(difference) ? Math.max(most, difference) : Number.POSITIVE_INFINITY
  }, 0)
}
