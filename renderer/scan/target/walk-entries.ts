/** The parts of FileSystemEntry (File and Directory Entries API) that walking needs. */
export interface WalkableEntry {
  readonly isFile: boolean
  readonly isDirectory: boolean
  readonly name: string
}
export interface WalkableFile extends WalkableEntry {
  file(found: (file: File) => void, failed: (error: unknown) => void): void
}
export interface WalkableFolder extends WalkableEntry {
  createReader(): {
    readEntries(found: (entries: WalkableEntry[]) => void, failed: (error: unknown) => void): void
  }
}

export interface PickedFile {
  /** Relative, '/' between names; the first name is what was dropped. */
  path: string
  file: File
}

export interface Picked {
  files: PickedFile[]
  bytes: number
  /** Paths of folders without any entry: they cannot be sent. */
  emptyFolders: string[]
  /** Paths of files and folders that the browser would not open. */
  unreadable: string[]
  /** There were more than `limit` files, or folders deeper than `depth`. */
  truncated: boolean
}

/** `scan.beginUpload` takes 20,000 files; a tree deeper than this is a trap or a loop. */
export const WALK_LIMITS = { files: 20_000, depth: 64, pathLength: 4096 }

/**
 * Walks dropped trees, one folder after the other. `readEntries` hands out at most 100 entries a
 * call and has to be called until it hands out none.
 */
export async function walkEntries(
  entries: readonly WalkableEntry[],
  signal: AbortSignal,
  limits = WALK_LIMITS,
): Promise<Picked> {
  const picked: Picked = {
    files: [],
    bytes: 0,
    emptyFolders: [],
    unreadable: [],
    truncated: false,
  }
  const stack = entries.map((entry) => ({ entry, path: entry.name, depth: 0 })).reverse()
  for (let next = stack.pop(); next; next = stack.pop()) {
    signal.throwIfAborted()
    const { entry, path, depth } = next
    if (picked.files.length >= limits.files || depth > limits.depth) {
      picked.truncated = true
      continue
    }
    try {
      if (isFile(entry)) {
        if (path.length > limits.pathLength) throw new RangeError('path too long')
        const file = await new Promise<File>((found, failed) => entry.file(found, failed))
        picked.files.push({ path, file })
        picked.bytes += file.size
      } else if (isFolder(entry)) {
        const children = await readFolder(entry)
        if (children.length === 0) picked.emptyFolders.push(path)
        for (const child of children.reverse()) {
          stack.push({ entry: child, path: `${path}/${child.name}`, depth: depth + 1 })
        }
      }
    } catch {
      signal.throwIfAborted()
      picked.unreadable.push(path)
    }
  }
  return picked
}

/** Files of an <input type=file>; with `webkitdirectory` each knows its path below the folder. */
export function pickFiles(list: Iterable<File>, limits = WALK_LIMITS): Picked {
  const all = [...list]
  const files = all
    .slice(0, limits.files)
    .map((file) => ({ path: file.webkitRelativePath || file.name, file }))
  return {
    files,
    bytes: files.reduce((sum, { file }) => sum + file.size, 0),
    emptyFolders: [],
    unreadable: [],
    truncated: all.length > limits.files,
  }
}

/** What an item of a drop is; a file that no disk holds (dragged out of a page) has no entry. */
export function entryOf(item: DataTransferItem): WalkableEntry[] {
  const entry: WalkableEntry | null = item.webkitGetAsEntry()
  if (entry) return [entry]
  const file = item.getAsFile()
  if (!file) return []
  const loose: WalkableFile = {
    isFile: true,
    isDirectory: false,
    name: file.name,
    file: (found) => found(file),
  }
  return [loose]
}

async function readFolder(folder: WalkableFolder): Promise<WalkableEntry[]> {
  const reader = folder.createReader()
  const all: WalkableEntry[] = []
  for (;;) {
    const batch = await new Promise<WalkableEntry[]>((found, failed) =>
      reader.readEntries(found, failed),
    )
    if (batch.length === 0) break
    all.push(...batch)
  }
  return all.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}

function isFile(entry: WalkableEntry): entry is WalkableFile {
  return entry.isFile
}

function isFolder(entry: WalkableEntry): entry is WalkableFolder {
  return entry.isDirectory
}
