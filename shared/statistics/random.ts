import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { mersenne } from 'pure-rand/generator/mersenne'

/** Draws that depend on the seed alone: the same on every machine and in every version. */
export interface Random {
  /** In [0, 1), with 53 bits. */
  uniform(): number
  /** Whole, in [from, to], both included. */
  integer(from: number, to: number): number
  /** Standard normal. */
  normal(): number
  /** Exponential with mean 1. */
  exponential(): number
  /** A shuffled copy. */
  shuffle<T>(items: readonly T[]): T[]
}

/**
 * A generator of random numbers (MT19937, as MLPerf LoadGen uses it).
 * @param seed a 32-bit whole number; derive one for each purpose with `deriveSeed`.
 */
export function createRandom(seed: number): Random {
  if (!Number.isSafeInteger(seed))
    throw new RangeError(`The seed is ${seed}; it must be a whole number.`)
  const generator = mersenne(seed | 0)
  const uniform = () => uniformFloat64(generator)
  const integer = (from: number, to: number) => uniformInt(generator, from, to)
  let spare: number | undefined
  return {
    uniform,
    integer,
    normal() {
      if (spare !== undefined) {
        const value = spare
        spare = undefined
        return value
      }
      // Marsaglia's polar method: two independent normals from one point of the unit disc.
      for (;;) {
        const x = 2 * uniform() - 1
        const y = 2 * uniform() - 1
        const square = x * x + y * y
        if (square >= 1 || square === 0) continue
        const scale = Math.sqrt((-2 * Math.log(square)) / square)
        spare = y * scale
        return x * scale
      }
    },
    exponential: () => -Math.log1p(-uniform()),
    shuffle(items) {
      const copy = [...items]
      for (let last = copy.length - 1; last > 0; last--) {
        const other = integer(0, last)
        const moved = copy[last] as (typeof copy)[number]
        copy[last] = copy[other] as (typeof copy)[number]
        copy[other] = moved
      }
      return copy
    },
  }
}

/**
 * A seed of its own for each use of one seed, so that one more draw here changes nothing there.
 * FNV-1a over the label, then MurmurHash3's finaliser; 32 bits.
 */
export function deriveSeed(seed: number, label: string): number {
  let hash = 0x811c9dc5 ^ (seed | 0)
  for (let i = 0; i < label.length; i++) hash = Math.imul(hash ^ label.charCodeAt(i), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
