import { ORPCError } from '@orpc/client'
import { text } from '../ui/messages'
import { HostUnreachable } from './connection'

export interface ErrorDescription {
  /** A sentence for the user. */
  message: string
  /** For a report of the problem: no tokens, no file contents. */
  details: string
}

/** Unexpected errors of the host carry only an id, under which its log holds the stack. */
function errorId(error: ORPCError<string, unknown>): string | null {
  const { data } = error
  if (typeof data !== 'object' || data === null || !('errorId' in data)) return null
  return typeof data.errorId === 'string' ? data.errorId : null
}

function sentence(error: unknown): string {
  if (error instanceof HostUnreachable) return text.error.unreachable
  if (error instanceof ORPCError) {
    const id = errorId(error)
    if (id !== null) return text.error.withId(text.error.unexpected, id)
    return error.defined && error.message ? error.message : text.error.unexpected
  }
  return error instanceof Error && error.message ? error.message : text.error.unexpected
}

export function describeError(error: unknown): ErrorDescription {
  const code = error instanceof ORPCError ? error.code : error instanceof Error ? error.name : null
  const data = error instanceof ORPCError && error.defined ? error.data : undefined
  const id = error instanceof ORPCError ? errorId(error) : null
  const details = {
    code,
    id,
    message: error instanceof Error ? error.message : String(error),
    data,
    page: location.hash,
    at: new Date().toISOString(),
    browser: navigator.userAgent,
  }
  return { message: sentence(error), details: JSON.stringify(details, null, 2) }
}
