import { median } from '@shared/statistics/quantile'

/** Does not fit the first cache and does the second: what shares a core with others is slower in it. */
const NUMBERS = 65_536
const WARM_PASSES = 200
const TRY_MS = 120

let sink = 0

/** Nanoseconds that one pass over a quarter of a megabyte takes on this core now, waiting for the core included. */
export function tryCore(): number {
  const numbers = new Float32Array(NUMBERS).fill(1.5)
  const passes: number[] = []
  const pass = () => {
    let [a, b] = [0, 0]
    for (let i = 0; i < NUMBERS; i += 2) {
      a += numbers[i] ?? 0
      b += numbers[i + 1] ?? 0
    }
    sink = (sink + a + b) % 1
  }
  for (let i = 0; i < WARM_PASSES; i++) pass()
  const end = performance.now() + TRY_MS
  let before = performance.now()
  while (before < end) {
    pass()
    const now = performance.now()
    passes.push(now - before)
    before = now
  }
  return median(passes) * 1e6
}
