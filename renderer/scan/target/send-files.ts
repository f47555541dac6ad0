import type { PickedFile } from './walk-entries'

/** HTTP/1.1 allows a browser six connections per host; the WebSocket and the page need some. */
export const PARALLEL_UPLOADS = 3

export type Put = (index: number, file: File, signal: AbortSignal) => Promise<void>

export class SendFailure extends Error {
  readonly path: string
  constructor(path: string, cause: unknown) {
    super(`${path} could not be sent`, { cause })
    this.path = path
  }
}

/**
 * Sends files in order, at most `parallel` at a time. The first failure stops all others: an upload
 * with a hole in it is no use. Bodies are plain Files, so the browser streams them from disk.
 */
export async function sendFiles(
  files: readonly PickedFile[],
  put: Put,
  signal: AbortSignal,
  parallel = PARALLEL_UPLOADS,
): Promise<void> {
  const stop = new AbortController()
  const either = AbortSignal.any([signal, stop.signal])
  let next = 0
  const lane = async () => {
    for (let index = next++; index < files.length; index = next++) {
      either.throwIfAborted()
      const item = files[index]
      if (!item) return
      try {
        await put(index, item.file, either)
      } catch (error) {
        signal.throwIfAborted()
        const failure = error instanceof SendFailure ? error : new SendFailure(item.path, error)
        if (!stop.signal.aborted) stop.abort(failure)
        throw stop.signal.reason
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(parallel, files.length) }, lane))
}
