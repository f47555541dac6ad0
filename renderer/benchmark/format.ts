import type { Figure } from '@shared/benchmark/figures'
import { formatBytes, formatLatency, formatPercent, formatSignificant } from '../app/intl'
import { type Metric, text } from './messages'

type Unit = Figure['unit']

export function formatMeasured(value: number, unit: Unit): string {
  switch (unit) {
    case 'ns':
      return formatLatency(value)
    case 'ms':
      return formatLatency(value * 1e6)
    case 'bytes':
      return formatBytes(value)
    case 'per-second':
      return `${formatSignificant(value)}/s`
    case 'joules':
      return `${formatSignificant(value)}\u00a0J`
  }
}

/** '1.21 to 1.26 ms'. */
export function formatBounds(lower: number, upper: number, unit: Unit): string {
  const to = formatMeasured(upper, unit)
  if (unit === 'per-second') return text.interval(formatSignificant(lower), to)
  const from = formatMeasured(lower, unit)
  return text.interval(from.split('\u00a0')[1] === to.split('\u00a0')[1] ? bare(from) : from, to)
}

/** One launch has no interval: null. */
export const formatInterval = ({ lower, upper, unit, confidence }: Figure): string | null =>
  confidence === null ? null : formatBounds(lower, upper, unit)

/** The number without its unit, where the next one says it. */
const bare = (number: string): string => number.split('\u00a0')[0] ?? number

/** Shares read as per cent; the rest are numbers of their own. */
const SHARES: readonly Metric[] = ['accuracy', 'top-5', 'exact-match']

/** The largest value of a metric, where there is one. */
export const mostOf = (metric: Metric): number | undefined =>
  OF_ONE.includes(metric) ? 1 : undefined
const OF_ONE: readonly Metric[] = [...SHARES, 'macro-f1', 'auc']

export const formatMetric = (metric: Metric, value: number): string =>
  SHARES.includes(metric) ? formatPercent(value, 1) : formatSignificant(value)

export function formatMetricInterval(
  metric: Metric,
  lower: number | null,
  upper: number | null,
): string | null {
  if (lower === null || upper === null) return null
  return text.interval(bare(formatMetric(metric, lower)), formatMetric(metric, upper))
}
