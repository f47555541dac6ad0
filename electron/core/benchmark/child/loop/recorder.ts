import { earlyStopping, summaryOf } from '@shared/benchmark/latency-summary'
import type { LatencyMeasure } from '@shared/benchmark/launch'
import { LogHistogram } from '@shared/statistics/log-histogram'

/**
 * Keeps the durations of a launch in bounded memory: all of them in the histogram, and every `step`-th
 * raw. When the raw ones are full, every other is dropped and the step doubles, so that they
 * stay spread over the whole time.
 */
export function createRecorder(mostSamples: number) {
  const histogram = new LogHistogram()
  const raw = new Float64Array(mostSamples)
  let kept = 0
  let step = 1
  let queries = 0

  function keep(nanoseconds: number): void {
    if (kept === raw.length) {
      for (let i = 0; 2 * i < kept; i++) raw[i] = raw[2 * i] ?? 0
      kept = Math.ceil(kept / 2)
      step *= 2
      // The one at hand may fall out with the new step.
      if (queries % step !== 0) return
    }
    raw[kept++] = nanoseconds
  }

  return {
    /** Takes durations over, in milliseconds of performance.now(). */
    add(durations: Float64Array, count: number): void {
      for (let i = 0; i < count; i++) {
        const nanoseconds = Math.round((durations[i] ?? 0) * 1e6)
        histogram.add(nanoseconds)
        if (queries % step === 0) keep(nanoseconds)
        queries++
      }
    },
    queries: () => queries,
    /** What the launch says of its latency. `durationNs`: wall time of all segments together. */
    measure(percentile: number, durationNs: number): LatencyMeasure {
      const nanoseconds = Array.from(raw.subarray(0, kept))
      return {
        queries,
        durationNs,
        summary: summaryOf(nanoseconds),
        histogram: histogram.toJSON(),
        raw: { step, nanoseconds },
        earlyStopping: earlyStopping(nanoseconds, percentile),
      }
    },
  }
}
