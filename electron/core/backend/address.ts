import { Buffer } from 'node:buffer'

/** A connection that cannot be used as it is written; the sentence says what to write instead. */
export class AddressError extends Error {
  override readonly name = 'AddressError'
}

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost'])

export const isLoopback = (url: URL): boolean => LOOPBACK.has(url.hostname)

/** The origin of a project. TLS is needed, but not to reach this very computer. */
export function projectUrl(text: string): URL {
  const url = URL.parse(text.trim())
  if (url === null || url.hostname === '')
    throw new AddressError(
      'That is no address. Copy it from the project settings: https://….supabase.co',
    )
  if (url.username !== '' || url.password !== '')
    throw new AddressError('The address holds a password. Write it without one.')
  if (url.protocol === 'http:' && !isLoopback(url))
    throw new AddressError(
      'Without TLS everybody on the way could read the session. Write the address with https://',
    )
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new AddressError('The address has to start with https://')
  return new URL(url.origin)
}

/** The key that may be in a client. Refuses what opens everything, with a sentence. */
export function publishableKey(text: string): string {
  const key = text.trim()
  const secret =
    'That is a secret key: it passes by every rule of the database and must never be in a client. Use the publishable key (sb_publishable_…), and make a new secret key if this one was shown to others.'
  if (key.startsWith('sb_secret_')) throw new AddressError(secret)
  if (/^sb_publishable_[\w-]{1,200}$/.test(key)) return key
  const role = roleOf(key)
  if (role === 'service_role' || role === 'supabase_admin') throw new AddressError(secret)
  if (role === 'anon') return key
  throw new AddressError(
    'That is no publishable key. It starts with sb_publishable_, or is the long key named "anon".',
  )
}

/** The role a legacy key (a JWT) was made for. Not verified: the server does that. */
function roleOf(key: string): unknown {
  const parts = key.split('.')
  if (parts.length !== 3) return undefined
  try {
    const claims: unknown = JSON.parse(Buffer.from(parts[1] ?? '', 'base64url').toString('utf8'))
    return typeof claims === 'object' && claims !== null && 'role' in claims
      ? claims.role
      : undefined
  } catch {
    return undefined
  }
}
