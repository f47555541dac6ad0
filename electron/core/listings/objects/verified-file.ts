import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'

/** A file is not what was scanned any more. `path` is its name in the version, never its place. */
export class FileChangedError extends Error {
  override readonly name = 'FileChangedError'
  readonly path: string
  constructor(path: string) {
    super(`${path} has changed since it was scanned. Scan it again, and add the version anew.`)
    this.path = path
  }
}

export class FileGoneError extends Error {
  override readonly name = 'FileGoneError'
  readonly path: string
  constructor(path: string) {
    super(`${path} cannot be read where it was scanned. Put it back, or scan it where it is now.`)
    this.path = path
  }
}

export interface PlacedFile {
  /** Name in the version. */
  path: string
  sha256: string
  bytes: number
  /** Absolute, on this computer. */
  place: string
}

/** One read: a millisecond of hashing, so that the host answers meanwhile. */
const WINDOW = 1024 * 1024

/**
 * Bytes of a file that are handed out only in order, and whose last ones are held back until all of
 * them have the hash that was promised: nobody ever has the whole of a file that changed.
 */
export interface VerifiedFile {
  readonly size: number
  /** Throws FileChangedError where the end is asked for and the hash is another. */
  slice(start: number, end: number, signal?: AbortSignal): Promise<Buffer>
  /** SHA-256 over the first bytes, for whoever goes on later with what was sent of them. */
  prefix(end: number, signal?: AbortSignal): Promise<string>
  close(): Promise<void>
}

/** Throws FileGoneError, FileChangedError. */
export async function openVerified({
  path,
  place,
  sha256,
  bytes,
}: PlacedFile): Promise<VerifiedFile> {
  const file = await openPlace(path, place)
  const { size } = await file.stat()
  if (size !== bytes) {
    await file.close()
    throw new FileChangedError(path)
  }
  let digest = createHash('sha256')
  let hashed = 0
  /** What was handed out last: the same bytes again, where a request is repeated. */
  let last = { start: 0, end: 0, bytes: Buffer.alloc(0) }

  async function hashNext(buffer: Buffer): Promise<void> {
    for (let at = 0; at < buffer.length; ) {
      const { bytesRead } = await file.read(buffer, at, buffer.length - at, hashed + at)
      if (bytesRead === 0) throw new FileChangedError(path)
      at += bytesRead
    }
    // In windows: a large slice at once would hold the host up.
    for (let at = 0; at < buffer.length; at += WINDOW) {
      digest.update(buffer.subarray(at, at + WINDOW))
      await new Promise((resolve) => setImmediate(resolve))
    }
    hashed += buffer.length
  }

  /** What a server has already is hashed as well, and not sent. */
  async function hashTo(end: number, signal: AbortSignal | undefined): Promise<void> {
    if (end < hashed) {
      digest = createHash('sha256')
      hashed = 0
    }
    while (hashed < end) {
      signal?.throwIfAborted()
      await hashNext(Buffer.allocUnsafe(Math.min(WINDOW, end - hashed)))
    }
  }

  return {
    size: bytes,
    async prefix(end, signal) {
      await hashTo(Math.min(end, bytes), signal)
      return digest.copy().digest('hex')
    },
    async slice(start, end, signal) {
      const stop = Math.min(end, bytes)
      if (start === last.start && stop === last.end && stop > start) return last.bytes
      await hashTo(start, signal)
      signal?.throwIfAborted()
      const taken = Buffer.allocUnsafe(stop - start)
      await hashNext(taken)
      if (stop === bytes) {
        const grown = (await file.stat()).size !== bytes
        if (grown || digest.copy().digest('hex') !== sha256) throw new FileChangedError(path)
      }
      last = { start, end: stop, bytes: taken }
      return taken
    },
    close: () => file.close(),
  }
}

/** Reads a file to its end. Throws FileGoneError and FileChangedError. */
export async function compareFile(
  file: PlacedFile,
  onBytes: (bytes: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const opened = await openVerified(file)
  try {
    for (let at = 0; at < opened.size || at === 0; at += WINDOW) {
      const { length } = await opened.slice(at, at + WINDOW, signal)
      onBytes(length)
    }
  } finally {
    await opened.close()
  }
}

async function openPlace(path: string, place: string): Promise<FileHandle> {
  try {
    // As the scan: a link is not followed.
    const file = await open(place, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0))
    if ((await file.stat()).isFile()) return file
    await file.close()
  } catch {
    // What cannot be opened is gone, whatever the system calls it.
  }
  throw new FileGoneError(path)
}
