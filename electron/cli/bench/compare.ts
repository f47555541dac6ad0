import { existsSync } from 'node:fs'
import { compareResults, notComparable } from '@shared/benchmark/compare'
import { HEADLINE } from '@shared/benchmark/measures'
import { BenchmarkResult } from '@shared/benchmark/result'
import { ResultId } from '@shared/benchmark/result-row'
import { comparisonTables } from '@shared/benchmark/tables'
import { z } from 'zod'
import { compareStored, NotComparableError } from '../../core/benchmark/questions'
import { readJsonFile } from '../reports'
import { UsageError } from '../usage'
import { text } from './messages'
import { withBenchmark } from './open'
import type { BenchOptions } from './options'
import { print } from './print'
import { exitCodeOf, worstVerdict } from './run'

/** Stored results, or files of them, against the first. */
export async function compare(options: BenchOptions, bundleFolder: string): Promise<number> {
  const { names } = options
  if (names.length < 2 || names.length > 5) throw new UsageError(text.compareUsage)
  if (names.every((name) => existsSync(name))) return compareFiles(options)
  const ids = names.map((name) => {
    const id = ResultId.safeParse(name)
    if (!id.success) throw new UsageError(text.noResult(name))
    return id.data
  })
  return withBenchmark({ ...options, bundleFolder }, async ({ benchmark }) => {
    const missing = ids.find((id) => benchmark.results.row(id) === undefined)
    if (missing !== undefined) throw new UsageError(text.noResult(missing))
    const compared = compareStored(benchmark.results, ids, options.delta)
    print(options, compared.comparison, (style) => comparisonTables(compared.comparison, style))
    return exitCodeOf(worstVerdict(compared))
  })
}

/** What `bench run --format json` and `bench export` write. */
const ResultFile = z.union([
  BenchmarkResult.transform((result) => [result]),
  z
    .object({ results: z.array(z.object({ result: BenchmarkResult })).min(1) })
    .transform(({ results }) => results.map(({ result }) => result)),
])

function compareFiles(options: BenchOptions): number {
  const results = options.names.flatMap((name) => {
    const parsed = ResultFile.safeParse(readJsonFile(name))
    if (!parsed.success) throw new UsageError(text.noResult(name))
    return parsed.data.map((result) => ({
      resultId: name,
      name,
      // Seed and environment of one job are one: its launches were interleaved.
      runId: `${result.seed} ${result.environment.fingerprint}`,
      result,
    }))
  })
  const reason = notComparable(results)
  if (reason !== undefined) throw new NotComparableError(reason)
  const comparison = compareResults(results, options.delta ?? 0.03)
  print(options, comparison, (style) => comparisonTables(comparison, style))
  const headline = results[0] && HEADLINE[results[0].result.scenario.kind]
  const verdicts = comparison.pairs.map(
    ({ measures }) => measures.find(({ measure }) => measure === headline)?.verdict,
  )
  if (verdicts.includes('slower')) return exitCodeOf('slower')
  return verdicts.every((one) => one === 'faster' || one === 'equivalent')
    ? exitCodeOf('equivalent')
    : exitCodeOf('inconclusive')
}
