import type { CanaryReading } from '@shared/benchmark/launch'
import { threadMs } from '../thread-time'

const ROUNDS = 250_000
/** Long enough for a scheduler to take the core away (its slices are a few milliseconds). */
const CANARY_MS = 15

let sink = 0

/** Multiplies and adds for a moment, and compares the processor time of this thread with the clock. */
export function readCanary(): CanaryReading {
  const wallBefore = performance.now()
  const before = threadMs()
  let wallMs = 0
  while (wallMs < CANARY_MS) {
    let value = sink
    for (let i = 0; i < ROUNDS; i++) value = value * 1.000001 + 0.5
    sink = value % 1
    wallMs = performance.now() - wallBefore
  }
  return { cpuShare: (threadMs() - before) / wallMs, wallNs: Math.round(wallMs * 1e6) }
}
