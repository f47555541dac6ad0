import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ObjectStore, PutObject } from '.'
import { compareFile, FileChangedError, openVerified } from './verified-file'

const CHUNK = 4 * 1024 * 1024

/**
 * A content-addressed folder: one file a content, named by its SHA-256. It is in its place only when
 * all of it is there, on disk and of that hash.
 */
export function createFolderObjects(folder: string): ObjectStore {
  return {
    async put(request) {
      const { file, signal, onProgress } = request
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const place = join(folder, file.sha256)
      if ((await sizeOf(place)) === file.bytes) return onProgress(file.bytes)
      const part = `${place}.part`
      if ((await sizeOf(part)) > file.bytes) await rm(part)
      await copy(request, part)
      try {
        // What an earlier attempt left may be of a file that was changed meanwhile.
        await compareFile({ ...file, place: part }, () => {}, signal)
      } catch (error) {
        if (!(error instanceof FileChangedError)) throw error
        await rm(part)
        await copy(request, part)
      }
      await rename(part, place)
    },
  }
}

/** Appends what is missing. Throws FileChangedError before the last bytes of another file are there. */
async function copy({ file, signal, onProgress }: PutObject, part: string): Promise<void> {
  const source = await openVerified(file)
  try {
    const target = await open(part, 'a', 0o600)
    try {
      for (let at = (await target.stat()).size; ; ) {
        const chunk = await source.slice(at, at + CHUNK, signal)
        await target.appendFile(chunk)
        at += chunk.length
        onProgress(at)
        if (at >= file.bytes) break
      }
      await target.sync()
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}

/** -1 where there is none. */
async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined)
  return found?.size ?? -1
}
