import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { lstat, open, opendir, realpath, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { GivenFiles } from '@shared/model/files'
import type { Subject } from '@shared/model/statement'
import type { z } from 'zod'
import { isGitDatabase } from '../scan/child/git-folder'

/** One read: a millisecond of hashing, so that the host answers meanwhile. */
const CHUNK_BYTES = 1024 * 1024
/** Of a folder with more files than its passport names, enough are told. */
const MOST_UNNAMED = 1000

export interface HashOptions {
  /** Not part of the model: the passport itself, where it lies among the files. */
  except?: string | undefined
  signal?: AbortSignal | undefined
}

/**
 * SHA-256 of the files at `path`, a folder or one file. Bytes are read and hashed, never parsed. As a
 * scan does it, links are not followed, and the database of Git is left out. Rejects with the system's
 * error where `path` itself cannot be read.
 */
export async function hashModel(
  path: string,
  subject: readonly z.infer<typeof Subject>[],
  { except, signal }: HashOptions = {},
): Promise<GivenFiles> {
  const info = await stat(path)
  if (!info.isDirectory()) return oneFile(path, subject, signal)
  const skipped = except === undefined ? undefined : await realpath(except).catch(() => undefined)
  const root = await realpath(path)
  const named = new Set(subject.map(({ name }) => name))
  const hashes = new Map<string, string | null>()
  let unnamed = 0
  for (const pending = ['']; pending.length > 0; ) {
    const folder = pending.pop() ?? ''
    const entries = await opendir(join(root, folder)).catch(() => undefined)
    if (entries === undefined) {
      hashes.set(folder, null)
      continue
    }
    for await (const entry of entries) {
      signal?.throwIfAborted()
      const name = folder === '' ? entry.name : `${folder}/${entry.name}`
      const full = join(root, name)
      if (full === skipped || isGitDatabase(name)) continue
      if (entry.isDirectory()) pending.push(name)
      else if (named.has(name)) hashes.set(name, await hashFile(full, signal))
      else if (unnamed++ < MOST_UNNAMED)
        // What a passport does not cover need not be read; only that it is there counts.
        hashes.set(name, entry.isFile() ? '' : null)
    }
  }
  return { hashes, complete: true }
}

/** One file stands for the only subject whatever it is called now, else for that of its name. */
async function oneFile(
  path: string,
  subject: readonly z.infer<typeof Subject>[],
  signal: AbortSignal | undefined,
): Promise<GivenFiles> {
  const [only, ...more] = subject
  const name =
    more.length === 0 && only !== undefined
      ? only.name
      : (subject.find((one) => one.name === basename(path))?.name ?? basename(path))
  return { hashes: new Map([[name, await hashFile(path, signal)]]), complete: false }
}

/** Null where it cannot be read to its end, or is no file (a link is none). */
async function hashFile(path: string, signal: AbortSignal | undefined): Promise<string | null> {
  try {
    if (!(await lstat(path)).isFile()) return null
    const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0))
    try {
      const digest = createHash('sha256')
      const buffer = Buffer.allocUnsafe(CHUNK_BYTES)
      for (;;) {
        signal?.throwIfAborted()
        const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES)
        if (bytesRead === 0) return digest.digest('hex')
        digest.update(buffer.subarray(0, bytesRead))
      }
    } finally {
      await file.close()
    }
  } catch (error) {
    signal?.throwIfAborted()
    if ((error as NodeJS.ErrnoException).code === undefined) throw error
    return null
  }
}
