import { type PickedFile, WALK_LIMITS, walkEntries } from '@renderer/scan/target/walk-entries'

/** The parts of the File System API that reading a dropped folder needs. */
interface FolderHandle {
  readonly kind: 'directory'
  readonly name: string
  values(): AsyncIterable<FolderHandle | FileHandle>
}
interface FileHandle {
  readonly kind: 'file'
  readonly name: string
  getFile(): Promise<File>
}
type Item = DataTransferItem & {
  getAsFileSystemHandle?(): Promise<FolderHandle | FileHandle | null>
}

export interface Dropped {
  files: PickedFile[]
  unreadable: string[]
}

/**
 * What was dropped, folders with all that is in them. On a page that is itself a file, Chromium hands
 * out no files of a FileSystemEntry (EncodingError); files come as such there, and folders as
 * handles. Firefox and Safari have the entries only. To be called within the event.
 */
export function droppedFiles(transfer: DataTransfer): Promise<Dropped> {
  // Items are gone once the event ends: all is asked for before anything is waited for.
  const asked = [...transfer.items]
    .filter(({ kind }) => kind === 'file')
    .map((item: Item) => ({
      file: item.getAsFile(),
      entry: item.webkitGetAsEntry(),
      handle: item.getAsFileSystemHandle?.().catch(() => null),
    }))
  return readAll(asked)
}

interface Asked {
  file: File | null
  entry: FileSystemEntry | null
  handle: Promise<FolderHandle | FileHandle | null> | undefined
}

async function readAll(asked: readonly Asked[]): Promise<Dropped> {
  const dropped: Dropped = { files: [], unreadable: [] }
  for (const { file, entry, handle } of asked) {
    if (entry?.isDirectory !== true) {
      if (file !== null) dropped.files.push({ path: file.name, file })
      continue
    }
    const folder = await handle
    if (folder?.kind === 'directory') await readFolder(folder, folder.name, 0, dropped)
    else {
      const { files, unreadable } = await walkEntries([entry], new AbortController().signal)
      dropped.files.push(...files)
      dropped.unreadable.push(...unreadable)
    }
  }
  return dropped
}

async function readFolder(
  folder: FolderHandle,
  path: string,
  depth: number,
  dropped: Dropped,
): Promise<void> {
  for await (const child of folder.values()) {
    const name = `${path}/${child.name}`
    if (child.kind === 'directory') {
      if (depth === WALK_LIMITS.depth) dropped.unreadable.push(name)
      else await readFolder(child, name, depth + 1, dropped)
    } else
      await child.getFile().then(
        (file) => dropped.files.push({ path: name, file }),
        () => dropped.unreadable.push(name),
      )
  }
}
