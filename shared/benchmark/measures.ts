import type { Measured } from './launch'

/** What a number counts. Nanoseconds and bytes are whole; a rate is per second; a share is 0..1. */
export type Unit = 'ns' | 'ms' | 'per-second' | 'bytes' | 'joules'

interface MeasureDefinition {
  unit: Unit
  better: 'lower' | 'higher'
  /** The number of one launch; null where the scenario or the machine does not give it. */
  of(measured: Measured): number | null
}

const speed = (of: MeasureDefinition['of'], better: 'lower' | 'higher', unit: Unit) => ({
  unit,
  better,
  of,
})

/**
 * Every speed and resource a result has, in the order tables show them. A measure is one number a
 * launch: statistics are made over launches, never over the queries of one.
 */
export const MEASURE = {
  'latency-p50': speed(({ latency }) => latency?.summary.p50 ?? null, 'lower', 'ns'),
  'latency-p90': speed(({ latency }) => latency?.summary.p90 ?? null, 'lower', 'ns'),
  'latency-p95': speed(({ latency }) => latency?.summary.p95 ?? null, 'lower', 'ns'),
  'latency-p99': speed(({ latency }) => latency?.summary.p99 ?? null, 'lower', 'ns'),
  /** Samples per second at the best batch size. */
  throughput: speed(({ batches }) => best(batches), 'higher', 'per-second'),
  /** Highest rate of arrivals that stays within the bound of the scenario. */
  'server-rate': speed(({ server }) => server?.queriesPerSecond ?? null, 'higher', 'per-second'),
  /** Median time to the first token. */
  'time-to-first-token': speed(({ generation }) => generation?.ttft.p50 ?? null, 'lower', 'ns'),
  /** Median time per output token after the first. */
  'time-per-token': speed(({ generation }) => generation?.tpot.p50 ?? null, 'lower', 'ns'),
  'output-tokens': speed(
    ({ generation }) => generation?.outputTokensPerSecond ?? null,
    'higher',
    'per-second',
  ),
  'prompt-tokens': speed(
    ({ generation }) => generation?.promptTokensPerSecond ?? null,
    'higher',
    'per-second',
  ),
  load: speed(({ loadMs }) => loadMs, 'lower', 'ms'),
  'first-inference': speed(({ firstInferenceMs }) => firstInferenceMs, 'lower', 'ms'),
  /** Peak of the process minus what it held before the model was loaded. */
  memory: speed(
    ({ resources }) => Math.max(0, resources.rssPeakBytes - resources.rssBaseBytes),
    'lower',
    'bytes',
  ),
  /** CPU time of the measured part by answered query. */
  'cpu-per-query': speed((measured) => cpuPerQuery(measured), 'lower', 'ms'),
  energy: speed(({ resources }) => resources.energyJoules, 'lower', 'joules'),
} as const satisfies Record<string, MeasureDefinition>

export type Measure = keyof typeof MEASURE
export const MEASURES = Object.keys(MEASURE) as [Measure, ...Measure[]]

/** What a scenario is judged by (LoadGen), and what two models are compared by first. */
export const HEADLINE = {
  'single-stream': 'latency-p90',
  offline: 'throughput',
  'multi-stream': 'latency-p99',
  server: 'server-rate',
  generation: 'output-tokens',
} as const satisfies Record<string, Measure>

/**
 * Measures a comparison decides about, each with its own verdict. Others are shown, but how long a
 * file took to load says more about the disk's cache than about the model.
 */
export const COMPARED: readonly Measure[] = [
  'latency-p50',
  'latency-p90',
  'latency-p99',
  'throughput',
  'server-rate',
  'time-to-first-token',
  'time-per-token',
  'memory',
]

function best(batches: Measured['batches']): number | null {
  const rates = batches?.flatMap(({ samplesPerSecond }) => samplesPerSecond ?? []) ?? []
  return rates.length === 0 ? null : Math.max(...rates)
}

function cpuPerQuery({ latency, resources }: Measured): number | null {
  return latency === null || latency.queries === 0 ? null : resources.cpuMs / latency.queries
}
