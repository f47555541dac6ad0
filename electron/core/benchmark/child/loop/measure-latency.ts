import type { LatencyMeasure } from '@shared/benchmark/launch'
import type { Profile } from '@shared/benchmark/profile'
import type { Random } from '@shared/statistics/random'
import { createRecorder } from './recorder'
import type { Runner } from './runner'

/** Between two segments the durations are put away and the host hears how far it is. */
const SEGMENT_MS = 25
const MOST_PER_SEGMENT = 16_384
/** A slow model gets more time to reach the fewest queries, but not for ever. */
const PATIENCE = 4

export interface Segment {
  /** Last query and its output. */
  query: number
  output: unknown
  /** 0 … 1 of the profile. */
  share: number
  queries: number
  /** Median of the segment, milliseconds. */
  medianMs: number
}

function cpuMsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

/**
 * Runs queries one after the other for the profile's time, and longer until there are
 * enough of them. Segments have lengths drawn from the seed, so that no model can know which
 * output is looked at.
 */
export async function measureLatency(
  runner: Runner,
  profile: Profile,
  percentile: number,
  queryMs: number,
  random: Random,
  onSegment: (segment: Segment) => void,
): Promise<LatencyMeasure> {
  const recorder = createRecorder(profile.samples)
  const full = Math.max(1, Math.min(MOST_PER_SEGMENT, Math.round(SEGMENT_MS / queryMs)))
  const durations = new Float64Array(full)
  let measuredMs = 0
  /** Without the time in which others had the processor: what is measured beside them takes longer, and is as much. */
  let ownMs = 0
  for (;;) {
    const count = random.integer(Math.ceil(full / 2), full)
    const first = recorder.queries()
    const used = process.cpuUsage()
    const started = performance.now()
    const output = await runner.time(first, count, durations)
    const wallMs = performance.now() - started
    measuredMs += wallMs
    ownMs += Math.min(wallMs, cpuMsSince(used))
    recorder.add(durations, count)
    const queries = recorder.queries()
    onSegment({
      query: queries - 1,
      output,
      share: Math.min(1, ownMs / profile.measureMs, queries / profile.minQueries),
      queries,
      medianMs: durations.subarray(0, count).toSorted()[count >> 1] ?? 0,
    })
    const enough = ownMs >= profile.measureMs && queries >= profile.minQueries
    if (enough || measuredMs >= PATIENCE * profile.measureMs)
      return recorder.measure(percentile, Math.round(measuredMs * 1e6))
  }
}
