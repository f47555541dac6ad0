import { z } from 'zod'
import { Sha256 } from './digest'
import { ENDINGS } from './scales'

/** Integer nanoseconds. A float64 counts them exactly for 104 days. */
const Nanoseconds = z.number().int().nonnegative()
const Milliseconds = z.number().nonnegative()
const Count = z.number().int().nonnegative()
const Bytes = z.number().int().nonnegative()

/** How a launch ended, in a word for programs and a sentence for people. */
export const LaunchEnding = z.object({
  kind: z.enum(ENDINGS),
  /** SIGSEGV, SIGABRT …; null where no signal ended it. */
  signal: z.string().nullable(),
  /** What happened, where, what to do. */
  sentence: z.string(),
})
export type LaunchEnding = z.infer<typeof LaunchEnding>

/** Percentiles by nearest rank (the ceil(p·n)-th smallest), as LoadGen takes them: always a measured value. */
export const LatencySummary = z.object({
  p50: Nanoseconds,
  p90: Nanoseconds,
  p95: Nanoseconds,
  p99: Nanoseconds,
  min: Nanoseconds,
  mean: z.number().nonnegative(),
  max: Nanoseconds,
})
export type LatencySummary = z.infer<typeof LatencySummary>

/** Every query, in buckets of equal ratio: shared/statistics/log-histogram.ts reads and writes it. */
export const Histogram = z.object({
  relativeError: z.number().positive().max(0.1),
  zeros: Count,
  buckets: z.array(z.tuple([z.number().int(), Count])).max(20_000),
})
export type Histogram = z.infer<typeof Histogram>

/** The kept raw durations: query 0, `step`, 2·`step` … in the order they ran. */
export const RawSamples = z.object({
  step: z.number().int().positive(),
  nanoseconds: z.array(Nanoseconds).max(100_000),
})
export type RawSamples = z.infer<typeof RawSamples>

/**
 * LoadGen's early stopping: with the `count` queries seen, `tolerated` of them may lie above the
 * estimate so that it bounds the percentile at 99 % confidence. `estimate` is null, and `moreQueries` says how
 * many are missing, when there are too few for any statement.
 */
export const EarlyStopping = z.object({
  percentile: z.number(),
  confidence: z.number(),
  count: Count,
  /** t: queries that may be over the limit. 0 when there are too few. */
  tolerated: Count,
  /** h(t)+t: queries that this t needs. */
  needed: Count,
  moreQueries: Count,
  estimate: Nanoseconds.nullable(),
})
export type EarlyStopping = z.infer<typeof EarlyStopping>

/** What single-stream and multi-stream measure: one duration a query. */
export const LatencyMeasure = z.object({
  queries: Count,
  /** Wall time of the measured part. */
  durationNs: Nanoseconds,
  /** Of the raw samples: anybody can recompute it from them. */
  summary: LatencySummary,
  histogram: Histogram,
  raw: RawSamples,
  earlyStopping: EarlyStopping,
})
export type LatencyMeasure = z.infer<typeof LatencyMeasure>

/** Offline, one batch size. `ending` says why a size was left out: a fixed batch of the model, memory. */
export const BatchMeasure = z.object({
  batch: z.number().int().positive(),
  /** Null in results of before these were kept: their rate cannot be recomputed. */
  queries: Count.nullable().default(null),
  /** Wall time of all its batches. */
  durationNs: Nanoseconds.nullable().default(null),
  /** Queries times `batch` over that time. */
  samplesPerSecond: z.number().nonnegative().nullable(),
  /** Duration of one batch. */
  summary: LatencySummary.nullable(),
  raw: RawSamples.nullable(),
  reason: z.string().nullable(),
})
export type BatchMeasure = z.infer<typeof BatchMeasure>

/** One rate that the search of the server scenario tried. */
export const ServerStep = z.object({
  queriesPerSecond: z.number().positive(),
  queries: Count,
  overBound: Count,
  /** Over-bound queries that early stopping would have tolerated. */
  tolerated: Count,
  /** Percentile of the latency from scheduled arrival. */
  latencyNs: Nanoseconds,
  verdict: z.enum(['pass', 'fail', 'too-few-queries']),
})
export type ServerStep = z.infer<typeof ServerStep>

export const ServerMeasure = z.object({
  steps: z.array(ServerStep).max(64),
  /** Highest rate that passed; null when none did. */
  queriesPerSecond: z.number().positive().nullable(),
  latencyBoundMs: z.number().positive(),
  percentile: z.number(),
})
export type ServerMeasure = z.infer<typeof ServerMeasure>

/** One generation: a prompt, and the moment of every token after it. */
export const GenerationQuery = z.object({
  promptTokens: z.number().int().positive(),
  outputTokens: Count,
  /** From the call to the first token. */
  ttftNs: Nanoseconds,
  /** (last - first) / (tokens - 1); null for a single token. */
  tpotNs: z.number().nonnegative().nullable(),
  totalNs: Nanoseconds,
})
export type GenerationQuery = z.infer<typeof GenerationQuery>

export const GenerationMeasure = z.object({
  queries: z.array(GenerationQuery).min(1).max(100_000),
  ttft: LatencySummary,
  tpot: LatencySummary,
  /** Prompt tokens over the time to first token, all queries together. */
  promptTokensPerSecond: z.number().nonnegative(),
  /** Tokens after the first over the time they took, all queries together. */
  outputTokensPerSecond: z.number().nonnegative(),
})
export type GenerationMeasure = z.infer<typeof GenerationMeasure>

/** A fixed piece of arithmetic whose CPU share says whether others had the processor meanwhile. */
export const CanaryReading = z.object({
  /** CPU time over wall time; 1 when nobody else wanted the core. */
  cpuShare: z.number().nonnegative(),
  wallNs: Nanoseconds,
})
export type CanaryReading = z.infer<typeof CanaryReading>

/** Of the measured part unless it says otherwise. Null is "cannot be read here", never a guess. */
export const Resources = z.object({
  /** User and system time of the process, all threads. */
  cpuMs: Milliseconds,
  /** cpuMs over wall time: about the number of threads when undisturbed. */
  cpuShare: z.number().nonnegative(),
  /** Resident memory before the model was loaded. */
  rssBaseBytes: Bytes,
  /** Highest resident memory of the process, from its start. */
  rssPeakBytes: Bytes,
  /** The kernel took the processor away: others wanted it. */
  involuntarySwitches: Count.nullable(),
  voluntarySwitches: Count.nullable(),
  /** Energy counter of the package (RAPL); null where it cannot be read. */
  energyJoules: z.number().nonnegative().nullable(),
})
export type Resources = z.infer<typeof Resources>

export const WarmUp = z.object({
  queries: Count,
  durationMs: Milliseconds,
  /** Two windows within 2 % of each other, or the profile's time was up. */
  ended: z.enum(['stable', 'time']),
})
export type WarmUp = z.infer<typeof WarmUp>

/** What the child found out about one launch that went well. */
export const Measured = z.object({
  /** From the start of the process to the first line of its own code. */
  spawnMs: Milliseconds,
  /** The engine's library and the model; hashing the model file is not part of it. */
  loadMs: Milliseconds,
  firstInferenceMs: Milliseconds,
  warmUp: WarmUp,
  /** Exactly the one that belongs to the scenario is not null. */
  latency: LatencyMeasure.nullable(),
  batches: z.array(BatchMeasure).max(16).nullable(),
  server: ServerMeasure.nullable(),
  generation: GenerationMeasure.nullable(),
  /** Same item again and again, against changing items, p50: a model that caches answers is found here. */
  repeatedItem: z
    .object({ repeatedP50: Nanoseconds, uniqueP50: Nanoseconds, ratio: z.number().positive() })
    .nullable(),
  resources: Resources,
  canary: z.object({ before: CanaryReading, after: CanaryReading }),
  /**
   * Over the outputs of all different items, numbers to 4 significant digits. The same for every launch of one
   * model on one engine with as many threads; engines differ in rounding, so they are compared by `outputSample`.
   */
  outputDigest: Sha256,
  /** First outputs of the first item, to 6 significant digits; shared/benchmark/cross-check.ts compares them. */
  outputSample: z.array(z.number()).max(64),
  /** Queries of the timed run whose output was looked at, and how many were other than untimed. */
  sampledOutputs: z.object({ queries: Count, different: Count }),
  engine: z.object({ name: z.string(), version: z.string() }),
})
export type Measured = z.infer<typeof Measured>

/** One fresh process that ran one model. The unit of every statistic. */
export const Launch = z.object({
  /** Order in which it ran, from 0, over all arms of the job. */
  index: Count,
  /** Block of the interleaved order (ABBA …), from 0. */
  block: Count,
  /** Which model of a comparison: 0 is the first. */
  arm: Count,
  /** Draws items, arrivals and sampled outputs. */
  seed: z.number().int().min(0).max(0xffffffff),
  startedAt: z.iso.datetime(),
  /** Spawn to exit as the host saw it. */
  wallMs: Milliseconds,
  ending: LaunchEnding,
  /** Highest resident memory the host saw; null where it cannot look. */
  watchedRssBytes: Bytes.nullable(),
  /** Others had the processor meanwhile (CPU share, canary): it is repeated, and kept. */
  noisy: z.boolean(),
  /** Null unless the ending is ok. */
  measured: Measured.nullable(),
})
export type Launch = z.infer<typeof Launch>
