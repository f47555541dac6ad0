import type { Measured } from './launch'
import type { Scenario } from './scenario'

/** Share of a core below which somebody else had it: the doors of the quiet gate are at .97. */
const LEAST_SHARE = 0.95

/** Whether others used the processor while this launch measured; then it is repeated, and kept. */
export function isNoisy(
  { canary, resources }: Pick<Measured, 'canary' | 'resources'>,
  scenario: Scenario['kind'],
  threads: number,
): boolean {
  if (Math.min(canary.before.cpuShare, canary.after.cpuShare) < LEAST_SHARE) return true
  // One busy thread: its CPU time is the wall time, unless it had to wait. Server waits by design.
  const busy = scenario === 'single-stream' || scenario === 'multi-stream'
  return busy && threads === 1 && resources.cpuShare < LEAST_SHARE
}
