import { BackendError } from './backend'

/** The sign-in service said no. `message` is a sentence for a person. */
export class AuthRefusal extends Error {
  override readonly name = 'AuthRefusal'
  /** Of Supabase Auth (internal/api/apierrors/errorcode.go), or of this console. */
  readonly code: string
  readonly retryAfter: number | null
  constructor(code: string, message: string, retryAfter: number | null = null) {
    super(message)
    this.code = code
    this.retryAfter = retryAfter
  }
}

const SENTENCES: Readonly<Record<string, string>> = {
  invalid_credentials:
    'E-mail address and password do not belong together. Check both; the project says no more than that.',
  email_not_confirmed:
    'The e-mail address is not confirmed yet. Open the link in the message that was sent to it.',
  user_already_exists: 'There is an account with this e-mail address. Sign in with it.',
  email_exists: 'There is an account with this e-mail address. Sign in with it.',
  weak_password: 'The password is too weak. Take a longer one.',
  signup_disabled: 'This project takes no new accounts. Ask an admin for an invitation.',
  email_provider_disabled:
    'This project does not sign in with e-mail and password. Sign in with the browser.',
  provider_disabled: 'The project does not offer this way to sign in.',
  email_address_invalid: 'That is no e-mail address the project accepts.',
  email_address_not_authorized: 'The project cannot send e-mail to this address.',
  user_banned: 'This account is locked. Ask an admin of the project.',
  user_not_found: 'The account is not there any more.',
  validation_failed: 'The project refused what was typed in. Check it and try again.',
  mfa_verification_failed: 'The code is wrong. Take the one the app shows now.',
  mfa_challenge_expired: 'The code came too late. Take the one the app shows now.',
  mfa_factor_name_conflict: 'There is a second factor with this name. Choose another name.',
  mfa_factor_not_found: 'The second factor is not there any more. Load the page again.',
  too_many_enrolled_mfa_factors: 'No more second factors can be added. Remove one first.',
  insufficient_aal: 'Confirm your second factor first.',
  mfa_totp_enroll_not_enabled: 'The project does not take codes of an app as a second factor.',
  bad_code_verifier: 'The browser answered for another sign-in. Start again.',
  flow_state_not_found: 'The sign-in in the browser took too long. Start again.',
  flow_state_expired: 'The sign-in in the browser took too long. Start again.',
}

/** Codes after which the session is gone for good. */
export const SESSION_ENDED: ReadonlySet<string> = new Set([
  'refresh_token_not_found',
  'refresh_token_already_used',
  'session_not_found',
  'session_expired',
  'user_not_found',
  'user_banned',
  'bad_jwt',
])

/** Of supabase-js, as far as it is looked at. */
interface AuthErrorLike {
  name: string
  message: string
  status?: number | undefined
  code?: string | undefined
}

/** Turns an error of auth-js into one with a sentence. */
export function authError(error: AuthErrorLike, retryAfter: number | null): Error {
  const code = error.code ?? ''
  const status = error.status ?? 0
  if (status === 429 || code.startsWith('over_'))
    return new AuthRefusal(
      code || 'over_request_rate_limit',
      retryAfter === null
        ? 'Too many tries. Wait a minute, then try again.'
        : `Too many tries. Wait ${retryAfter} s, then try again.`,
      retryAfter,
    )
  if (error.name === 'AuthRetryableFetchError' || status === 0 || status >= 500)
    return unreachable(status, retryAfter)
  if (SESSION_ENDED.has(code)) return new AuthRefusal(code, 'The session has ended. Sign in again.')
  const sentence = SENTENCES[code]
  if (sentence !== undefined) return new AuthRefusal(code, sentence)
  return new AuthRefusal(
    code || 'unknown',
    `The sign-in service refused this (${code || `status ${status}`}).`,
  )
}

export function unreachable(status: number, retryAfter: number | null = null): BackendError {
  return new BackendError(
    'unreachable',
    status === 0
      ? 'The backend does not answer. Check the network and the address under Connection, then try again.'
      : `The backend is in trouble (status ${status}). Try again in a while.`,
    { status: 0, retryAfter },
  )
}
