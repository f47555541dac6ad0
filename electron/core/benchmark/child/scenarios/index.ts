import type { Scenario } from '@shared/benchmark/scenario'
import { LaunchFailure } from '../failure'
import type { Armed, TensorSession } from '../tensor-session'
import { measureStream, type ScenarioMeasured } from './latency'
import { measureOffline } from './offline'
import { measureServer } from './server'

/** Samples of one query, and whether the model has to take them one after the other. */
export function batchFor(
  scenario: Scenario,
  fixed: number | null,
): { batch: number; sequence: boolean } {
  switch (scenario.kind) {
    case 'single-stream':
    case 'server':
      return { batch: fixed ?? 1, sequence: false }
    case 'offline':
      return { batch: fixed ?? Math.min(...scenario.batchSizes), sequence: false }
    case 'multi-stream':
      return queryOf(scenario.samplesPerQuery, fixed)
    case 'generation':
      throw new LaunchFailure(
        'refused',
        'The scenario "generation" needs a language model (GGUF), and this is a model of tensors. Choose a suite with other scenarios.',
      )
  }
}

/** A query is done when all of its samples are, whether or not the model takes them at once. */
function queryOf(samples: number, fixed: number | null) {
  if (fixed === null || fixed === samples) return { batch: samples, sequence: false }
  if (fixed === 1) return { batch: samples, sequence: true }
  throw new LaunchFailure(
    'refused',
    `The model takes ${fixed} items at a time and cannot answer queries of ${samples}. Export it with a free first size.`,
  )
}

export function armFor(session: TensorSession): Promise<Armed> {
  const { batch, sequence } = batchFor(session.context.plan.scenario, session.fixedBatch)
  return session.arm(batch, sequence)
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
      // batchFor has refused it.
      throw new LaunchFailure('refused', 'A model of tensors generates no text.')
  }
}
