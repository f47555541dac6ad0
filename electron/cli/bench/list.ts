import { createHash } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { ResultId, type ResultRow } from '@shared/benchmark/result-row'
import { summarise } from '@shared/benchmark/summarise'
import {
  historyTables,
  leaderboardTables,
  resultTables,
  type TextTable,
} from '@shared/benchmark/tables'
import { figureText, MEASURE_NAMES } from '@shared/benchmark/words'
import { historyFor, leaderboardFor } from '../../core/benchmark/questions'
import { EXIT, UsageError } from '../usage'
import { exportPassport } from './export-passport'
import { text } from './messages'
import { withBenchmark } from './open'
import type { BenchOptions } from './options'
import { print } from './print'

const SHOWN = 100

/** Results of the workspace, or the line of one model. */
export function history(options: BenchOptions, bundleFolder: string): Promise<number> {
  return withBenchmark({ ...options, bundleFolder }, async ({ benchmark }) => {
    const [model] = options.names
    const query = { limit: SHOWN, offset: 0, search: '', references: false }
    if (model === undefined) {
      const { rows } = benchmark.results.list({ ...query, suiteId: options.suite })
      if (rows.length === 0) process.stderr.write(`${text.noResults}\n`)
      print(options, rows, (style) => [listTable(rows, style === 'bare')])
      return EXIT.clean
    }
    const series = seriesOf(model)
    const newest = benchmark.results.list({ ...query, limit: 1, series, suiteId: options.suite })
      .rows[0]
    if (newest === undefined) {
      process.stderr.write(`${text.noResults}\n`)
      return EXIT.error
    }
    const line = await historyFor(benchmark.results, {
      series,
      suiteId: newest.suite.id,
      suiteVersion: newest.suite.version,
      scenario: options.scenario || newest.scenario,
      threads: newest.engine.threads,
    })
    print(options, line, (style) => historyTables(line, style))
    return EXIT.clean
  })
}

export function exportResult(options: BenchOptions, bundleFolder: string): Promise<number> {
  const [name] = options.names
  if (name === undefined) throw new UsageError(text.exportUsage)
  return withBenchmark({ ...options, bundleFolder }, async (open) => {
    if (options.format === 'passport') return exportPassport(open, options, name)
    const { benchmark, imports } = open
    if (name === 'leaderboard') {
      const tables = await leaderboardFor(benchmark.results, {}, imports.rows())
      print(options, tables, (style) => leaderboardTables(tables, style))
      return EXIT.clean
    }
    const id = ResultId.safeParse(name)
    const found = id.success ? benchmark.results.find(id.data) : undefined
    if (found === undefined) throw new UsageError(text.noResult(name))
    const { row, result } = found
    const summary = summarise(result)
    print(options, result, (style) => resultTables(row, summary, style))
    return EXIT.clean
  })
}

export function suites(options: BenchOptions, bundleFolder: string): Promise<number> {
  return withBenchmark({ ...options, bundleFolder }, async ({ benchmark }) => {
    const rows = benchmark.suites.list()
    print(options, rows, () => [
      {
        title: 'Suites',
        columns: ['Id', 'Version', 'Title', 'Category', 'Scenarios', 'Metric'],
        rows: rows.map((one) => [
          one.id,
          one.version,
          one.title,
          one.category,
          one.scenarios.join(' '),
          one.metric ?? '',
        ]),
        notes: [],
      },
    ])
    return EXIT.clean
  })
}

/** As the results keep it (execute-run.ts). */
function seriesOf(path: string): string {
  try {
    return createHash('sha256').update(realpathSync(path)).digest('hex').slice(0, 32)
  } catch {
    throw new UsageError(text.noResult(path))
  }
}

function listTable(rows: readonly ResultRow[], bare: boolean): TextTable {
  return {
    title: 'Results, newest first',
    columns: [
      'Result',
      'When',
      'Model',
      'Suite',
      'Measure',
      'Value',
      'Accuracy',
      'Grade',
      'Evidence',
    ],
    rows: rows.map((row) => [
      row.id,
      row.startedAt.toISOString().slice(0, 16).replace('T', ' '),
      row.name,
      `${row.suite.id} ${row.suite.version}`,
      row.headline === null ? '' : MEASURE_NAMES[row.headline.measure],
      row.headline === null ? '' : bare ? String(row.headline.estimate) : figureText(row.headline),
      row.accuracy === null ? '' : row.accuracy.value.toFixed(4),
      row.grade,
      row.evidence,
    ]),
    notes: [],
  }
}
