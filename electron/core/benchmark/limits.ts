import { totalmem } from 'node:os'
import type { ConfinedLimits } from '../platform'
import { POWERCAP } from './child/energy'
import type { LaunchPlan } from './protocol'

const MIB = 1024 ** 2
/** V8 holds the data set and the results; weights and tensors lie outside its heap. */
const HEAP_MEGABYTES = 2048
/** Whatever is measured, the rest of the machine keeps this part of its memory. */
const MEMORY_SHARE = 0.8
const THREADS_OF_NODE = 32
/** V8 and WebAssembly reserve so much before the first line of ours: with less, Node does not start. */
const RESERVED_BYTES = 1024 * MIB

/** What one launch may take of the machine. `memoryBytes` from Settings; the machine's own memory bounds it. */
export function confinedLimits(
  plan: LaunchPlan,
  memoryBytes: number,
  core?: number,
): ConfinedLimits {
  const resident = Math.min(memoryBytes, MEMORY_SHARE * totalmem())
  const seconds = Math.ceil(plan.profile.limitMs / 1000)
  return {
    heapMegabytes: Math.min(HEAP_MEGABYTES, Math.round(resident / MIB)),
    readable: readablePaths(plan),
    wallMs: plan.profile.limitMs,
    residentBytes: resident,
    // Reserved but untouched memory counts here, so it is the wider of the two limits.
    dataBytes: Math.round(resident * 1.5) + RESERVED_BYTES,
    cpuSeconds: seconds * (plan.engine.threads + 2),
    threads: THREADS_OF_NODE + 2 * plan.engine.threads,
    ...(plan.engine.threads === 1 && { core }),
  }
}

/** The model, its parts, the engine, the suite's data and the energy counter: nothing else. */
function readablePaths({ model, engine, data }: LaunchPlan): string[] {
  const paths = [model.path, ...model.parts.map(({ path }) => path), engine.folder]
  if (data !== undefined) paths.push(data.folder)
  if (process.platform === 'linux') paths.push(POWERCAP)
  return [...new Set(paths)]
}
