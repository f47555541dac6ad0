import type { Launch } from '@shared/benchmark/launch'
import { summarise } from '@shared/benchmark/summarise'
import { thinned } from '@shared/benchmark/thin-samples'
import { toUtf8 } from '@shared/model/utf8'
import { api, apiOfReports } from '../api'
import { BenchmarkStartError } from '.'
import { exportBenchmark } from './export'
import { ImportRefusedError } from './imports'
import { EngineInstallError } from './install-engine'
import { preflight } from './preflight'
import {
  compareStored,
  historyFor,
  leaderboardFor,
  NotComparableError,
  ResultNotFoundError,
} from './questions'
import { SuiteError } from './suite-folder'
import { suiteRow } from './suites'

/** Errors of a procedure as its contract declares them; what it does not declare is thrown on. */
type Errors = Record<string, (options: { data: never; message?: string }) => Error>

function declared(errors: unknown, error: unknown): unknown {
  const make = (code: string, data: object, message: string) => {
    const known = (errors as Errors)[code]
    return known === undefined ? error : known({ data: data as never, message })
  }
  if (error instanceof BenchmarkStartError) return make(error.code, error.data, error.message)
  if (error instanceof SuiteError) {
    const { suite, reason } = error
    return error.missing
      ? make('SUITE_NOT_FOUND', { suite }, reason)
      : make('SUITE_INVALID', { suite, reason }, reason)
  }
  if (error instanceof ResultNotFoundError)
    return make('RESULT_NOT_FOUND', { resultId: error.resultId }, error.message)
  if (error instanceof NotComparableError)
    return make('NOT_COMPARABLE', { reason: error.message }, error.message)
  return error
}

/** Calls `work`, and names its errors. */
async function naming<T>(errors: unknown, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw declared(errors, error)
  }
}

export const benchmarkRouter = {
  suites: api.benchmark.suites.handler(({ context: { console } }) =>
    console.benchmark.suites.list(),
  ),
  suite: api.benchmark.suite.handler(({ input, context: { console }, errors }) =>
    naming(errors, () => {
      const suite = console.benchmark.service.suiteOf(input)
      return { row: suiteRow(suite, input), manifest: suite.manifest }
    }),
  ),
  engines: api.benchmark.engines.handler(({ context: { console } }) =>
    console.benchmark.engines.list(),
  ),
  installEngine: api.benchmark.installEngine.handler(async function* ({
    input: { engine, file },
    context: { console },
    errors,
    signal,
  }) {
    try {
      const path = file === undefined ? undefined : console.benchmark.service.modelPath(file)
      for await (const event of console.benchmark.engines.install(engine, path, signal)) yield event
    } catch (error) {
      if (error instanceof EngineInstallError)
        throw errors.ENGINE_NOT_INSTALLED({ data: { engine, reason: error.message } })
      throw declared(errors, error)
    }
    if (console.benchmark.engines.state(engine).state !== 'installed') return
    await console.activity.note({
      operationId: console.platform.randomId(),
      kind: 'engine.installed',
      subject: engine,
      summary: `Installed the engine ${engine}`,
    })
  }),
  verifyEngine: api.benchmark.verifyEngine.handler(
    async ({ input: { engine }, context: { console }, errors }) => {
      const { version, reason } = console.benchmark.engines.state(engine)
      const librarySha256 = await console.benchmark.engines.hash(engine)
      if (librarySha256 === undefined)
        throw errors.ENGINE_MISSING({ data: { engine, reason: reason ?? '' } })
      const known = console.benchmark.results.libraries(engine, version)
      const count = (same: boolean) =>
        known
          .filter(({ sha256 }) => (sha256 === librarySha256) === same)
          .reduce((sum, { results }) => sum + results, 0)
      return { librarySha256, same: count(true), different: count(false) }
    },
  ),
  preflight: api.benchmark.preflight.handler(({ input, context: { console }, errors, signal }) =>
    naming(errors, () =>
      preflight(console.benchmark.preflight, input, signal ?? new AbortController().signal),
    ),
  ),
  start: api.benchmark.start.handler(({ input, context: { console }, errors }) =>
    naming(errors, async () => ({ jobId: (await console.benchmark.service.start(input)).job.id })),
  ),
  watch: api.benchmark.watch.handler(({ input, context: { console }, signal, errors }) => {
    const events = console.benchmark.service.watch(input.jobId, signal)
    if (events === undefined) throw errors.JOB_NOT_FOUND({ data: { jobId: input.jobId } })
    return events
  }),
  runs: api.benchmark.runs.handler(({ input, context: { console } }) =>
    console.benchmark.results.runs(input),
  ),
  results: api.benchmark.results.handler(({ input, context: { console } }) =>
    console.benchmark.results.list(input),
  ),
  result: apiOfReports.benchmark.result.handler(
    ({ input: { resultId, samples }, context: { console }, errors }) =>
      naming(errors, () => {
        const found = console.benchmark.results.find(resultId)
        if (found === undefined) throw new ResultNotFoundError(resultId)
        const { row, result } = found
        const launches = result.launches.map((launch): Launch => thinned(launch, samples))
        return { row, summary: summarise(result), result: { ...result, launches } }
      }),
  ),
  removeResult: api.benchmark.removeResult.handler(
    async ({ input: { resultId }, context: { console }, errors }) => {
      if (!(await console.benchmark.results.remove(resultId, console.platform.randomId())))
        throw errors.RESULT_NOT_FOUND({ data: { resultId } })
      return { removed: true as const }
    },
  ),
  compare: api.benchmark.compare.handler(({ input, context: { console }, errors }) =>
    naming(errors, () => compareStored(console.benchmark.results, input.resultIds, input.delta)),
  ),
  history: api.benchmark.history.handler(({ input, context: { console } }) =>
    historyFor(console.benchmark.results, input),
  ),
  leaderboard: api.benchmark.leaderboard.handler(async ({ input, context: { console } }) => ({
    tables: await leaderboardFor(console.benchmark.results, input, console.imports.rows()),
    categories: console.benchmark.results.categories(),
    hardwareClasses: console.benchmark.results.hardwareClasses(),
  })),
  imports: {
    list: api.benchmark.imports.list.handler(({ context: { console } }) => console.imports.list()),
    add: api.benchmark.imports.add.handler(async ({ input, context: { console }, errors }) => {
      try {
        return await console.imports.add(toUtf8(input.text))
      } catch (error) {
        if (!(error instanceof ImportRefusedError)) throw error
        throw errors.IMPORT_REFUSED({ message: error.message, data: { reason: error.message } })
      }
    }),
    remove: api.benchmark.imports.remove.handler(async ({ input, context: { console } }) => ({
      removed: await console.imports.remove(input.importId),
    })),
  },
  claims: {
    list: api.benchmark.claims.list.handler(({ input, context: { console } }) =>
      console.benchmark.claims.list(input.modelSha256),
    ),
    state: api.benchmark.claims.state.handler(({ input, context: { console } }) =>
      console.benchmark.claims.state(input),
    ),
    remove: api.benchmark.claims.remove.handler(async ({ input, context: { console } }) => ({
      removed: await console.benchmark.claims.remove(input.claimId),
    })),
  },
  export: api.benchmark.export.handler(({ input, context: { console }, errors }) =>
    naming(errors, async () => {
      const exported = await exportBenchmark(
        console.benchmark.results,
        input.what,
        input.format,
        console.imports.rows(),
      )
      await console.activity.note({
        operationId: console.platform.randomId(),
        kind: 'benchmark.exported',
        subject: input.what.kind,
        summary: `Exported a ${input.what.kind} as ${input.format}`,
        body: { ...input.what, format: input.format, fileName: exported.fileName },
      })
      return exported
    }),
  ),
}
