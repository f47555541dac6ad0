import type { Resources } from '@shared/benchmark/launch'
import { readEnergy } from './energy'

/** Windows counts no context switches here: libuv fills in zeros. */
const COUNTS_SWITCHES = process.platform !== 'win32'

/** Starts to count what the measured part uses. */
export function watchResources(rssBaseBytes: number) {
  const energyBefore = readEnergy()
  const before = process.resourceUsage()
  const started = performance.now()
  return {
    stop(): Resources {
      const wallMs = performance.now() - started
      const after = process.resourceUsage()
      const cpuMs =
        (after.userCPUTime - before.userCPUTime + after.systemCPUTime - before.systemCPUTime) / 1000
      const switches = (key: 'involuntaryContextSwitches' | 'voluntaryContextSwitches') =>
        COUNTS_SWITCHES ? after[key] - before[key] : null
      return {
        cpuMs,
        cpuShare: wallMs === 0 ? 0 : cpuMs / wallMs,
        rssBaseBytes,
        // KiB on every system (libuv divides macOS's bytes).
        rssPeakBytes: after.maxRSS * 1024,
        involuntarySwitches: switches('involuntaryContextSwitches'),
        voluntarySwitches: switches('voluntaryContextSwitches'),
        energyJoules: energyBefore?.since() ?? null,
      }
    },
  }
}
