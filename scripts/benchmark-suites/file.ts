import { createHash } from 'node:crypto'
import { writeNpy } from '../../test/fixtures/npy-writer'

/** How a manifest names a file. */
export const fileOf = (path: string, bytes: Uint8Array | string) => ({
  path,
  sha256: createHash('sha256').update(bytes).digest('hex'),
})

export const OWN_WORK = {
  name: 'CC0-1.0',
  source: 'Made by scripts/benchmark-suites of this repository.',
} as const

/** A NumPy array of bytes. */
export const bytesNpy = (shape: readonly number[], data: Uint8Array) =>
  writeNpy("'|u1'", `(${shape.join(', ')},)`, data)

/** The zip format knows no time before 1980; a fixed one, so that the same data are the same file. */
export const ZIP = { level: 9, mtime: new Date(1980, 0, 1) } as const
