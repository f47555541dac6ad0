import { earlyStoppingEstimate } from '../statistics/early-stopping'
import { percentiles } from '../statistics/quantile'
import type { EarlyStopping, GenerationMeasure, GenerationQuery, LatencySummary } from './launch'

/** LoadGen's confidence; shared/statistics/early-stopping.ts. */
const CONFIDENCE = 0.99

/** Of at least one duration in nanoseconds. */
export function summaryOf(nanoseconds: readonly number[]): LatencySummary {
  const { p50, p90, p95, p99 } = percentiles(nanoseconds)
  let [min, max, sum] = [Number.POSITIVE_INFINITY, 0, 0]
  for (const one of nanoseconds) {
    min = Math.min(min, one)
    max = Math.max(max, one)
    sum += one
  }
  return { p50, p90, p95, p99, min, mean: sum / nanoseconds.length, max }
}

export function earlyStopping(nanoseconds: readonly number[], percentile: number): EarlyStopping {
  const found = earlyStoppingEstimate(nanoseconds, percentile)
  const head = { percentile, confidence: CONFIDENCE, count: nanoseconds.length }
  return found.status === 'too-few'
    ? { ...head, tolerated: 0, needed: found.needed, moreQueries: found.more, estimate: null }
    : {
        ...head,
        tolerated: found.discarded,
        needed: found.under + found.discarded,
        moreQueries: 0,
        estimate: found.estimate,
      }
}

/** What a generation's queries say together. */
export function generationOf(queries: GenerationQuery[]): GenerationMeasure {
  const sum = (of: (query: GenerationQuery) => number) =>
    queries.reduce((total, query) => total + of(query), 0)
  const firstNs = sum(({ ttftNs }) => ttftNs)
  const restNs = sum(({ totalNs, ttftNs }) => totalNs - ttftNs)
  return {
    queries,
    ttft: summaryOf(queries.map(({ ttftNs }) => ttftNs)),
    tpot: summaryOf(queries.map(({ tpotNs }) => Math.round(tpotNs ?? 0))),
    promptTokensPerSecond: rate(
      sum(({ promptTokens }) => promptTokens),
      firstNs,
    ),
    outputTokensPerSecond: rate(
      sum(({ outputTokens }) => outputTokens - 1),
      restNs,
    ),
  }
}

const rate = (tokens: number, nanoseconds: number) =>
  nanoseconds === 0 ? 0 : tokens / (nanoseconds / 1e9)

/** Of one batch size; every query is a batch. */
export const samplesPerSecond = (batch: number, queries: number, durationNs: number) =>
  (queries * batch) / (durationNs / 1e9)
