import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import type { Query } from '../database'
import { jsonResponse } from '../http-error'
import type { Attempts } from './attempts'
import { type AuthCall, type AuthOptions, bodyOf, inAuth, type Mail, textOf } from './context'
import { authError, validationFailed } from './errors'
import { openSession } from './sessions'
import { createUser, emailOf, metadataOf, type UserRow, userByEmail, userById } from './users'

/** otp_expiry of a project, and what an authorisation code is good for (flow_state.go). */
const LINK_SECONDS = 3600
const CODE_SECONDS = 300

interface Challenge {
  method: string
  value: string
}

/** POST /otp and POST /recover: what a hosted project would send by mail. */
export async function sendLink(
  options: AuthOptions,
  attempts: Attempts,
  call: AuthCall,
  kind: Mail['kind'],
): Promise<object> {
  const body = bodyOf(call)
  const email = emailOf(body.email)
  const challenge = challengeOf(body)
  attempts.take(email)
  const token = randomBytes(24).toString('base64url')
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  const sent = await inAuth(options, async (query) => {
    const user = await recipient(query, email, kind, body)
    if (user === undefined) return false
    await query('delete from auth.one_time_tokens where user_id = $1 and token_type = $2', [
      user.id,
      kind,
    ])
    await query(
      `insert into auth.one_time_tokens
         (user_id, token_type, token_hash, code_hash, code_challenge, code_challenge_method)
       values ($1, $2, $3, $4, $5, $6)`,
      [
        user.id,
        kind,
        digest(token),
        digest(`${email} ${code}`),
        challenge?.value,
        challenge?.method,
      ],
    )
    return true
  })
  if (!sent) return {}
  const link = new URL('/auth/v1/verify', call.url)
  link.searchParams.set('token', token)
  link.searchParams.set('type', kind)
  link.searchParams.set('redirect_to', call.query.get('redirect_to') ?? '')
  options.deliver({ to: email, kind, link: link.href, code })
  return {}
}

/** Who has no account is not told so when a password is to be recovered. */
async function recipient(
  query: Query,
  email: string,
  kind: Mail['kind'],
  body: Record<string, unknown>,
): Promise<UserRow | undefined> {
  const user = await userByEmail(query, email)
  if (user !== undefined || kind === 'recovery') return user
  if (body.create_user === false)
    throw authError(422, 'otp_disabled', 'Signups not allowed for otp')
  return createUser(query, email, null, metadataOf(body.data))
}

/** RFC 7636, section 4.2, as pkce.go checks it. */
function challengeOf(body: Record<string, unknown>): Challenge | undefined {
  const value = textOf(body.code_challenge)
  const method = textOf(body.code_challenge_method).toLowerCase()
  if ((value === '') !== (method === ''))
    throw validationFailed('PKCE flow requires code_challenge_method and code_challenge')
  if (value === '') return undefined
  if (value.length < 43 || value.length > 128)
    throw validationFailed('code challenge has to be between 43 and 128 characters')
  if (!/^[a-zA-Z._~0-9-]+$/.test(value))
    throw validationFailed(
      'code challenge can only contain alphanumeric characters, hyphens, periods, underscores and tildes',
    )
  if (method !== 's256' && method !== 'plain')
    throw validationFailed(`unsupported code_challenge method "${method}"`)
  return { value, method }
}

interface LinkRow {
  id: string
  user_id: string
  code_challenge: string | null
  code_challenge_method: string | null
  age: number
}

/**
 * GET /verify?token=…&type=… opens the link: back to the application with a code (PKCE) or with the
 * session. POST /verify takes the six digits, or the token's hash, and answers with the session.
 */
export async function verifyLink(
  options: AuthOptions,
  attempts: Attempts,
  call: AuthCall,
): Promise<Response> {
  const body = call.method === 'GET' ? Object.fromEntries(call.query) : bodyOf(call)
  const type = textOf(body.type)
  const kind = type === 'email' ? 'magiclink' : type
  if (kind !== 'magiclink' && kind !== 'recovery')
    throw validationFailed('Verify requires a verification type')
  const token = textOf(body.token)
  const email = textOf(body.email).trim().toLowerCase()
  attempts.take(email || 'link')
  const proof =
    email === '' ? digest(textOf(body.token_hash) || token) : digest(`${email} ${token}`)
  const result = await inAuth(options, async (query) => {
    const link = await useLink(query, kind, email === '' ? 'token_hash' : 'code_hash', proof)
    const user = await userById(query, link.user_id)
    if (user === undefined || user.banned) throw authError(403, 'user_banned', 'User is banned')
    if (call.method === 'GET' && link.code_challenge !== null)
      return { code: await newCode(query, link) }
    const method = kind === 'recovery' ? 'recovery' : 'otp'
    return { session: await openSession(options, query, user, method) }
  })
  if (call.method === 'POST') return jsonResponse(200, result.session)
  return redirect(call.query.get('redirect_to') ?? '', result)
}

async function useLink(
  query: Query,
  kind: Mail['kind'],
  column: 'token_hash' | 'code_hash',
  proof: string,
): Promise<LinkRow> {
  const [link] = await query<LinkRow>(
    `delete from auth.one_time_tokens where token_type = $1 and ${column} = $2
     returning id::text as id, user_id::text as user_id, code_challenge, code_challenge_method,
       extract(epoch from clock_timestamp() - created_at)::float8 as age`,
    [kind, proof],
  )
  if (link === undefined || link.age > LINK_SECONDS)
    throw authError(403, 'otp_expired', 'Email link is invalid or has expired')
  return link
}

async function newCode(query: Query, link: LinkRow): Promise<string> {
  const code = randomBytes(24).toString('base64url')
  await query(
    `insert into auth.flow_state (user_id, auth_code, code_challenge, code_challenge_method)
     values ($1, $2, $3, $4)`,
    [link.user_id, code, link.code_challenge, link.code_challenge_method],
  )
  return code
}

/** Only back to this machine: a link must not carry a session elsewhere (additional_redirect_urls). */
function redirect(to: string, result: { code?: string; session?: object }): Response {
  const target = URL.canParse(to) ? new URL(to) : undefined
  if (target?.protocol !== 'http:' || target.hostname !== '127.0.0.1')
    throw validationFailed('The link leads to no address of this machine')
  if (result.code !== undefined) target.searchParams.set('code', result.code)
  else {
    const parts = new URLSearchParams()
    for (const name of ['access_token', 'refresh_token', 'expires_in', 'token_type'])
      parts.set(name, String((result.session as Record<string, unknown> | undefined)?.[name]))
    target.hash = parts.toString()
  }
  return new Response(null, { status: 303, headers: { Location: target.href } })
}

/** POST /token?grant_type=pkce (token.go). A code is good once, and for five minutes. */
export async function exchangeCode(options: AuthOptions, call: AuthCall): Promise<object> {
  const body = bodyOf(call)
  const [code, verifier] = [textOf(body.auth_code), textOf(body.code_verifier)]
  if (code === '' || verifier === '')
    throw validationFailed('invalid request: both auth code and code verifier should be non-empty')
  return inAuth(options, async (query) => {
    const [flow] = await query<{ user_id: string; challenge: string; method: string; age: number }>(
      `select user_id::text as user_id, code_challenge as challenge, code_challenge_method as method,
         extract(epoch from clock_timestamp() - created_at)::float8 as age
       from auth.flow_state where auth_code = $1 for update`,
      [code],
    )
    const user = flow === undefined ? undefined : await userById(query, flow.user_id)
    if (flow === undefined || user === undefined)
      throw authError(404, 'flow_state_not_found', 'invalid flow state, no valid flow state found')
    if (flow.age > CODE_SECONDS)
      throw authError(422, 'flow_state_expired', 'invalid flow state, flow state has expired')
    const made =
      flow.method === 's256' ? createHash('sha256').update(verifier).digest('base64url') : verifier
    if (!sameText(made, flow.challenge))
      throw authError(
        400,
        'bad_code_verifier',
        'code challenge does not match previously saved code verifier',
      )
    await query('delete from auth.flow_state where auth_code = $1', [code])
    return openSession(options, query, user, 'otp')
  })
}

const digest = (text: string) => createHash('sha256').update(text).digest('hex')

/** Digests have one length, whatever the texts have. */
const sameText = (a: string, b: string) =>
  timingSafeEqual(Buffer.from(digest(a)), Buffer.from(digest(b)))
