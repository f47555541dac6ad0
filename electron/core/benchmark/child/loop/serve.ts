import type { Runner } from './runner'

/** Waiting shorter than this is done awake: a sleep wakes up a tenth of a millisecond late, or more. */
const AWAKE_MS = 1

const sleepCell = new Int32Array(new SharedArrayBuffer(4))

/**
 * Answers queries that arrive at given moments (seconds from the start), first come, first served. A latency
 * counts from the arrival, not from when the query was taken up: waiting in line is part of it.
 * Stops early when more than `mostOver` queries took longer than `boundMs`. Returns how many were answered.
 */
export async function serve(
  runner: Runner,
  first: number,
  arrivals: Float64Array,
  boundMs: number,
  mostOver: number,
  latencies: Float64Array,
): Promise<{ answered: number; over: number }> {
  const single = new Float64Array(1)
  const started = performance.now()
  let over = 0
  for (let i = 0; i < arrivals.length; i++) {
    const arrival = started + 1000 * (arrivals[i] ?? 0)
    waitUntil(arrival)
    const answer = runner.time(first + i, 1, single)
    // An engine that answers at once costs no turn of the event loop here.
    if (answer instanceof Promise) await answer
    const latency = performance.now() - arrival
    latencies[i] = latency
    if (latency > boundMs && ++over > mostOver) return { answered: i + 1, over }
  }
  return { answered: arrivals.length, over }
}

function waitUntil(moment: number): void {
  for (;;) {
    const left = moment - performance.now()
    if (left <= 0) return
    if (left > AWAKE_MS) Atomics.wait(sleepCell, 0, 0, left - AWAKE_MS)
  }
}
