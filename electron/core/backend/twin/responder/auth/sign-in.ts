import type { Attempts } from './attempts'
import { type AuthCall, type AuthOptions, bodyOf, inAuth, textOf } from './context'
import { authError, validationFailed } from './errors'
import { checkPassword, hashPassword, passwordMatches } from './passwords'
import { openSession } from './sessions'
import { createUser, emailOf, metadataOf, userByEmail } from './users'

/** POST /signup (signup.go). */
export async function signUp(options: AuthOptions, call: AuthCall): Promise<object> {
  const body = bodyOf(call)
  if (body.phone !== undefined && body.phone !== '')
    throw authError(400, 'phone_provider_disabled', 'Phone signups are disabled')
  const password = textOf(body.password)
  checkPassword(password)
  const email = emailOf(body.email)
  const hash = await hashPassword(password)
  return inAuth(options, async (query) => {
    const user = await createUser(query, email, hash, metadataOf(body.data))
    return openSession(options, query, user, 'password')
  })
}

/** POST /token?grant_type=password (token.go). */
export async function signInWithPassword(
  options: AuthOptions,
  attempts: Attempts,
  call: AuthCall,
): Promise<object> {
  const body = bodyOf(call)
  const email = textOf(body.email).trim().toLowerCase()
  if (email === '') throw validationFailed('missing email or phone')
  attempts.take(email)
  const user = await userByEmail(options.database.query, email)
  const matches = await passwordMatches(textOf(body.password), user?.encrypted_password ?? null)
  if (user === undefined || !matches)
    throw authError(400, 'invalid_credentials', 'Invalid login credentials')
  if (user.banned) throw authError(400, 'user_banned', 'User is banned')
  if (!user.confirmed) throw authError(400, 'email_not_confirmed', 'Email not confirmed')
  return inAuth(options, (query) => openSession(options, query, user, 'password'))
}
