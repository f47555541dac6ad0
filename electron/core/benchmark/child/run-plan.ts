import type { FitsMessage, LaunchPlan, ResultMessage } from '../protocol'
import { checkAnswers } from './accuracy/check-answers'
import type { LabelledData } from './data/labelled'
import { ENGINE_LOADERS } from './engines'
import { failureOf } from './failure'
import { prepare, runTensors } from './run-tensors'
import { prompts, runTokens } from './run-tokens'
import type { Say } from './say'
import type { TensorSpec } from './tensor'
import { verifyFiles } from './verify-files'

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
  const { context, model, data } = await load(plan, spawnMs, say)
  return model.kind === 'tokens'
    ? runTokens(context, model, data)
    : runTensors(context, model, data)
}

/** Whether the launch could be run: the same way up to the point where the model would. */
export async function checkPlan(plan: LaunchPlan, spawnMs: number, say: Say): Promise<FitsMessage> {
  const { context, model, data } = await load(plan, spawnMs, say)
  if (model.kind === 'tokens') prompts(context, model)
  else checkAnswers(plan, model.outputs, data)
  return {
    type: 'fits',
    ...(model.kind === 'tokens'
      ? { inputs: [], outputs: [], fixedBatch: null, contextTokens: model.contextTokens }
      : {
          inputs: model.inputs.map(portOf),
          outputs: model.outputs.map(portOf),
          fixedBatch: prepare(context, model, data).fixedBatch,
          contextTokens: null,
        }),
    rssBytes: process.memoryUsage.rss(),
  }
}

const portOf = ({ name, type, shape }: TensorSpec) => ({
  name,
  type,
  shape: shape === null ? null : [...shape],
})

async function load(plan: LaunchPlan, spawnMs: number, say: Say) {
  say({ type: 'phase', phase: 'verifying' })
  const files = verifyFiles([plan.model, ...plan.model.parts])
  const loadEngine = await ENGINE_LOADERS[plan.engine.name]()
  say({ type: 'phase', phase: 'loading' })
  const rssBaseBytes = process.memoryUsage.rss()
  const started = performance.now()
  const model = await loadEngine(plan).catch((error: unknown) => {
    throw failureOf(error, 'when it loaded the model')
  })
  const loadMs = performance.now() - started
  files.unchanged()
  const context: LaunchContext = { plan, say, spawnMs, rssBaseBytes, loadMs }
  return { context, model, data: await readDataOf(plan) }
}

async function readDataOf({ data, limits }: LaunchPlan): Promise<LabelledData | undefined> {
  if (data === undefined) return undefined
  // A chunk of its own, with everything that can decode something.
  const { readData } = await import('./data/read-data')
  return readData(data.folder, data.set, limits.dataBytes)
}
