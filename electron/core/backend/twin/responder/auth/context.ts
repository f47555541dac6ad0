import type { Database, Query } from '../database'
import { type Claims, type TokenKeys, TokenRefused, verifyToken } from '../jwt'
import { authError, validationFailed } from './errors'

/** What is sent by mail on a hosted project; the twin shows it in the console instead. */
export interface Mail {
  to: string
  kind: 'magiclink' | 'recovery'
  /** Opens the session, once. */
  link: string
  /** The same as six digits. */
  code: string
}

export interface AuthOptions {
  database: Database
  keys: TokenKeys
  /** Wall clock, seconds. */
  now(): number
  deliver(mail: Mail): void
}

/** One request to Supabase Auth. */
export interface AuthCall {
  method: string
  url: string
  query: URLSearchParams
  headers: Readonly<Record<string, string>>
  body: string
}

/** Long enough for a hook that looks at a few tables. */
export const AUTH_LIMIT_MS = 8000

export function bodyOf(call: AuthCall): Record<string, unknown> {
  if (call.body === '') return {}
  try {
    const value: unknown = JSON.parse(call.body)
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>
  } catch {
    // Refused below.
  }
  throw authError(400, 'bad_json', 'Could not parse request body as JSON')
}

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** What `database` does in one transaction of this service. */
export const inAuth = <Result>(
  { database }: AuthOptions,
  work: (query: Query) => Promise<Result>,
): Promise<Result> => database.transaction({ limitMs: AUTH_LIMIT_MS }, work)

export interface SignedIn {
  userId: string
  sessionId: string
  aal: string
}

/** Who sent the request: the token is right, and its user and session are still there (auth.go). */
export async function signedIn(options: AuthOptions, call: AuthCall): Promise<SignedIn> {
  const token = /^bearer (.+)$/is.exec(call.headers.authorization ?? '')?.[1]?.trim()
  if (token === undefined)
    throw authError(401, 'no_authorization', 'This endpoint requires a valid Bearer token')
  const claims = believe(options, token)
  if (typeof claims.sub !== 'string')
    throw authError(403, 'bad_jwt', 'invalid claim: missing sub claim')
  if (!UUID.test(claims.sub))
    throw authError(400, 'bad_jwt', 'invalid claim: sub claim must be a UUID')
  const sessionId = textOf(claims.session_id)
  if (!UUID.test(sessionId))
    throw authError(403, 'bad_jwt', 'invalid claim: session_id claim must be a UUID')
  const [row] = await options.database.query<{ banned: boolean; aal: string | null }>(
    `select coalesce(u.banned_until > now(), false) as banned, s.aal
     from auth.users u left join auth.sessions s on s.user_id = u.id and s.id = $2
     where u.id = $1`,
    [claims.sub, sessionId],
  )
  if (row === undefined)
    throw authError(403, 'user_not_found', 'User from sub claim in JWT does not exist')
  if (row.banned) throw authError(403, 'user_banned', 'User is banned')
  if (row.aal === null)
    throw authError(403, 'session_not_found', 'Session from session_id claim in JWT does not exist')
  return { userId: claims.sub, sessionId, aal: row.aal }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export function uuidOf(value: unknown, name: string): string {
  if (typeof value === 'string' && UUID.test(value)) return value
  throw validationFailed(`${name} must be an UUID`)
}

function believe({ keys, now }: AuthOptions, token: string): Claims {
  try {
    return verifyToken(token, keys, now())
  } catch (error) {
    if (!(error instanceof TokenRefused)) throw error
    throw authError(
      403,
      'bad_jwt',
      `invalid JWT: unable to parse or verify signature, ${error.message}`,
    )
  }
}
