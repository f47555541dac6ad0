import {
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { UploadFile } from '@shared/contract/scan'
import { z } from 'zod'

/**
 * Files that a browser hands over. They are kept as numbered blobs (never under their own names)
 * below the data folder, with one list of what they are, and deleted after the scan. When the
 * console starts, those that no scan waits for are swept.
 */
export interface Uploads {
  begin(files: readonly { path: string; bytes: number }[], notes: readonly string[]): string
  /** Stores the body of file `index`. Throws UploadError on a wrong id, index, length or a second copy. */
  receive(uploadId: string, index: number, body: Readable): Promise<void>
  find(uploadId: string): Upload | undefined
  watch(uploadId: string, signal?: AbortSignal): AsyncGenerator<UploadProgress>
  remove(uploadId: string): boolean
}

export interface Upload {
  files: readonly {
    path: string
    bytes: number
    absolutePath: string
    state: 'missing' | 'receiving' | 'complete'
  }[]
  notes: readonly string[]
  folder: string
  received: number
  complete: number
}

export interface UploadProgress {
  receivedBytes: number
  totalBytes: number
  files: number
}

export class UploadError extends Error {
  override readonly name = 'UploadError'
  readonly status: 404 | 409 | 413 | 507
  constructor(status: 404 | 409 | 413 | 507, message: string) {
    super(message)
    this.status = status
  }
}

export class NoSpaceError extends Error {
  override readonly name = 'NoSpaceError'
  readonly needed: number
  readonly free: number
  constructor(needed: number, free: number) {
    super(`The upload needs ${needed} bytes, and the data folder has ${free} left.`)
    this.needed = needed
    this.free = free
  }
}

/** What the blobs of an upload are; beside its folder, so that a scan can go on after a restart. */
const Manifest = z.object({ files: z.array(UploadFile), notes: z.array(z.string()) })

/** Left free on the disk, so that reports can still be written. */
const RESERVE_BYTES = 64 * 1024 * 1024

/** `awaited` are the uploads that a paused scan will read. */
export function createUploads(
  folder: string,
  randomId: () => string,
  awaited: ReadonlySet<string> = new Set(),
): Uploads {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  for (const name of readdirSync(folder))
    if (!awaited.has(name.replace(/\.json$/, '')))
      rmSync(join(folder, name), { recursive: true, force: true })
  type Slot = {
    path: string
    bytes: number
    absolutePath: string
    state: 'missing' | 'receiving' | 'complete'
  }
  const uploads = new Map<string, Upload & { files: Slot[]; changed: EventTarget }>()
  for (const id of awaited) restore(id)

  function manifestOf(id: string): string {
    return join(folder, `${id}.json`)
  }

  /** An upload whose list is gone stays unknown; its scan then says so. */
  function restore(id: string): void {
    const own = join(folder, id)
    try {
      const { files, notes } = Manifest.parse(JSON.parse(readFileSync(manifestOf(id), 'utf8')))
      const slots = files.map((file, index): Slot => {
        const absolutePath = join(own, String(index))
        const found = statSync(absolutePath, { throwIfNoEntry: false })
        return { ...file, absolutePath, state: found?.size === file.bytes ? 'complete' : 'missing' }
      })
      const complete = slots.filter((slot) => slot.state === 'complete')
      uploads.set(id, {
        files: slots,
        notes,
        folder: own,
        received: complete.reduce((sum, slot) => sum + slot.bytes, 0),
        complete: complete.length,
        changed: new EventTarget(),
      })
    } catch {
      rmSync(own, { recursive: true, force: true })
    }
  }

  return {
    begin(files, notes) {
      const needed = files.reduce((sum, file) => sum + file.bytes, 0)
      const disk = statfsSync(folder)
      const free = disk.bavail * disk.bsize
      if (needed + RESERVE_BYTES > free) throw new NoSpaceError(needed, free)
      const id = randomId()
      const own = join(folder, id)
      mkdirSync(own, { mode: 0o700 })
      writeFileSync(manifestOf(id), JSON.stringify({ files, notes }), { mode: 0o600 })
      uploads.set(id, {
        files: files.map((file, index) => ({
          ...file,
          absolutePath: join(own, String(index)),
          state: 'missing',
        })),
        notes,
        folder: own,
        received: 0,
        complete: 0,
        changed: new EventTarget(),
      })
      return id
    },

    async receive(uploadId, index, body) {
      const upload = uploads.get(uploadId)
      const slot = upload?.files[index]
      if (upload === undefined || slot === undefined)
        throw new UploadError(404, 'There is no such upload; start it again.')
      if (slot.state !== 'missing') throw new UploadError(409, 'This file was sent already.')
      slot.state = 'receiving'
      let got = 0
      const file = createWriteStream(slot.absolutePath, { flags: 'wx', mode: 0o600 })
      try {
        await pipeline(
          body,
          async function* (chunks: AsyncIterable<Buffer>) {
            for await (const chunk of chunks) {
              got += chunk.length
              upload.received += chunk.length
              if (!uploads.has(uploadId)) throw new UploadError(404, 'The upload was cancelled.')
              if (got > slot.bytes)
                throw new UploadError(413, `${slot.path} is longer than announced.`)
              upload.changed.dispatchEvent(new Event('change'))
              yield chunk
            }
          },
          file,
        )
        if (got !== slot.bytes)
          throw new UploadError(409, `${slot.path} ended early; send it again.`)
      } catch (error) {
        // An early abort can overtake the opening; what is not closed yet would come back.
        if (!file.closed) await new Promise<void>((resolve) => file.once('close', resolve))
        rmSync(slot.absolutePath, { force: true })
        slot.state = 'missing'
        upload.received -= got
        if ((error as NodeJS.ErrnoException).code === 'ENOSPC')
          throw new UploadError(507, 'The disk became full while this file was received.')
        throw error
      }
      slot.state = 'complete'
      upload.complete += 1
      upload.changed.dispatchEvent(new Event('change'))
    },

    find: (uploadId) => uploads.get(uploadId),

    async *watch(uploadId, signal) {
      for (;;) {
        const upload = uploads.get(uploadId)
        if (upload === undefined || signal?.aborted === true) return
        const totalBytes = upload.files.reduce((sum, file) => sum + file.bytes, 0)
        const next = Promise.withResolvers<void>()
        const wake = () => next.resolve()
        upload.changed.addEventListener('change', wake, { once: true })
        signal?.addEventListener('abort', wake, { once: true })
        try {
          yield { receivedBytes: upload.received, totalBytes, files: upload.complete }
          if (upload.complete === upload.files.length) return
          await next.promise
          await new Promise((resolve) => setTimeout(resolve, 100))
        } finally {
          upload.changed.removeEventListener('change', wake)
          signal?.removeEventListener('abort', wake)
        }
      }
    },

    remove(uploadId) {
      const upload = uploads.get(uploadId)
      if (upload === undefined) return false
      uploads.delete(uploadId)
      upload.changed.dispatchEvent(new Event('change'))
      rmSync(manifestOf(uploadId), { force: true })
      if (existsSync(upload.folder)) rmSync(upload.folder, { recursive: true, force: true })
      return true
    },
  }
}
