import { isDefinedError } from '@orpc/client'
import { describeError } from '@renderer/app/errors'
import type { client, Errors } from '@renderer/app/rpc'
import { text } from '../messages'
import { SendFailure } from './send-files'

/** Every refusal that choosing, sending and starting can meet. */
type Refusal =
  | Errors<typeof client.scan.start>
  | Errors<typeof client.scan.beginUpload>
  | Errors<typeof client.files.browse>

/** As POSIX, Windows and UNC write it; the console stands in no folder, so nothing else leads anywhere. */
const ABSOLUTE = /^(\/|[A-Za-z]:[\\/]|\\\\)/

/** A sentence that says what to do. `roots` are the folders that the console may read. */
export function problemText(error: unknown, roots: readonly string[]): string {
  if (error instanceof SendFailure) return text.problem.sending(error.path)
  const refusal = error as Refusal
  if (isDefinedError(refusal)) {
    switch (refusal.code) {
      case 'PATH_NOT_GRANTED':
        if (!ABSOLUTE.test(refusal.data.path)) return text.problem.notWhole(refusal.data.path)
        return text.problem.notGranted(refusal.data.path, roots)
      case 'PATH_NOT_FOUND':
        return text.problem.notFound(refusal.data.path)
      case 'PATH_UNREADABLE':
        return text.problem.unreadable(refusal.data.path, refusal.data.reason)
      case 'TOO_MANY_SCANS':
        return text.problem.tooMany(refusal.data.running, refusal.data.limit)
      case 'UPLOAD_INCOMPLETE':
        return text.problem.incomplete(refusal.data.missing)
      case 'NO_SPACE':
        return text.problem.noSpace(refusal.data.needed, refusal.data.free)
    }
  }
  return describeError(error).message
}
