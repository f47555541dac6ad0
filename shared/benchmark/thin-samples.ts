import type { Launch, RawSamples } from './launch'

/**
 * A launch with at most so many raw durations of each kind: every k-th, and the step says so. For
 * charts; figures come from the whole.
 */
export function thinned(launch: Launch, most: number): Launch {
  const { measured } = launch
  if (measured === null) return launch
  const { latency, batches } = measured
  return {
    ...launch,
    measured: {
      ...measured,
      latency: latency && { ...latency, raw: thin(latency.raw, most) },
      batches: batches?.map((one) => ({ ...one, raw: one.raw && thin(one.raw, most) })) ?? null,
    },
  }
}

function thin({ step, nanoseconds }: RawSamples, most: number): RawSamples {
  if (nanoseconds.length <= most) return { step, nanoseconds }
  if (most === 0) return { step, nanoseconds: [] }
  const every = Math.ceil(nanoseconds.length / most)
  return { step: step * every, nanoseconds: nanoseconds.filter((_, i) => i % every === 0) }
}
