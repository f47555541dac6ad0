import { sep } from 'node:path'

/**
 * A path and what is below it. `*` is a wildcard to Node, so such a name opens a little more. Node 24
 * forgets the grant of `model` when `model.bak` is granted too (its tree of paths splits a name into
 * prefixes); a wildcard over the common beginning is kept.
 */
export function readFlags(path: string, granted: readonly string[]): string[] {
  const below = path.endsWith(sep) ? path : path + sep
  const shadowed = granted.some(
    (other) => other !== path && other.startsWith(path) && !other.startsWith(below),
  )
  return [`--allow-fs-read=${path}${shadowed ? '*' : ''}`, `--allow-fs-read=${below}*`]
}
