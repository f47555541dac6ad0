import { geometricMean } from '../statistics/describe'
import { adjustForMachines } from '../statistics/machine-adjusted'
import { median } from '../statistics/quantile'
import { rankIntervals } from '../statistics/rank-agreement'
import { EVIDENCE } from './evidence'
import type { AccuracyFigure, Figure } from './figures'
import type { LeaderboardRow, LeaderboardTable } from './leaderboard'
import { HEADLINE, MEASURE, type Measure } from './measures'
import type { ResultRow } from './result-row'
import { GRADES } from './scales'

/** As much of a result as ranking needs: one of this console, or one that was published. */
export type RankedRow = Pick<
  ResultRow,
  | 'role'
  | 'name'
  | 'modelSha256'
  | 'scenario'
  | 'startedAt'
  | 'hardwareClass'
  | 'grade'
  | 'evidence'
  | 'override'
  | 'memoryBytes'
> & {
  id: string
  suite: Pick<ResultRow['suite'], 'id' | 'version' | 'category'>
  engine: Pick<ResultRow['engine'], 'threads'>
  accuracy: Pick<AccuracyFigure, 'metric' | 'value'> | null
}

/** One result with the figure it is ranked by. */
export interface RankedResult {
  row: RankedRow
  figure: Pick<Figure, 'estimate' | 'lower' | 'upper'>
  /** In an imported passport. */
  imported?: boolean
}

/**
 * Tables of models that may be ranked together: one suite, version and scenario, machines that a
 * chain of common models connects. Numbers of grade C and of models that ran without a clean scan
 * rank nobody. Only threads that are the same are compared.
 */
export function leaderboardOf(
  results: readonly RankedResult[],
  measure?: Measure,
): LeaderboardTable[] {
  const groups = new Map<string, RankedResult[]>()
  for (const one of results) {
    const { suite, scenario, engine } = one.row
    const key = JSON.stringify([suite.id, suite.version, scenario, engine.threads])
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return [...groups.values()].flatMap((group) => tablesOf(group, measure))
}

function tablesOf(group: readonly RankedResult[], wanted: Measure | undefined): LeaderboardTable[] {
  const [first] = group
  if (first === undefined) return []
  const measure = wanted ?? HEADLINE[first.row.scenario]
  const noisy = group.filter(({ row }) => row.grade === 'C').length
  const unclean = group.filter(({ row }) => row.grade !== 'C' && row.override !== null).length
  const kept = group.filter(
    ({ row, figure }) => row.grade !== 'C' && row.override === null && figure.estimate > 0,
  )
  const notes = [
    ...(noisy > 0 ? [`${noisy} results of grade C rank nobody.`] : []),
    ...(unclean > 0 ? [`${unclean} results of models without a clean scan rank nobody.`] : []),
  ]
  const { suite } = first.row
  const head = {
    suiteId: suite.id,
    suiteVersion: suite.version,
    category: suite.category,
    measure,
  }
  if (kept.length === 0) return notes.length === 0 ? [] : [{ ...head, ...EMPTY, notes }]
  const machines = new Set(kept.map(({ row }) => row.hardwareClass))
  if (machines.size === 1)
    return [
      {
        ...head,
        hardwareClasses: [...machines],
        machines: [],
        rows: rankOnOneMachine(kept, measure),
        notes,
      },
    ]
  return adjustedTables(kept, measure).map((table) => ({ ...head, ...table, notes }))
}

const EMPTY = { hardwareClasses: [], machines: [], rows: [] }

/** Newest result of each model; intervals are those over its launches. */
function rankOnOneMachine(results: readonly RankedResult[], measure: Measure): LeaderboardRow[] {
  const { better } = MEASURE[measure]
  const models = [...byModel(results).values()].flatMap((all) => {
    const newest = all.toSorted((a, b) => a.row.startedAt.getTime() - b.row.startedAt.getTime())
    const last = newest.at(-1)
    return last === undefined ? [] : [{ all, figure: last.figure }]
  })
  const ranks = rankIntervals(
    models.map(({ figure }) => figure),
    better,
  )
  return models
    .map(({ all, figure: { estimate, lower, upper } }, index) => ({
      ...aboutModel(all),
      estimate,
      lower,
      upper,
      rank: ranks[index] ?? { best: 1, worst: models.length },
      machines: 1,
    }))
    .sort((a, b) => (better === 'lower' ? a.estimate - b.estimate : b.estimate - a.estimate))
}

/** The two-way model takes each machine's own speed out; groups that nothing connects stay apart. */
function adjustedTables(
  results: readonly RankedResult[],
  measure: Measure,
): Pick<LeaderboardTable, 'hardwareClasses' | 'machines' | 'rows'>[] {
  const models = byModel(results)
  const groups = adjustForMachines(
    results.map(({ row, figure }) => ({
      model: row.modelSha256,
      machine: row.hardwareClass,
      value: figure.estimate,
    })),
    { better: MEASURE[measure].better },
  )
  return groups.map((group) => {
    const own = group.models.flatMap(({ model }) => models.get(model) ?? [])
    // Ratios are to the mean model of the group; its level brings them back to the measure's unit.
    const level =
      geometricMean(own.map(({ figure }) => figure.estimate)) /
      geometricMean(
        own.map(
          ({ row }) => ratioOf(group.models, row.modelSha256) * factorOf(group.machines, row),
        ),
      )
    const widest = (value: number) => (Number.isFinite(value) ? value : Number.MAX_VALUE)
    return {
      hardwareClasses: group.machines.map(({ machine }) => machine).sort(),
      machines: group.machines.map(({ machine, factor }) => ({ hardwareClass: machine, factor })),
      rows: group.models.flatMap(({ model, ratio, rank, machines }): LeaderboardRow[] => {
        const all = models.get(model)
        if (all === undefined) return []
        return [
          {
            ...aboutModel(all),
            estimate: ratio.estimate * level,
            lower: ratio.lower * level,
            upper: widest(ratio.upper * level),
            rank,
            machines,
          },
        ]
      }),
    }
  })
}

const ratioOf = (
  models: readonly { model: string; ratio: { estimate: number } }[],
  model: string,
) => models.find((one) => one.model === model)?.ratio.estimate ?? 1

const factorOf = (
  machines: readonly { machine: string; factor: number }[],
  { hardwareClass }: RankedRow,
) => machines.find(({ machine }) => machine === hardwareClass)?.factor ?? 1

function byModel(results: readonly RankedResult[]): Map<string, RankedResult[]> {
  const models = new Map<string, RankedResult[]>()
  for (const one of results) {
    const key = one.row.modelSha256
    models.set(key, [...(models.get(key) ?? []), one])
  }
  return models
}

function aboutModel(
  results: readonly RankedResult[],
): Omit<LeaderboardRow, 'estimate' | 'lower' | 'upper' | 'rank' | 'machines'> {
  const rows = results
    .map(({ row }) => row)
    .sort((a, b) => b.startedAt.getTime() - a.startedAt.getTime())
  const [newest] = rows
  if (newest === undefined) throw new RangeError('A model on a leaderboard has results.')
  const accuracy = rows.find((row) => row.accuracy !== null)?.accuracy
  const memory = rows.flatMap(({ memoryBytes }) => memoryBytes ?? [])
  return {
    modelSha256: newest.modelSha256,
    name: newest.name,
    accuracy: accuracy ? { metric: accuracy.metric, value: accuracy.value } : null,
    memoryBytes: memory.length === 0 ? null : median(memory),
    results: rows.length,
    // A row is as good as the weakest thing it stands on.
    evidence:
      EVIDENCE[Math.min(...rows.map(({ evidence }) => EVIDENCE.indexOf(evidence)))] ?? EVIDENCE[0],
    grade: GRADES[Math.max(...rows.map(({ grade }) => GRADES.indexOf(grade)))] ?? 'C',
    resultId: newest.id,
    reference: rows.every(({ role }) => role === 'reference'),
    ...(results.find(({ row }) => row.id === newest.id)?.imported && { imported: true }),
  }
}
