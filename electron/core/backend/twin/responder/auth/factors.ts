import type { Query } from '../database'
import type { Attempts } from './attempts'
import {
  type AuthCall,
  type AuthOptions,
  bodyOf,
  inAuth,
  type SignedIn,
  signedIn,
  textOf,
  uuidOf,
} from './context'
import { authError, validationFailed } from './errors'
import { qrSvg } from './qr'
import { raiseSession } from './sessions'
import { fromBase32, matchingStep, newSecret, toBase32, totpUri } from './totp'
import { userById } from './users'

/** As a project has it by default: max_enrolled_factors, seconds that a challenge is good for. */
const MOST_FACTORS = 10
const CHALLENGE_SECONDS = 300
const ISSUER = 'Prometheus Console'

interface FactorRow {
  id: string
  status: 'verified' | 'unverified'
  secret: string
  last_used_step: number | null
}

/** POST /factors (mfa.go, enrollTOTPFactor). */
export async function enrolFactor(options: AuthOptions, call: AuthCall): Promise<object> {
  const { userId, aal } = await signedIn(options, call)
  const body = bodyOf(call)
  if (body.factor_type !== 'totp')
    throw validationFailed('factor_type needs to be totp, phone, or webauthn')
  const name = textOf(body.friendly_name)
  const user = await userById(options.database.query, userId)
  const factors = user?.factors ?? []
  if (factors.some((factor) => factor.friendly_name === name))
    throw authError(
      422,
      'mfa_factor_name_conflict',
      `A factor with the friendly name ${JSON.stringify(name)} for this user already exists`,
    )
  if (factors.length >= MOST_FACTORS)
    throw authError(
      422,
      'too_many_enrolled_mfa_factors',
      'Maximum number of verified factors reached, unenroll to continue',
    )
  if (aal !== 'aal2' && factors.some((factor) => factor.status === 'verified'))
    throw authError(403, 'insufficient_aal', 'AAL2 required to enroll a new factor')
  const secret = toBase32(newSecret())
  const [row] = await options.database.query<{ id: string }>(
    `insert into auth.mfa_factors (user_id, friendly_name, secret) values ($1, $2, $3)
     returning id::text as id`,
    [userId, name, secret],
  )
  const uri = totpUri(textOf(body.issuer) || ISSUER, user?.email ?? userId, secret)
  return {
    id: row?.id,
    type: 'totp',
    friendly_name: name,
    totp: { qr_code: qrSvg(uri), secret, uri },
  }
}

/** POST /factors/<id>/challenge. */
export async function challengeFactor(
  options: AuthOptions,
  call: AuthCall,
  factorId: string,
): Promise<object> {
  const caller = await signedIn(options, call)
  const factor = await factorOf(options.database.query, caller, factorId)
  const [row] = await options.database.query<{ id: string }>(
    'insert into auth.mfa_challenges (factor_id) values ($1) returning id::text as id',
    [factor.id],
  )
  return { id: row?.id, type: 'totp', expires_at: Math.floor(options.now()) + CHALLENGE_SECONDS }
}

/** POST /factors/<id>/verify (mfa.go, verifyTOTPFactor): the session becomes aal2. */
export async function verifyFactor(
  options: AuthOptions,
  attempts: Attempts,
  call: AuthCall,
  factorId: string,
): Promise<object> {
  const caller = await signedIn(options, call)
  attempts.take(factorId)
  const body = bodyOf(call)
  const challengeId = uuidOf(body.challenge_id, 'challenge_id')
  return inAuth(options, async (query) => {
    const factor = await factorOf(query, caller, factorId)
    await checkChallenge(query, factor.id, challengeId)
    const step = matchingStep(
      fromBase32(factor.secret),
      textOf(body.code),
      options.now(),
      factor.last_used_step,
    )
    if (step === undefined)
      throw authError(422, 'mfa_verification_failed', 'Invalid TOTP code entered')
    await query('update auth.mfa_challenges set verified_at = now() where id = $1', [challengeId])
    await query(
      `update auth.mfa_factors set status = 'verified', last_used_step = $2, updated_at = now()
       where id = $1`,
      [factor.id, step],
    )
    const user = await userById(query, caller.userId)
    if (user === undefined)
      throw authError(403, 'user_not_found', 'User from sub claim in JWT does not exist')
    const answer = await raiseSession(options, query, user, caller.sessionId)
    // Sessions from before the second factor end, and factors that were never finished.
    await query(`delete from auth.sessions where user_id = $1 and aal <> 'aal2'`, [user.id])
    await query(`delete from auth.mfa_factors where user_id = $1 and status = 'unverified'`, [
      user.id,
    ])
    return answer
  })
}

async function checkChallenge(query: Query, factorId: string, challengeId: string): Promise<void> {
  const [challenge] = await query<{ verified: boolean; age: number }>(
    `select verified_at is not null as verified,
       extract(epoch from clock_timestamp() - created_at)::float8 as age
     from auth.mfa_challenges where id = $1 and factor_id = $2 for update`,
    [challengeId, factorId],
  )
  if (challenge === undefined)
    throw authError(
      422,
      'mfa_factor_not_found',
      'MFA factor with the provided challenge ID not found',
    )
  if (challenge.verified)
    throw authError(422, 'mfa_ip_address_mismatch', 'Challenge and verify IP addresses mismatch.')
  if (challenge.age > CHALLENGE_SECONDS)
    throw authError(
      422,
      'mfa_challenge_expired',
      `MFA challenge ${challengeId} has expired, verify against another challenge or create a new challenge.`,
    )
}

/** DELETE /factors/<id>. */
export async function unenrolFactor(
  options: AuthOptions,
  call: AuthCall,
  factorId: string,
): Promise<object> {
  const caller = await signedIn(options, call)
  return inAuth(options, async (query) => {
    const factor = await factorOf(query, caller, factorId)
    if (factor.status === 'verified' && caller.aal !== 'aal2')
      throw authError(422, 'insufficient_aal', 'AAL2 required to unenroll verified factor')
    await query('delete from auth.mfa_factors where id = $1', [factor.id])
    await query(
      `update auth.sessions set aal = 'aal1', amr = coalesce((
         select jsonb_agg(e) from jsonb_array_elements(amr) e where e ->> 'method' <> 'totp'
       ), '[]') where user_id = $1 and not exists (
         select from auth.mfa_factors where user_id = $1 and status = 'verified'
       )`,
      [caller.userId],
    )
    return { id: factor.id }
  })
}

async function factorOf(query: Query, { userId }: SignedIn, factorId: string): Promise<FactorRow> {
  const [factor] = await query<FactorRow>(
    `select id::text as id, status, secret, last_used_step::float8 as last_used_step
     from auth.mfa_factors where id = $1 and user_id = $2`,
    [uuidOf(factorId, 'factor_id'), userId],
  )
  if (factor === undefined) throw authError(404, 'mfa_factor_not_found', 'Factor not found')
  return factor
}
