import type { Measured } from '@shared/benchmark/launch'
import { measureLatency } from '../loop/measure-latency'
import { warmUp } from '../loop/warm-up'
import type { Armed, TensorSession } from '../tensor-session'
import { checkRepeatedItem } from './repeated-item'

export type ScenarioMeasured = Pick<
  Measured,
  | 'warmUp'
  | 'latency'
  | 'batches'
  | 'server'
  | 'generation'
  | 'repeatedItem'
  | 'resources'
  | 'canary'
>

export const NOTHING = { latency: null, batches: null, server: null, generation: null } as const

/** Single-stream and multi-stream: one query after the other, each timed. */
export async function measureStream(
  session: TensorSession,
  armed: Armed,
  percentile: number,
): Promise<ScenarioMeasured> {
  const { say, plan } = session.context
  say({ type: 'phase', phase: 'warm-up' })
  const warm = await warmUp(armed.runner, plan.profile.warmUpMs)
  say({ type: 'phase', phase: 'measuring' })
  const meter = session.meter()
  const latency = await measureLatency(
    armed.runner,
    plan.profile,
    percentile,
    warm.queryMs,
    session.random,
    armed.onSegment,
  )
  const used = meter.stop()
  const repeatedItem = await checkRepeatedItem(session, armed, warm.queryMs)
  return { ...NOTHING, latency, warmUp: warm.warmUp, repeatedItem, ...used }
}
