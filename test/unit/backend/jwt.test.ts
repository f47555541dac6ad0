import { createHmac, generateKeyPairSync, type JsonWebKey, sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { signToken, verifyToken } from '../../../electron/core/backend/twin/responder/jwt'

const SECRET = Buffer.alloc(32, 1)
const NOW = 1_700_000_000
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const jwk = { ...(pair.publicKey.export({ format: 'jwk' }) as JsonWebKey), kid: 'one' }

function es256(claims: object, header: object = { alg: 'ES256', kid: 'one' }): string {
  const signed = `${encode(header)}.${encode(claims)}`
  const signature = sign('sha256', Buffer.from(signed), {
    key: pair.privateKey,
    dsaEncoding: 'ieee-p1363',
  })
  return `${signed}.${signature.toString('base64url')}`
}

describe('a token', () => {
  test('of RFC 7515, appendix A.1, is right', () => {
    const secret = Buffer.from(
      'AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow',
      'base64url',
    )
    const token =
      'eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
    expect(verifyToken(token, { secret }, 1_300_819_000)).toMatchObject({ iss: 'joe' })
  })
  test('signed with the secret comes back as its claims', () => {
    expect(verifyToken(signToken({ a: 1 }, SECRET), { secret: SECRET }, NOW)).toEqual({ a: 1 })
  })
  test('of another secret is refused', () => {
    const token = signToken({ a: 1 }, Buffer.alloc(32, 2))
    expect(() => verifyToken(token, { secret: SECRET }, NOW)).toThrow(/No suitable key/)
  })
  test('of a project that signs with ES256 is right under its published key', () => {
    const keys = { secret: SECRET, jwks: [jwk] }
    expect(verifyToken(es256({ sub: 'x' }), keys, NOW)).toEqual({ sub: 'x' })
    const [head, , signature] = es256({ sub: 'x' }).split('.')
    const edited = `${head}.${encode({ sub: 'y' })}.${signature}`
    expect(() => verifyToken(edited, keys, NOW)).toThrow(/cryptographic operation failed/)
    const unknown = es256({ sub: 'x' }, { alg: 'ES256', kid: 'two' })
    expect(() => verifyToken(unknown, keys, NOW)).toThrow(/No suitable key/)
    expect(() => verifyToken(es256({}), { secret: SECRET }, NOW)).toThrow(/unsupported/)
  })
  test('never takes a public key for a secret', () => {
    const head = encode({ alg: 'HS256', kid: 'one' })
    const signed = `${head}.${encode({ role: 'service_role' })}`
    const mac = createHmac('sha256', JSON.stringify(jwk)).update(signed).digest('base64url')
    expect(() => verifyToken(`${signed}.${mac}`, { secret: SECRET, jwks: [jwk] }, NOW)).toThrow(
      /No suitable key/,
    )
  })
  test.each(['none', 'None', 'HS512', 'RS256'])('of algorithm %s is refused', (alg) => {
    const token = `${encode({ alg })}.${encode({})}.`
    expect(() => verifyToken(token, { secret: SECRET, jwks: [jwk] }, NOW)).toThrow(/unsupported/)
  })
  test.each([
    [{ exp: NOW - 30 }, true],
    [{ exp: NOW - 31 }, false],
    [{ nbf: NOW + 30 }, true],
    [{ nbf: NOW + 31 }, false],
    [{ iat: NOW + 30 }, true],
    [{ iat: NOW + 31 }, false],
    [{ exp: null }, true],
    [{ exp: '1' }, false],
  ])('with %o is good: %s', (claims, good) => {
    const verify = () => verifyToken(signToken(claims, SECRET), { secret: SECRET }, NOW)
    if (good) expect(verify()).toEqual(claims)
    else expect(verify).toThrow()
  })
})
