import { realpathSync, statSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { PROFILE } from '@shared/benchmark/profile'
import type { BenchmarkEvent, BenchmarkSetup, StartBenchmark } from '@shared/contract/benchmark'
import { deriveSeed } from '@shared/statistics/random'
import type { BenchmarkLog } from '../activity/benchmark-log'
import type { Grants } from '../files'
import type { JobHandle, Jobs, JobWork } from '../jobs'
import { createTurns } from '../jobs/turns'
import type { WorkerBudget } from '../scan/worker-budget'
import { type ExecuteParts, executeRun } from './execute-run'
import { createLiveRun, type LiveRun } from './live'
import type { MachineLock } from './machine-lock'
import { ScanRefusedError } from './model-scan'
import { createQuietGate, type QuietGate } from './quiet'
import { refuseForeign } from './refuse-foreign'
import type { StoredRun } from './runs'
import type { RunSpec } from './spec'
import { BenchmarkStartError } from './start-error'
import type { OpenSuite } from './suite-folder'
import type { Suites } from './suites'

export { BenchmarkStartError } from './start-error'

export interface BenchmarkService {
  /** Puts a run into the queue. Throws BenchmarkStartError and SuiteError. */
  start(input: StartBenchmark): Promise<JobHandle<'benchmark'>>
  /** Goes on with a paused run; false where it is not paused. */
  resume(jobId: string): boolean
  /** Events of a run of this session, from its current state on; undefined for an unknown one. */
  watch(jobId: string, signal?: AbortSignal): AsyncGenerator<BenchmarkEvent> | undefined
  /** Runs that are under way or wait. */
  queued(): number
  /** Real path of a model that the page may name. Throws BenchmarkStartError. */
  modelPath(path: string): string
  suiteOf(choice: BenchmarkSetup['suite']): OpenSuite
}

/** Runs that may wait: each is a row, and somebody who waits. */
const MOST_QUEUED = 50

export interface BenchmarkServiceParts extends Omit<ExecuteParts, 'openSuite' | 'hold' | 'gate'> {
  jobs: Jobs
  grants: Grants
  suites: Suites
  lock: MachineLock
  budget: WorkerBudget
  log: BenchmarkLog
  owner: StoredRun['owner']
  /** A double in tests; the machine itself otherwise. */
  gate?: () => QuietGate
}

/** Benchmarks of this console: a queue in the database, one run at a time on the machine. */
export function createBenchmarkService(parts: BenchmarkServiceParts): BenchmarkService {
  const { platform, jobs, grants, suites, runs, lock, log } = parts
  const turns = createTurns(1)
  const lives = new WeakMap<JobHandle<'benchmark'>, LiveRun>()
  /** Jobs that wait for their turn, in order. */
  const line: string[] = []
  const execute: ExecuteParts = {
    ...parts,
    gate: parts.gate ?? (() => createQuietGate()),
    hold: () => parts.budget.hold(),
    openSuite: ({ suite }) => suites.open(suite),
  }

  function workOf(spec: RunSpec, live: LiveRun, begun: boolean): JobWork<'benchmark'> {
    async function once(handle: JobHandle<'benchmark'>): Promise<BenchmarkEvent> {
      const { job, signal } = handle
      const waiting = () => {
        handle.update({ stage: 'queued' })
        live.stream.changed()
      }
      waiting()
      line.push(job.id)
      const endTurn = await turns.take(signal).finally(() => {
        line.splice(line.indexOf(job.id), 1)
      })
      try {
        const unlock = await lock.take(signal, waiting)
        try {
          await runs.setState(job.id, 'running')
          const { results, comparisonId } = await executeRun(execute, spec, handle, live)
          return { type: 'done', results, comparisonId }
        } finally {
          unlock()
        }
      } finally {
        endTurn()
      }
    }

    async function settle(
      handle: JobHandle<'benchmark'>,
      state: 'cancelled' | 'failed',
      event: BenchmarkEvent,
      message?: string,
    ): Promise<void> {
      await record(runs.setState(handle.job.id, state, message))
      live.stream.end(event)
    }

    return {
      async run(handle) {
        const { job } = handle
        lives.set(handle, live)
        if (!begun) log('started', job, startOf(spec))
        begun = true
        // On its way to the disk while the model's process dies: whoever stopped it waits for the slower of the two.
        let stopped: Promise<void> | undefined
        const onStop = () => {
          stopped = record(runs.stop(job.id, stateAfter(handle)))
        }
        handle.signal.addEventListener('abort', onStop, { once: true })
        try {
          live.stream.end(await once(handle))
        } catch (error) {
          await stopped
          if (handle.stopping === 'pause' || handle.stopping === 'shutdown') {
            live.idle()
            if (handle.stopping === 'pause') afterwards(() => log('paused', job))
            afterwards(live.stream.changed)
          } else if (handle.stopping === 'cancel') {
            afterwards(() => log('cancelled', job))
            live.stream.end({ type: 'cancelled' })
          } else if (error instanceof ScanRefusedError) {
            const { path, verdict, complete, reportId, message } = error
            log('refused', job, { path, verdict, complete, reportId })
            await settle(
              handle,
              'failed',
              { type: 'refused', path, verdict, complete, reportId, message },
              message,
            )
          } else {
            const message = error instanceof Error ? error.message : String(error)
            log('failed', job, { reason: message })
            await settle(handle, 'failed', { type: 'failed', message }, message)
          }
          throw error
        } finally {
          handle.signal.removeEventListener('abort', onStop)
        }
      },
      async discard(handle) {
        log('cancelled', handle.job)
        await settle(handle, 'cancelled', { type: 'cancelled' })
      },
    }
  }

  /** What cannot be written is no reason to end a run. */
  function record(writing: Promise<void>): Promise<void> {
    return writing.catch((error: unknown) =>
      platform.log('error', `The state of a benchmark was not recorded: ${String(error)}`),
    )
  }

  function modelPath(path: string): string {
    const allowed = grants.allowed(path)
    if (allowed === undefined) throw new BenchmarkStartError('PATH_NOT_GRANTED', { path })
    try {
      const real = realpathSync(allowed)
      statSync(real)
      return real
    } catch {
      throw new BenchmarkStartError('PATH_NOT_FOUND', { path })
    }
  }

  function suiteOf(choice: BenchmarkSetup['suite']): OpenSuite {
    return suites.open(
      choice.kind === 'folder' ? { kind: 'folder', path: modelPath(choice.path) } : choice,
    )
  }

  function specOf(input: StartBenchmark): RunSpec {
    const suite = suiteOf(input.suite)
    const kinds = suite.manifest.scenarios.map(({ kind }) => kind)
    const scenario = input.scenario ?? kinds[0]
    if (scenario === undefined || !kinds.includes(scenario))
      throw new BenchmarkStartError('SCENARIO_NOT_IN_SUITE', { scenario: scenario ?? '' })
    const paths = input.models.map(({ path }) => modelPath(path))
    const models = namesOf(paths)
    return {
      title: models.map(({ name }) => name).join(' and '),
      models,
      suite: input.suite.kind === 'folder' ? { kind: 'folder', path: suite.folder } : input.suite,
      scenario,
      engine: input.engine ?? null,
      threads: input.threads,
      profile: input.profile,
      launches: input.launches ?? (parts.profiles ?? PROFILE)[input.profile].launches,
      references: input.references,
      override: input.override?.reason ?? null,
      seed: input.seed ?? deriveSeed(0, platform.randomId()),
    }
  }

  function restore({ id, spec, state, createdAt }: StoredRun): void {
    const live = createLiveRun()
    const done = runs.launches(id).length
    const shown = { id, title: spec.title, startedAt: createdAt, launchesDone: done }
    const handle = jobs.restore('benchmark', shown, workOf(spec, live, true))
    lives.set(handle, live)
    if (state === 'running') {
      // Killed while it measured: a person says whether it goes on, for it may be the model's doing.
      log('interrupted', handle.job, { launches: done })
      void record(runs.setState(id, 'paused'))
    }
    if (state === 'queued') jobs.resume(id)
  }

  for (const run of runs.open()) {
    if (run.owner === parts.owner && parts.owner === 'console') restore(run)
    else if (run.owner === 'command-line' && !isAlive(run.process))
      void record(
        runs.setState(run.id, 'interrupted', 'The command line that measured it is gone.'),
      )
  }

  return {
    async start(input) {
      const queued = jobs.running('benchmark')
      if (queued >= MOST_QUEUED)
        throw new BenchmarkStartError('TOO_MANY_RUNS', { queued, limit: MOST_QUEUED })
      const spec = specOf(input)
      if (queued === 0 && !(await lock.isHeld()))
        for (const { path } of spec.models) await refuseForeign(parts, path, spec.engine)
      const id = platform.randomId()
      // In the queue on disk before anybody is told so.
      await runs.add({ id, spec, createdAt: platform.now(), owner: parts.owner })
      const handle = jobs.start('benchmark', spec.title, workOf(spec, createLiveRun(), false), id)
      if (spec.override !== null) log('overridden', handle.job, { reason: spec.override })
      return handle
    },
    resume(jobId) {
      const handle = jobs.find(jobId, 'benchmark')
      if (handle === undefined || !jobs.resume(jobId)) return false
      log('resumed', handle.job)
      return true
    },
    watch(jobId, signal) {
      const handle = jobs.find(jobId, 'benchmark')
      const live = handle && lives.get(handle)
      if (handle === undefined || live === undefined) return undefined
      const place = () => Math.max(0, line.indexOf(jobId) + (line.includes(jobId) ? 1 : 0))
      return live.stream.follow(() => live.current(handle, place()), signal)
    },
    queued: () => jobs.running('benchmark'),
    modelPath,
    suiteOf,
  }
}

/** Once whoever stopped the run has the answer: a write holds up the loop until it is on the disk. */
const afterwards = (then: () => void) => void setImmediate(then)

/** What only waited goes on by itself after a restart; what was measured waits for a person. */
function stateAfter({ job, stopping }: JobHandle<'benchmark'>): 'queued' | 'paused' | 'cancelled' {
  if (stopping === 'cancel') return 'cancelled'
  return job.stage === 'queued' && stopping === 'shutdown' ? 'queued' : 'paused'
}

function startOf({ models, suite, scenario, profile, engine, threads, override }: RunSpec) {
  return {
    models: models.map(({ name }) => name),
    suite,
    scenario,
    profile,
    engine,
    threads,
    override,
  }
}

/** Base names; with their folder where two are called alike. */
function namesOf(paths: readonly string[]): RunSpec['models'] {
  const short = paths.map((path) => basename(path))
  return paths.map((path, index) => {
    const name = short[index] ?? path
    const twice = short.filter((other) => other === name).length > 1
    return { path, name: twice ? `${basename(dirname(path))}/${name}` : name }
  })
}

/** Signal 0 asks only whether the process is there; EPERM says that it is somebody else's. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
