import type { ResultRow } from '@shared/benchmark/result-row'
import { summarise } from '@shared/benchmark/summarise'
import { toCsv, toMarkdown } from '@shared/benchmark/table-text'
import {
  comparisonTables,
  historyTables,
  leaderboardTables,
  resultTables,
  type TableStyle,
  type TextTable,
} from '@shared/benchmark/tables'
import type { BENCHMARK_EXPORTS, ExportWhat } from '@shared/contract/benchmark'
import { compareStored, historyFor, leaderboardFor, ResultNotFoundError } from './questions'
import type { BenchmarkResults } from './results'

export type BenchmarkFormat = (typeof BENCHMARK_EXPORTS)[number]

const MEDIA_TYPES: Readonly<Record<BenchmarkFormat, string>> = {
  json: 'application/json',
  csv: 'text/csv',
  markdown: 'text/markdown',
}

/** Text to save. Throws ResultNotFoundError and NotComparableError. */
export async function exportBenchmark(
  results: BenchmarkResults,
  what: ExportWhat,
  format: BenchmarkFormat,
  imported: readonly ResultRow[] = [],
): Promise<{ fileName: string; mediaType: string; text: string }> {
  const { name, document, tables } = await contentOf(results, what, imported)
  const extension = format === 'markdown' ? 'md' : format
  return {
    fileName: `${name.replace(/[^\w.-]+/g, '-')}.${extension}`,
    mediaType: MEDIA_TYPES[format],
    text:
      format === 'json'
        ? `${JSON.stringify(document, null, 2)}\n`
        : format === 'csv'
          ? toCsv(tables('bare'))
          : toMarkdown(tables('readable')),
  }
}

interface Content {
  name: string
  document: unknown
  tables(style: TableStyle): TextTable[]
}

async function contentOf(
  results: BenchmarkResults,
  what: ExportWhat,
  imported: readonly ResultRow[],
): Promise<Content> {
  switch (what.kind) {
    case 'result': {
      const found = results.find(what.resultId)
      if (found === undefined) throw new ResultNotFoundError(what.resultId)
      const summary = summarise(found.result)
      return {
        name: `benchmark-${found.row.name}`,
        // The canonical document as it was measured: what is computed from it is not part of it.
        document: found.result,
        tables: (style) => resultTables(found.row, summary, style),
      }
    }
    case 'comparison': {
      const { comparison } = compareStored(results, what.resultIds, what.delta)
      return {
        name: 'comparison',
        document: comparison,
        tables: (style) => comparisonTables(comparison, style),
      }
    }
    case 'history': {
      const history = await historyFor(results, what.query)
      return {
        name: 'history',
        document: history,
        tables: (style) => historyTables(history, style),
      }
    }
    case 'leaderboard': {
      const tables = await leaderboardFor(results, { category: what.category }, imported)
      return {
        name: 'leaderboard',
        document: tables,
        tables: (style) => leaderboardTables(tables, style),
      }
    }
  }
}
