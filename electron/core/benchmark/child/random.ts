import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { mersenne } from 'pure-rand/generator/mersenne'

/** Draws of a launch: they depend on its seed and on what they are for, and on nothing else. */
export interface Random {
  /** In [0, 1). */
  uniform(): number
  /** Whole, both ends included. */
  integer(from: number, to: number): number
}

export function createRandom(seed: number, purpose: string): Random {
  let mixed = seed | 0
  for (const character of purpose) mixed = Math.imul(mixed ^ character.charCodeAt(0), 0x01000193)
  const generator = mersenne(mixed)
  return {
    uniform: () => uniformFloat64(generator),
    integer: (from, to) => uniformInt(generator, from, to),
  }
}

/** 0 … count - 1, shuffled (Fisher and Yates). */
export function shuffledIndices(count: number, random: Random): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, index) => index)
  for (let last = count - 1; last > 0; last--) {
    const other = random.integer(0, last)
    const moved = order[last] ?? 0
    order[last] = order[other] ?? 0
    order[other] = moved
  }
  return order
}
