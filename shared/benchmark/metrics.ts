import { confusionMatrix, macroF1 } from '../statistics/classification'
import { auc } from '../statistics/roc'
import type { Confusion, Prediction } from './accuracy'
import type { METRICS } from './scales'

export type Metric = (typeof METRICS)[number]

/** Whether more is better. */
export const HIGHER_IS_BETTER: Readonly<Record<Metric, boolean>> = {
  accuracy: true,
  'top-5': true,
  'macro-f1': true,
  auc: true,
  mae: false,
  rmse: false,
  'exact-match': true,
  perplexity: false,
}

/**
 * A metric over predictions: what the child reports and what `verify` recomputes.
 * @throws RangeError when the predictions are not of the kind that the metric is of.
 */
export function metricValue(metric: Metric, predictions: readonly Prediction[]): number {
  if (predictions.length === 0)
    throw new RangeError(`There are no predictions to take ${metric} of.`)
  switch (metric) {
    case 'accuracy':
    case 'exact-match':
      return share(predictions, ({ correct }) => correct === true)
    case 'top-5':
      return share(predictions, ({ rank }) => rank !== null && rank <= 5)
    case 'macro-f1':
      return macroF1(
        confusionMatrix(labels(predictions, 'expected'), labels(predictions, 'predicted')),
      )
    case 'auc':
      return areaUnderCurve(predictions)
    case 'mae':
      return mean(errors(predictions).map(Math.abs))
    case 'rmse':
      return Math.sqrt(mean(errors(predictions).map((error) => error * error)))
    case 'perplexity':
      return perplexityOf(predictions)
  }
}

/** Cells of expected (row) and predicted (column); null beyond so many classes that nobody would read it. */
export function confusionOf(
  predictions: readonly Prediction[],
  mostClasses = 1000,
): Confusion | null {
  const { labels: classes, counts } = confusionMatrix(
    labels(predictions, 'expected'),
    labels(predictions, 'predicted'),
  )
  if (classes.length > mostClasses) return null
  const cells = counts.flatMap((row, expected) =>
    row.flatMap((count, predicted) =>
      count === 0 ? [] : [[expected, predicted, count] as [number, number, number]],
    ),
  )
  return { classes, cells }
}

function labels(predictions: readonly Prediction[], of: 'expected' | 'predicted'): string[] {
  return predictions.map((prediction) => String(prediction[of]))
}

function share(predictions: readonly Prediction[], is: (one: Prediction) => boolean): number {
  return predictions.filter(is).length / predictions.length
}

function errors(predictions: readonly Prediction[]): number[] {
  return predictions.map(({ expected, predicted, item }) => {
    if (typeof expected !== 'number' || typeof predicted !== 'number')
      throw new RangeError(`Item ${item} has a label that is no number.`)
    return predicted - expected
  })
}

/** Of two classes: the second label in order, whose probability the scores are; undefined for more or fewer. */
export function positiveClass(predictions: readonly Prediction[]): string | undefined {
  const classes = [...new Set(labels(predictions, 'expected'))].sort()
  return classes.length === 2 ? classes[1] : undefined
}

function areaUnderCurve(predictions: readonly Prediction[]): number {
  const positive = positiveClass(predictions)
  if (positive === undefined) {
    const classes = new Set(labels(predictions, 'expected')).size
    throw new RangeError(`There are ${classes} classes; an area under the curve is of two.`)
  }
  return auc(
    predictions.map(({ expected }) => String(expected) === positive),
    predictions.map(({ score }) => score),
  ).estimate
}

function perplexityOf(predictions: readonly Prediction[]): number {
  const tokens = predictions.reduce((sum, prediction) => sum + (prediction.tokens ?? 0), 0)
  if (tokens === 0) throw new RangeError('Without tokens there is no perplexity.')
  return Math.exp(-predictions.reduce((sum, { score }) => sum + score, 0) / tokens)
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length
