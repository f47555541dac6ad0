import type { ServerMeasure, ServerStep } from '@shared/benchmark/launch'
import type { Server } from '@shared/benchmark/scenario'
import { poissonArrivals, searchRate } from '@shared/statistics/arrivals'
import { minimumQueries, toleratedOver } from '@shared/statistics/early-stopping'
import { quantile } from '@shared/statistics/quantile'
import type { z } from 'zod'
import { serve } from '../loop/serve'
import { warmUp } from '../loop/warm-up'
import type { Armed, TensorSession } from '../tensor-session'
import { NOTHING, type ScenarioMeasured } from './latency'

type ServerScenario = z.infer<typeof Server>

const MOST_STEPS = 24
/** One rate takes about this part of the measuring time, and up to four times as long to get enough queries. */
const STEP_SHARE = 0.25
/** The whole search, in measuring times: about eight rates have to be tried for 5 %. */
const SEARCH_SHARE = 4
const MOST_QUERIES = 50_000

/**
 * The highest Poisson rate at which the percentile of the latency stays within the bound. The search starts at
 * half of the rate at which the model answers when queries stand in line.
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
  const server = await holdRate(session, armed, scenario, 1000 / warm.queryMs)
  return { ...NOTHING, server, warmUp: warm.warmUp, repeatedItem: null, ...meter.stop() }
}

async function holdRate(
  session: TensorSession,
  armed: Armed,
  scenario: ServerScenario,
  capacity: number,
): Promise<ServerMeasure> {
  const { plan, say } = session.context
  const searchMs = SEARCH_SHARE * plan.profile.measureMs
  const steps: ServerStep[] = []
  const started = performance.now()
  const search = searchRate({
    start: capacity / 2,
    tolerance: scenario.resolution,
    most: MOST_STEPS,
  })
  let asked = search.next()
  let best: number | null = null
  while (asked.done !== true) {
    const step = await tryRate(session, armed, scenario, asked.value)
    steps.push(step)
    const passed = step.verdict === 'pass'
    if (passed) best = Math.max(best ?? 0, asked.value)
    const elapsed = performance.now() - started
    say({
      type: 'progress',
      phase: 'measuring',
      share: Math.min(1, elapsed / searchMs),
      queries: steps.reduce((sum, { queries }) => sum + queries, 0),
      p50Ns: null,
      rssBytes: process.memoryUsage.rss(),
    })
    // A lower rate has fewer queries still: there is nothing to find in this time.
    if (step.verdict === 'too-few-queries' || elapsed >= searchMs) break
    asked = search.next(passed)
  }
  return {
    steps,
    queriesPerSecond: best,
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
  const arrivals = poissonArrivals(rate, count, session.random)
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
