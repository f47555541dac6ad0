import { inOneGo, type Pieces } from '../model/pieces'
import { toleratedOver } from '../statistics/early-stopping'
import type { Accuracy, Prediction } from './accuracy'
import { stampEnvironment } from './environment-stamp'
import { gradeOf } from './grade'
import { earlyStopping, generationOf, samplesPerSecond, summaryOf } from './latency-summary'
import type {
  BatchMeasure,
  GenerationQuery,
  LatencyMeasure,
  Launch,
  Measured,
  ServerMeasure,
  ServerStep,
} from './launch'
import { confusionOf, metricValue } from './metrics'
import { isNoisy } from './noisy'
import { launchSeed } from './order'
import type { BenchmarkResult } from './result'
import type { Scenario } from './scenario'
import { worstOf } from './worst'

/**
 * The result with everything that follows from what was measured computed anew. What cannot be so,
 * but has bounds (no launch takes less time than its queries), comes back within them: an honest
 * result comes back as it was, and the first difference is where another one is not true.
 */
export const recomputeResult = (result: BenchmarkResult): BenchmarkResult =>
  inOneGo(recomputing(result))

/** The same, with a stop after each launch: a certified result takes a third of a second. */
export function* recomputing(result: BenchmarkResult): Pieces<BenchmarkResult> {
  const { accuracy, environment, engine, quiet } = result
  const [first] = result.launches
  const launches: Launch[] = []
  for (const launch of result.launches) {
    const place = { block: launch.block, arm: first?.arm ?? launch.arm }
    launches.push({
      ...recomputeLaunch(launch, result),
      ...place,
      index: Math.max(launch.index, (launches.at(-1)?.index ?? -1) + 1),
      seed: launchSeed(result.seed, place),
    })
    yield
  }
  return {
    ...result,
    environment: stampEnvironment(environment.environment, engine),
    startedAt: first?.startedAt ?? result.startedAt,
    launches,
    accuracy: accuracy && recomputeAccuracy(accuracy),
    grade: gradeOf(launches, quiet),
  }
}

function recomputeLaunch(launch: Launch, { scenario, engine }: BenchmarkResult): Launch {
  const measured = launch.ending.kind === 'ok' ? launch.measured : null
  return {
    ...launch,
    noisy: measured !== null && isNoisy(measured, scenario.kind, engine.threads),
    measured: measured && recomputeMeasured(measured, scenario),
  }
}

function recomputeMeasured(measured: Measured, scenario: Scenario): Measured {
  const { latency, batches, server, generation, repeatedItem } = measured
  const { kind } = scenario
  return {
    ...measured,
    latency:
      latency && (kind === 'single-stream' || kind === 'multi-stream')
        ? recomputeLatency(latency, scenario.percentile)
        : null,
    batches: batches && kind === 'offline' ? batches.map(recomputeBatch) : null,
    server: server && kind === 'server' ? recomputeServer(server, scenario) : null,
    generation:
      generation && kind === 'generation'
        ? generationOf(generation.queries.map(withTimePerToken))
        : null,
    repeatedItem: repeatedItem && {
      ...repeatedItem,
      ratio: repeatedItem.repeatedP50 / repeatedItem.uniqueP50,
    },
  }
}

function recomputeLatency(latency: LatencyMeasure, percentile: number): LatencyMeasure {
  const { nanoseconds } = latency.raw
  return {
    ...latency,
    ...withinRaw(latency.queries, latency.durationNs, latency.raw),
    summary: summaryOf(nanoseconds),
    earlyStopping: earlyStopping(nanoseconds, percentile),
  }
}

/** Every `step`-th query is kept, so their number is known to a step; all of them took their time. */
function withinRaw(
  queries: number,
  durationNs: number,
  { step, nanoseconds }: LatencyMeasure['raw'],
): { queries: number; durationNs: number } {
  const kept = nanoseconds.length
  const sum = nanoseconds.reduce((total, one) => total + one, 0)
  return {
    queries: Math.min(Math.max(queries, (kept - 1) * step + 1), kept * step),
    // Each duration was rounded to a nanosecond.
    durationNs: step === 1 ? Math.max(durationNs, sum - kept) : durationNs,
  }
}

function recomputeBatch(one: BatchMeasure): BatchMeasure {
  if (one.raw === null || one.queries === null || one.durationNs === null)
    return { ...one, samplesPerSecond: null, summary: null, raw: null }
  const within = withinRaw(one.queries, one.durationNs, one.raw)
  return {
    ...one,
    ...within,
    samplesPerSecond: samplesPerSecond(one.batch, within.queries, within.durationNs),
    summary: summaryOf(one.raw.nanoseconds),
  }
}

function recomputeServer(
  { steps: stated }: ServerMeasure,
  { percentile, latencyBoundMs }: Extract<Scenario, { kind: 'server' }>,
): ServerMeasure {
  const steps = stated.map((step) => recomputeStep(step, percentile))
  const passed = steps.flatMap((step) => (step.verdict === 'pass' ? step.queriesPerSecond : []))
  return {
    steps,
    queriesPerSecond: passed.length === 0 ? null : Math.max(...passed),
    latencyBoundMs,
    percentile,
  }
}

/** A step ends early once too many queries are late: then it failed, whatever else would have come. */
function recomputeStep(step: ServerStep, percentile: number): ServerStep {
  if (step.overBound > step.tolerated) return { ...step, verdict: 'fail' }
  const tolerated = toleratedOver(step.queries, percentile)
  return {
    ...step,
    tolerated: Math.max(tolerated, 0),
    verdict: tolerated < 0 ? 'too-few-queries' : step.overBound > tolerated ? 'fail' : 'pass',
  }
}

/** Within a nanosecond of what the two times give, each of which was rounded to one. */
function withTimePerToken(query: GenerationQuery): GenerationQuery {
  const { outputTokens, tpotNs, totalNs, ttftNs } = query
  if (outputTokens < 2 || tpotNs === null) return { ...query, tpotNs: null }
  const rest = totalNs - ttftNs
  const [least, most] = [(rest - 1) / (outputTokens - 1), (rest + 1) / (outputTokens - 1)]
  return { ...query, tpotNs: Math.min(Math.max(tpotNs, least, 0), Math.max(most, 0)) }
}

function recomputeAccuracy(accuracy: Accuracy): Accuracy {
  const lost = new Set(accuracy.failed.map(({ item }) => item))
  const predictions = accuracy.predictions.map((one, item) => ({
    ...recomputePrediction(one, lost.has(item)),
    item,
  }))
  return {
    ...accuracy,
    items: predictions.length,
    predictions,
    metrics: accuracy.metrics.map(({ metric }) => ({
      metric,
      value: metricValue(metric, predictions),
    })),
    confusion: accuracy.confusion && confusionOf(predictions),
    worst: worstOf(predictions),
  }
}

function recomputePrediction(one: Prediction, lost: boolean): Prediction {
  const { expected, predicted, correct, tokens } = one
  if (correct === null) {
    if (typeof expected !== 'number' || typeof predicted !== 'number') return one
    return { ...one, score: Math.round((predicted - expected) * 1e4) / 1e4 }
  }
  const [wanted, said] = [String(expected), String(predicted)]
  const same = tokens === undefined ? wanted === said : wanted.trim() === said.trim()
  return { ...one, correct: same && !lost }
}
