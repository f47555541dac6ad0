/**
 * Holm's adjusted p-values, in the order given: the chance of even one false alarm among all
 * tests stays below alpha when those with an adjusted p <= alpha are believed. Holm 1979.
 */
export function holm(pValues: readonly number[]): number[] {
  const order = ordered(pValues)
  const adjusted = new Array<number>(pValues.length).fill(1)
  let highest = 0
  order.forEach((index, k) => {
    highest = Math.max(highest, Math.min(1, (order.length - k) * (pValues[index] ?? 1)))
    adjusted[index] = highest
  })
  return adjusted
}

/**
 * Benjamini and Hochberg's adjusted p-values, in the order given: of the tests believed at alpha,
 * the share of false ones is expected to stay below alpha. For many tasks at once. 1995.
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  const order = ordered(pValues)
  const adjusted = new Array<number>(pValues.length).fill(1)
  let lowest = 1
  for (let k = order.length - 1; k >= 0; k--) {
    const index = order[k] ?? 0
    lowest = Math.min(lowest, (order.length / (k + 1)) * (pValues[index] ?? 1))
    adjusted[index] = lowest
  }
  return adjusted
}

function ordered(pValues: readonly number[]): number[] {
  pValues.forEach((p, i) => {
    if (!(p >= 0 && p <= 1))
      throw new RangeError(`The p-value at position ${i} is ${p}; it must lie in [0, 1].`)
  })
  return pValues.map((_, i) => i).sort((i, j) => (pValues[i] ?? 0) - (pValues[j] ?? 0))
}
