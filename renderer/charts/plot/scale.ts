/** From a value to px, and the places where an axis writes a number. */
export interface Scale {
  at(value: number): number
  readonly domain: readonly [low: number, high: number]
  /** About `count` round numbers inside the domain, ascending. */
  ticks(count: number): number[]
}

export type Range = readonly [from: number, to: number]

export function linearScale(domain: Range, range: Range): Scale {
  const [low, high] = domain
  const [from, to] = range
  const width = high - low || 1
  return {
    domain,
    at: (value) => from + ((value - low) / width) * (to - from),
    ticks: (count) => linearTicks(low, high, count),
  }
}

/** Equal ratios are equal distances. The domain lies above 0. */
export function logScale(domain: Range, range: Range): Scale {
  const [low, high] = domain
  const inner = linearScale([Math.log(low), Math.log(high)], range)
  return {
    domain,
    at: (value) => inner.at(Math.log(Math.max(value, Number.MIN_VALUE))),
    ticks: (count) => logTicks(low, high, count),
  }
}

/** The step is 1, 2 or 5 times a power of ten: numbers that people read without thinking. */
function linearTicks(low: number, high: number, count: number): number[] {
  if (!(high > low)) return [low]
  const rough = (high - low) / Math.max(1, count)
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 5].find((factor) => factor * power >= rough * 0.999) ?? 10) * power
  const first = Math.ceil(low / step - 1e-9)
  const last = Math.floor(high / step + 1e-9)
  // Multiples of the step, not sums of it: 0.1 + 0.2 would be written as 0.30000000000000004.
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  )
}

function logTicks(low: number, high: number, count: number): number[] {
  for (const factors of [[1, 2, 5], [1, 3], [1]]) {
    const ticks: number[] = []
    for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++)
      for (const factor of factors) {
        const tick = Number((factor * 10 ** power).toPrecision(12))
        if (tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9)) ticks.push(tick)
      }
    // Less than two decades or so: round numbers of a straight scale lie well enough.
    if (ticks.length < 3) return linearTicks(low, high, count)
    if (ticks.length <= count + 1 || factors.length === 1) return ticks
  }
  return []
}

/** The domain with a margin on both sides, so that no mark lies on the edge. */
export function padded([low, high]: Range, share = 0.05): Range {
  const margin = (high - low) * share || Math.abs(low) * share || 1
  return [low - margin, high + margin]
}

/** Smallest and largest of some numbers; [0, 1] where there are none. */
export function extent(values: Iterable<number>): Range {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const value of values) {
    if (value < low) low = value
    if (value > high) high = value
  }
  return low > high ? [0, 1] : [low, high]
}

/** Beyond this ratio a straight axis presses all but the largest values into its corner. */
const LOG_FROM_RATIO = 20

export const wantsLog = ([low, high]: Range): boolean => low > 0 && high / low > LOG_FROM_RATIO
