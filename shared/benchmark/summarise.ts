import { bootstrapIndices } from '../statistics/bootstrap'
import { boxSummary } from '../statistics/box-summary'
import { coefficientOfVariation } from '../statistics/describe'
import { binomialTails } from '../statistics/distributions'
import { wilsonInterval } from '../statistics/proportion'
import { median } from '../statistics/quantile'
import { auc } from '../statistics/roc'
import { ascending, type Interval } from '../statistics/sample'
import type { Accuracy, MetricValue, Prediction } from './accuracy'
import { countedLaunches, launchValues } from './counted'
import { drawsFor } from './draws'
import type { AccuracyFigure, Figure, Summary } from './figures'
import type { Launch } from './launch'
import { MEASURE, MEASURES, type Measure } from './measures'
import { metricValue, positiveClass } from './metrics'
import type { BenchmarkResult } from './result'

const CONFIDENCE = 0.95

/** Everything a result says, from its raw launches: the same everywhere, for whoever doubts it. */
export function summarise(result: Pick<BenchmarkResult, 'launches' | 'accuracy'>): Summary {
  const { launches, accuracy } = result
  const counted = countedLaunches(launches)
  const failed = launches.filter(({ measured }) => measured === null).length
  const outputs = counted.map(({ measured }) => measured.sampledOutputs)
  const ratios = counted.flatMap(({ measured }) => measured.repeatedItem?.ratio ?? [])
  return {
    launches: {
      counted: counted.length,
      repeated: launches.length - failed - counted.length,
      noisy: counted.filter(({ noisy }) => noisy).length,
      failed,
    },
    figures: MEASURES.flatMap((measure) => figureOf(launches, measure) ?? []),
    accuracy: accuracy === null ? [] : accuracyFigures(accuracy),
    earlyStopping: earlyStoppingOf(launches),
    repeatedItemRatio: ratios.length === 0 ? null : Math.min(...ratios),
    outputs:
      outputs.length === 0
        ? null
        : {
            compared: outputs.reduce((sum, { queries }) => sum + queries, 0),
            different: outputs.reduce((sum, { different }) => sum + different, 0),
          },
  }
}

/** Undefined where no counted launch has the measure. */
export function figureOf(launches: readonly Launch[], measure: Measure): Figure | undefined {
  const values = launchValues(launches, measure).map(({ value }) => value)
  if (values.length === 0) return undefined
  const { unit, better } = MEASURE[measure]
  const { estimate, lower, upper, confidence } = medianInterval(values)
  const varies = values.length > 1 && values.every((value) => value > 0)
  const { mild, severe } = boxSummary(values)
  return {
    measure,
    unit,
    better,
    estimate,
    lower,
    upper,
    confidence: values.length === 1 ? null : confidence,
    values,
    spread: varies ? coefficientOfVariation(values) : null,
    outliers: mild.length + severe.length,
  }
}

/**
 * The median with the interval between two order statistics, which holds whatever the
 * distribution is: P = 1 - 2 P[Bin(n, 1/2) < k]. Fewer than six values cannot reach 95 %; then
 * it is their whole range, and `confidence` says what that achieves. Conover, Practical
 * Nonparametric Statistics, 3.2.
 */
export function medianInterval(values: readonly number[]): Interval {
  const sorted = ascending(values)
  const n = sorted.length
  const achieved = (k: number) => 1 - 2 * binomialTails(k - 1, n, 0.5).lower
  let k = 1
  while (k < Math.floor(n / 2) && achieved(k + 1) >= CONFIDENCE) k++
  return {
    estimate: median(sorted),
    lower: sorted[k - 1] ?? Number.NaN,
    upper: sorted[n - k] ?? Number.NaN,
    confidence: Math.max(0, achieved(k)),
  }
}

export function accuracyFigures(accuracy: Accuracy): AccuracyFigure[] {
  return accuracy.metrics.map((metric) => ({
    ...metric,
    ...boundsOf(accuracy, metric),
    items: accuracy.items,
  }))
}

/** Null bounds where what was kept of the answers does not give any. */
function boundsOf(
  { items, predictions }: Accuracy,
  { metric, value }: MetricValue,
): { lower: number | null; upper: number | null } {
  const bounds = ({ lower, upper }: Pick<Interval, 'lower' | 'upper'>) => ({ lower, upper })
  if (predictions.length < 2) return { lower: null, upper: null }
  switch (metric) {
    case 'accuracy':
    case 'top-5':
    case 'exact-match':
      return bounds(wilsonInterval(Math.round(value * items), items, CONFIDENCE))
    case 'auc': {
      const positive = positiveClass(predictions)
      if (positive === undefined) return { lower: null, upper: null }
      const truth = predictions.map(({ expected }) => String(expected) === positive)
      return bounds(
        auc(
          truth,
          predictions.map(({ score }) => score),
        ),
      )
    }
    default:
      return bounds(
        bootstrapIndices(
          predictions.length,
          (indices) =>
            metricValue(
              metric,
              Array.from(indices, (i) => predictions[i] as Prediction),
            ),
          { method: 'percentile', resamples: drawsFor(items), confidence: CONFIDENCE },
        ),
      )
  }
}

/** The launch with the fewest queries says least: its statement is the one that holds for all. */
function earlyStoppingOf(launches: readonly Launch[]): Summary['earlyStopping'] {
  const all = countedLaunches(launches).flatMap(({ measured }) => measured.latency ?? [])
  const [least] = all.sort((a, b) => a.queries - b.queries)
  if (least === undefined) return null
  const { percentile, estimate, moreQueries, count, tolerated, needed } = least.earlyStopping
  return { percentile, estimateNs: estimate, moreQueries, queries: count, tolerated, needed }
}
