import type { Prediction } from '@shared/benchmark/accuracy'
import { LaunchFailure } from '../failure'
import type { Tensor } from '../tensor'

/** What the suite says about labels. */
export interface AnswerOptions {
  task: 'classification' | 'regression'
  classes: readonly string[] | undefined
}

/** Numbers of one item in an output whose first size counts items. */
export function rowOf(output: Tensor, item: number, items: number): number[] {
  const size = output.data.length / items
  if (!Number.isInteger(size) || size === 0)
    throw new LaunchFailure(
      'bad-output',
      `An output of ${output.data.length} numbers cannot be shared among ${items} items.`,
    )
  return Array.from(output.data.slice(item * size, (item + 1) * size), Number)
}

const INTEGERS = new Set([
  'int8',
  'uint8',
  'int16',
  'uint16',
  'int32',
  'uint32',
  'int64',
  'uint64',
  'bool',
])

export const isInteger = (type: Tensor['type']) => INTEGERS.has(type)

/** The prediction for one item from its row of the output. */
export function readAnswer(
  item: number,
  expected: string | number,
  row: readonly number[],
  type: Tensor['type'],
  options: AnswerOptions,
): Prediction {
  if (options.task === 'regression') return regression(item, expected, row)
  const scores = row.length === 1 && INTEGERS.has(type) ? undefined : probabilities(row)
  // Some exports answer with the number of the class and keep the scores to themselves.
  const best = scores === undefined ? (row[0] ?? 0) : indexOfLargest(scores)
  if (
    options.classes !== undefined &&
    scores !== undefined &&
    scores.length !== options.classes.length
  )
    throw new LaunchFailure(
      'bad-output',
      `The model answers with ${scores.length} scores, the suite has ${options.classes.length} classes.`,
    )
  const nameOf = (index: number) => options.classes?.[index] ?? String(index)
  const wanted = String(expected)
  const place = scores?.findIndex((_, index) => nameOf(index) === wanted) ?? -1
  return {
    item,
    expected: wanted,
    predicted: nameOf(best),
    score: rounded(scores === undefined ? 1 : (scores[scores.length === 2 ? 1 : best] ?? 0)),
    correct: nameOf(best) === wanted,
    rank: scores === undefined || place < 0 ? null : rankOf(scores, place),
  }
}

function regression(item: number, expected: string | number, row: readonly number[]): Prediction {
  const target = typeof expected === 'number' ? expected : Number(expected)
  const [predicted] = row
  if (row.length !== 1 || predicted === undefined)
    throw new LaunchFailure('bad-output', `The model answers with ${row.length} numbers an item.`)
  if (expected === '' || !Number.isFinite(target))
    throw new LaunchFailure('refused', `The label of item ${item} is no number.`)
  const score = rounded(predicted - target)
  return { item, expected: target, predicted, score, correct: null, rank: null }
}

/**
 * Scores as probabilities: one number is that of the second of two classes, numbers that add up to 1 are
 * what they look like, and all others are taken for logits.
 */
function probabilities(row: readonly number[]): number[] {
  if (row.length === 1) {
    const one = row[0] ?? 0
    const second = one >= 0 && one <= 1 ? one : 1 / (1 + Math.exp(-one))
    return [1 - second, second]
  }
  const sum = row.reduce((total, value) => total + value, 0)
  if (Math.abs(sum - 1) < 1e-3 && row.every((value) => value >= -1e-6 && value <= 1 + 1e-6))
    return [...row]
  const largest = row.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY)
  const weights = row.map((value) => Math.exp(value - largest))
  const total = weights.reduce((all, value) => all + value, 0)
  return weights.map((value) => value / total)
}

/** The first of equal ones, as numpy's argmax has it. */
function indexOfLargest(values: readonly number[]): number {
  return values.reduce((best, value, index) => (value > (values[best] ?? 0) ? index : best), 0)
}

function rankOf(scores: readonly number[], place: number): number {
  const own = scores[place] ?? 0
  return 1 + scores.filter((score, i) => score > own || (score === own && i < place)).length
}

/** Four decimals: the last bits differ between machines. */
export function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4
}
