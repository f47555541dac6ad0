import type { ResultMessage } from '../protocol'
import type { TensorModel } from './engines/engine'
import { LaunchFailure } from './failure'
import { randomItems } from './inputs/items'
import { inputShape } from './inputs/shapes'
import type { LaunchContext } from './run-plan'
import { armFor, measureScenario } from './scenarios'
import { openSession } from './tensor-session'

/** A launch of a model of tensors: first inference, a look at all outputs, warm-up, measuring. */
export async function runTensors(
  context: LaunchContext,
  model: TensorModel,
): Promise<ResultMessage> {
  const { plan, say } = context
  const { inputs } = plan
  if (inputs.kind !== 'random')
    throw new LaunchFailure('refused', `Inputs of kind "${inputs.kind}" cannot be run here yet.`)
  const shapes = model.inputs.map((spec) => inputShape(spec, inputs.shapes[spec.name]))
  const items = randomItems(
    inputs,
    shapes,
    plan.itemSeed,
    plan.reading.constants,
    plan.limits.inputElements,
  )
  const session = openSession(context, model, shapes, items)
  say({ type: 'phase', phase: 'first-inference' })
  const armed = await armFor(session)
  const measured = await measureScenario(session, armed)
  return {
    type: 'result',
    accuracy: null,
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
