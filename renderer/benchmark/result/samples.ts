import type { HistogramBar } from '@renderer/charts/HistogramChart'
import { extent, wantsLog } from '@renderer/charts/plot/scale'
import { countedLaunches } from '@shared/benchmark/counted'
import type { BenchmarkResult } from '@shared/benchmark/result'
import { median } from '@shared/statistics/quantile'

/** The kept durations of all counted launches together, ns, and of how many queries they are. */
export function pooledLatencies({ launches }: BenchmarkResult): {
  nanoseconds: number[]
  queries: number
} {
  const measures = countedLaunches(launches).flatMap(({ measured }) => measured.latency ?? [])
  return {
    nanoseconds: measures.flatMap(({ raw }) => raw.nanoseconds),
    queries: measures.reduce((sum, { queries }) => sum + queries, 0),
  }
}

const BARS = 56

/**
 * Equal widths, or equal ratios where the slowest query is many times the fastest: otherwise one
 * outlier would press all others into one bar.
 */
export function histogramBars(values: readonly number[], bars = BARS): HistogramBar[] {
  if (values.length === 0) return []
  const [low, high] = extent(values)
  if (!(high > low)) return [{ from: low, to: low + 1, count: values.length }]
  const log = wantsLog([low, high])
  const ratio = (high / low) ** (1 / bars)
  const edge = (at: number) => (log ? low * ratio ** at : low + ((high - low) * at) / bars)
  const counts = new Array<number>(bars).fill(0)
  for (const value of values) {
    const share = log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low)
    const at = Math.min(bars - 1, Math.max(0, Math.floor(share * bars)))
    counts[at] = (counts[at] ?? 0) + 1
  }
  return counts.map((count, at) => ({ from: edge(at), to: edge(at + 1), count }))
}

/** Samples per second of each batch size, median over the counted launches; null where none ran. */
export function batchRates({
  launches,
}: BenchmarkResult): { batch: number; rate: number | null }[] {
  const rates = new Map<number, number[]>()
  for (const { measured } of countedLaunches(launches))
    for (const { batch, samplesPerSecond } of measured.batches ?? []) {
      const known = rates.get(batch) ?? []
      if (samplesPerSecond !== null) known.push(samplesPerSecond)
      rates.set(batch, known)
    }
  return [...rates]
    .toSorted(([a], [b]) => a - b)
    .map(([batch, values]) => ({ batch, rate: values.length === 0 ? null : median(values) }))
}
