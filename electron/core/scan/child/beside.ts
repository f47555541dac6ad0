import { closeSync, constants, fstatSync, openSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Files of the same delivery, for parsers that follow values from one into the other. */
export interface Beside {
  /** Whether a parser asked: what it says then holds for this place, not for equal bytes elsewhere. */
  readonly asked: boolean
  read(path: string): Buffer | undefined
}

/** Bytes of another file that are read; sources that people write are smaller. */
const LARGEST = 256 << 10

/** Reads beside one file. What may be read at all is decided by the permissions of the process. */
export function besideOf(absolutePath: string | Buffer): Beside {
  let asked = false
  return {
    get asked() {
      return asked
    },
    read(path) {
      asked = true
      // A path that is not UTF-8 has no neighbours that a source could name.
      return typeof absolutePath === 'string' ? readRegular(dirname(absolutePath), path) : undefined
    },
  }
}

/** Neither links nor devices: only what the walk would have scanned itself. */
function readRegular(own: string, relative: string): Buffer | undefined {
  let descriptor: number | undefined
  try {
    const path = join(realpathSync(own), relative)
    const folder = dirname(path)
    if (realpathSync(folder) !== folder) return undefined
    const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants
    descriptor = openSync(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
    const stats = fstatSync(descriptor)
    return stats.isFile() && stats.size <= LARGEST ? readFileSync(descriptor) : undefined
  } catch {
    // Not there, or outside of what this scan may read: nothing is known about it, as before.
    return undefined
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}
