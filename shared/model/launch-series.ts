import { z } from 'zod'
import type { Json } from './canonical'
import type { MeasurementKind } from './measurement'
import { Sha256 } from './statement'

/** A quiet machine: a canary's CPU time over its wall time, before, between and after launches. */
const QuietReading = z.strictObject({
  at: z.enum(['before', 'between', 'after']),
  cpuFraction: z.number().min(0).max(1).nullable(),
  state: z.enum(['ok', 'bad', 'unknown']),
})

/**
 * Latency of one model over several launches of its process. The launch is the unit of statistics
 * (benchmark.md 0, 4): iterations of one launch are not independent of each other.
 */
export const LaunchSeries = z.strictObject({
  suite: z.strictObject({ id: z.string(), version: z.string(), sha256: Sha256 }),
  /** SHA-256 of the model file that ran. */
  model: Sha256,
  engine: z.strictObject({ name: z.string(), version: z.string() }),
  environment: z.strictObject({ fingerprint: Sha256, class: z.string() }),
  quiet: z.array(QuietReading),
  /** C is kept local and never published. */
  grade: z.enum(['A', 'B', 'C']),
  launches: z
    .array(z.strictObject({ latenciesNs: z.array(z.number().int().positive()).min(1) }))
    .min(1),
  statistics: z.strictObject({
    launches: z.number().int(),
    iterations: z.number().int(),
    /** Median over launches of each launch's own percentile (nearest rank). */
    p50Ns: z.number(),
    p90Ns: z.number(),
    p99Ns: z.number(),
    /** Least and greatest median of a launch. */
    launchMedianMinNs: z.number(),
    launchMedianMaxNs: z.number(),
  }),
})
export type LaunchSeries = z.infer<typeof LaunchSeries>

export function launchStatistics(launches: LaunchSeries['launches']): LaunchSeries['statistics'] {
  const sorted = launches.map(({ latenciesNs }) => latenciesNs.toSorted((a, b) => a - b))
  const across = (share: number) => median(sorted.map((one) => nearestRank(one, share)))
  const medians = sorted.map((one) => nearestRank(one, 0.5))
  return {
    launches: launches.length,
    iterations: sorted.reduce((sum, { length }) => sum + length, 0),
    p50Ns: across(0.5),
    p90Ns: across(0.9),
    p99Ns: across(0.99),
    launchMedianMinNs: Math.min(...medians),
    launchMedianMaxNs: Math.max(...medians),
  }
}

/** The smallest value with at least `share` of all at or below it. */
function nearestRank(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2
}

function parse(document: Json): LaunchSeries {
  const parsed = LaunchSeries.safeParse(document)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Error(`${issue?.path.join('.') || 'the document'}: ${issue?.message}`)
}

export const LAUNCH_SERIES: MeasurementKind = {
  schema: 'https://console.prometheus.store/launch-series/v1',
  recompute(document) {
    const series = parse(document)
    return { ...series, statistics: launchStatistics(series.launches) }
  },
  measured: (document) => [parse(document).model],
  refusal: (document) =>
    parse(document).grade === 'C'
      ? 'It was measured on a machine that was not quiet (grade C), which is never published.'
      : undefined,
  headline(document) {
    const { suite, engine, statistics, grade } = parse(document)
    return `${suite.id} ${suite.version} on ${engine.name} ${engine.version}: median ${milliseconds(statistics.p50Ns)} over ${statistics.launches} launches, grade ${grade}`
  },
  figures(document) {
    const { statistics } = parse(document)
    const basis = `${statistics.launches} launches, ${statistics.iterations} durations`
    return [
      { name: 'Latency p50', value: milliseconds(statistics.p50Ns), basis },
      { name: 'Latency p90', value: milliseconds(statistics.p90Ns), basis },
      { name: 'Latency p99', value: milliseconds(statistics.p99Ns), basis },
    ]
  },
}

const milliseconds = (nanoseconds: number) => `${Number((nanoseconds / 1e6).toPrecision(3))} ms`
