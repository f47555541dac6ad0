import { createHash } from 'node:crypto'
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { LaunchFailure } from './failure'

const WINDOW = 4 * 1024 ** 2

/** Refuses a file whose bytes are not those that were scanned and promised. */
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
