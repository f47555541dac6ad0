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
