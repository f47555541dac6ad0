import type { PostgresError } from '../database'
import { HttpError } from '../http-error'

/** An error as PostgREST writes one (docs/references/errors.rst): all four fields, always. */
export function restError(
  status: number,
  code: string,
  message: string,
  more: { details?: unknown; hint?: unknown; headers?: Record<string, string> } = {},
): HttpError {
  return new HttpError(
    status,
    { code, message, details: more.details ?? null, hint: more.hint ?? null },
    { 'Proxy-Status': `PostgREST; error=${code}`, ...more.headers },
  )
}

/** Of a token that is refused; the description is a Haskell string literal there, which is JSON here. */
export function tokenError(
  code: 'PGRST301' | 'PGRST303',
  message: string,
  details?: string,
): HttpError {
  return restError(401, code, message, {
    details,
    headers: {
      'WWW-Authenticate': `Bearer error="invalid_token", error_description=${JSON.stringify(message)}`,
    },
  })
}

/** docs/references/errors.rst, "HTTP Status Codes": exact codes, then classes. */
const STATUS_OF_CODE: Readonly<Record<string, number>> = {
  '23503': 409,
  '23505': 409,
  '25006': 405,
  '42883': 404,
  '42P01': 404,
  '42P17': 500,
  '53400': 500,
  P0001: 400,
}
const STATUS_OF_CLASS: Readonly<Record<string, number>> = {
  '08': 503,
  '09': 500,
  '0L': 403,
  '0P': 403,
  '25': 500,
  '28': 403,
  '2D': 500,
  '38': 500,
  '39': 500,
  '3B': 500,
  '40': 500,
  '53': 503,
  '54': 500,
  '55': 500,
  '57': 500,
  '58': 500,
  F0: 500,
  HV: 500,
  P0: 500,
  XX: 500,
}

export function statusOf(code: string, signedIn: boolean): number {
  if (code.startsWith('PT')) return /^PT[1-5]\d\d$/.test(code) ? Number(code.slice(2)) : 500
  if (code === '42501') return signedIn ? 403 : 401
  return STATUS_OF_CODE[code] ?? STATUS_OF_CLASS[code.slice(0, 2)] ?? 400
}

/** What PostgreSQL raised, as an answer. */
export function databaseError(error: PostgresError, signedIn: boolean): HttpError {
  if (error.code === 'PGRST') return raisedError(error)
  const status = statusOf(error.code, signedIn)
  return restError(status, error.code, error.message, {
    details: error.detail || null,
    hint: error.hint || null,
    headers: status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {},
  })
}

/** RAISE SQLSTATE 'PGRST': the message is the body, the detail is status and headers, both JSON. */
function raisedError(error: PostgresError): HttpError {
  try {
    const body = JSON.parse(error.message) as Record<string, unknown>
    const { status, headers } = JSON.parse(error.detail ?? '') as {
      status: number
      headers: Record<string, string>
    }
    const { code, message } = body
    if (typeof code !== 'string' || typeof message !== 'string' || !Number.isInteger(status))
      throw new Error('incomplete')
    return restError(status, code, message, { details: body.details, hint: body.hint, headers })
  } catch {
    return restError(
      500,
      'PGRST121',
      'Could not parse JSON in the "RAISE SQLSTATE \'PGRST\'" error',
      { details: 'The message and the detail of the error have to be JSON objects.' },
    )
  }
}
