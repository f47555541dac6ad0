import type { ResultMessage } from '../protocol'
import { runAccuracy } from './accuracy/run-accuracy'
import type { LabelledData } from './data/labelled'
import type { TensorModel } from './engines/engine'
import { LaunchFailure } from './failure'
import { dataItems, dataShapes, leadingInput } from './inputs/data-items'
import { randomItems } from './inputs/items'
import { inputShapes } from './inputs/shapes'
import type { LaunchContext } from './run-plan'
import { armFor, batchFor, measureScenario } from './scenarios'
import { openSession, type TensorSession } from './tensor-session'

/** A launch of a model of tensors: first inference, accuracy, a look at all outputs, warm-up, measuring. */
export async function runTensors(
  context: LaunchContext,
  model: TensorModel,
  data: LabelledData | undefined,
): Promise<ResultMessage> {
  const { plan, say } = context
  const session = prepare(context, model, data)
  say({ type: 'phase', phase: 'first-inference' })
  const armed = await armFor(session)
  let accuracy: ResultMessage['accuracy'] = null
  if (plan.accuracy !== undefined && data !== undefined) {
    say({ type: 'phase', phase: 'accuracy' })
    accuracy = await runAccuracy(plan, model, data, say)
  }
  const measured = await measureScenario(session, armed)
  return {
    type: 'result',
    accuracy,
    measured: {
      spawnMs: context.spawnMs,
      loadMs: context.loadMs,
      firstInferenceMs: session.firstInferenceMs(),
      ...measured,
      outputDigest: session.digest(),
      outputSample: session.sample(),
      sampledOutputs: session.sampled(),
      engine: model.engine,
    },
  }
}

/** Everything but running it. Throws LaunchFailure when model, suite and scenario do not go together. */
export function prepare(
  context: LaunchContext,
  model: TensorModel,
  data: LabelledData | undefined,
): TensorSession {
  const session = openSession(context, model, ...queriesOf(context, model, data))
  batchFor(context.plan.scenario, session.fixedBatch)
  return session
}

function queriesOf({ plan }: LaunchContext, model: TensorModel, data: LabelledData | undefined) {
  const { inputs, reading, itemSeed, limits } = plan
  if (inputs.kind === 'data') {
    if (data === undefined)
      throw new LaunchFailure('refused', 'The suite feeds its data set, and there is none.')
    const taker = leadingInput(model.inputs, reading)
    const items = dataItems(data, taker, reading.constants)
    return [dataShapes(model.inputs, taker, data), items] as const
  }
  if (inputs.kind === 'prompts')
    throw new LaunchFailure(
      'refused',
      'The suite feeds prompts, and this is a model of tensors. Choose a suite for this kind of model.',
    )
  const leading = leadingInput(model.inputs, reading)
  const shapes = inputShapes(model.inputs, leading, ({ name }) => inputs.shapes[name])
  const items = randomItems(inputs, shapes, itemSeed, reading.constants, limits.inputElements)
  return [shapes, items] as const
}
