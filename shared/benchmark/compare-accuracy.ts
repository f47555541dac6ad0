import { pairedBootstrap } from '../statistics/bootstrap'
import { holm } from '../statistics/multiple-tests'
import { mcnemarTest } from '../statistics/proportion'
import { aucDifference } from '../statistics/roc'
import type { Prediction } from './accuracy'
import type { ComparedAccuracy } from './comparison'
import { drawsFor } from './draws'
import { HIGHER_IS_BETTER, metricValue, positiveClass } from './metrics'
import type { BenchmarkResult } from './result'

const ALPHA = 0.05

/** The two models item by item, where both answered the same data. */
export function compareAccuracy(
  baseline: BenchmarkResult,
  candidate: BenchmarkResult,
  notes: string[],
): ComparedAccuracy[] {
  const [first, second] = [baseline.accuracy, candidate.accuracy]
  if (first === null || second === null) return []
  if (first.dataSha256 !== second.dataSha256) {
    notes.push('They answered different data: accuracy is not compared.')
    return []
  }
  const byItem = new Map(first.predictions.map((one) => [one.item, one]))
  const pairs = second.predictions.flatMap((one) => {
    const other = byItem.get(one.item)
    return other === undefined ? [] : [{ baseline: other, candidate: one }]
  })
  if (pairs.length < 2) return []
  return second.metrics.flatMap(({ metric, value }): ComparedAccuracy[] => {
    const before = first.metrics.find((one) => one.metric === metric)?.value
    if (before === undefined) return []
    const tested = testMetric(metric, pairs)
    if (tested === undefined) return []
    const { lower, upper } = tested
    const difference = value - before
    const shown = tested.p === null ? lower > 0 || upper < 0 : tested.p <= ALPHA
    return [
      {
        metric,
        items: pairs.length,
        baseline: before,
        candidate: value,
        difference,
        adjustedP: tested.p,
        verdict: !shown
          ? 'no-difference-shown'
          : difference > 0 === HIGHER_IS_BETTER[metric]
            ? 'better'
            : 'worse',
        ...tested,
      },
    ]
  })
}

interface AnsweredPair {
  baseline: Prediction
  candidate: Prediction
}

type Tested = Pick<
  ComparedAccuracy,
  'test' | 'lower' | 'upper' | 'p' | 'onlyBaseline' | 'onlyCandidate'
>

function testMetric(
  metric: ComparedAccuracy['metric'],
  pairs: readonly AnsweredPair[],
): Tested | undefined {
  const none = { onlyBaseline: null, onlyCandidate: null }
  if (metric === 'auc') {
    const positive = positiveClass(pairs.map(({ baseline }) => baseline))
    if (positive === undefined) return undefined
    const truth = pairs.map(({ baseline }) => String(baseline.expected) === positive)
    const scores = (of: keyof AnsweredPair) => pairs.map((one) => one[of].score)
    const { lower, upper, p } = aucDifference(truth, scores('candidate'), scores('baseline'))
    return { test: 'delong', lower, upper, p, ...none }
  }
  const { lower, upper } = pairedBootstrap(
    pairs.map(({ candidate }) => candidate),
    pairs.map(({ baseline }) => baseline),
    (items) => metricValue(metric, items),
    { method: 'percentile', resamples: drawsFor(pairs.length) },
  )
  if (metric !== 'accuracy' && metric !== 'exact-match')
    return { test: 'paired-bootstrap', lower, upper, p: null, ...none }
  const onlyBaseline = pairs.filter((one) => one.baseline.correct && !one.candidate.correct).length
  const onlyCandidate = pairs.filter((one) => one.candidate.correct && !one.baseline.correct).length
  const { p } = mcnemarTest(onlyBaseline, onlyCandidate)
  return { test: 'mcnemar', p, lower, upper, onlyBaseline, onlyCandidate }
}

/** Holm over all metrics and candidates that have a p-value; verdicts are decided anew. */
export function adjustAccuracy(pairs: readonly ComparedAccuracy[][]): ComparedAccuracy[][] {
  const adjusted = holm(pairs.flat().flatMap(({ p }) => p ?? []))
  let next = 0
  return pairs.map((metrics) =>
    metrics.map((one) => {
      if (one.p === null) return one
      const adjustedP = adjusted[next++] ?? 1
      return adjustedP <= ALPHA
        ? { ...one, adjustedP }
        : { ...one, adjustedP, verdict: 'no-difference-shown' as const }
    }),
  )
}
