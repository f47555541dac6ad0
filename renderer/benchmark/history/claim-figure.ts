import type { ClaimStatement } from '@shared/benchmark/claim'
import type { Figure } from '@shared/benchmark/figures'
import { MEASURE, type Measure } from '@shared/benchmark/measures'
import { METRICS } from '@shared/benchmark/scales'
import type { Metric } from '../messages'

/** How people write a claimed number: latencies in ms or µs, memory in MB, shares in per cent. */
export type WrittenUnit = 'µs' | 'ms' | 'per-second' | 'MB' | 'joules' | 'share' | 'plain'

const WRITTEN: Record<Figure['unit'], { unit: WrittenUnit; factor: number }> = {
  ns: { unit: 'ms', factor: 1e6 },
  ms: { unit: 'ms', factor: 1 },
  bytes: { unit: 'MB', factor: 1e6 },
  'per-second': { unit: 'per-second', factor: 1 },
  joules: { unit: 'joules', factor: 1 },
}
const SHARES: readonly Metric[] = ['accuracy', 'top-5', 'exact-match']

export type FigureName = Measure | Metric
export const isMetric = (name: FigureName): name is Metric =>
  METRICS.some((metric) => metric === name)

/** `typicalNs` is a latency of this model: below a millisecond people count microseconds. */
export function writtenUnit(
  name: FigureName,
  typicalNs: number | null,
): { unit: WrittenUnit; factor: number } {
  if (!isMetric(name)) {
    const { unit } = MEASURE[name]
    const short = unit === 'ns' && typicalNs !== null && typicalNs < 1e6
    return short ? { unit: 'µs', factor: 1e3 } : WRITTEN[unit]
  }
  return SHARES.includes(name) ? { unit: 'share', factor: 0.01 } : { unit: 'plain', factor: 1 }
}

/** From what was typed to the unit of the contract; null where it is no number above 0. */
export function claimedFigure(
  name: FigureName,
  typed: string,
  typicalNs: number | null,
): ClaimStatement['figure'] | null {
  const written = Number(typed.trim().replace(',', '.')) * writtenUnit(name, typicalNs).factor
  // 95 hundredths are 0.95 and not 0.9500000000000001.
  const value = Number(written.toPrecision(15))
  if (!(value > 0) || !Number.isFinite(value)) return null
  return isMetric(name)
    ? { kind: 'accuracy', metric: name, value }
    : { kind: 'speed', measure: name, value }
}
