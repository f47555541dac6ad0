import { jsonResponse } from '../http-error'
import { createAttempts } from './attempts'
import type { AuthCall, AuthOptions } from './context'
import { authError } from './errors'
import { refreshSession, signOut } from './sessions'
import { signInWithPassword, signUp } from './sign-in'
import { showUser, updateUser } from './users'

export type { AuthOptions, Mail } from './context'

/** Sign-ins for one address: thirty at once, then one in ten seconds (sign_in_sign_ups of a project). */
const SIGN_IN_LIMIT = { burst: 30, perSecond: 0.1 }

/** Answers `/auth/v1/…` like Supabase Auth, as far as the console uses it. */
export function createAuth(options: AuthOptions) {
  const signIns = createAttempts(SIGN_IN_LIMIT, options.now)

  async function answer(path: string, call: AuthCall): Promise<object | Response> {
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

  function token(call: AuthCall): Promise<object> {
    switch (call.query.get('grant_type')) {
      case 'password':
        return signInWithPassword(options, signIns, call)
      case 'refresh_token':
        return refreshSession(options, call)
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
