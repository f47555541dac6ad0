import type { LaunchPlan, ResultMessage } from '../protocol'
import { ENGINE_LOADERS } from './engines'
import { failureOf, LaunchFailure } from './failure'
import { runTensors } from './run-tensors'
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
  const loadEngine = await ENGINE_LOADERS[plan.engine.name]?.()
  if (loadEngine === undefined)
    throw new LaunchFailure('refused', `There is no engine "${plan.engine.name}" in this build.`)
  say({ type: 'phase', phase: 'loading' })
  const rssBaseBytes = process.memoryUsage.rss()
  const started = performance.now()
  const model = await loadEngine(plan).catch((error: unknown) => {
    throw failureOf(error, 'when it loaded the model')
  })
  const context = { plan, say, spawnMs, rssBaseBytes, loadMs: performance.now() - started }
  if (model.kind === 'tokens')
    throw new LaunchFailure('refused', 'Language models cannot be run here yet.')
  return runTensors(context, model)
}
