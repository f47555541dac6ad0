import { readFileSync } from 'node:fs'
import type { ChildEnding, ConfinedLimits } from '../platform'

/** A model that takes memory takes it fast: 64 MiB in 20 ms is what memset does. */
const LOOK_EVERY_MS = 20

/**
 * Looks at a running child from outside and ends it when it is over a limit. Memory is read
 * from /proc, so on Linux only; elsewhere the peak is null and the child's own word has to do.
 * `depth` is how many processes of `confine` stand between the one that was started and the program.
 */
export function watchChild(
  pid: number | undefined,
  depth: number,
  limits: ConfinedLimits,
  kill: () => void,
) {
  let reason: ChildEnding | undefined
  let peak: number | null = null
  let program: number | undefined
  const stop = (kind: ChildEnding['kind'], sentence: string) => {
    reason ??= { kind, sentence, signal: 'SIGKILL' }
    kill()
  }
  const clock = setTimeout(
    () => stop('timeout', `it took longer than ${limits.wallMs / 1000} s`),
    limits.wallMs,
  )
  const look = () => {
    program ??= descend(pid, depth)
    if (program === undefined) return
    const resident = residentBytes(program)
    peak = Math.max(peak ?? 0, resident)
    if (resident > limits.residentBytes)
      stop(
        'out-of-memory',
        `it needed more than ${Math.round(limits.residentBytes / 1024 ** 2)} MiB of memory`,
      )
    if (childrenOf(program).length > 0)
      stop('crash', 'it started another process, which no model may')
  }
  const timer = process.platform === 'linux' ? setInterval(look, LOOK_EVERY_MS) : undefined
  return {
    reason: () => reason,
    peakResidentBytes: () => peak,
    stop() {
      clearTimeout(clock)
      clearInterval(timer)
    },
  }
}

function descend(pid: number | undefined, depth: number): number | undefined {
  return pid === undefined || depth === 0 ? pid : descend(childrenOf(pid)[0], depth - 1)
}

/** proc(5), /proc/pid/task/tid/children: of the first thread, which is the one that forks here. */
function childrenOf(pid: number): number[] {
  return (read(`/proc/${pid}/task/${pid}/children`) ?? '').split(' ').filter(Boolean).map(Number)
}

/** VmRSS is in KiB whatever the page size is; 0 for a process that is gone. */
function residentBytes(pid: number): number {
  return 1024 * Number(/^VmRSS:\s+(\d+)/m.exec(read(`/proc/${pid}/status`) ?? '')?.[1] ?? 0)
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return undefined
  }
}
