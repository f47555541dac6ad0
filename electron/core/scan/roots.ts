import { sep } from 'node:path'

interface Root {
  /** Real path. */
  path: string
  label: string
}

/**
 * Roots without those that lie in another, or are another: a file is scanned and counted once. The
 * notes say what was left out.
 */
export function distinctRoots(roots: readonly Root[]): { roots: Root[]; notes: string[] } {
  const notes: string[] = []
  const kept = roots.filter((root, index) => {
    const outer = roots.find(
      (other, position) =>
        other !== root &&
        (contains(other.path, root.path) || (other.path === root.path && position < index)),
    )
    if (outer === undefined) return true
    notes.push(
      outer.path === root.path
        ? `${root.label} was named twice, and scanned once.`
        : `${root.label} lies in ${outer.label}, and was scanned once.`,
    )
    return false
  })
  return { roots: kept, notes }
}

function contains(folder: string, path: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
}
