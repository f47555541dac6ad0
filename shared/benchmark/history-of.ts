import { changePoints } from '../statistics/change-point'
import { mannWhitneyTest } from '../statistics/mann-whitney'
import type { BenchmarkHistory, ChangePoint, HistoryPoint, HistorySwitch } from './history'
import { MEASURE, type Measure } from './measures'

/** Runs a level has to last before it is one, on each side. */
const SHORTEST = 3
const SIGNIFICANCE = 0.05

/**
 * A line of results, oldest first, with the places where its level changed. Only what one exact
 * environment measured is compared: a step beside a new engine or machine says nothing about the
 * model. Grade C is shown, and judged by nothing.
 */
export function historyOf(
  points: readonly HistoryPoint[],
  measure: Measure,
  practicalDelta: number,
): BenchmarkHistory {
  const lines = new Map<string, number[]>()
  for (const [at, { row }] of points.entries()) {
    if (row.grade === 'C') continue
    const line = lines.get(row.fingerprint)
    if (line === undefined) lines.set(row.fingerprint, [at])
    else line.push(at)
  }
  const changes = [...lines.values()].flatMap((line) =>
    changesOf(line, points, measure, practicalDelta),
  )
  return {
    measure,
    points: [...points],
    changes: changes.sort((a, b) => a.at - b.at),
    switches: points.flatMap((point, at) => switchAt(points[at - 1], point, at) ?? []),
  }
}

function changesOf(
  line: readonly number[],
  points: readonly HistoryPoint[],
  measure: Measure,
  threshold: number,
): ChangePoint[] {
  const values = line.map((at) => points[at]?.figure.estimate ?? 0)
  if (values.some((value) => value <= 0)) return []
  const direction = (ratio: number) =>
    ratio > 1 === (MEASURE[measure].better === 'higher') ? ('faster' as const) : ('slower' as const)
  const found = changePoints(values, {
    threshold,
    significance: SIGNIFICANCE,
    shortest: SHORTEST,
  }).map(
    ({ index, p, ratio }): ChangePoint => ({
      at: line[index] ?? 0,
      effect: ratio - 1,
      p,
      direction: direction(ratio),
      confirmed: true,
    }),
  )
  const newest = suspicion(line, points, threshold)
  const known = newest !== undefined && found.some(({ at }) => at === newest.at)
  if (newest === undefined || known) return found
  return [...found, { ...newest, direction: direction(newest.effect + 1), confirmed: false }]
}

/**
 * Too short a level for a change point: the last run against the one before it, launch by launch.
 * It is said at once, as a suspicion, and confirmed by the runs that follow.
 */
function suspicion(
  line: readonly number[],
  points: readonly HistoryPoint[],
  threshold: number,
): Pick<ChangePoint, 'at' | 'effect' | 'p'> | undefined {
  const [before, now] = line.slice(-2).map((at) => points[at])
  const at = line.at(-1)
  if (before === undefined || now === undefined || at === undefined) return undefined
  const effect = now.figure.estimate / before.figure.estimate - 1
  if (Math.abs(Math.log1p(effect)) <= Math.log1p(threshold)) return undefined
  const { p } = mannWhitneyTest(now.figure.values, before.figure.values)
  return p <= SIGNIFICANCE ? { at, effect, p } : undefined
}

function switchAt(
  before: HistoryPoint | undefined,
  { row }: HistoryPoint,
  at: number,
): HistorySwitch | undefined {
  if (before === undefined) return undefined
  const engine = (of: HistoryPoint['row']) =>
    `${of.engine.name} ${of.engine.version} ${of.engine.threads}`
  const what: HistorySwitch['what'] = []
  if (before.row.modelSha256 !== row.modelSha256) what.push('model')
  if (engine(before.row) !== engine(row)) what.push('engine')
  else if (before.row.fingerprint !== row.fingerprint) what.push('environment')
  return what.length === 0 ? undefined : { at, what }
}
