import { DetailedError, Upload, type UploadOptions } from 'tus-js-client'
import { z } from 'zod'
import { BackendError } from '../../backend/backend'
import type { ObjectStore, PutObject } from '.'
import { FileChangedError, openVerified, type VerifiedFile } from './verified-file'

/** Supabase Storage takes chunks of exactly this size, but for the last. */
const CHUNK = 6 * 1024 * 1024
const RETRY_DELAYS_MS = [0, 1000, 3000, 5000, 10_000]

/** What an attempt leaves for the next one: an address, and the hash of all that was sent to it. */
const Resume = z.object({ url: z.url(), end: z.number().int().nonnegative(), prefix: z.string() })

export interface TusBucket {
  /** …/storage/v1/upload/resumable */
  endpoint: string
  bucket: string
  /** Asked before every request: a token may have been renewed meanwhile. */
  headers(): Promise<Record<string, string>>
  chunkBytes?: number
  retryDelaysMs?: number[]
}

/** A private bucket of Supabase Storage, by the resumable upload of tus.io; <version>/<sha256> is the object. */
export function createTusObjects(target: TusBucket): ObjectStore {
  return {
    async put(request) {
      const { file, signal, onProgress } = request
      signal.throwIfAborted()
      const source = await openVerified(file)
      try {
        // The hash of an empty file is looked at here; nothing of it is ever sliced.
        if (file.bytes === 0) await source.slice(0, 0)
        await send(target, request, source)
        onProgress(file.bytes)
      } finally {
        await source.close()
      }
    },
  }
}

async function send(target: TusBucket, request: PutObject, source: VerifiedFile): Promise<void> {
  const { versionId, file, signal, onProgress, onResumable } = request
  const resume = await usable(request.resume, source, signal)
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const options: UploadOptions = {
    endpoint: target.endpoint,
    ...(resume !== undefined && { uploadUrl: resume }),
    uploadSize: file.bytes,
    chunkSize: target.chunkBytes ?? CHUNK,
    retryDelays: target.retryDelaysMs ?? RETRY_DELAYS_MS,
    headers: { 'x-upsert': 'false' },
    metadata: {
      bucketName: target.bucket,
      objectName: `${versionId}/${file.sha256}`,
      contentType: 'application/octet-stream',
    },
    storeFingerprintForResuming: false,
    fileReader: {
      openFile: async () => ({
        size: source.size,
        async slice(start, end) {
          const value = await source.slice(start, end, signal)
          const sent = start + value.length
          const { url } = upload
          // Before it is sent: whatever the server has afterwards is a part of this.
          if (url !== null)
            await onResumable(
              JSON.stringify({ url, end: sent, prefix: await source.prefix(sent, signal) }),
            )
          return { value: Object.assign(value, { size: value.length }), done: sent >= source.size }
        },
        close() {},
      }),
    },
    onBeforeRequest: async (one) => {
      for (const [name, value] of Object.entries(await target.headers())) one.setHeader(name, value)
    },
    onShouldRetry(error) {
      if (signal.aborted || error.causingError instanceof FileChangedError) return false
      const status = error.originalResponse?.getStatus() ?? 0
      if (isThere(error)) return false
      return status < 400 || status >= 500 || RETRIED.has(status)
    },
    onProgress: (sent) => onProgress(sent),
    onSuccess: () => resolve(),
    onError: (error) => (isThere(error) ? resolve() : reject(error)),
  }
  // The reader above is what it reads; the argument only has to be something.
  const upload = new Upload(Buffer.alloc(0), options)
  const stop = () => {
    void upload.abort()
    reject(signal.reason)
  }
  signal.addEventListener('abort', stop, { once: true })
  try {
    upload.start()
    await promise
  } catch (error) {
    throw describe(error)
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

/** Conflict of offsets, a lock, too many calls. */
const RETRIED = new Set([409, 423, 429])

/** Refused because the object is complete: its name is the hash of what it holds. */
function isThere(error: Error): boolean {
  if (!(error instanceof DetailedError)) return false
  const { originalRequest, originalResponse } = error
  return (
    originalRequest.getMethod() === 'POST' &&
    /already exists|duplicate/i.test(originalResponse?.getBody() ?? '')
  )
}

/** The address of an attempt whose bytes are those of the file as it is now. */
async function usable(
  token: string | null,
  source: VerifiedFile,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (token === null) return undefined
  const parsed = Resume.safeParse(JSON.parse(token))
  if (!parsed.success) return undefined
  const { url, end, prefix } = parsed.data
  return (await source.prefix(end, signal)) === prefix ? url : undefined
}

/** Errors as the rest of the console knows them. */
function describe(error: unknown): unknown {
  if (!(error instanceof DetailedError)) return error
  const cause = error.causingError
  if (cause instanceof FileChangedError) return cause
  const status = error.originalResponse?.getStatus() ?? 0
  if (status === 401 || status === 403)
    return new BackendError(
      status === 401 ? 'not_signed_in' : 'permission_required',
      status === 401
        ? 'You are signed out. Sign in and continue.'
        : 'The bucket refused the upload: it takes files of your own versions only.',
      { status },
    )
  return new BackendError(
    'unreachable',
    status === 0
      ? 'The bucket does not answer. What was uploaded is kept; continue when it does.'
      : `The bucket answered with ${status}. What was uploaded is kept; continue later.`,
    { status: 0 },
  )
}
