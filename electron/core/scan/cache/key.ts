import { hash } from 'node:crypto'
import type { ScanLimits } from '../protocol'

/**
 * First 8 bytes of a hash of what besides the file decides its facts: the scanner that was built
 * and the limits that can cut a result. Not the limits of time and memory (results they cut are
 * never kept), and no rules: findings are computed anew from the facts.
 */
export function scopeOf(scannerBuild: string, limits: ScanLimits): Buffer {
  const { depth, ratio, unpackedBytes, members, memoEntries, facts } = limits
  const cutting = [depth, ratio, unpackedBytes, members, memoEntries, facts]
  return digest([scannerBuild, cutting]).subarray(0, 8)
}

/**
 * Key of a content under a name hint. The size is the host's own, from the listing. `place` where
 * the result also depends on the files beside it: equal bytes elsewhere have other neighbours.
 */
export function contentKey(
  scope: Buffer,
  sha256: string,
  bytes: number,
  hint: string,
  place?: string,
): Buffer {
  return digest([
    scope.toString('hex'),
    sha256,
    bytes,
    hint,
    ...(place === undefined ? [] : [place]),
  ])
}

/** Key of a place on this machine; the same file may be listed under another hint. */
export function placeKey(scope: Buffer, absolutePath: string, hint: string): Buffer {
  return digest([scope.toString('hex'), absolutePath, hint])
}

function digest(parts: readonly unknown[]): Buffer {
  return hash('sha256', JSON.stringify(parts), 'buffer')
}
