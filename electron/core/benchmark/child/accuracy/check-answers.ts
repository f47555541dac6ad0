import type { LaunchPlan } from '../../protocol'
import type { LabelledData } from '../data/labelled'
import { LaunchFailure } from '../failure'
import { shapeText, type TensorSpec } from '../tensor'
import { isInteger } from './read-answer'

/**
 * Whether what the model declares as its answer can be judged by the suite: an output of that name, one number
 * an item for a regression, a score for every class. Sizes that the model leaves free are found out when it runs.
 * Throws LaunchFailure.
 */
export function checkAnswers(
  { accuracy, reading }: Pick<LaunchPlan, 'accuracy' | 'reading'>,
  outputs: readonly TensorSpec[],
  data: LabelledData | undefined,
): void {
  if (accuracy === undefined || data === undefined) return
  const output =
    reading.output === undefined ? outputs[0] : outputs.find(({ name }) => name === reading.output)
  if (output === undefined)
    throw refusal(
      `The model has no output "${reading.output ?? ''}"; it has ${outputs.map(({ name }) => `"${name}"`).join(', ') || 'none'}.`,
    )
  if (output.type === 'string')
    throw refusal(`The output "${output.name}" is text; the suite judges numbers.`)
  const numbers = numbersPerItem(output)
  if (numbers === null) return
  const shape = `"${output.name}" is ${shapeText(output.shape)}`
  if (accuracy.task === 'regression' && numbers !== 1)
    throw refusal(
      `The model answers with ${numbers} numbers an item (${shape}); the suite wants one. Choose a suite for this kind of model.`,
    )
  if (accuracy.task !== 'classification') return
  // One number is the class itself, or the probability of the second of two.
  if (numbers === 1 && isInteger(output.type)) return
  const scores = numbers === 1 ? 2 : numbers
  const classes = reading.classes?.length ?? classesOf(data)
  const fits = reading.classes === undefined ? scores >= classes : scores === classes
  if (!fits)
    throw refusal(
      `The model answers with ${numbers === 1 ? 'one score' : `${numbers} scores`} (${shape}); the suite has ${classes} classes. Choose a suite for this kind of model.`,
    )
}

const refusal = (sentence: string) => new LaunchFailure('refused', sentence)

/** Null where a size is free. The first counts items. */
function numbersPerItem({ shape }: TensorSpec): number | null {
  const [, ...rest] = shape ?? [null, null]
  return rest.reduce<number | null>(
    (product, size) => (product === null || size === null ? null : product * size),
    1,
  )
}

/** Labels are indices of classes where the suite names none. */
function classesOf(data: LabelledData): number {
  let most = 0
  for (let item = 0; item < data.count; item++) {
    const label = Number(data.label(item))
    if (Number.isInteger(label)) most = Math.max(most, label + 1)
  }
  return most
}
