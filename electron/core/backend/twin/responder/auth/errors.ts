import { HttpError } from '../http-error'

/** Version of the answers (internal/api/apiversions.go): errors are `{ code, message }`. */
const API_VERSION = { 'X-Supabase-Api-Version': '2024-01-01' }

/** Codes are those of Supabase Auth (internal/api/apierrors/errorcode.go). */
export function authError(
  status: number,
  code: string,
  message: string,
  more: { body?: Record<string, unknown>; headers?: Record<string, string> } = {},
): HttpError {
  return new HttpError(
    status,
    { code, message, ...more.body },
    { ...API_VERSION, 'x-sb-error-code': code, ...more.headers },
  )
}

export const validationFailed = (message: string): HttpError =>
  authError(400, 'validation_failed', message)
