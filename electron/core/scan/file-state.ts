import { type BigIntStats, lstatSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Neighbour } from './neighbour'
import type { FileStat } from './protocol'

/** One state of one file on this machine, as text. */
export function statText(stat: FileStat, bytes: number | bigint): string {
  return `${stat.dev} ${stat.ino} ${bytes} ${stat.mtimeNs} ${stat.ctimeNs}`
}

/** The same of a regular file; null for whatever else. */
export function stateOf(stats: BigIntStats): string | null {
  if (!stats.isFile()) return null
  const { dev, ino, mtimeNs, ctimeNs } = stats
  return statText(
    { dev: `${dev}`, ino: `${ino}`, mtimeNs: `${mtimeNs}`, ctimeNs: `${ctimeNs}` },
    stats.size,
  )
}

/** Whether the files beside one are as they were: none changed, none came, none went. */
export function isAsItWas(absolutePath: string, beside: readonly Neighbour[]): boolean {
  const folder = dirname(absolutePath)
  return beside.every(({ path, state }) => {
    try {
      return stateOf(lstatSync(join(folder, path), { bigint: true })) === state
    } catch {
      return state === null
    }
  })
}
