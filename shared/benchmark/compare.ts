import {
  comparePaired,
  compareTogether,
  compareUnpaired,
  type LaunchPair,
} from '../statistics/compare-launches'
import { adjustAccuracy, compareAccuracy } from './compare-accuracy'
import type {
  BenchmarkComparison,
  ComparedAccuracy,
  ComparedMeasure,
  ComparedPair,
} from './comparison'
import { countedLaunches, launchValues } from './counted'
import type { Launch } from './launch'
import { COMPARED, HEADLINE, MEASURE, type Measure } from './measures'
import { HIGHER_IS_BETTER } from './metrics'
import type { BenchmarkResult } from './result'
import { figureOf } from './summarise'
import { undisturbedMedian } from './undisturbed'

/** A stored result, as a comparison needs it. */
export interface ComparedResult {
  resultId: string
  name: string
  /** The run it was measured in: blocks of one run are pairs. */
  runId: string
  result: BenchmarkResult
}

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

interface BlockValue {
  block: number
  value: number
}

/** What stands for each launch. Median latencies: of its quiet moments, if every launch has enough queries for that. */
function comparedValues(
  candidate: readonly Launch[],
  baseline: readonly Launch[],
  measure: Measure,
): [BlockValue[], BlockValue[]] {
  const sides = [candidate, baseline] as const
  if (measure === 'latency-p50') {
    const quiet = sides.map((launches) =>
      countedLaunches(launches).map((launch) => ({
        block: launch.block,
        value: undisturbedMedian(launch),
      })),
    )
    if (quiet.flat().every((one): one is BlockValue => one.value !== undefined))
      return quiet as [BlockValue[], BlockValue[]]
  }
  return [launchValues(candidate, measure), launchValues(baseline, measure)]
}

/** Candidate as A, baseline as B: a ratio above 1 is more than the baseline. */
function launchesOf(
  baseline: { launches: readonly Launch[] },
  candidate: { launches: readonly Launch[] },
  measure: Measure,
  paired: boolean,
  threshold: number,
): DraftLaunches | undefined {
  const [own, other] = comparedValues(candidate.launches, baseline.launches, measure).map(
    (values) => values.filter(({ value }) => value > 0),
  ) as [BlockValue[], BlockValue[]]
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

/** Results that no other beats in one of accuracy, p90 (or the scenario's measure) and memory without losing in another. */
function paretoFront(results: readonly ComparedResult[]): number[] {
  const points = results.map(({ result }) => {
    const headline = HEADLINE[result.scenario.kind]
    const metric = result.accuracy?.metrics[0]
    return [
      metric === undefined
        ? 0
        : towardsHigher(metric.value, HIGHER_IS_BETTER[metric.metric] ? 'higher' : 'lower'),
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
