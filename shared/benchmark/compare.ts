import { pairedBootstrap } from '../statistics/bootstrap'
import { confusionMatrix, macroF1 } from '../statistics/classification'
import {
  comparePaired,
  compareTogether,
  compareUnpaired,
  type LaunchPair,
} from '../statistics/compare-launches'
import { holm } from '../statistics/multiple-tests'
import { mcnemarTest } from '../statistics/proportion'
import { aucDifference } from '../statistics/roc'
import type { Prediction } from './accuracy'
import type {
  BenchmarkComparison,
  ComparedAccuracy,
  ComparedMeasure,
  ComparedPair,
} from './comparison'
import { launchValues } from './counted'
import type { Launch } from './launch'
import { COMPARED, HEADLINE, MEASURE, type Measure } from './measures'
import type { BenchmarkResult } from './result'
import { figureOf } from './summarise'

/** A stored result, as a comparison needs it. */
export interface ComparedResult {
  resultId: string
  name: string
  /** The run it was measured in: blocks of one run are pairs. */
  runId: string
  result: BenchmarkResult
}

/** Draws of the bootstrap over items, bounded as in summarise.ts. */
const MOST_DRAWS = 2_000_000
const ALPHA = 0.05

/** Why numbers of these results say nothing about each other; undefined when they do. */
export function notComparable(results: readonly ComparedResult[]): string | undefined {
  const different = (of: (result: BenchmarkResult) => string) =>
    new Set(results.map(({ result }) => of(result))).size > 1
  if (different(({ suite }) => suite.id)) return 'They were measured with different suites.'
  if (different(({ suite }) => `${suite.version} ${suite.sha256}`))
    return 'They were measured with different versions of the suite; measure both with one.'
  if (different(({ scenario }) => JSON.stringify(scenario)))
    return 'They were measured in different scenarios.'
  return undefined
}

/**
 * Each result against the first. Speed is compared launch by launch, in pairs of one block where
 * both come from one run; p-values are adjusted over all measures and candidates together (Holm).
 */
export function compareResults(
  results: readonly ComparedResult[],
  practicalDelta: number,
): BenchmarkComparison {
  const [baseline, ...candidates] = results
  if (baseline === undefined) throw new RangeError('A comparison needs results.')
  const drafts = candidates.map((candidate) => draftPair(baseline, candidate, practicalDelta))
  const compared = compareTogether(
    Object.fromEntries(
      drafts.flatMap(({ speeds }, pair) =>
        speeds.map(({ measure, launches }) => [`${pair} ${measure}`, launches] as const),
      ),
    ),
    (pair) => (pair as DraftLaunches).compare(pair),
  )
  const accuracies = adjustAccuracy(drafts.map(({ accuracy }) => accuracy))
  return {
    schemaVersion: 1,
    results: results.map(({ resultId, name }) => ({ resultId, name })),
    practicalDelta,
    pairs: drafts.map(
      ({ speeds, notes }, pair): ComparedPair => ({
        baseline: 0,
        candidate: pair + 1,
        measures: speeds.flatMap(({ measure, launches }): ComparedMeasure[] => {
          const found = compared[`${pair} ${measure}`]
          if (found === undefined) return []
          const alone = launches.compare(launches)
          return [
            {
              measure,
              test: launches.test,
              launches: found.launches,
              effect: found.ratio.estimate - 1,
              lower: found.ratio.lower - 1,
              upper: found.ratio.upper - 1,
              p: alone.p,
              adjustedP: found.p,
              verdict: found.verdict,
              moreLaunches: found.moreLaunches ?? null,
            },
          ]
        }),
        accuracy: accuracies[pair] ?? [],
        notes,
      }),
    ),
    paretoFront: paretoFront(results),
  }
}

interface DraftLaunches extends LaunchPair {
  test: ComparedMeasure['test']
  compare: typeof comparePaired
}

interface DraftPair {
  speeds: { measure: Measure; launches: DraftLaunches }[]
  accuracy: ComparedAccuracy[]
  notes: string[]
}

function draftPair(
  baseline: ComparedResult,
  candidate: ComparedResult,
  threshold: number,
): DraftPair {
  const notes: string[] = []
  const paired = baseline.runId === candidate.runId
  const sameMachine =
    baseline.result.environment.fingerprint === candidate.result.environment.fingerprint
  if (!paired && sameMachine)
    notes.push(
      'They were measured in different runs: what changed on the machine in between is part of the difference. Measure both in one run to be sure.',
    )
  if (!sameMachine)
    notes.push(
      'They were measured in different environments (machine, engine or threads): speed is not compared.',
    )
  const measures = new Set([HEADLINE[baseline.result.scenario.kind], ...COMPARED])
  const speeds = sameMachine
    ? [...measures].flatMap((measure) => {
        const launches = launchesOf(baseline.result, candidate.result, measure, paired, threshold)
        return launches === undefined ? [] : [{ measure, launches }]
      })
    : []
  if (sameMachine && speeds.length === 0)
    notes.push('There are no two launches of each that ended well: nothing can be compared.')
  return { speeds, accuracy: compareAccuracy(baseline.result, candidate.result, notes), notes }
}

/** Candidate as A, baseline as B: a ratio above 1 is more than the baseline. */
function launchesOf(
  baseline: { launches: readonly Launch[] },
  candidate: { launches: readonly Launch[] },
  measure: Measure,
  paired: boolean,
  threshold: number,
): DraftLaunches | undefined {
  const own = launchValues(candidate.launches, measure).filter(({ value }) => value > 0)
  const other = launchValues(baseline.launches, measure).filter(({ value }) => value > 0)
  const options = { threshold, better: MEASURE[measure].better }
  if (paired) {
    const byBlock = new Map(other.map(({ block, value }) => [block, value]))
    const pairs = own.flatMap(({ block, value }) => {
      const against = byBlock.get(block)
      return against === undefined ? [] : [[value, against] as const]
    })
    if (pairs.length < 2) return undefined
    const [a, b] = [pairs.map(([value]) => value), pairs.map(([, value]) => value)]
    return { a, b, ...options, test: 'wilcoxon', compare: comparePaired }
  }
  if (own.length < 2 || other.length < 2) return undefined
  const values = (of: typeof own) => of.map(({ value }) => value)
  return {
    a: values(own),
    b: values(other),
    ...options,
    test: 'mann-whitney',
    compare: compareUnpaired,
  }
}

/** The two models item by item, where both answered the same data. */
function compareAccuracy(
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
    const higherIsBetter = !['mae', 'rmse', 'perplexity'].includes(metric)
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
          : difference > 0 === higherIsBetter
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
  const bootstrap = (statistic: (items: Prediction[]) => number): Tested => {
    const { lower, upper } = pairedBootstrap(
      pairs.map(({ candidate }) => candidate),
      pairs.map(({ baseline }) => baseline),
      statistic,
      {
        method: 'percentile',
        resamples: Math.max(100, Math.min(2000, Math.floor(MOST_DRAWS / pairs.length))),
      },
    )
    return { test: 'paired-bootstrap', lower, upper, p: null, ...none }
  }
  switch (metric) {
    case 'accuracy':
    case 'exact-match': {
      const onlyBaseline = pairs.filter((one) => one.baseline.correct && !one.candidate.correct)
      const onlyCandidate = pairs.filter((one) => one.candidate.correct && !one.baseline.correct)
      const { lower, upper } = bootstrap(shareOf(({ correct }) => correct === true))
      return {
        test: 'mcnemar',
        p: mcnemarTest(onlyBaseline.length, onlyCandidate.length).p,
        lower,
        upper,
        onlyBaseline: onlyBaseline.length,
        onlyCandidate: onlyCandidate.length,
      }
    }
    case 'top-5':
      return bootstrap(shareOf(({ rank }) => rank !== null && rank <= 5))
    case 'macro-f1':
      return bootstrap((items) =>
        macroF1(
          confusionMatrix(
            items.map(({ expected }) => String(expected)),
            items.map(({ predicted }) => String(predicted)),
          ),
        ),
      )
    case 'auc': {
      const truth = pairs.map(({ baseline }) => Number(baseline.expected) === 1)
      if (truth.every(Boolean) || !truth.some(Boolean)) return undefined
      const scores = (of: keyof AnsweredPair) => pairs.map((one) => one[of].score)
      const { lower, upper, p } = aucDifference(truth, scores('candidate'), scores('baseline'))
      return { test: 'paired-bootstrap', lower, upper, p, ...none }
    }
    case 'mae':
      return bootstrap((items) => meanOf(items.map((one) => Math.abs(errorOf(one)))))
    case 'rmse':
      return bootstrap((items) => Math.sqrt(meanOf(items.map((one) => errorOf(one) ** 2))))
    case 'perplexity':
      return undefined
  }
}

const errorOf = ({ expected, predicted }: Prediction) => Number(predicted) - Number(expected)
const meanOf = (values: number[]) => values.reduce((sum, one) => sum + one, 0) / values.length
const shareOf = (right: (one: Prediction) => boolean) => (items: Prediction[]) =>
  items.filter(right).length / items.length

/** Holm over all metrics and candidates that have a p-value; verdicts are decided anew. */
function adjustAccuracy(pairs: readonly ComparedAccuracy[][]): ComparedAccuracy[][] {
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

/** Results that no other beats in one of accuracy, p90 (or the scenario's measure) and memory without losing in another. */
function paretoFront(results: readonly ComparedResult[]): number[] {
  const points = results.map(({ result }) => {
    const headline = HEADLINE[result.scenario.kind]
    const metric = result.accuracy?.metrics[0]
    return [
      metric === undefined
        ? 0
        : ['mae', 'rmse', 'perplexity'].includes(metric.metric)
          ? -metric.value
          : metric.value,
      towardsHigher(figureOf(result.launches, headline)?.estimate, MEASURE[headline].better),
      towardsHigher(figureOf(result.launches, 'memory')?.estimate, 'lower'),
    ]
  })
  return points.flatMap((own, index) => {
    const beaten = points.some(
      (other) =>
        other !== own &&
        other.every((value, i) => value >= (own[i] ?? 0)) &&
        other.some((value, i) => value > (own[i] ?? 0)),
    )
    return beaten ? [] : [index]
  })
}

function towardsHigher(value: number | undefined, better: 'lower' | 'higher'): number {
  if (value === undefined) return Number.NEGATIVE_INFINITY
  return better === 'higher' ? value : -value
}
