import { setTimeout as sleep } from 'node:timers/promises'
import type { Accuracy } from '@shared/benchmark/accuracy'
import type { QuietReading } from '@shared/benchmark/environment'
import type { Launch, LaunchEnding } from '@shared/benchmark/launch'
import type { isNoisy } from '@shared/benchmark/noisy'
import { launchSeed, type Place } from '@shared/benchmark/order'
import type { Profile } from '@shared/benchmark/profile'
import type { Scenario } from '@shared/benchmark/scenario'
import type { Platform } from '../platform'
import type { LaunchPlan } from './protocol'
import type { QuietGate } from './quiet'
import type { LaunchOutcome, RunLaunchOptions } from './run-launch'
import type { RecordedLaunch } from './runs'

/** How often one place is measured when others disturb it. */
const MOST_ATTEMPTS = 3
/** Looks at the machine before the first launch, until it is quiet; then it is measured all the same. */
const GATE_LOOKS: Record<Profile['name'], number> = { quick: 2, standard: 5, certified: 10 }
const GATE_PAUSE_MS = 1000
/** Launches in a row that end badly: the model does not run here, and more would say the same. */
const GIVE_UP_AFTER = 2

export interface MeasureRequest {
  platform: Platform
  places: readonly Place[]
  /** Of an earlier go at the same run. */
  recorded: readonly RecordedLaunch[]
  /** SHA-256 of the model of each arm. */
  models: readonly string[]
  profile: Profile
  scenario: Scenario['kind']
  threads: number
  seed: number
  /** Whether the arm's answers are still to be judged. */
  wantsAccuracy(arm: number): boolean
  plan(place: Place, seed: number, accuracy: boolean): LaunchPlan
  launch(
    plan: LaunchPlan,
    signal: AbortSignal,
    onMessage: (message: LaunchProgress) => void,
  ): Promise<LaunchOutcome>
  gate: QuietGate
  /** Whether others disturbed a launch. */
  noisy: typeof isNoisy
  signal: AbortSignal
  observer: MeasureObserver
}

export type LaunchProgress = Parameters<NonNullable<RunLaunchOptions['onMessage']>>[0]

export interface MeasureObserver {
  quiet(reading: QuietReading): void
  /** `left` counts this one. */
  starting(place: Place, attempt: number, left: number): void
  progress(message: LaunchProgress): void
  /** Resolves when it is on disk. */
  record(recorded: RecordedLaunch, accuracy: Accuracy | null): Promise<void>
  /** What nobody waited for did not get there. */
  unrecorded(error: unknown): void
}

/**
 * Runs every launch of a run, one after the other, in the order given. What was measured before a
 * pause is taken over by whole blocks: a block that was torn apart is measured again, because its
 * launches are pairs. Returns all launches and looks. Throws when it is stopped; what is recorded stays.
 */
export async function measure(request: MeasureRequest): Promise<{
  launches: RecordedLaunch[]
  quiet: QuietReading[]
}> {
  const { platform, places, profile, gate, signal, observer } = request
  const launches = [...request.recorded]
  const readings = () => launches.flatMap(({ quiet }) => quiet)
  const failures = new Map<number, number>()
  for (const { launch } of launches)
    failures.set(launch.arm, failuresAfter(failures.get(launch.arm) ?? 0, launch.ending))
  const givenUp = (arm: number) => (failures.get(arm) ?? 0) >= GIVE_UP_AFTER
  const left = unmeasured(
    places.filter(({ arm }) => !givenUp(arm)),
    launches,
  )
  let waiting: QuietReading[] = []
  let hopeless = false

  async function look(): Promise<boolean> {
    const reading = { beforeLaunch: launches.length, checks: await gate.look(signal) }
    waiting.push(reading)
    observer.quiet(reading)
    return reading.checks.every(({ state }) => state !== 'bad')
  }

  async function once(place: Place, attempt: number, remaining: number): Promise<Launch> {
    const seed = launchSeed(request.seed, place)
    const accuracy = request.wantsAccuracy(place.arm)
    const lost: Launch = {
      index: launches.length,
      ...place,
      seed,
      startedAt: platform.now().toISOString(),
      wallMs: 0,
      ending: HOST_LOST,
      watchedRssBytes: null,
      noisy: false,
      measured: null,
    }
    const seen = { quiet: waiting, modelSha256: request.models[place.arm] ?? '' }
    // First of all: if the console dies meanwhile, this is what is known of the launch.
    await observer.record({ launch: lost, ...seen, network: null }, null)
    observer.starting(place, attempt, remaining)
    const plan = request.plan(place, seed, accuracy)
    const outcome = await request.launch(plan, signal, observer.progress)
    const { ending, measured, wallMs, watchedRssBytes, network } = outcome
    const noisy = measured !== null && request.noisy(measured, request.scenario, request.threads)
    const launch = { ...lost, ending, measured, wallMs, watchedRssBytes, noisy }
    const recorded = { launch, ...seen, network }
    const writing = observer.record(recorded, outcome.accuracy)
    if (signal.aborted) {
      // Written all the same, but whoever stopped it need not wait for that.
      writing.catch(observer.unrecorded)
      signal.throwIfAborted()
    }
    await writing
    launches.push(recorded)
    waiting = []
    return launch
  }

  for (let tries = 1; left.length > 0; tries++) {
    if ((await look()) || tries === GATE_LOOKS[profile.name]) break
    await sleep(GATE_PAUSE_MS, undefined, { signal })
  }
  for (const [at, place] of left.entries()) {
    if (givenUp(place.arm)) continue
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      if (waiting.length === 0) await look()
      const launch = await once(place, attempt, left.length - at)
      signal.throwIfAborted()
      if (profile.coolDownMs > 0) await sleep(profile.coolDownMs, undefined, { signal })
      failures.set(place.arm, failuresAfter(failures.get(place.arm) ?? 0, launch.ending))
      if (!launch.noisy || hopeless) break
      // What stays noisy to its end makes the grade C: repeating others would only take time.
      hopeless = attempt === MOST_ATTEMPTS
    }
  }
  await look()
  return { launches, quiet: [...readings(), ...waiting] }
}

const HOST_LOST: LaunchEnding = {
  kind: 'host-lost',
  signal: null,
  sentence: 'The console ended while this launch ran; what it measured is lost.',
}

/** A model that was refused, or answers wrongly, does so again. */
function failuresAfter(before: number, { kind }: LaunchEnding): number {
  if (kind === 'ok') return 0
  if (kind === 'cancelled' || kind === 'host-lost') return before
  return kind === 'refused' || kind === 'bad-output' ? GIVE_UP_AFTER : before + 1
}

/** Places of blocks that are not complete. */
function unmeasured(places: readonly Place[], recorded: readonly RecordedLaunch[]): Place[] {
  const done = new Set(
    recorded
      .filter(({ launch }) => !['host-lost', 'cancelled'].includes(launch.ending.kind))
      .map(({ launch }) => `${launch.block}/${launch.arm}`),
  )
  const torn = new Set(
    places.filter(({ block, arm }) => !done.has(`${block}/${arm}`)).map(({ block }) => block),
  )
  return places.filter(({ block }) => torn.has(block))
}
