import { BackendError } from './backend'

/** What a procedure with BACKEND_ERRORS offers. */
interface Errors {
  SIGNED_OUT(options: { message: string }): Error
  BACKEND_REFUSED(options: {
    message: string
    data: { code: string; detail: Record<string, unknown>; retryAfter: number | null }
  }): Error
  BACKEND_UNAVAILABLE(options: { message: string; data: { code: string } }): Error
}

/** Throws the declared error of a procedure for an expected end of a call, and anything else as it is. */
export function throwRefusal(error: unknown, errors: Errors): never {
  if (!(error instanceof BackendError)) throw error
  const { code, message, detail, retryAfter, status } = error
  if (code === 'not_signed_in') throw errors.SIGNED_OUT({ message })
  if (status === 0 || code === 'bad_answer' || code === 'schema_mismatch')
    throw errors.BACKEND_UNAVAILABLE({ message, data: { code } })
  throw errors.BACKEND_REFUSED({ message, data: { code, detail, retryAfter } })
}
