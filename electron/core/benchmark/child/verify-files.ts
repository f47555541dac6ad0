import { createHash } from 'node:crypto'
import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs'
import { LaunchFailure } from './failure'

const WINDOW = 4 * 1024 ** 2

/**
 * Refuses files whose bytes are not those that were scanned and promised. Engines open a model by its path, so it
 * is asked again when they have: `unchanged` refuses a file that was replaced in between.
 */
export function verifyFiles(files: readonly { path: string; sha256: string }[]) {
  const states = files.map(({ path, sha256 }) => {
    const before = stateOf(path)
    verifyFile(path, sha256)
    return { path, before }
  })
  return {
    unchanged(): void {
      for (const { path, before } of states)
        if (stateOf(path) !== before)
          throw new LaunchFailure('refused', `${path} was changed while it was loaded.`)
    },
  }
}

function stateOf(path: string): string {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false })
  return stat === undefined
    ? 'gone'
    : [stat.dev, stat.ino, stat.size, stat.mtimeNs, stat.ctimeNs].join()
}

export function verifyFile(path: string, expected: string): void {
  const actual = hashFile(path)
  if (actual !== expected)
    throw new LaunchFailure(
      'refused',
      `${path} has changed since the run was planned: its SHA-256 is ${actual}, not ${expected}. Start the run again.`,
    )
}

function hashFile(path: string): string {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? ''
    throw new LaunchFailure('refused', `${path} cannot be read (${code}).`, error)
  }
  try {
    if (!fstatSync(file).isFile()) throw new LaunchFailure('refused', `${path} is not a file.`)
    const hash = createHash('sha256')
    const window = Buffer.alloc(WINDOW)
    for (;;) {
      const read = readSync(file, window)
      if (read === 0) return hash.digest('hex')
      hash.update(window.subarray(0, read))
    }
  } finally {
    closeSync(file)
  }
}
