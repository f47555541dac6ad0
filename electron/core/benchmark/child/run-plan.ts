import type { LaunchPlan, ResultMessage } from '../protocol'
import { ENGINE_LOADERS } from './engines'
import { failureOf } from './failure'
import { runTensors } from './run-tensors'
import { runTokens } from './run-tokens'
import type { Say } from './say'
import { verifyFile } from './verify-files'

/** What is known before the kind of model matters. */
export interface LaunchContext {
  plan: LaunchPlan
  say: Say
  spawnMs: number
  loadMs: number
  rssBaseBytes: number
}

/** One launch from the first byte of the model to the last number. Throws LaunchFailure. */
export async function runPlan(plan: LaunchPlan, spawnMs: number, say: Say): Promise<ResultMessage> {
  say({ type: 'phase', phase: 'verifying' })
  for (const { path, sha256 } of [plan.model, ...plan.model.parts]) verifyFile(path, sha256)
  const loadEngine = await ENGINE_LOADERS[plan.engine.name]()
  say({ type: 'phase', phase: 'loading' })
  const rssBaseBytes = process.memoryUsage.rss()
  const started = performance.now()
  const model = await loadEngine(plan).catch((error: unknown) => {
    throw failureOf(error, 'when it loaded the model')
  })
  const context = { plan, say, spawnMs, rssBaseBytes, loadMs: performance.now() - started }
  // A chunk of its own, with everything that can decode something.
  const data =
    plan.data === undefined
      ? undefined
      : (await import('./data/read-data')).readData(
          plan.data.folder,
          plan.data.set,
          plan.limits.dataBytes,
        )
  return model.kind === 'tokens'
    ? runTokens(context, model, data)
    : runTensors(context, model, data)
}
