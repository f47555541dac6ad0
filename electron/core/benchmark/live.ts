import type { Accuracy } from '@shared/benchmark/accuracy'
import type { QuietReading } from '@shared/benchmark/environment'
import type { AccuracyFigure } from '@shared/benchmark/figures'
import { HEADLINE, MEASURE } from '@shared/benchmark/measures'
import type { Place } from '@shared/benchmark/order'
import type { Scenario } from '@shared/benchmark/scenario'
import { accuracyFigures, figureOf } from '@shared/benchmark/summarise'
import type { BenchmarkEvent, LiveArm, LiveLaunch } from '@shared/contract/benchmark'
import type { JobHandle } from '../jobs'
import { createEventStream, type EventStream } from '../jobs/event-stream'
import type { LaunchProgress } from './measure'
import type { RecordedLaunch } from './runs'

/** What watchers of a run see; it outlives a pause. */
export interface LiveRun {
  stream: EventStream<BenchmarkEvent>
  /** Arms are known: begins or goes on with what is recorded. */
  begin(
    arms: readonly ArmShown[],
    scenario: Scenario['kind'],
    places: readonly Place[],
    recorded: readonly RecordedLaunch[],
  ): void
  quiet(reading: QuietReading): void
  starting(place: Place, attempt: number): void
  progress(message: LaunchProgress): void
  finished(recorded: RecordedLaunch, accuracy: Accuracy | null): void
  idle(): void
  current(handle: JobHandle<'benchmark'>, queued: number): BenchmarkEvent
}

export interface ArmShown {
  name: string
  role: LiveArm['role']
}

/** Whoever draws takes from what is measured: how a launch goes is told once a second. */
const TELL_MS = 1000

export function createLiveRun(): LiveRun {
  const stream = createEventStream<BenchmarkEvent>()
  const accuracy = new Map<number, AccuracyFigure[]>()
  const told = new Set<number>()
  let arms: readonly ArmShown[] = []
  let places: readonly Place[] = []
  let scenario: Scenario['kind'] = 'single-stream'
  let launches: RecordedLaunch[] = []
  let launch: LiveLaunch | null = null
  let reading: QuietReading | null = null
  let isDue = false
  /** Made anew when a launch ended, not at each look. */
  let shown: LiveArm[] = []

  function tellSoon(): void {
    if (isDue) return
    isDue = true
    setTimeout(() => {
      isDue = false
      stream.changed()
    }, TELL_MS).unref()
  }

  function refresh(): void {
    shown = arms.map(({ name, role }, arm) => {
      const own = launches.flatMap((one) => (one.launch.arm === arm ? one.launch : []))
      const blocks = new Set(
        own.filter(({ measured }) => measured !== null).map(({ block }) => block),
      )
      return {
        name,
        role,
        launchesDone: blocks.size,
        launchesTotal: places.filter((place) => place.arm === arm).length,
        headline: figureOf(own, HEADLINE[scenario]) ?? null,
        accuracy: accuracy.get(arm) ?? [],
      }
    })
    stream.changed()
  }

  function tell({ launch: done }: RecordedLaunch): void {
    if (told.has(done.index)) return
    told.add(done.index)
    const { index, arm, block, ending, noisy, wallMs, measured } = done
    const value = measured === null ? null : MEASURE[HEADLINE[scenario]].of(measured)
    stream.add({ type: 'launch', launch: { index, arm, block, ending, noisy, wallMs, value } })
  }

  return {
    stream,
    begin(nextArms, kind, order, recorded) {
      arms = nextArms
      scenario = kind
      places = order
      launches = [...recorded]
      for (const one of recorded) tell(one)
      refresh()
    },
    quiet(next) {
      reading = next
      stream.changed()
    },
    starting({ arm, block }, attempt) {
      launch = {
        arm,
        block,
        attempt,
        phase: 'starting',
        share: 0,
        queries: 0,
        p50Ns: null,
        rssBytes: null,
      }
      tellSoon()
    },
    progress(message) {
      if (launch === null) return
      launch =
        message.type === 'phase'
          ? { ...launch, phase: message.phase, share: 0 }
          : {
              ...launch,
              phase: message.phase,
              share: message.share,
              queries: message.queries,
              p50Ns: message.p50Ns,
              rssBytes: message.rssBytes,
            }
      tellSoon()
    },
    finished(recorded, judged) {
      launch = null
      launches.push(recorded)
      if (judged !== null) accuracy.set(recorded.launch.arm, accuracyFigures(judged))
      tell(recorded)
      refresh()
    },
    idle() {
      launch = null
      stream.changed()
    },
    current: ({ job }, queued) => ({
      type: 'progress',
      job: { ...job },
      arms: shown,
      launch,
      quiet: reading,
      queued,
    }),
  }
}
