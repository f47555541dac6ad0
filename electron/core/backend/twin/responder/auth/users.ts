import type { Query } from '../database'
import { type AuthCall, type AuthOptions, bodyOf, inAuth, signedIn, textOf } from './context'
import { authError, validationFailed } from './errors'
import { checkPassword, hashPassword, passwordMatches } from './passwords'

export interface UserRow {
  id: string
  email: string | null
  encrypted_password: string | null
  banned: boolean
  confirmed: boolean
  aud: string
  role: string
  app_metadata: Record<string, unknown>
  user_metadata: Record<string, unknown>
  /** As JSON has it, timestamps included. */
  document: Record<string, unknown>
  factors: Record<string, unknown>[] | null
}

const USER = `
  select u.id::text as id, u.email, u.encrypted_password, u.aud, u.role,
    coalesce(u.banned_until > now(), false) as banned,
    u.email_confirmed_at is not null as confirmed,
    u.raw_app_meta_data as app_metadata, u.raw_user_meta_data as user_metadata,
    jsonb_build_object(
      'id', u.id, 'aud', u.aud, 'role', u.role, 'email', u.email, 'phone', '',
      'email_confirmed_at', u.email_confirmed_at, 'confirmed_at', u.email_confirmed_at,
      'last_sign_in_at', u.last_sign_in_at, 'app_metadata', u.raw_app_meta_data,
      'user_metadata', u.raw_user_meta_data, 'identities', '[]'::jsonb,
      'created_at', u.created_at, 'updated_at', u.updated_at, 'is_anonymous', false
    ) as document,
    (select jsonb_agg(jsonb_build_object(
       'id', f.id, 'created_at', f.created_at, 'updated_at', f.updated_at, 'status', f.status,
       'friendly_name', f.friendly_name, 'factor_type', f.factor_type
     ) order by f.created_at) from auth.mfa_factors f where f.user_id = u.id) as factors
  from auth.users u`

export async function userById(query: Query, id: string): Promise<UserRow | undefined> {
  return (await query<UserRow>(`${USER} where u.id = $1`, [id]))[0]
}

export async function userByEmail(query: Query, email: string): Promise<UserRow | undefined> {
  return (await query<UserRow>(`${USER} where u.email = $1`, [email.toLowerCase()]))[0]
}

/** The user as the API shows it: no factors is no key, as there. */
export const userDocument = ({ document, factors }: UserRow): Record<string, unknown> =>
  factors === null ? document : { ...document, factors }

const EMAIL = /^[^\s@"<>]{1,64}@[^\s@"<>]+\.[^\s@"<>]+$/

export function emailOf(value: unknown): string {
  const email = textOf(value).trim().toLowerCase()
  if (email.length > 255 || !EMAIL.test(email))
    throw validationFailed('Unable to validate email address: invalid format')
  return email
}

export function metadataOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {}
}

/** No mail leaves the twin, so an account is confirmed when it is made (mailer autoconfirm). */
export async function createUser(
  query: Query,
  email: string,
  passwordHash: string | null,
  metadata: Record<string, unknown>,
): Promise<UserRow> {
  const [row] = await query<{ id: string }>(
    `insert into auth.users (email, encrypted_password, raw_user_meta_data, email_confirmed_at)
     values ($1, $2, $3::jsonb, now()) on conflict (email) do nothing returning id::text as id`,
    [email, passwordHash, JSON.stringify(metadata)],
  )
  const user = row === undefined ? undefined : await userById(query, row.id)
  if (user === undefined) throw authError(422, 'user_already_exists', 'User already registered')
  return user
}

export async function showUser(options: AuthOptions, call: AuthCall): Promise<object> {
  const { userId } = await signedIn(options, call)
  const user = await userById(options.database.query, userId)
  if (user === undefined)
    throw authError(403, 'user_not_found', 'User from sub claim in JWT does not exist')
  return userDocument(user)
}

/** PUT /user (user.go): e-mail and password need the second factor where there is one. */
export async function updateUser(options: AuthOptions, call: AuthCall): Promise<object> {
  const { userId, sessionId, aal } = await signedIn(options, call)
  const body = bodyOf(call)
  if (body.app_metadata !== undefined)
    throw authError(403, 'not_admin', 'Updating app_metadata requires admin privileges')
  const before = await userById(options.database.query, userId)
  if (before === undefined)
    throw authError(403, 'user_not_found', 'User from sub claim in JWT does not exist')
  const email = body.email === undefined ? undefined : emailOf(body.email)
  const password = body.password === undefined ? undefined : textOf(body.password)
  const changes = (email !== undefined && email !== before.email) || password !== undefined
  const protectedBy = before.factors?.some((factor) => factor.status === 'verified') ?? false
  if (changes && protectedBy && aal !== 'aal2')
    throw authError(
      401,
      'insufficient_aal',
      'AAL2 session is required to update email or password when MFA is enabled.',
    )
  const hash = password === undefined ? undefined : await newPassword(password, before)
  return inAuth(options, async (query) => {
    if (email !== undefined && email !== before.email) {
      if ((await userByEmail(query, email)) !== undefined)
        throw authError(
          422,
          'email_exists',
          'A user with this email address has already been registered',
        )
      await query('update auth.users set email = $2 where id = $1', [userId, email])
    }
    if (hash !== undefined) {
      await query('update auth.users set encrypted_password = $2 where id = $1', [userId, hash])
      // Whoever knew the old password is out.
      await query('delete from auth.sessions where user_id = $1 and id <> $2', [userId, sessionId])
    }
    await query(
      `update auth.users set updated_at = now(),
         raw_user_meta_data = jsonb_strip_nulls(raw_user_meta_data || $2::jsonb) where id = $1`,
      [userId, JSON.stringify(metadataOf(body.data))],
    )
    const after = await userById(query, userId)
    return after === undefined ? {} : userDocument(after)
  })
}

async function newPassword(password: string, { encrypted_password }: UserRow): Promise<string> {
  checkPassword(password)
  if (await passwordMatches(password, encrypted_password))
    throw authError(422, 'same_password', 'New password should be different from the old password.')
  return hashPassword(password)
}
