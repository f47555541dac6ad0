import { existsSync, realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import type { ComparisonVerdict } from '@shared/benchmark/comparison'
import { HEADLINE } from '@shared/benchmark/measures'
import type { BenchmarkResult } from '@shared/benchmark/result'
import { ResultId } from '@shared/benchmark/result-row'
import { summarise } from '@shared/benchmark/summarise'
import { comparisonTables, resultTables } from '@shared/benchmark/tables'
import type { BenchmarkEvent } from '@shared/contract/benchmark'
import { compareStored, type StoredComparison } from '../../core/benchmark/questions'
import type { StoredResult } from '../../core/benchmark/results'
import { EXIT, UsageError } from '../usage'
import { text } from './messages'
import { type OpenBenchmark, withBenchmark } from './open'
import { type BenchOptions, suiteChoice } from './options'
import { print } from './print'
import { createBenchProgress } from './progress'

const MOST_MODELS = 5

export async function run(options: BenchOptions, bundleFolder: string): Promise<number> {
  const own = options.names.map((name) => resolve(name))
  if (own.length === 0) throw new UsageError(text.noModel)
  return withBenchmark({ ...options, bundleFolder }, async (open) => {
    const suite = chooseSuite(open, options)
    const baseline = baselineOf(open, options)
    const models = [...(baseline.model === undefined ? [] : [baseline.model]), ...own]
    if (models.length > MOST_MODELS) throw new UsageError(text.tooManyModels)
    const handle = await open.benchmark.service.start({
      models: models.map((path) => ({ path })),
      suite,
      scenario: options.scenario || undefined,
      engine: options.engine || undefined,
      threads: options.threads,
      profile: options.profile,
      launches: options.launches,
      references: options.references,
      seed: options.seed,
      override: options.unscanned === undefined ? undefined : { reason: options.unscanned },
    })
    const last = await follow(open, handle.job.id)
    if (last?.type !== 'done') return sayEnd(last)
    const stored = last.results.flatMap((id) => open.benchmark.results.find(id) ?? [])
    const against = baseline.result?.(stored) ?? undefined
    const ids = [...(against === undefined ? [] : [against]), ...last.results]
    const compared =
      ids.length > 1 ? compareStored(open.benchmark.results, ids, options.delta) : undefined
    show(options, stored, compared)
    if (stored.some(({ result }) => result.launches.every(({ measured }) => measured === null))) {
      process.stderr.write(`${text.failedLaunches} ${firstEnding(stored)}\n`)
      return EXIT.error
    }
    if (options.baseline === undefined) return EXIT.clean
    if (compared === undefined) {
      process.stderr.write(`${text.noLast}\n`)
      return EXIT.error
    }
    const verdict = worstVerdict(compared)
    process.stderr.write(`${text.verdict[verdict]}\n`)
    return exitCodeOf(verdict)
  })
}

export function exitCodeOf(verdict: ComparisonVerdict): number {
  if (verdict === 'slower') return EXIT.found
  return verdict === 'inconclusive' ? EXIT.error : EXIT.clean
}

/** Of all candidates, in the measure the scenario is judged by. */
export function worstVerdict({ rows, comparison }: StoredComparison): ComparisonVerdict {
  const headline = rows[0] && HEADLINE[rows[0].scenario]
  const verdicts = comparison.pairs.map(
    ({ measures }) =>
      measures.find(({ measure }) => measure === headline)?.verdict ?? 'inconclusive',
  )
  const order: ComparisonVerdict[] = ['slower', 'inconclusive', 'equivalent', 'faster']
  return order.find((one) => verdicts.includes(one)) ?? 'inconclusive'
}

function chooseSuite({ benchmark }: OpenBenchmark, { suite }: BenchOptions) {
  if (suite !== undefined) return suiteChoice(suite)
  const builtIn = benchmark.suites.list()
  const speed = builtIn.filter(({ task }) => task === 'speed')
  const [only] = speed
  if (only !== undefined && speed.length === 1) return only.choice
  throw new UsageError(text.noSuite(builtIn.map(({ id }) => id)))
}

/** A model that is measured along, or a result that is there; nothing without the flag. */
function baselineOf(
  { benchmark }: OpenBenchmark,
  { baseline }: BenchOptions,
): { model?: string; result?: (measured: readonly StoredResult[]) => ResultId | undefined } {
  if (baseline === undefined) return {}
  if (existsSync(baseline)) return { model: realpathSync(baseline) }
  if (baseline === 'last')
    return {
      result: ([measured]) =>
        measured &&
        benchmark.results
          .matching({
            series: measured.row.series,
            suiteId: measured.row.suite.id,
            suiteVersion: measured.row.suite.version,
            scenario: measured.row.scenario,
          })
          .findLast(
            ({ id, fingerprint }) =>
              id !== measured.row.id && fingerprint === measured.row.fingerprint,
          )?.id,
    }
  const id = ResultId.safeParse(baseline)
  if (!id.success || benchmark.results.row(id.data) === undefined)
    throw new UsageError(text.noResult(baseline))
  return { result: () => id.data }
}

async function follow(
  { jobs, benchmark }: OpenBenchmark,
  jobId: string,
): Promise<BenchmarkEvent | undefined> {
  const progress = createBenchProgress(process.stderr)
  const cancel = () => void jobs.cancel(jobId)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, cancel)
  let last: BenchmarkEvent | undefined
  for await (const event of benchmark.service.watch(jobId) ?? []) {
    progress.show(event)
    last = event
  }
  progress.end()
  return last
}

function sayEnd(last: BenchmarkEvent | undefined): number {
  if (last?.type === 'refused')
    process.stderr.write(`${text.refused(last.message, last.reportId)}\n`)
  else if (last?.type === 'failed') process.stderr.write(`${last.message}\n`)
  else {
    process.stderr.write(`${text.cancelled}\n`)
    return 130
  }
  return EXIT.error
}

function show(
  options: BenchOptions,
  stored: readonly StoredResult[],
  compared: StoredComparison | undefined,
): void {
  const results = stored.map(({ row, result }) => ({ row, summary: summarise(result) }))
  const documents = stored.map(({ result }): BenchmarkResult => result)
  print(
    options,
    {
      results: stored.map(({ row }, i) => ({ id: row.id, name: row.name, result: documents[i] })),
      comparison: compared?.comparison ?? null,
    },
    (style) => [
      ...results.flatMap(({ row, summary }) => resultTables(row, summary, style)),
      ...(compared === undefined ? [] : comparisonTables(compared.comparison, style)),
    ],
  )
}

function firstEnding(stored: readonly StoredResult[]): string {
  const failed = stored.find(({ result }) =>
    result.launches.every(({ measured }) => measured === null),
  )
  return failed?.result.launches[0]?.ending.sentence ?? ''
}
