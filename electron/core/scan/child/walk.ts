import { type BigIntStats, lstatSync, readdirSync, realpathSync, statSync } from 'node:fs'
import type { FileStat, FromChild } from '../protocol'
import { isGitDatabase } from './git-folder'
import { displayName, pathFromText, textFromPath } from './path-text'

/** Entries of one message. */
const BATCH = 512
const GIT_NOTE = 'Of .git folders, hooks and settings were scanned; the database of Git was not.'
/** Sentences of one kind; the rest is counted. */
const MOST_NOTES = 20
const SEPARATOR = process.platform === 'win32' ? '\\' : '/'

type Entries = Extract<FromChild, { type: 'entries' }>['entries']
type Unreadable = Extract<FromChild, { type: 'walked' }>['unreadable']

interface Folder {
  path: Buffer
  /** Relative to the root, '/' on every platform, '' for the root itself. */
  shown: string
}

/**
 * Lists the files below the roots in an order that depends on names only. Links are noted, not
 * followed, except a root that is one. Never throws.
 */
export function walkRoots(
  roots: { index: number; path: string }[],
  maxFiles: number,
  say: (message: FromChild) => void,
): void {
  const notes = createNotes()
  const unreadable: Unreadable = []
  let entries: Entries = []
  let files = 0

  const flush = () => {
    if (entries.length > 0) say({ type: 'entries', entries })
    entries = []
  }
  /** False when the limit is reached. */
  const addFile = (root: number, path: string, absolute: Buffer, stats: BigIntStats): boolean => {
    if (files === maxFiles) return false
    files++
    entries.push({
      root,
      path,
      absolutePath: textFromPath(absolute),
      bytes: sizeOf(stats.size),
      stat: fileStat(stats),
    })
    if (entries.length === BATCH) flush()
    return true
  }
  const fail = (root: number, path: string, error: unknown) =>
    unreadable.push({ root, path, reason: reasonOf(error) })

  function walkRoot(root: number, text: string): boolean {
    const given = Buffer.from(pathFromText(text))
    const base = displayName(baseName(given))
    let path: Buffer
    let stats: BigIntStats
    try {
      path = realpathSync.native(given, { encoding: 'buffer' })
      stats = statSync(path, { bigint: true })
    } catch (error) {
      fail(root, base, error)
      return true
    }
    if (stats.isFile()) return addFile(root, base, path, stats)
    if (!stats.isDirectory()) {
      notes.add('special', `${base} is not a file or folder and was not read.`)
      return true
    }
    return walkFolder(root, { path, shown: '' })
  }

  /** Depth first with a stack of its own: a tree of 10 000 levels is no problem. */
  function walkFolder(root: number, top: Folder): boolean {
    const pending: Folder[] = [top]
    for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
      let names: Buffer[]
      try {
        names = readdirSync(folder.path, { encoding: 'buffer' }).sort(Buffer.compare)
      } catch (error) {
        fail(root, folder.shown === '' ? '.' : folder.shown, error)
        continue
      }
      const folders: Folder[] = []
      for (const name of names) {
        const path = joined(folder.path, name)
        const shown =
          folder.shown === '' ? displayName(name) : `${folder.shown}/${displayName(name)}`
        if (isGitDatabase(shown)) {
          notes.add('git', GIT_NOTE)
          continue
        }
        try {
          const stats = lstatSync(path, { bigint: true })
          if (stats.isFile()) {
            if (!addFile(root, shown, path, stats)) return false
          } else if (stats.isDirectory()) folders.push({ path, shown })
          else if (stats.isSymbolicLink())
            notes.add('link', `${shown} is a symbolic link and was not followed.`)
          else notes.add('special', `${shown} is a pipe, socket or device and was not read.`)
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code === 'ENOENT')
            notes.add('vanished', `${shown} vanished while the folder was listed.`)
          else fail(root, shown, error)
        }
      }
      pending.push(...folders.reverse())
    }
    return true
  }

  for (const { index, path } of roots)
    if (!walkRoot(index, path)) {
      const sentence = `Only the first ${maxFiles} files were scanned, the limit of one scan.`
      notes.add('limit', sentence)
      // What was not listed was not read, and may hold anything.
      unreadable.push({ root: index, path: '.', reason: sentence })
      break
    }
  flush()
  say({ type: 'walked', notes: notes.list(), unreadable })
}

export function fileStat(stats: BigIntStats): FileStat {
  return {
    dev: String(stats.dev),
    ino: String(stats.ino),
    mtimeNs: String(stats.mtimeNs),
    ctimeNs: String(stats.ctimeNs),
  }
}

/** A sparse file may be larger than 2^53 - 1 bytes; the protocol has safe integers only. */
function sizeOf(bytes: bigint): number {
  return Math.min(Number(bytes), Number.MAX_SAFE_INTEGER)
}

function createNotes() {
  const kinds = new Map<string, { sentences: string[]; more: number }>()
  const MORE: Record<string, string> = {
    link: 'more symbolic links were not followed.',
    special: 'more pipes, sockets or devices were not read.',
    vanished: 'more files vanished while their folder was listed.',
  }
  return {
    add(kind: string, sentence: string) {
      const entry = kinds.get(kind) ?? { sentences: [], more: 0 }
      if (kind === 'git' && entry.sentences.length > 0) return
      if (entry.sentences.length < MOST_NOTES) entry.sentences.push(sentence)
      else entry.more++
      kinds.set(kind, entry)
    },
    list: () =>
      [...kinds].flatMap(([kind, { sentences, more }]) =>
        more === 0 ? sentences : [...sentences, `${more} ${MORE[kind] ?? 'more.'}`],
      ),
  }
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ENOENT') return 'It is not there.'
  if (code === 'EACCES' || code === 'EPERM') return 'It cannot be read: permission is denied.'
  if (code === 'ELOOP') return 'It is a symbolic link that leads back to itself.'
  if (code === 'ENAMETOOLONG') return 'It cannot be read: its path is too long for this system.'
  return `It cannot be read: ${message}.`
}

function joined(folder: Buffer, name: Buffer): Buffer {
  const last = folder[folder.length - 1]
  const ended = last === 0x2f || last === SEPARATOR.charCodeAt(0)
  return Buffer.concat(ended ? [folder, name] : [folder, Buffer.from(SEPARATOR), name])
}

function baseName(path: Buffer): Buffer {
  let end = path.length
  const isSeparator = (byte: number | undefined) =>
    byte === 0x2f || byte === SEPARATOR.charCodeAt(0)
  while (end > 1 && isSeparator(path[end - 1])) end--
  let start = end
  while (start > 0 && !isSeparator(path[start - 1])) start--
  return path.subarray(start, end)
}
