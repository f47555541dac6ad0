import { type BootstrapOptions, type BootstrapResult, bootstrapIndices } from './bootstrap'
import { wilsonInterval } from './proportion'
import { checkCount, checkPairs, type Interval } from './sample'

/** Counts of items by true label (row) and predicted label (column). */
export interface ConfusionMatrix {
  labels: string[]
  counts: number[][]
}

/**
 * The confusion matrix over all labels that occur, sorted.
 * @throws RangeError when there are not as many predictions as labels, or none.
 */
export function confusionMatrix(
  truth: readonly string[],
  predicted: readonly string[],
): ConfusionMatrix {
  const { labels, rows, columns } = encode(truth, predicted)
  return { labels, counts: countsOf(labels.length, rows, columns) }
}

export interface ClassScore {
  label: string
  precision: number
  recall: number
  f1: number
  /** Items that truly have this label. */
  support: number
}

/** Precision, recall and F1 of each label; 0 where a label was never predicted or never true. */
export function classScores({ labels, counts }: ConfusionMatrix): ClassScore[] {
  return labels.map((label, k) => {
    const hit = counts[k]?.[k] ?? 0
    const support = (counts[k] ?? []).reduce((sum, count) => sum + count, 0)
    const called = counts.reduce((sum, row) => sum + (row[k] ?? 0), 0)
    return {
      label,
      precision: called === 0 ? 0 : hit / called,
      recall: support === 0 ? 0 : hit / support,
      f1: support + called === 0 ? 0 : (2 * hit) / (support + called),
      support,
    }
  })
}

/** Mean F1 of the labels: a rare label counts as much as a frequent one. */
export function macroF1(matrix: ConfusionMatrix): number {
  const scores = classScores(matrix)
  return scores.reduce((sum, { f1 }) => sum + f1, 0) / scores.length
}

/** F1 over all decisions together; with one label an item it is the accuracy. */
export function microF1({ counts }: ConfusionMatrix): number {
  const hits = counts.reduce((sum, row, k) => sum + (row[k] ?? 0), 0)
  return hits / counts.flat().reduce((sum, count) => sum + count, 0)
}

/** Share of items with the right label, Wilson interval. */
export function accuracy(
  truth: readonly string[],
  predicted: readonly string[],
  confidence = 0.95,
): Interval {
  checkPairs(truth, predicted, 'Labels and predictions')
  const right = truth.filter((label, i) => label === predicted[i]).length
  return wilsonInterval(right, truth.length, confidence)
}

/** Macro F1 with a bootstrap interval over items. */
export function macroF1Interval(
  truth: readonly string[],
  predicted: readonly string[],
  options: BootstrapOptions = {},
): BootstrapResult {
  const { labels, rows, columns } = encode(truth, predicted)
  return bootstrapIndices(
    truth.length,
    (indices) => {
      const counts = countsOf(
        labels.length,
        indices.map((i) => rows[i] ?? 0),
        indices.map((i) => columns[i] ?? 0),
      )
      // A label that a resample does not hold is no label of it: it would count as an F1 of 0.
      const held = labels.filter((_, k) => counts[k]?.some(Boolean) || counts.some((row) => row[k]))
      return (macroF1({ labels, counts }) * labels.length) / held.length
    },
    options,
  )
}

/**
 * Share of items whose true class is among the k highest scores, Wilson interval.
 *
 * Ties count against the model: one that gives every class the same score is never right.
 * @param truth class numbers. @param scores one row an item, one score a class. NaN is no score.
 */
export function topKAccuracy(
  truth: readonly number[],
  scores: readonly ArrayLike<number>[],
  k: number,
  confidence = 0.95,
): Interval {
  checkPairs(truth, scores, 'Labels and rows of scores')
  checkCount(k, 'k', 1)
  const right = truth.filter((label, item) => {
    const row = Array.from(scores[item] ?? [])
    const own = row[label]
    if (own === undefined)
      throw new RangeError(`Item ${item} has class ${label}, but ${row.length} scores only.`)
    return !Number.isNaN(own) && row.filter((score) => !(score < own)).length <= k
  }).length
  return wilsonInterval(right, truth.length, confidence)
}

function encode(truth: readonly string[], predicted: readonly string[]) {
  checkPairs(truth, predicted, 'Labels and predictions')
  if (truth.length === 0) throw new RangeError('There are no items to judge.')
  const labels = [...new Set([...truth, ...predicted])].sort()
  const numbers = new Map(labels.map((label, k) => [label, k]))
  const code = (of: readonly string[]) => Uint32Array.from(of, (label) => numbers.get(label) ?? 0)
  return { labels, rows: code(truth), columns: code(predicted) }
}

function countsOf(size: number, rows: Uint32Array, columns: Uint32Array): number[][] {
  const counts = Array.from({ length: size }, () => new Array<number>(size).fill(0))
  rows.forEach((row, i) => {
    const line = counts[row]
    const column = columns[i] ?? 0
    if (line) line[column] = (line[column] ?? 0) + 1
  })
  return counts
}
