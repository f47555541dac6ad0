import { REFUSALS, type RefusalCode } from '@shared/backend/errors'
import { unreachable } from './auth-errors'
import { BackendError, refused } from './backend'
import { schemaMismatch } from './schema-check'

/** An answer that is not the result: as postgrest-js hands it on. `status` is 0 where none came. */
export interface Failure {
  status: number
  code: string
  message: string
  details: string | null
  retryAfter: number | null
}

/** What to do about it, before anybody is told. */
export type Remedy = 'again' | 'later' | 'renew' | 'tell'

const GATEWAY = new Set([408, 502, 503, 504, 520, 521, 522, 523, 524])

/** What PostgreSQL says outside of a function that could catch it: PostgREST makes it a 503. */
const DISK_FULL = '53100'

export function remedyOf({ status, code }: Failure): Remedy {
  if (status === 429) return 'later'
  if (code === DISK_FULL) return 'tell'
  // 40…: two transactions were in each other's way, and neither was done.
  if (status === 0 || GATEWAY.has(status) || code.startsWith('40')) return 'again'
  if (status === 401 && code.startsWith('PGRST30')) return 'renew'
  return 'tell'
}

export function errorOf(failure: Failure, signedIn: boolean): BackendError {
  const { status, code, message, retryAfter } = failure
  if (/^PT\d{3}$/.test(code) && isRefusal(message))
    return refused(message, detailOf(failure), retryAfter)
  if (code === DISK_FULL) return refused('disk_full', {})
  if (status === 0 || GATEWAY.has(status)) return unreachable(status, retryAfter)
  if (status === 429) {
    const seconds = retryAfter ?? 60
    return refused('rate_limited', { seconds }, seconds)
  }
  if (status === 413) return refused('too_large', {})
  // 42501: this role may not call the function at all.
  if (code.startsWith('PGRST30') || (code === '42501' && !signedIn))
    return refused('not_signed_in', {})
  if (code === '42501') return refused('permission_required', { permission: 'another role' })
  if (code.startsWith('PGRST20'))
    return schemaMismatch(
      'The backend does not have what this console asks for. Its schema is older or newer; test the connection under Connection.',
    )
  if (code === '57014')
    return new BackendError(
      'unreachable',
      'The backend took too long and gave up. Nothing was changed; try again.',
    )
  return new BackendError(
    'bad_answer',
    `The backend answered with something this console does not know (${code || `status ${status}`}). Update the console, or test the connection.`,
    { status, detail: { code } },
  )
}

const isRefusal = (code: string): code is RefusalCode => Object.hasOwn(REFUSALS, code)

function detailOf({ details }: Failure): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(details ?? '')
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
