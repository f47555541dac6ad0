import { quantile } from '@shared/statistics/quantile'

/** The axis ends at this many times the 99th percentile, unless everything lies below. */
const TIMES_P99 = 3

/**
 * Where the axis of latencies ends. One stall of the machine is thousands of times a query: an axis
 * that reaches it shows nothing else. Whoever cuts has to say how many lie beyond.
 */
export function axisEnd(values: readonly number[]): { end: number; beyond: number } {
  if (values.length === 0) return { end: 1, beyond: 0 }
  const most = values.reduce((a, b) => Math.max(a, b))
  const end = Math.min(most, TIMES_P99 * quantile(Float64Array.from(values), 0.99))
  return { end, beyond: values.reduce((count, value) => count + Number(value > end), 0) }
}
