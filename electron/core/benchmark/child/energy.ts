import { readdirSync, readFileSync } from 'node:fs'

/** RAPL counters of Linux, one folder a package: Documentation/power/powercap/powercap.rst. */
export const POWERCAP = '/sys/class/powercap'
const PACKAGE = /^intel-rapl:\d+$/

interface Counter {
  microjoules: number
  /** The counter starts again from 0 behind this. */
  range: number
}

/**
 * The energy counters as they stand; undefined where there are none or only root may read them (the
 * default since CVE-2020-8694). `since` is in joules, null when a counter can no longer be read.
 */
export function readEnergy(): { since(): number | null } | undefined {
  const before = readCounters()
  if (before === undefined) return undefined
  return {
    since() {
      const after = readCounters()
      if (after?.length !== before.length) return null
      const used = before.map(({ microjoules, range }, index) => {
        const now = after[index]?.microjoules ?? Number.NaN
        return now >= microjoules ? now - microjoules : now + range - microjoules
      })
      return used.reduce((sum, one) => sum + one, 0) / 1e6
    },
  }
}

function readCounters(): Counter[] | undefined {
  try {
    const packages = readdirSync(POWERCAP).filter((name) => PACKAGE.test(name))
    const counters = packages.sort().map((name) => ({
      microjoules: readNumber(`${POWERCAP}/${name}/energy_uj`),
      range: readNumber(`${POWERCAP}/${name}/max_energy_range_uj`),
    }))
    return counters.length === 0 ? undefined : counters
  } catch {
    return undefined
  }
}

function readNumber(path: string): number {
  const value = Number(readFileSync(path, 'latin1').trim())
  if (!Number.isSafeInteger(value)) throw new Error(`${path} holds no number.`)
  return value
}
