import { type Claims, type TokenKeys, TokenRefused, verifyToken } from '../jwt'
import { restError, tokenError } from './errors'

/** Who calls, after the gateway and the token. */
export interface Caller {
  role: string
  claims: Claims
  /** statement_timeout of the role on a hosted project. */
  limitMs: number
}

/** Keys that stand for a role without being tokens (sb_publishable_…, sb_secret_…). */
export interface ApiKeys {
  publishable: string
  secret: string
}

const ANON_LIMIT_MS = 3000
const LIMIT_MS = 8000
/** What the role `authenticator` of a hosted project may become. */
const ROLES = ['anon', 'authenticated', 'service_role']

export function callerOf(
  headers: Readonly<Record<string, string>>,
  apiKeys: ApiKeys,
  keys: TokenKeys,
  now: number,
): Caller {
  const token = /^bearer (.*)$/is.exec(headers.authorization ?? '')?.[1]?.trim()
  // The gateway of a hosted project turns such a key into a token of its role.
  if (token === undefined || token === apiKeys.publishable || token === apiKeys.secret)
    return asRole((token ?? headers.apikey) === apiKeys.secret ? 'service_role' : 'anon')
  const claims = believe(token, keys, now)
  const role = claims.role ?? 'anon'
  if (typeof role !== 'string' || !ROLES.includes(role))
    throw restError(403, '42501', `permission denied to set role "${String(role)}"`)
  return { ...asRole(role), claims }
}

const asRole = (role: string): Caller => ({
  role,
  claims: {},
  limitMs: role === 'anon' ? ANON_LIMIT_MS : LIMIT_MS,
})

function believe(token: string, keys: TokenKeys, now: number): Claims {
  try {
    return verifyToken(token, keys, now)
  } catch (error) {
    if (!(error instanceof TokenRefused)) throw error
    throw tokenError(
      error.kind === 'malformed' ? 'PGRST301' : 'PGRST303',
      error.message,
      error.details,
    )
  }
}
