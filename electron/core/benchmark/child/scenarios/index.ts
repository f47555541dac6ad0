import { LaunchFailure } from '../failure'
import type { Armed, TensorSession } from '../tensor-session'
import { measureStream, type ScenarioMeasured } from './latency'
import { measureOffline } from './offline'
import { measureServer } from './server'

/** Batch size of the first inference and of the queries that are not swept. */
export function armFor(session: TensorSession): Promise<Armed> {
  const { scenario } = session.context.plan
  const fixed = session.fixedBatch
  if (scenario.kind === 'offline') return session.arm(fixed ?? Math.min(...scenario.batchSizes))
  if (scenario.kind !== 'multi-stream') return session.arm(fixed ?? 1)
  const { samplesPerQuery } = scenario
  if (fixed === null || fixed === samplesPerQuery) return session.arm(samplesPerQuery)
  // A query is done when all of its samples are, whether or not the model takes them at once.
  if (fixed === 1) return session.arm(samplesPerQuery, true)
  throw new LaunchFailure(
    'refused',
    `The model takes ${fixed} items at a time and cannot answer queries of ${samplesPerQuery}. Export it with a free first size.`,
  )
}

export function measureScenario(session: TensorSession, armed: Armed): Promise<ScenarioMeasured> {
  const { scenario } = session.context.plan
  switch (scenario.kind) {
    case 'single-stream':
    case 'multi-stream':
      return measureStream(session, armed, scenario.percentile)
    case 'offline':
      return measureOffline(session, armed, scenario.batchSizes)
    case 'server':
      return measureServer(session, armed, scenario)
    case 'generation':
      throw new LaunchFailure(
        'refused',
        'The scenario "generation" needs a language model (GGUF), and this is a model of tensors. Choose a suite with other scenarios.',
      )
  }
}
