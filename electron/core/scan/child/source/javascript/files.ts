import { VITAL_PATH } from './commands'
import type { Machine } from './machine'
import type { Node } from './node'
import { DESTRUCTIVE } from './sinks'
import { HOLE, hintOf, type Value } from './value'

/** Calls that take one file away. */
const REMOVES = /^(?:#fs\.(?:unlink|unlinkSync)|Deno\.remove|#fs\.(?:rm|rmSync))$/
const WRITES = /^(?:#fs\.(?:writeFile|writeFileSync|truncate|truncateSync)|Deno\.writeTextFile)$/
/** Longer contents are what a program wants to keep. */
const LONGEST_FILLER = 8

/** Removes or overwrites whatever lies in a folder, file by file. */
export function foundWiping(m: Machine, path: string, args: readonly Value[], at: Node): void {
  const [target, data] = args
  if (target === undefined) return
  const removes = REMOVES.test(path)
  if (removes || DESTRUCTIVE.has(path)) m.removals.push(at)
  if (!removes && !WRITES.test(path)) return
  const folders = target.taints.filter((one) => one.source === 'names')
  if (folders.length === 0) return
  const vital = folders.some((one) => VITAL_PATH.test(one.what.replaceAll(HOLE, '*')))
  const text = data === undefined ? undefined : hintOf(data)
  const filler = !removes && data?.known === true && (text ?? '').length <= LONGEST_FILLER
  if (
    (vital && (removes || filler)) ||
    (filler && folders.some((one) => /^\.?\/?$/.test(one.what)))
  )
    m.see('threat.destructive', at)
  // Each file is replaced by its encrypted copy.
  if (vital && !removes && data?.taints.some((one) => one.label.includes('encrypts')) === true)
    m.see('threat.destructive', at)
}
