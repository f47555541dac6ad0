import type { HistogramBar } from '@renderer/charts/HistogramChart'
import { extent } from '@renderer/charts/plot/scale'
import { axisEnd } from '@renderer/charts/plot/tail'
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

const BARS = 64

/**
 * Bars of equal ratio up to where the axis ends, and how many queries were slower than that.
 */
export function histogramBars(
  values: readonly number[],
  bars = BARS,
): { bars: HistogramBar[]; beyond: number } {
  const { end, beyond } = axisEnd(values)
  const shown = values.filter((value) => value <= end && value > 0)
  const [low, high] = extent(shown)
  if (shown.length === 0) return { bars: [], beyond }
  if (!(high > low))
    return { bars: [{ from: low * 0.99, to: low * 1.01, count: shown.length }], beyond }
  const width = Math.log(high / low) / bars
  const edge = (at: number) => low * Math.exp(at * width)
  const counts = new Array<number>(bars).fill(0)
  for (const value of shown) {
    const at = Math.min(bars - 1, Math.floor(Math.log(value / low) / width))
    counts[at] = (counts[at] ?? 0) + 1
  }
  return {
    bars: counts.map((count, at) => ({ from: edge(at), to: edge(at + 1), count })),
    beyond,
  }
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
