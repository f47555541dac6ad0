import {
  createHmac,
  createPublicKey,
  type JsonWebKey,
  timingSafeEqual,
  verify as verifySignature,
} from 'node:crypto'

export type Claims = Record<string, unknown>

/** Who signed what the responder believes. */
export interface TokenKeys {
  /** HS256, the twin's own. */
  secret: Buffer
  /** Public keys of a project that signs with ES256. */
  jwks?: readonly (JsonWebKey & { kid?: string })[]
}

/** Why a token is refused. */
export class TokenRefused extends Error {
  readonly kind: 'malformed' | 'claims'
  readonly details: string | undefined

  constructor(kind: 'malformed' | 'claims', message: string, details?: string) {
    super(message)
    this.kind = kind
    this.details = details
  }
}

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

export function signToken(claims: Claims, secret: Buffer): string {
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`
  return `${signed}.${mac(signed, secret)}`
}

const mac = (text: string, secret: Buffer) =>
  createHmac('sha256', secret).update(text).digest('base64url')

/** Clocks may differ by this many seconds (PostgREST, Auth/Jwt.hs). */
const SKEW_SECONDS = 30

/** The claims of a token that is right and current; messages are PostgREST's. `now` in seconds. */
export function verifyToken(token: string, keys: TokenKeys, now: number): Claims {
  if (token === '') throw new TokenRefused('malformed', 'Empty JWT is sent in Authorization header')
  const parts = token.split('.')
  const [head = '', body = '', signature = ''] = parts
  if (parts.length !== 3)
    throw new TokenRefused('malformed', `Expected 3 parts in JWT; got ${parts.length}`)
  checkSignature(decode(head), `${head}.${body}`, Buffer.from(signature, 'base64url'), keys)
  const claims = decode(body)
  if (claims === undefined) throw new TokenRefused('claims', 'Parsing claims failed')
  checkTimes(claims, now)
  return claims
}

function checkSignature(
  header: Claims | undefined,
  signed: string,
  signature: Buffer,
  { secret, jwks = [] }: TokenKeys,
): void {
  const refused = (message: string, details?: string) =>
    new TokenRefused('malformed', message, details)
  if (header === undefined) throw refused("JWT couldn't be decoded")
  const { alg, kid } = header
  if (alg === 'HS256') {
    const wanted = Buffer.from(mac(signed, secret), 'base64url')
    if (signature.length !== wanted.length || !timingSafeEqual(signature, wanted))
      throw refused(
        'No suitable key or wrong key type',
        'None of the keys was able to decode the JWT',
      )
    return
  }
  if (alg !== 'ES256' || jwks.length === 0)
    throw refused('Wrong or unsupported encoding algorithm', `Algorithm ${String(alg)}`)
  const key = jwks.find((one) => one.kid === kid && one.kty === 'EC' && one.crv === 'P-256')
  if (key === undefined) throw refused('No suitable key or wrong key type', 'No key matches "kid"')
  const right = verifySignature(
    'sha256',
    Buffer.from(signed),
    // JWS has r and s side by side (RFC 7518, section 3.4), not as DER.
    { key: createPublicKey({ key, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
    signature,
  )
  if (!right) throw refused('JWT cryptographic operation failed')
}

function checkTimes(claims: Claims, now: number): void {
  const seconds = (name: 'exp' | 'nbf' | 'iat') => {
    const value = claims[name]
    if (value === undefined || value === null) return undefined
    if (typeof value !== 'number')
      throw new TokenRefused('claims', `The JWT '${name}' claim must be a number`)
    return Math.trunc(value)
  }
  const [exp, nbf, iat] = [seconds('exp'), seconds('nbf'), seconds('iat')]
  const at = Math.floor(now)
  if (exp !== undefined && at - SKEW_SECONDS > exp) throw new TokenRefused('claims', 'JWT expired')
  if (nbf !== undefined && at + SKEW_SECONDS < nbf)
    throw new TokenRefused('claims', 'JWT not yet valid')
  if (iat !== undefined && at + SKEW_SECONDS < iat)
    throw new TokenRefused('claims', 'JWT issued at future')
}

function decode(part: string): Claims | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Claims)
      : undefined
  } catch {
    return undefined
  }
}
