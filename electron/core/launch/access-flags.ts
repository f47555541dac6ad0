import { sep } from 'node:path'

/** Node's flags for a kind of access to all of `paths`. */
export function accessFlags(kind: 'read' | 'write', paths: readonly string[]): string[] {
  return paths.flatMap((path) => pathFlags(kind, path, paths))
}

/**
 * A path and what is below it. `*` is a wildcard to Node, so such a name opens a little more. Node 24
 * forgets the grant of `model` when `model.bak` is granted too (its tree of paths splits a name into
 * prefixes); a wildcard over the common beginning is kept.
 */
function pathFlags(kind: 'read' | 'write', path: string, granted: readonly string[]): string[] {
  const below = path.endsWith(sep) ? path : path + sep
  const shadowed = granted.some(
    (other) => other !== path && other.startsWith(path) && !other.startsWith(below),
  )
  return [`--allow-fs-${kind}=${path}${shadowed ? '*' : ''}`, `--allow-fs-${kind}=${below}*`]
}
