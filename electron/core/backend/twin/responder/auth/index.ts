import { jsonResponse } from '../http-error'
import { createAttempts } from './attempts'
import type { AuthCall, AuthOptions } from './context'
import { authError } from './errors'
import { challengeFactor, enrolFactor, unenrolFactor, verifyFactor } from './factors'
import { exchangeCode, sendLink, verifyLink } from './links'
import { refreshSession, signOut } from './sessions'
import { signInWithPassword, signUp } from './sign-in'
import { showUser, updateUser } from './users'

export type { AuthOptions, Mail } from './context'

/** Sign-ins for one address: thirty at once, then one in ten seconds (sign_in_sign_ups of a project). */
const SIGN_IN_LIMIT = { burst: 30, perSecond: 0.1 }
/** Codes for one factor or one address: six digits must not be guessed (challenge_and_verify). */
const CODE_LIMIT = { burst: 15, perSecond: 0.25 }
const MAIL_LIMIT = { burst: 10, perSecond: 1 / 60 }

/** Answers `/auth/v1/…` like Supabase Auth, as far as the console uses it. */
export function createAuth(options: AuthOptions) {
  const signIns = createAttempts(SIGN_IN_LIMIT, options.now)
  const codes = createAttempts(CODE_LIMIT, options.now)
  const mails = createAttempts(MAIL_LIMIT, options.now)

  async function answer(path: string, call: AuthCall): Promise<object | Response> {
    const [, factorId, action] = /^\/factors\/([^/]+)(?:\/(\w+))?$/.exec(path) ?? []
    if (factorId !== undefined) return factor(call, factorId, action)
    switch (`${call.method} ${path}`) {
      case 'POST /signup':
        return signUp(options, call)
      case 'POST /token':
        return token(call)
      case 'POST /logout':
        return signOut(options, call)
      case 'GET /user':
        return showUser(options, call)
      case 'PUT /user':
        return updateUser(options, call)
      case 'POST /otp':
      case 'POST /magiclink':
        return sendLink(options, mails, call, 'magiclink')
      case 'POST /recover':
        return sendLink(options, mails, call, 'recovery')
      case 'GET /verify':
      case 'POST /verify':
        return verifyLink(options, codes, call)
      case 'POST /factors':
        return enrolFactor(options, call)
      case 'GET /settings':
        return SETTINGS
      case 'GET /health':
        return { name: 'GoTrue', description: 'Local twin of Supabase Auth' }
      case 'GET /.well-known/jwks.json':
        // Its own tokens are signed with a secret.
        return { keys: [] }
      default:
        throw authError(404, 'not_found', 'The local twin does not offer this')
    }
  }

  function factor(call: AuthCall, id: string, action: string | undefined): Promise<object> {
    if (call.method === 'DELETE' && action === undefined) return unenrolFactor(options, call, id)
    if (call.method === 'POST' && action === 'challenge') return challengeFactor(options, call, id)
    if (call.method === 'POST' && action === 'verify') return verifyFactor(options, codes, call, id)
    throw authError(404, 'not_found', 'The local twin does not offer this')
  }

  function token(call: AuthCall): Promise<object> {
    switch (call.query.get('grant_type')) {
      case 'password':
        return signInWithPassword(options, signIns, call)
      case 'refresh_token':
        return refreshSession(options, call)
      case 'pkce':
        return exchangeCode(options, call)
      default:
        throw authError(400, 'invalid_credentials', 'unsupported_grant_type')
    }
  }

  return {
    async handle(
      request: Omit<AuthCall, 'query'>,
      path: string,
      query: URLSearchParams,
    ): Promise<Response> {
      const result = await answer(path, { ...request, query })
      return result instanceof Response ? result : jsonResponse(200, result)
    },
  }
}

const SETTINGS = {
  external: { email: true, phone: false, anonymous_users: false },
  disable_signup: false,
  mailer_autoconfirm: true,
  phone_autoconfirm: false,
  saml_enabled: false,
}
