import { createHash } from 'node:crypto'
import { compareResults } from '@shared/benchmark/compare'
import type { BenchmarkComparison } from '@shared/benchmark/comparison'
import { stampEnvironment } from '@shared/benchmark/environment-stamp'
import { gradeOf } from '@shared/benchmark/grade'
import { isNoisy } from '@shared/benchmark/noisy'
import { launchOrder, type Place } from '@shared/benchmark/order'
import { PROFILE, type Profile, type ProfileName } from '@shared/benchmark/profile'
import type { BenchmarkResult } from '@shared/benchmark/result'
import { ResultId } from '@shared/benchmark/result-row'
import type { Scenario } from '@shared/benchmark/scenario'
import type { JobHandle } from '../jobs'
import type { Platform } from '../platform'
import type { SettingsService } from '../settings'
import { type Arm, armAt, prepareArms, refuseChanged } from './arms'
import { readEnvironment } from './environment'
import { planOf } from './launch-plan'
import type { LiveRun } from './live'
import { measure } from './measure'
import type { ModelScanParts } from './model-scan'
import { pickCore } from './pick-core'
import type { QuietGate } from './quiet'
import { refuseUnfit } from './refuse-unfit'
import type { BenchmarkResults, NewResult } from './results'
import { runLaunch } from './run-launch'
import type { BenchmarkRuns } from './runs'
import type { RunSpec } from './spec'
import { type OpenSuite, SuiteError } from './suite-folder'

export interface ExecuteParts extends ModelScanParts {
  platform: Platform
  settings: SettingsService
  runs: BenchmarkRuns
  results: BenchmarkResults
  gate: () => QuietGate
  /** A double in tests. */
  noisy?: typeof isNoisy
  openSuite(spec: RunSpec): OpenSuite
  /** Shorter ones in tests. */
  profiles?: Readonly<Record<ProfileName, Profile>>
  /** Keeps scans back until the returned function is called. */
  hold(): () => void
}

/** Measures a run from where it is to its end. Throws when it is stopped, refused or impossible. */
export async function executeRun(
  parts: ExecuteParts,
  spec: RunSpec,
  handle: JobHandle<'benchmark'>,
  live: LiveRun,
): Promise<{ results: ResultId[]; comparisonId: string | null }> {
  const { platform, runs } = parts
  const { signal } = handle
  const startedAt = platform.now()
  const suite = parts.openSuite(spec)
  const scenario = scenarioOf(suite, spec)
  const profile = profileOf(parts, spec)
  const notes: string[] = []
  const arms = await prepareArms(parts, spec, suite, handle, notes)
  const models = arms.filter(({ role }) => role === 'model').length
  const places = launchOrder({
    models,
    references: arms.length - models,
    launches: profile.launches,
    seed: spec.seed,
  })
  // A pause does not wait for the last word about the launch that it ended.
  await runs.recorded()
  const recorded = runs.launches(handle.job.id)
  refuseChanged(arms, recorded)
  const judged = arms.map((_, arm) => runs.accuracy(handle.job.id, arm) ?? null)
  live.begin(arms, scenario.kind, places, recorded)
  /** Milliseconds of each launch of this go. */
  const taken: number[] = []
  const plan = ({ arm }: Pick<Place, 'arm'>, seed: number, accuracy: boolean) =>
    planOf(armAt(arms, arm), {
      runSeed: spec.seed,
      threads: spec.threads,
      suite,
      scenario,
      profile,
      seed,
      accuracy,
    })
  const memoryBytes = parts.settings.values()['benchmark.memory-megabytes'] * 1024 ** 2
  const release = parts.hold()
  try {
    handle.update({ stage: 'checking', launchesDone: 0, launchesTotal: places.length })
    // What is recorded was checked before it ran.
    if (recorded.length === 0)
      await refuseUnfit(
        arms,
        (arm) => ({
          platform,
          plan: plan({ arm }, 0, suite.manifest.data !== undefined),
          memoryBytes,
          signal,
        }),
        handle,
      )
    const core = spec.threads === 1 ? await pickCore(platform, signal) : undefined
    if (core !== undefined)
      notes.push(`All launches ran on core ${core}, the fastest that was tried.`)
    const measured = await measure({
      platform,
      places,
      recorded,
      models: arms.map(({ model }) => model.identity.files[0]?.sha256 ?? ''),
      profile,
      scenario: scenario.kind,
      threads: spec.threads,
      seed: spec.seed,
      wantsAccuracy: (arm) =>
        suite.manifest.data !== undefined && arms[arm]?.role === 'model' && judged[arm] === null,
      plan,
      launch: (of, stop, onMessage) =>
        runLaunch({
          platform,
          plan: of,
          signal: stop,
          memoryBytes,
          core,
          onMessage,
        }),
      gate: parts.gate(),
      noisy: parts.noisy ?? isNoisy,
      signal,
      observer: {
        quiet: (reading) => {
          handle.update({ stage: 'checking' })
          live.quiet(reading)
        },
        starting: (place, attempt, left) => {
          handle.update({
            stage: 'measuring',
            current: armAt(arms, place.arm).name,
            launchesDone: places.length - left,
            eta: secondsLeft(taken, left, profile),
          })
          live.starting(place, attempt)
        },
        progress: live.progress,
        unrecorded: (error) =>
          platform.log('error', `The end of a launch was not recorded: ${String(error)}`),
        record: async (one, accuracy) => {
          if (accuracy !== null) judged[one.launch.arm] = accuracy
          await runs.saveLaunch(handle.job.id, one, accuracy ?? undefined)
          if (one.launch.ending.kind !== 'host-lost') {
            taken.push(one.launch.wallMs)
            live.finished(one, accuracy)
          }
        },
      },
    })
    signal.throwIfAborted()
    handle.update({ stage: 'saving', current: null, launchesDone: places.length })
    live.idle()
    const documents = await Promise.all(
      arms.map((arm, index) =>
        documentOf(arm, index, {
          measured,
          spec,
          suite,
          scenario,
          profile,
          startedAt,
          notes,
          accuracy: judged[index] ?? null,
        }),
      ),
    )
    const kept = documents.flatMap((result, arm) => (result === undefined ? [] : [{ result, arm }]))
    const fresh = kept.map(({ result, arm }): NewResult => {
      const { name, role, place } = armAt(arms, arm)
      return {
        id: ResultId.parse(platform.randomId()),
        arm,
        role,
        name,
        series: createHash('sha256').update(place).digest('hex').slice(0, 32),
        suite: { title: suite.manifest.title, category: suite.manifest.category },
        practicalDelta: suite.manifest.practicalDelta,
        metric: suite.manifest.metric,
        result,
      }
    })
    const comparison = comparisonOf(fresh, handle.job.id, suite.manifest.practicalDelta)
    const { comparisonId } = await parts.results.save(handle.job.id, spec.title, fresh, comparison)
    const own = fresh.filter(({ role }) => role === 'model')
    return { results: own.map(({ id }) => id), comparisonId }
  } finally {
    release()
  }
}

/** Seconds that are left if launches go on as they did; null before the first. */
function secondsLeft(taken: readonly number[], left: number, profile: Profile): number | null {
  if (taken.length === 0) return null
  const mean = taken.reduce((sum, one) => sum + one, 0) / taken.length
  return (left * (mean + profile.coolDownMs)) / 1000
}

function scenarioOf({ manifest }: OpenSuite, spec: RunSpec): Scenario {
  const scenario = manifest.scenarios.find(({ kind }) => kind === spec.scenario)
  if (scenario === undefined)
    throw new SuiteError(manifest.id, `It has no scenario ${spec.scenario} any more.`)
  return scenario
}

function profileOf({ settings, profiles = PROFILE }: ExecuteParts, spec: RunSpec): Profile {
  const profile = profiles[spec.profile]
  const limitMs = settings.values()['benchmark.launch-seconds'] * 1000
  return { ...profile, launches: spec.launches, limitMs: Math.max(profile.limitMs, limitMs) }
}

async function documentOf(
  { model, stamp, role }: Arm,
  index: number,
  of: {
    measured: Awaited<ReturnType<typeof measure>>
    spec: RunSpec
    suite: OpenSuite
    scenario: Scenario
    profile: Profile
    startedAt: Date
    notes: readonly string[]
    accuracy: BenchmarkResult['accuracy']
  },
): Promise<BenchmarkResult | undefined> {
  const recorded = of.measured.launches.filter(({ launch }) => launch.arm === index)
  const launches = recorded.map(({ launch }) => launch)
  if (launches.length === 0) return undefined
  const networks = recorded.flatMap(({ network }) => network ?? [])
  // One launch that could have reached somebody is enough to say so of all.
  const network = networks.find(({ isolated }) => !isolated) ?? networks[0]
  return {
    schemaVersion: 1,
    suite: of.suite.reference,
    scenario: of.scenario,
    profile: of.profile,
    model: model.identity,
    engine: stamp,
    scan: model.scan,
    environment: stampEnvironment(readEnvironment(), stamp),
    network: network ?? { isolated: false, by: null, reason: 'No launch was started.' },
    seed: of.spec.seed,
    startedAt: launches[0]?.startedAt ?? of.startedAt.toISOString(),
    launches,
    accuracy: role === 'model' ? of.accuracy : null,
    quiet: of.measured.quiet,
    grade: gradeOf(launches, of.measured.quiet),
    notes: [...of.notes],
  }
}

/** Of the models of this run; nothing for one alone. */
function comparisonOf(
  fresh: readonly NewResult[],
  runId: string,
  delta: number,
): BenchmarkComparison | undefined {
  const own = fresh.filter(({ role }) => role === 'model')
  if (own.length < 2) return undefined
  return compareResults(
    own.map(({ id, name, result }) => ({ resultId: id, name, runId, result })),
    delta,
  )
}
