import { closeSync, constants, fstatSync, openSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { stateOf } from '../file-state'
import type { Neighbour } from '../neighbour'

/** Files of the same delivery, for parsers that follow values from one into the other. */
export interface Beside {
  /** What a parser asked for: its result holds while these are as they were. */
  readonly asked: readonly Neighbour[]
  read(path: string): Buffer | undefined
}

/** Bytes of another file that are read; sources that people write are smaller. */
const LARGEST = 256 << 10

/** Reads beside one file. What may be read at all is decided by the permissions of the process. */
export function besideOf(absolutePath: string | Buffer): Beside {
  const asked: Neighbour[] = []
  return {
    asked,
    read(path) {
      // A path that is not UTF-8 has no neighbours that a source could name.
      if (typeof absolutePath !== 'string') return undefined
      const { state, bytes } = readRegular(dirname(absolutePath), path)
      asked.push({ path, state })
      return bytes
    },
  }
}

/** Neither links nor devices: only what the walk would have scanned itself. */
function readRegular(own: string, relative: string): { state: string | null; bytes?: Buffer } {
  let descriptor: number | undefined
  try {
    const path = join(realpathSync(own), relative)
    const folder = dirname(path)
    if (realpathSync(folder) !== folder) return { state: null }
    const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants
    descriptor = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
    const stats = fstatSync(descriptor, { bigint: true })
    const state = stateOf(stats)
    if (state === null || stats.size > LARGEST) return { state }
    return { state, bytes: readFileSync(descriptor) }
  } catch {
    // Not there, or outside of what this scan may read: nothing is known about it, as before.
    return { state: null }
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}
