import { describe, expect, it } from 'vitest'
import { AddressError, projectUrl, publishableKey } from '../../../electron/core/backend/address'

const jwt = (claims: object) =>
  ['{}', JSON.stringify(claims), 'signature']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.')

describe('the address of a project', () => {
  it.each([
    ['https://abc.supabase.co/rest/v1?x=1', 'https://abc.supabase.co'],
    [' https://abc.supabase.co ', 'https://abc.supabase.co'],
    ['http://127.0.0.1:54321', 'http://127.0.0.1:54321'],
    ['http://localhost:54321/', 'http://localhost:54321'],
    ['http://[::1]:1', 'http://[::1]:1'],
  ])('%s is taken as %s', (typed, origin) => {
    expect(projectUrl(typed).origin).toBe(origin)
  })

  it.each([
    'http://abc.supabase.co',
    'http://127.0.0.1.evil.example',
    'ftp://abc.supabase.co',
    'https://user:password@abc.supabase.co',
    'abc',
    '',
  ])('%s is refused with a sentence', (typed) => {
    expect(() => projectUrl(typed)).toThrow(AddressError)
  })
})

describe('the key of a project', () => {
  it('may be a publishable one, or the long one of the role anon', () => {
    expect(publishableKey('sb_publishable_abcdefgh12345678')).toBe(
      'sb_publishable_abcdefgh12345678',
    )
    expect(publishableKey(jwt({ role: 'anon' }))).toBe(jwt({ role: 'anon' }))
  })

  it.each([['sb_secret_abcdefgh12345678'], [jwt({ role: 'service_role' })]])(
    'may not be a secret one',
    (key) => {
      expect(() => publishableKey(key)).toThrow(/secret key/)
    },
  )

  it('is refused where it is neither', () => {
    expect(() => publishableKey('hello')).toThrow(/no publishable key/)
    expect(() => publishableKey(jwt({ role: 'authenticated' }))).toThrow(/no publishable key/)
  })
})
