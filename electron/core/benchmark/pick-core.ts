import { readFileSync } from 'node:fs'
import type { ChildEnding, Platform } from '../platform'
import { FromBenchmarkChild, type ToBenchmarkChild } from './protocol'

const MIB = 1024 ** 2
/** Cores that are tried: more of them are alike, and trying takes a quarter of a second each. */
const MOST_TRIED = 4

/**
 * The core on which launches of one thread stay. Cores are not alike: each shares its caches with another thread of
 * the processor, which on a rented machine belongs to somebody else, and moving between two of them
 * made one launch a quarter slower than the next. Each of some cores is tried once, and the fastest is taken for
 * the whole run. Undefined where the system offers no choice.
 */
export async function pickCore(
  platform: Pick<Platform, 'launchConfined'>,
  signal: AbortSignal,
  allowed: readonly number[] = allowedCores(),
): Promise<number | undefined> {
  if (allowed.length < 2) return undefined
  let best: { core: number; passNs: number } | undefined
  for (const core of spread(allowed)) {
    const passNs = await tryCore(platform, core, signal)
    if (passNs !== undefined && passNs < (best?.passNs ?? Number.POSITIVE_INFINITY))
      best = { core, passNs }
  }
  return best?.core
}

/** proc_pid_status(5): "0-3,8". Empty on other systems. */
export function allowedCores(status = readStatus()): number[] {
  const list = /^Cpus_allowed_list:\s*([\d,-]+)$/m.exec(status)?.[1] ?? ''
  return list
    .split(',')
    .filter(Boolean)
    .flatMap((range) => {
      const [first = 0, last = first] = range.split('-').map(Number)
      return Array.from({ length: last - first + 1 }, (_, i) => first + i)
    })
}

function readStatus(): string {
  try {
    return readFileSync('/proc/self/status', 'utf8')
  } catch {
    return ''
  }
}

function spread(cores: readonly number[]): number[] {
  const count = Math.min(MOST_TRIED, cores.length)
  return Array.from(
    { length: count },
    (_, i) => cores[Math.round((i * (cores.length - 1)) / Math.max(1, count - 1))] ?? 0,
  )
}

/** Undefined where it could not be tried. */
async function tryCore(
  platform: Pick<Platform, 'launchConfined'>,
  core: number,
  signal: AbortSignal,
): Promise<number | undefined> {
  signal.throwIfAborted()
  const child = await platform.launchConfined('benchmark', {
    heapMegabytes: 64,
    readable: [],
    wallMs: 10_000,
    residentBytes: 512 * MIB,
    dataBytes: 1024 * MIB,
    cpuSeconds: 10,
    threads: 64,
    core,
  })
  const kill = () => void child.kill()
  signal.addEventListener('abort', kill, { once: true })
  if (signal.aborted) kill()
  let passNs: number | undefined
  child.onMessage((raw) => {
    const message = FromBenchmarkChild.safeParse(raw).data
    if (message?.type === 'core') passNs = message.passNs
    kill()
  })
  child.send({ type: 'try-core' } satisfies ToBenchmarkChild)
  await new Promise<ChildEnding>((resolve) => child.onExit(resolve))
  signal.removeEventListener('abort', kill)
  signal.throwIfAborted()
  return passNs
}
