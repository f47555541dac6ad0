import type { Accuracy, Prediction } from '@shared/benchmark/accuracy'
import { confusionOf, metricValue } from '@shared/benchmark/metrics'
import { worstOf } from '@shared/benchmark/worst'
import type { LaunchPlan } from '../../protocol'
import { ItemError, type LabelledData } from '../data/labelled'
import type { TensorModel } from '../engines/engine'
import { failureOf, LaunchFailure } from '../failure'
import { constantOf, dataShapes, leadingInput } from '../inputs/data-items'
import { batchTensors } from '../inputs/items'
import { fixedBatchOf } from '../inputs/shapes'
import { checkOutputs } from '../outputs'
import type { Say } from '../say'
import { type AnswerOptions, readAnswer, rowOf } from './read-answer'

/** Items at a time where the model leaves it free: results do not depend on it, memory does. */
const BATCH = 32

/** Every item of the data set through the model, untimed. */
export async function runAccuracy(
  plan: LaunchPlan,
  model: TensorModel,
  data: LabelledData,
  say: Say,
): Promise<Accuracy> {
  const { accuracy, reading } = plan
  if (accuracy === undefined || accuracy.task === 'generation')
    throw new LaunchFailure('refused', 'A model of tensors answers no prompts.')
  const options: AnswerOptions = { task: accuracy.task, classes: reading.classes }
  const taker = leadingInput(model.inputs, reading)
  const shapes = dataShapes(model.inputs, taker, data)
  const batch = fixedBatchOf(shapes) ?? BATCH
  const predictions: Prediction[] = []
  const failed: Accuracy['failed'] = []

  for (let first = 0; first < data.count; first += batch) {
    const values = new Map<number, ArrayLike<number>>()
    for (let item = first; item < Math.min(first + batch, data.count); item++) {
      try {
        values.set(item, data.values(item))
      } catch (error) {
        if (!(error instanceof ItemError)) throw error
        failed.push({ item, reason: error.message })
      }
    }
    for (const prediction of await answer([...values.keys()], values)) predictions.push(prediction)
    sayProgress(say, first + batch, data.count)
  }
  return finish(plan, data, predictions, failed)

  async function answer(items: number[], values: ReadonlyMap<number, ArrayLike<number>>) {
    if (items.length === 0) return []
    // A model with a fixed batch gets the last item again until it is full.
    const rows = [...items]
    while (fixedBatchOf(shapes) !== null && rows.length < batch) rows.push(items.at(-1) ?? 0)
    const source = {
      count: data.count,
      valuesOf: (input: (typeof shapes)[number], item: number) =>
        input.spec === taker ? (values.get(item) ?? []) : constantOf(input, reading.constants),
    }
    const output = await run(batchTensors(shapes, source, rows))
    return items.map((item, at) =>
      readAnswer(item, data.label(item), rowOf(output, at, rows.length), output.type, options),
    )
  }

  async function run(tensors: ReturnType<typeof batchTensors>) {
    try {
      const outputs = model.read(await model.run(model.feed(tensors)))
      checkOutputs(outputs, model.outputs, plan.limits.outputElements)
      const name = reading.output ?? model.outputs[0]?.name ?? ''
      const output = outputs.get(name)
      if (output !== undefined) return output
      throw new LaunchFailure('refused', `The model has no output "${name}".`)
    } catch (error) {
      throw failureOf(error, 'an inference of the accuracy run')
    }
  }
}

export function sayProgress(say: Say, done: number, count: number): void {
  say({
    type: 'progress',
    phase: 'accuracy',
    share: Math.min(1, done / count),
    queries: Math.min(done, count),
    p50Ns: null,
    rssBytes: process.memoryUsage.rss(),
  })
}

/** Items that could not be decoded count as wrong; where nothing is right or wrong, they end the run. */
export function finish(
  plan: LaunchPlan,
  data: LabelledData,
  answered: readonly Prediction[],
  failed: Accuracy['failed'],
): Accuracy {
  const [unreadable] = failed
  if (unreadable !== undefined && plan.accuracy?.task !== 'classification')
    throw new LaunchFailure('refused', `Item ${unreadable.item}: ${unreadable.reason}`)
  const lost = failed.map(({ item }) => ({
    item,
    expected: String(data.label(item)),
    predicted: '',
    score: 0,
    correct: false,
    rank: null,
  }))
  const predictions = [...answered, ...lost].sort((a, b) => a.item - b.item)
  return {
    dataSha256: data.sha256,
    items: data.count,
    failed,
    metrics: (plan.accuracy?.metrics ?? []).map((metric) => ({ metric, value: value(metric) })),
    predictions,
    confusion: plan.accuracy?.task === 'classification' ? confusionOf(predictions) : null,
    worst: worstOf(predictions),
  }

  function value(metric: Parameters<typeof metricValue>[0]): number {
    try {
      return metricValue(metric, predictions)
    } catch (error) {
      throw new LaunchFailure(
        'refused',
        `${metric} cannot be taken: ${(error as Error).message}`,
        error,
      )
    }
  }
}
