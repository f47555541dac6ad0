const WINDOW_MS = 5000
const LEAST_MS = 300
/** For the interval: how the rate of half seconds varied over this long. */
const VARIATION_MS = 20_000
const INTERVAL_MS = 500
const LEAST_INTERVALS = 6

export interface Pace {
  /** Bytes per second. */
  rate: number | null
  /** Seconds. */
  eta: number | null
  etaRange: { low: number; high: number } | null
}

/**
 * Bytes per second over the last five seconds, and the seconds that are left at that rate. Both are
 * null until 0.3 s have passed: a rate over less is noise that would flicker on the page.
 */
export function createRate(): (at: number, bytes: number, total: number) => Pace {
  const points: { at: number; bytes: number }[] = []
  const intervals: number[] = []
  let interval: { at: number; bytes: number } | undefined

  function watchVariation(at: number, bytes: number): void {
    interval ??= { at, bytes }
    const length = at - interval.at
    if (length < INTERVAL_MS) return
    const rate = ((bytes - interval.bytes) / length) * 1000
    // A long silence is as many intervals as fit into it.
    const times = Math.min(VARIATION_MS / INTERVAL_MS, Math.floor(length / INTERVAL_MS))
    for (let i = 0; i < times; i++) intervals.push(rate)
    while (intervals.length > VARIATION_MS / INTERVAL_MS) intervals.shift()
    interval = { at, bytes }
  }

  return (at, bytes, total) => {
    const last = points.at(-1)
    if (last !== undefined && at - last.at < 50) last.bytes = bytes
    else points.push({ at, bytes })
    while (points.length > 2 && at - (points[1]?.at ?? at) > WINDOW_MS) points.shift()
    watchVariation(at, bytes)
    const first = points[0]
    if (first === undefined || at - first.at < LEAST_MS)
      return { rate: null, eta: null, etaRange: null }
    const rate = ((bytes - first.bytes) / (at - first.at)) * 1000
    const eta = rate > 0 ? Math.max(0, (total - bytes) / rate) : null
    return { rate, eta, etaRange: eta === null ? null : rangeOf(rate, eta, intervals) }
  }
}

/**
 * Where the time left lies with 80 % certainty, if half seconds to come vary as those before did:
 * the mean rate of the k half seconds left is within t * s * sqrt(1/n + 1/k) of `rate` (prediction
 * interval of a mean; n intervals seen, s their standard deviation, t Student's 0.9 quantile).
 * Rates of neighbours are alike, so the true interval is rather wider. Null before n = 6. The
 * slowest rate that is reckoned with is a tenth of the present one.
 */
function rangeOf(
  rate: number,
  eta: number,
  intervals: readonly number[],
): { low: number; high: number } | null {
  const n = intervals.length
  if (n < LEAST_INTERVALS) return null
  const mean = intervals.reduce((sum, one) => sum + one, 0) / n
  const deviation = Math.sqrt(intervals.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (n - 1))
  const k = Math.max(1, (eta * 1000) / INTERVAL_MS)
  const margin = student90(n - 1) * deviation * Math.sqrt(1 / n + 1 / k)
  const left = eta * rate
  return { low: left / (rate + margin), high: left / Math.max(rate / 10, rate - margin) }
}

/** 0.9 quantile of Student's t for 5 and more degrees of freedom, within 0.5 % (Cornish-Fisher). */
function student90(degrees: number): number {
  const z = 1.2816
  return z + (z ** 3 + z) / (4 * degrees) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * degrees ** 2)
}
