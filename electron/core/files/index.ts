import { readdirSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import type { FolderEntry } from '@shared/contract/files'

const MOST_ENTRIES = 5000

/** What the page may read: below the roots of this run, and what a dialog or a drop granted. */
export interface Grants {
  roots(): string[]
  grant(path: string): void
  /** The real path, or undefined where nothing grants it. Links are resolved before the check. */
  allowed(path: string): string | undefined
}

export function createGrants(roots: readonly string[]): Grants {
  const granted = new Set(roots.map(real))
  return {
    roots: () => [...new Set(roots.map(real))],
    grant: (path) => void granted.add(real(path)),
    allowed(path) {
      if (!isAbsolute(path)) return undefined
      const target = real(path)
      return [...granted].some((root) => isInside(root, target)) ? target : undefined
    },
  }
}

/** The path with links resolved as far as it exists; a missing tail stays as it was written. */
function real(path: string): string {
  const full = resolve(path)
  try {
    return realpathSync(full)
  } catch {
    const parent = dirname(full)
    return parent === full ? full : join(real(parent), basename(full))
  }
}

/** `relative`, not `startsWith`: `/models-x` is not inside `/models`. */
export function isInside(root: string, path: string): boolean {
  const way = relative(root, path)
  return way === '' || !(way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way))
}

export interface FolderListing {
  path: string | null
  parent: string | null
  entries: FolderEntry[]
  truncated: boolean
}

/** Lists a folder; without a path, the roots (or the one root itself). Throws the system's errors. */
export function browse(grants: Grants, path: string | undefined): FolderListing | undefined {
  const roots = grants.roots()
  const only = roots.length === 1 ? roots[0] : undefined
  const wanted = path ?? only
  if (wanted === undefined)
    return {
      path: null,
      parent: null,
      entries: roots.map((root) => entryOf(root, root)),
      truncated: false,
    }
  const folder = grants.allowed(wanted)
  if (folder === undefined) return undefined
  const names = readdirSync(folder)
  const entries = names
    .slice(0, MOST_ENTRIES)
    .map((name) => entryOf(join(folder, name), name))
    .sort(
      (a, b) =>
        Number(b.kind === 'folder') - Number(a.kind === 'folder') || compareNames(a.name, b.name),
    )
  const parent = grants.allowed(dirname(folder))
  return {
    path: folder,
    parent: parent === undefined || parent === folder ? null : parent,
    entries,
    truncated: names.length > MOST_ENTRIES,
  }
}

const compareNames = new Intl.Collator('en', { numeric: true, sensitivity: 'base' }).compare

function entryOf(path: string, name: string): FolderEntry {
  try {
    const info = statSync(path, { throwIfNoEntry: false })
    if (info === undefined) return { name, path, kind: 'link', bytes: null, modifiedAt: null }
    const kind = info.isDirectory() ? 'folder' : info.isFile() ? 'file' : 'other'
    return { name, path, kind, bytes: kind === 'file' ? info.size : null, modifiedAt: info.mtime }
  } catch {
    return { name, path, kind: 'other', bytes: null, modifiedAt: null }
  }
}
