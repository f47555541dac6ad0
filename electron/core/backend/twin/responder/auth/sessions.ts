import { randomBytes } from 'node:crypto'
import { isPostgresError, type Query } from '../database'
import { type Claims, signToken } from '../jwt'
import { type AuthCall, type AuthOptions, bodyOf, inAuth, signedIn, textOf } from './context'
import { authError, validationFailed } from './errors'
import { type UserRow, userById, userDocument } from './users'

/** jwt_expiry and refresh_token_reuse_interval of config.toml, seconds. */
const ACCESS_SECONDS = 3600
const REUSE_SECONDS = 10

export type Method = 'password' | 'token_refresh' | 'totp' | 'otp' | 'magiclink' | 'recovery'

interface SessionRow {
  id: string
  aal: string
  amr: { method: string; timestamp: number }[]
}

/** A new session, as the answer of a sign-in. */
export async function openSession(
  options: AuthOptions,
  query: Query,
  user: UserRow,
  method: Method,
): Promise<object> {
  const amr = [{ method, timestamp: Math.floor(options.now()) }]
  const [session] = await query<{ id: string }>(
    `insert into auth.sessions (user_id, amr) values ($1, $2::jsonb) returning id::text as id`,
    [user.id, JSON.stringify(amr)],
  )
  await query('update auth.users set last_sign_in_at = now() where id = $1', [user.id])
  const row = { id: session?.id ?? '', aal: 'aal1', amr }
  return sessionAnswer(
    options,
    query,
    user,
    row,
    await newToken(query, user.id, row.id, null),
    method,
  )
}

/** Adds a second factor to a session: new tokens, the old ones end. */
export async function raiseSession(
  options: AuthOptions,
  query: Query,
  user: UserRow,
  sessionId: string,
): Promise<object> {
  const entry = { method: 'totp', timestamp: Math.floor(options.now()) }
  const [session] = await query<SessionRow>(
    `update auth.sessions set aal = 'aal2', amr = (
       select coalesce(jsonb_agg(e), '[]') from jsonb_array_elements(amr) e where e ->> 'method' <> 'totp'
     ) || $2::jsonb where id = $1 returning id::text as id, aal, amr`,
    [sessionId, JSON.stringify([entry])],
  )
  if (session === undefined) throw authError(403, 'session_not_found', 'The session has ended')
  await query(
    'update auth.refresh_tokens set revoked_at = now() where session_id = $1 and revoked_at is null',
    [sessionId],
  )
  const token = await newToken(query, user.id, sessionId, null)
  return sessionAnswer(options, query, user, session, token, 'totp')
}

/** POST /token?grant_type=refresh_token (internal/tokens/service.go, RefreshTokenGrant). */
export async function refreshSession(options: AuthOptions, call: AuthCall): Promise<object> {
  const given = textOf(bodyOf(call).refresh_token)
  if (given === '') throw validationFailed('refresh_token required')
  const answer = await inAuth(options, async (query) => {
    const [token] = await query<TokenRow>(
      `select token, user_id::text as user_id, session_id::text as session_id,
         revoked_at is not null as revoked,
         coalesce(extract(epoch from clock_timestamp() - revoked_at), 0)::float8 as age
       from auth.refresh_tokens where token = $1 for update`,
      [given],
    )
    if (token === undefined)
      throw authError(
        400,
        'refresh_token_not_found',
        'Invalid Refresh Token: Refresh Token Not Found',
      )
    const user = await userById(query, token.user_id)
    if (user === undefined || user.banned)
      throw authError(400, 'user_banned', 'Invalid Refresh Token: User Banned')
    const next = token.revoked ? await reuse(query, token) : await rotate(query, token)
    // The transaction commits: the family stays revoked.
    if (next === undefined) return undefined
    const [session] = await query<SessionRow>(
      'select id::text as id, aal, amr from auth.sessions where id = $1',
      [token.session_id],
    )
    if (session === undefined)
      throw authError(400, 'session_not_found', 'Invalid Refresh Token: No Valid Session Found')
    return sessionAnswer(options, query, user, session, next, 'token_refresh')
  })
  if (answer === undefined)
    throw authError(400, 'refresh_token_already_used', 'Invalid Refresh Token: Already Used')
  return answer
}

interface TokenRow {
  token: string
  user_id: string
  session_id: string
  revoked: boolean
  /** Seconds since it was used. */
  age: number
}

async function rotate(query: Query, { token, user_id, session_id }: TokenRow): Promise<string> {
  await query('update auth.refresh_tokens set revoked_at = clock_timestamp() where token = $1', [
    token,
  ])
  return newToken(query, user_id, session_id, token)
}

/**
 * A used token again. The client may not have got the answer: while its child is the active one, that is
 * given out again; soon after, another child is. Later it is theft: the whole family ends.
 */
async function reuse(query: Query, used: TokenRow): Promise<string | undefined> {
  const [active] = await query<{ token: string; parent: string | null }>(
    `select token, parent from auth.refresh_tokens
     where session_id = $1 and revoked_at is null order by id desc limit 1`,
    [used.session_id],
  )
  if (active?.parent === used.token) return active.token
  if (active !== undefined && used.age <= REUSE_SECONDS) return rotate(query, used)
  await query(
    'update auth.refresh_tokens set revoked_at = clock_timestamp() where session_id = $1 and revoked_at is null',
    [used.session_id],
  )
  return undefined
}

async function newToken(
  query: Query,
  userId: string,
  sessionId: string,
  parent: string | null,
): Promise<string> {
  const token = randomBytes(18).toString('base64url')
  await query(
    'insert into auth.refresh_tokens (token, parent, user_id, session_id) values ($1, $2, $3, $4)',
    [token, parent, userId, sessionId],
  )
  return token
}

async function sessionAnswer(
  options: AuthOptions,
  query: Query,
  user: UserRow,
  session: SessionRow,
  refreshToken: string,
  method: Method,
): Promise<object> {
  const issued = Math.floor(options.now())
  const claims = await hookedClaims(query, user, method, {
    aud: user.aud,
    exp: issued + ACCESS_SECONDS,
    iat: issued,
    sub: user.id,
    email: user.email ?? '',
    phone: '',
    app_metadata: user.app_metadata,
    user_metadata: user.user_metadata,
    role: user.role,
    aal: session.aal,
    amr: session.amr,
    session_id: session.id,
    is_anonymous: false,
  })
  const now = await userById(query, user.id)
  return {
    access_token: signToken(claims, options.keys.secret),
    token_type: 'bearer',
    expires_in: ACCESS_SECONDS,
    expires_at: issued + ACCESS_SECONDS,
    refresh_token: refreshToken,
    user: userDocument(now ?? user),
  }
}

const HOOK = 'private.custom_access_token_hook(jsonb)'

/** Claims as the schema wants them ([auth.hook.custom_access_token] of config.toml). */
async function hookedClaims(
  query: Query,
  user: UserRow,
  method: Method,
  claims: Claims,
): Promise<Claims> {
  const [known] = await query<{ known: boolean }>(
    'select to_regprocedure($1) is not null as known',
    [HOOK],
  )
  if (known?.known !== true) return claims
  const event = { user_id: user.id, claims, authentication_method: method }
  try {
    await query('set local role supabase_auth_admin')
    const [row] = await query<{ answer: { claims?: Claims; error?: HookError } }>(
      'select private.custom_access_token_hook($1::jsonb) as answer',
      [JSON.stringify(event)],
    )
    await query('reset role')
    const { claims: changed, error } = row?.answer ?? {}
    if (error !== undefined)
      throw authError(error.http_code ?? 500, 'unexpected_failure', error.message ?? 'Hook failed')
    if (changed === undefined || REQUIRED.some((name) => changed[name] === undefined))
      throw authError(
        500,
        'unexpected_failure',
        'output claims do not conform to the expected schema',
      )
    return changed
  } catch (error) {
    if (!isPostgresError(error)) throw error
    throw authError(500, 'unexpected_failure', `Error running hook URI: ${error.message}`)
  }
}

interface HookError {
  http_code?: number
  message?: string
}

/** docs of the hook: these must be there. */
const REQUIRED = ['aud', 'exp', 'iat', 'sub', 'role', 'aal', 'session_id']

/** POST /logout?scope=… (logout.go). The access token stays good until it expires, as there. */
export async function signOut(options: AuthOptions, call: AuthCall): Promise<Response> {
  const scope = call.query.get('scope') ?? 'global'
  if (!['global', 'local', 'others', ''].includes(scope))
    throw validationFailed(`Unsupported logout scope "${scope}"`)
  const { userId, sessionId } = await signedIn(options, call)
  await options.database.query(
    `delete from auth.sessions
     where user_id = $1 and case $3 when 'local' then id = $2 when 'others' then id <> $2 else true end`,
    [userId, sessionId, scope],
  )
  return new Response(null, { status: 204 })
}
