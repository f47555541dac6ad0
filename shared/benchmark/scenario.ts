import { z } from 'zod'

/**
 * How queries arrive, as MLPerf LoadGen defines it (mlcommons/inference, loadgen). Times of the
 * desktop profiles are shorter than LoadGen's 600 s; the rules that decide are the same.
 */
const Percentile = z.number().min(0.5).max(0.9999)

/** One query at a time, the next when the last has its answer. What is judged is p90. */
export const SingleStream = z.object({
  kind: z.literal('single-stream'),
  percentile: Percentile.default(0.9),
})

/** All samples are there at once; what is judged is samples per second, for each batch size. */
export const Offline = z.object({
  kind: z.literal('offline'),
  batchSizes: z
    .array(z.number().int().min(1).max(4096))
    .min(1)
    .max(16)
    .default([1, 2, 4, 8, 16, 32, 64]),
})

/** A query is several samples at once and is done when all of them are. What is judged is p99. */
export const MultiStream = z.object({
  kind: z.literal('multi-stream'),
  samplesPerQuery: z.number().int().min(1).max(1024).default(8),
  percentile: Percentile.default(0.99),
})

/**
 * Queries arrive at random (Poisson) whether or not the last one is answered. Latency counts from
 * the scheduled arrival, so that a stall is not hidden by the queries that could not be sent. The
 * result is the highest rate whose percentile stays within the bound, found by bisection.
 */
export const Server = z.object({
  kind: z.literal('server'),
  percentile: Percentile.default(0.99),
  latencyBoundMs: z.number().positive().max(600_000),
  /** The search ends when the interval is this small a part of the rate. */
  resolution: z.number().min(0.005).max(0.5).default(0.05),
})

/** A prompt in, tokens out, greedy and without stopping early: every run does the same work. */
export const Generation = z.object({
  kind: z.literal('generation'),
  promptTokens: z.number().int().min(1).max(1_000_000).default(64),
  outputTokens: z.number().int().min(2).max(1_000_000).default(32),
})

export const Scenario = z.discriminatedUnion('kind', [
  SingleStream,
  Offline,
  MultiStream,
  Server,
  Generation,
])
export type Scenario = z.infer<typeof Scenario>
