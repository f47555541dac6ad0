/** A sample of numbers, in any order. Nothing here ever changes the sample it is given. */
export type Sample = readonly number[] | Float64Array

declare const sorted: unique symbol

/** The same numbers from smallest to largest. Made by `ascending` only. */
export type Ascending = Float64Array & { readonly [sorted]: true }

/**
 * Refuses what no statistic can be made of: fewer than `atLeast` numbers, NaN or an infinity.
 * @throws RangeError that names the sample and, for a bad number, its position.
 */
export function checkSample(sample: Sample, name: string, atLeast = 1): void {
  if (sample.length < atLeast)
    throw new RangeError(
      `${name} holds ${sample.length} numbers; at least ${atLeast} are needed for this statistic.`,
    )
  sample.forEach((value, i) => {
    if (!Number.isFinite(value))
      throw new RangeError(`${name} holds ${value} at position ${i}; every number must be finite.`)
  })
}

/** @throws RangeError unless every number of the sample is above 0, as a logarithm needs. */
export function checkPositive(sample: Sample, name: string, atLeast = 1): void {
  checkSample(sample, name, atLeast)
  sample.forEach((value, i) => {
    if (value <= 0)
      throw new RangeError(`${name} holds ${value} at position ${i}; every number must be above 0.`)
  })
}

/** @throws RangeError unless both samples have one length: pairs need a partner. */
export function checkPairs(a: { length: number }, b: { length: number }, what: string): void {
  if (a.length !== b.length)
    throw new RangeError(
      `${what} come in pairs, but there are ${a.length} and ${b.length} of them.`,
    )
}

/** @throws RangeError unless 0 < value < 1. */
export function checkFraction(value: number, name: string): void {
  if (!(value > 0 && value < 1))
    throw new RangeError(`${name} is ${value}; it must lie between 0 and 1, both excluded.`)
}

/** @throws RangeError unless the value is a whole number of at least `atLeast`. */
export function checkCount(value: number, name: string, atLeast = 0): void {
  if (!Number.isSafeInteger(value) || value < atLeast)
    throw new RangeError(`${name} is ${value}; it must be a whole number of at least ${atLeast}.`)
}

const known = new WeakSet<object>()

/** A sorted copy; what this function made before is returned as it is. */
export function ascending(sample: Sample | Ascending): Ascending {
  if (known.has(sample)) return sample as Ascending
  const copy = Float64Array.from(sample).sort()
  known.add(copy)
  return copy as Ascending
}

/** How a test looks: for any difference, or only for a sample that lies lower or higher. */
export type Alternative = 'two-sided' | 'less' | 'greater'

/** A point estimate with its interval; `confidence` is what the interval achieves. */
export interface Interval {
  estimate: number
  lower: number
  upper: number
  confidence: number
}
