import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

export interface Measured {
  code: number | null
  seconds: number
  /** Most PSS of the process and everything below it, MiB; sampled every 20 ms. */
  peakMiB: number
  stdout: string
}

/** Runs a command and adds up the proportional memory of its whole tree. Linux only. */
export async function measure(command: string, args: string[]): Promise<Measured> {
  const started = performance.now()
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let peak = 0
  let stdout = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  const sampler = setInterval(() => {
    peak = Math.max(peak, treePss(child.pid ?? 0))
  }, 20)
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  const seconds = (performance.now() - started) / 1000
  clearInterval(sampler)
  return { code, seconds, peakMiB: peak / 1024, stdout }
}

/** KiB of a process and its descendants. */
function treePss(root: number): number {
  const parents = new Map<number, number[]>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
      parents.set(parent, [...(parents.get(parent) ?? []), Number(name)])
    } catch {
      // It ended between the listing and the reading.
    }
  }
  const pss = (pid: number): number => {
    let own = 0
    try {
      own = Number(
        /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0,
      )
    } catch {
      // The same.
    }
    return own + (parents.get(pid) ?? []).reduce((sum, child) => sum + pss(child), 0)
  }
  return pss(root)
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
