import { readdirSync, readFileSync } from 'node:fs'
import { setImmediate as turn } from 'node:timers/promises'
import type { QuietCheck } from '@shared/benchmark/environment'
import { threadMs } from './thread-time'

/** Share of a core that a loop of pure arithmetic gets when nobody else wants it: measured .999 on a
 * quiet machine, .29 to .49 beside two other loops. */
const LEAST_CANARY_SHARE = 0.97
/** Share of time in which some task waited for a processor. */
const MOST_PRESSURE = 0.15
/** Share of time that the hypervisor gave to others. */
const MOST_STEAL = 0.005
/** One piece of the canary: short, because it runs on the host's own event loop. */
const CANARY_SLICE_MS = 4
const CANARY_SLICES = 10

export interface QuietGate {
  /** Looks at everything; counters (steal, throttling) are compared with the look before. Throws when aborted. */
  look(signal?: AbortSignal): Promise<QuietCheck[]>
}

/** Where Linux shows what; tests point it at files of their own. */
export interface QuietSources {
  proc: string
  sys: string
}

/**
 * Whether somebody else uses the machine, slows it down or shares it. What cannot be read is
 * "unknown", never "ok": a cloud machine shows neither governor nor temperature.
 */
export function createQuietGate(
  sources: QuietSources = { proc: '/proc', sys: '/sys' },
  canary: (signal?: AbortSignal) => Promise<number> = spinCanary,
): QuietGate {
  let before: Counters | undefined
  return {
    async look(signal) {
      const share = await canary(signal)
      const now = readCounters(sources)
      const checks = [
        canaryCheck(share),
        pressureCheck(before, now),
        stealCheck(before, now),
        governorCheck(sources),
        powerCheck(sources),
        thermalCheck(before, now),
      ]
      before = now
      return checks
    },
  }
}

/** CPU time of this thread over wall time while it only calculates; between slices the loop turns. */
export async function spinCanary(signal?: AbortSignal): Promise<number> {
  let cpu = 0
  let wall = 0
  for (let slice = 0; slice < CANARY_SLICES; slice++) {
    const startedCpu = threadMs()
    const started = performance.now()
    let sink = 0
    while (performance.now() - started < CANARY_SLICE_MS)
      for (let i = 0; i < 1000; i++) sink += i * i
    wall += performance.now() - started + (sink < 0 ? 1 : 0)
    cpu += threadMs() - startedCpu
    await turn()
    signal?.throwIfAborted()
  }
  return Math.min(1, cpu / wall)
}

interface Counters {
  at: number
  /** Microseconds in which some task waited, from the kernel's start. */
  pressureUs: number | null
  /** Share of the last ten seconds. */
  pressureNow: number | null
  /** Ticks of all processors, and those that were stolen. */
  ticks: { all: number; stolen: number } | null
  throttled: number | null
}

function readCounters({ proc, sys }: QuietSources): Counters {
  const pressure = read(`${proc}/pressure/cpu`)
  const some = /^some avg10=([\d.]+).* total=(\d+)/m.exec(pressure ?? '')
  return {
    at: performance.now(),
    pressureUs: some === null ? null : Number(some[2]),
    pressureNow: some === null ? null : Number(some[1]) / 100,
    ticks: readTicks(proc),
    throttled: readThrottled(sys),
  }
}

/** proc_stat(5): user nice system idle iowait irq softirq steal …; guest time is part of user. */
function readTicks(proc: string): Counters['ticks'] {
  const line = /^cpu +(.*)$/m.exec(read(`${proc}/stat`) ?? '')?.[1]
  const ticks = line?.split(' ').slice(0, 8).map(Number)
  if (ticks === undefined || ticks.length < 8) return null
  return { all: ticks.reduce((sum, one) => sum + one, 0), stolen: ticks[7] ?? 0 }
}

function readThrottled(sys: string): number | null {
  let sum: number | null = null
  for (const name of list(`${sys}/devices/system/cpu`)) {
    if (!/^cpu\d+$/.test(name)) continue
    const text = read(`${sys}/devices/system/cpu/${name}/thermal_throttle/core_throttle_count`)
    if (text !== undefined) sum = (sum ?? 0) + Number(text)
  }
  return sum
}

function canaryCheck(share: number): QuietCheck {
  const ok = share >= LEAST_CANARY_SHARE
  return {
    check: 'canary',
    state: ok ? 'ok' : 'bad',
    value: share,
    sentence: ok
      ? 'A calculation got a processor of its own.'
      : `A calculation got only ${percent(share)} of a processor: close other programs, or wait until they are done.`,
  }
}

function pressureCheck(before: Counters | undefined, now: Counters): QuietCheck {
  const waited =
    before === undefined || before.pressureUs === null || now.pressureUs === null
      ? now.pressureNow
      : (now.pressureUs - before.pressureUs) / 1000 / Math.max(1, now.at - before.at)
  if (waited === null) return unknown('pressure', 'This system does not say how long tasks wait.')
  const ok = waited <= MOST_PRESSURE
  return {
    check: 'pressure',
    state: ok ? 'ok' : 'bad',
    value: waited,
    sentence: ok
      ? 'Tasks hardly wait for a processor.'
      : `Tasks waited for a processor ${percent(waited)} of the time: close other programs.`,
  }
}

function stealCheck(before: Counters | undefined, now: Counters): QuietCheck {
  if (now.ticks === null)
    return unknown('steal', 'This system does not say what the hypervisor gave to others.')
  const all = now.ticks.all - (before?.ticks?.all ?? 0)
  const share = all <= 0 ? 0 : (now.ticks.stolen - (before?.ticks?.stolen ?? 0)) / all
  // The first look compares with the start of the machine: long ago says little about now.
  const ok = share <= MOST_STEAL || before === undefined
  return {
    check: 'steal',
    state: ok ? 'ok' : 'bad',
    value: share,
    sentence: ok
      ? 'No processor time was given to other virtual machines.'
      : `${percent(share)} of the processor time was given to other virtual machines.`,
  }
}

function governorCheck({ sys }: QuietSources): QuietCheck {
  const governor = read(`${sys}/devices/system/cpu/cpu0/cpufreq/scaling_governor`)?.trim()
  if (governor === undefined)
    return unknown('governor', 'This system does not say how its clock frequency is governed.')
  const ok = governor === 'performance'
  return {
    check: 'governor',
    state: ok ? 'ok' : 'bad',
    value: null,
    sentence: ok
      ? 'The clock frequency is governed for performance.'
      : `The clock frequency is governed for ${governor}; set the governor to performance (cpupower frequency-set -g performance).`,
  }
}

function powerCheck({ sys }: QuietSources): QuietCheck {
  const supplies = list(`${sys}/class/power_supply`).map((name) => ({
    type: read(`${sys}/class/power_supply/${name}/type`)?.trim(),
    online: read(`${sys}/class/power_supply/${name}/online`)?.trim(),
    status: read(`${sys}/class/power_supply/${name}/status`)?.trim(),
  }))
  const onBattery = supplies.some(({ status }) => status === 'Discharging')
  const onMains = supplies.some(({ type, online }) => type === 'Mains' && online === '1')
  if (!onBattery && !onMains)
    return unknown('power', 'This system does not say where its power comes from.')
  return {
    check: 'power',
    state: onBattery ? 'bad' : 'ok',
    value: null,
    sentence: onBattery
      ? 'The machine runs on its battery: plug it in.'
      : 'The machine runs on mains power.',
  }
}

function thermalCheck(before: Counters | undefined, now: Counters): QuietCheck {
  if (now.throttled === null)
    return unknown('thermal', 'This system does not say when it slows down for heat.')
  const more = before?.throttled == null ? 0 : now.throttled - before.throttled
  return {
    check: 'thermal',
    state: more > 0 ? 'bad' : 'ok',
    value: more,
    sentence:
      more > 0
        ? `The processor slowed down for heat ${more} times: let it cool, or choose longer pauses.`
        : 'The processor did not slow down for heat.',
  }
}

function unknown(check: QuietCheck['check'], sentence: string): QuietCheck {
  return { check, state: 'unknown', value: null, sentence }
}

const percent = (share: number) => `${Math.round(share * 100)} %`

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
