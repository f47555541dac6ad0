import { samplesPerSecond } from '@shared/benchmark/latency-summary'
import type { BatchMeasure, WarmUp } from '@shared/benchmark/launch'
import { LaunchFailure } from '../failure'
import { measureLatency } from '../loop/measure-latency'
import { warmUp } from '../loop/warm-up'
import type { Armed, TensorSession } from '../tensor-session'
import { NOTHING, type ScenarioMeasured } from './latency'

/** Offline has no percentile of its own; the summary is there to see the spread. */
const PERCENTILE = 0.9
/** Fewest batches of one size. */
const FEWEST_BATCHES = 3
const UNMEASURED = {
  queries: null,
  durationNs: null,
  samplesPerSecond: null,
  summary: null,
  raw: null,
} as const

/** Samples per second for each batch size; the profile's time is shared among them. */
export async function measureOffline(
  session: TensorSession,
  first: Armed,
  batchSizes: readonly number[],
): Promise<ScenarioMeasured> {
  const { plan, say } = session.context
  const share = 1 / batchSizes.length
  const profile = {
    ...plan.profile,
    measureMs: plan.profile.measureMs * share,
    minQueries: FEWEST_BATCHES,
    samples: Math.max(1000, Math.floor(plan.profile.samples * share)),
  }
  const batches: BatchMeasure[] = []
  let warm: WarmUp | undefined
  say({ type: 'phase', phase: 'measuring' })
  const meter = session.meter()
  for (const batch of batchSizes) {
    const reason = whyNot(session, batch)
    if (reason !== null) {
      batches.push({ batch, ...UNMEASURED, reason })
      continue
    }
    try {
      const armed = batch === first.batch ? first : await session.arm(batch)
      const { warmUp: warmed, queryMs } = await warmUp(armed.runner, plan.profile.warmUpMs * share)
      warm ??= warmed
      const measure = await measureLatency(
        armed.runner,
        profile,
        PERCENTILE,
        queryMs,
        session.random,
        (segment) =>
          armed.onSegment({ ...segment, share: (batches.length + segment.share) * share }),
      )
      batches.push({
        batch,
        queries: measure.queries,
        durationNs: measure.durationNs,
        samplesPerSecond: samplesPerSecond(batch, measure.queries, measure.durationNs),
        summary: measure.summary,
        raw: measure.raw,
        reason: null,
      })
    } catch (error) {
      // A large batch may be too much for the memory; the sizes before it still count.
      if (!(error instanceof LaunchFailure) || error.kind === 'bad-output') throw error
      batches.push({
        batch,
        ...UNMEASURED,
        reason: error.message,
      })
    }
  }
  const used = meter.stop()
  if (warm === undefined)
    throw new LaunchFailure('refused', `No batch size could be run: ${batches[0]?.reason ?? ''}`)
  return { ...NOTHING, batches, warmUp: warm, repeatedItem: null, ...used }
}

function whyNot({ fixedBatch }: TensorSession, batch: number): string | null {
  return fixedBatch === null || fixedBatch === batch
    ? null
    : `The model takes ${fixedBatch} item${fixedBatch === 1 ? '' : 's'} at a time.`
}
