import type { ServerMeasure, ServerStep } from '@shared/benchmark/launch'
import type { Server } from '@shared/benchmark/scenario'
import { minimumQueries, queriesUnder } from '@shared/statistics/early-stopping'
import { quantile } from '@shared/statistics/quantile'
import type { z } from 'zod'
import { serve } from '../loop/serve'
import { warmUp } from '../loop/warm-up'
import type { Armed, TensorSession } from '../tensor-session'
import { NOTHING, type ScenarioMeasured } from './latency'

type ServerScenario = z.infer<typeof Server>

const MOST_STEPS = 24
/** One rate is not tried for longer than this part of the measuring time. */
const STEP_SHARE = 0.25
const MOST_QUERIES = 50_000

/**
 * The highest Poisson rate at which the percentile of the latency stays within the bound. The rate at which the
 * model answers when queries stand in line cannot be passed, so the search starts below it.
 */
export async function measureServer(
  session: TensorSession,
  armed: Armed,
  scenario: ServerScenario,
): Promise<ScenarioMeasured> {
  const { plan, say } = session.context
  say({ type: 'phase', phase: 'warm-up' })
  const warm = await warmUp(armed.runner, plan.profile.warmUpMs)
  say({ type: 'phase', phase: 'measuring' })
  const meter = session.meter()
  const server = await searchRate(session, armed, scenario, 1000 / warm.queryMs)
  return { ...NOTHING, server, warmUp: warm.warmUp, repeatedItem: null, ...meter.stop() }
}

async function searchRate(
  session: TensorSession,
  armed: Armed,
  scenario: ServerScenario,
  capacity: number,
): Promise<ServerMeasure> {
  const { plan, say } = session.context
  const steps: ServerStep[] = []
  const started = performance.now()
  let [low, high] = [0, capacity]
  while (steps.length < MOST_STEPS && high - low > scenario.resolution * high) {
    const rate = low === 0 ? high / 2 : (low + high) / 2
    const step = await tryRate(session, armed, scenario, rate)
    steps.push(step)
    if (step.verdict === 'pass') low = rate
    else high = rate
    const elapsed = performance.now() - started
    say({
      type: 'progress',
      phase: 'measuring',
      share: Math.min(1, elapsed / plan.profile.measureMs),
      queries: steps.reduce((sum, { queries }) => sum + queries, 0),
      p50Ns: null,
      rssBytes: process.memoryUsage.rss(),
    })
    if (elapsed >= plan.profile.measureMs) break
  }
  return {
    steps,
    queriesPerSecond: low === 0 ? null : low,
    latencyBoundMs: scenario.latencyBoundMs,
    percentile: scenario.percentile,
  }
}

/**
 * One rate: as many queries as fit into its time, and no fewer than early stopping needs for any statement
 * at all. `too-few-queries` when the time allows less: then the rate does not count as passed.
 */
async function tryRate(
  session: TensorSession,
  { runner }: Armed,
  scenario: ServerScenario,
  rate: number,
): Promise<ServerStep> {
  const stepMs = STEP_SHARE * session.context.plan.profile.measureMs
  const wanted = Math.max(
    minimumQueries(scenario.percentile),
    Math.min(MOST_QUERIES, Math.ceil((rate * stepMs) / 1000)),
  )
  const possible = Math.ceil((rate * 4 * stepMs) / 1000)
  const count = Math.max(1, Math.min(wanted, possible))
  const arrivals = poissonArrivals(count, rate, session.random.uniform)
  const tolerated = toleratedOver(count, scenario.percentile)
  const latencies = new Float64Array(count)
  const { answered, over } = await serve(
    runner,
    0,
    arrivals,
    scenario.latencyBoundMs,
    Math.max(tolerated, 0),
    latencies,
  )
  const seen = latencies.subarray(0, answered)
  return {
    queriesPerSecond: rate,
    queries: answered,
    overBound: over,
    tolerated: Math.max(tolerated, 0),
    latencyNs: Math.round(quantile(seen, scenario.percentile, 'nearest-rank') * 1e6),
    verdict: over > Math.max(tolerated, 0) ? 'fail' : tolerated < 0 ? 'too-few-queries' : 'pass',
  }
}

/** Largest t with q >= h(t) + t; -1 when there are too few queries even for none. */
export function toleratedOver(queries: number, percentile: number): number {
  let [low, high] = [-1, queries]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (queriesUnder(middle, percentile) + middle <= queries) low = middle
    else high = middle
  }
  return low
}

/** Moments of arrival in milliseconds: gaps of -ln(U) / rate. */
export function poissonArrivals(count: number, rate: number, uniform: () => number): Float64Array {
  const arrivals = new Float64Array(count)
  let at = 0
  for (let i = 0; i < count; i++) {
    at += (-Math.log1p(-uniform()) / rate) * 1000
    arrivals[i] = at
  }
  return arrivals
}
