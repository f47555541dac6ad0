import { type ComparedResult, compareResults, notComparable } from '@shared/benchmark/compare'
import type { BenchmarkComparison } from '@shared/benchmark/comparison'
import type { Summary } from '@shared/benchmark/figures'
import type { BenchmarkHistory, HistoryPoint, HistoryQuery } from '@shared/benchmark/history'
import { historyOf } from '@shared/benchmark/history-of'
import type { LeaderboardTable } from '@shared/benchmark/leaderboard'
import { leaderboardOf } from '@shared/benchmark/leaderboard-of'
import { HEADLINE, type Measure } from '@shared/benchmark/measures'
import type { ResultId, ResultRow } from '@shared/benchmark/result-row'
import { figureOf, summarise } from '@shared/benchmark/summarise'
import { createBreathing } from '../event-loop'
import type { BenchmarkResults, StoredResult } from './results'

/** Results whose launches are read for one history: years of nightly runs. */
const MOST_POINTS = 500

export class ResultNotFoundError extends Error {
  override readonly name = 'ResultNotFoundError'
  readonly resultId: string
  constructor(resultId: string) {
    super(`There is no result ${resultId} in this data folder.`)
    this.resultId = resultId
  }
}

export class NotComparableError extends Error {
  override readonly name = 'NotComparableError'
}

export interface StoredComparison {
  rows: ResultRow[]
  summaries: Summary[]
  comparison: BenchmarkComparison
}

/** Stored results against the first. Throws ResultNotFoundError and NotComparableError. */
export function compareStored(
  results: BenchmarkResults,
  ids: readonly ResultId[],
  delta: number | undefined,
): StoredComparison {
  const found = ids.map((id): StoredResult => {
    const one = results.find(id)
    if (one === undefined) throw new ResultNotFoundError(id)
    return one
  })
  const compared = found.map(
    ({ row, result }): ComparedResult => ({
      resultId: row.id,
      name: row.name,
      runId: row.runId,
      result,
    }),
  )
  const reason = notComparable(compared)
  if (reason !== undefined) throw new NotComparableError(reason)
  return {
    rows: found.map(({ row }) => row),
    summaries: found.map(({ result }) => summarise(result)),
    comparison: compareResults(compared, delta ?? found[0]?.practicalDelta ?? 0.03),
  }
}

export async function historyFor(
  results: BenchmarkResults,
  query: HistoryQuery,
): Promise<BenchmarkHistory> {
  const { series, suiteId, suiteVersion, scenario, threads } = query
  const measure = query.measure ?? HEADLINE[scenario]
  const rows = results
    .matching({ series, suiteId, suiteVersion, scenario })
    .filter(({ engine }) => threads === undefined || engine.threads === threads)
    .slice(-MOST_POINTS)
  const points = await withFigure(results, rows, measure)
  const newest = rows.at(-1)
  const delta = newest && results.find(newest.id)?.practicalDelta
  return historyOf(points, measure, delta ?? 0.03)
}

export async function leaderboardFor(
  results: BenchmarkResults,
  query: {
    category?: string | undefined
    hardwareClass?: string | undefined
    measure?: Measure | undefined
  },
  imported: readonly ResultRow[] = [],
): Promise<LeaderboardTable[]> {
  const rows = results
    .matching({ category: query.category })
    .filter((row) => query.hardwareClass === undefined || row.hardwareClass === query.hardwareClass)
  const byMeasure = new Map<Measure, ResultRow[]>()
  for (const row of rows) {
    const measure = query.measure ?? HEADLINE[row.scenario]
    byMeasure.set(measure, [...(byMeasure.get(measure) ?? []), row])
  }
  const foreign = imported.flatMap((row) => {
    const { headline, suite, hardwareClass } = row
    const wanted =
      (query.category === undefined || suite.category === query.category) &&
      (query.hardwareClass === undefined || hardwareClass === query.hardwareClass)
    return wanted && headline !== null ? [{ row, figure: headline, imported: true as const }] : []
  })
  for (const { figure } of foreign)
    if (query.measure === undefined && !byMeasure.has(figure.measure))
      byMeasure.set(figure.measure, [])
  const tables: LeaderboardTable[] = []
  for (const [measure, some] of byMeasure) {
    const others = foreign.filter(({ figure }) => figure.measure === measure)
    tables.push(
      ...leaderboardOf([...(await withFigure(results, some, measure)), ...others], measure),
    )
  }
  return tables
}

/** The headline is in the row; any other measure is computed from the launches. */
async function withFigure(
  results: BenchmarkResults,
  rows: readonly ResultRow[],
  measure: Measure,
): Promise<HistoryPoint[]> {
  const breathe = createBreathing()
  const all: HistoryPoint[] = []
  for (const row of rows) {
    const launches =
      row.headline?.measure === measure ? undefined : results.find(row.id)?.result.launches
    const figure = launches === undefined ? row.headline : figureOf(launches, measure)
    if (figure) all.push({ row, figure })
    await breathe()
  }
  return all
}
