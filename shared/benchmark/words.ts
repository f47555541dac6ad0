import type { AccuracyFigure, Figure } from './figures'
import type { Measure, Unit } from './measures'
import type { Metric } from './metrics'

/** Names of measures in English text: exports and the command line. */
export const MEASURE_NAMES: Readonly<Record<Measure, string>> = {
  'latency-p50': 'Latency p50',
  'latency-p90': 'Latency p90',
  'latency-p95': 'Latency p95',
  'latency-p99': 'Latency p99',
  throughput: 'Throughput',
  'server-rate': 'Server rate',
  'time-to-first-token': 'Time to first token',
  'time-per-token': 'Time per output token',
  'output-tokens': 'Output tokens/s',
  'prompt-tokens': 'Prompt tokens/s',
  load: 'Load',
  'first-inference': 'First inference',
  memory: 'Memory',
  'cpu-per-query': 'CPU per query',
  energy: 'Energy',
}

const DURATIONS: readonly [ns: number, unit: string][] = [
  [1e9, 's'],
  [1e6, 'ms'],
  [1e3, 'µs'],
  [1, 'ns'],
]
const BYTES: readonly [bytes: number, unit: string][] = [
  [1024 ** 3, 'GiB'],
  [1024 ** 2, 'MiB'],
  [1024, 'KiB'],
  [1, 'B'],
]

/** Three digits and a unit that suits the size: '68.3 µs', '1.20 MiB', '412 /s'. */
export function inUnit(value: number, unit: Unit): string {
  switch (unit) {
    case 'ns':
      return scaled(value, DURATIONS)
    case 'ms':
      return scaled(value * 1e6, DURATIONS)
    case 'bytes':
      return scaled(value, BYTES)
    case 'per-second':
      return `${digits(value)} /s`
    case 'joules':
      return `${digits(value)} J`
  }
}

export function figureText({ estimate, lower, upper, unit, confidence }: Figure): string {
  const text = inUnit(estimate, unit)
  return confidence === null ? text : `${text} [${inUnit(lower, unit)}, ${inUnit(upper, unit)}]`
}

const SHARES: ReadonlySet<Metric> = new Set<Metric>(['accuracy', 'top-5', 'exact-match'])

/** '97.3 % [93.1 %, 99.0 %]' for shares, '0.123 [0.110, 0.140]' for others. */
export function metricText({ metric, value, lower, upper }: AccuracyFigure): string {
  const text = (one: number) =>
    SHARES.has(metric) ? `${(one * 100).toFixed(1)} %` : one.toPrecision(3)
  return lower === null || upper === null
    ? text(value)
    : `${text(value)} [${text(lower)}, ${text(upper)}]`
}

/** '+4.9 %', '-0.3 %'. */
export function percentText(effect: number): string {
  const sign = effect > 0 ? '+' : ''
  return `${sign}${(effect * 100).toFixed(1)} %`
}

function scaled(value: number, units: readonly [size: number, unit: string][]): string {
  const [size, unit] = units.find(([least]) => Math.abs(value) >= least) ?? units.at(-1) ?? [1, '']
  return `${digits(value / size)} ${unit}`
}

function digits(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return String(value)
  return Math.abs(value) >= 1000 ? value.toFixed(0) : value.toPrecision(3)
}
