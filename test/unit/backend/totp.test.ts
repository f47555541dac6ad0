import { describe, expect, test } from 'vitest'
import {
  codeAt,
  fromBase32,
  matchingStep,
  newSecret,
  STEP_SECONDS,
  toBase32,
  totpUri,
} from '../../../electron/core/backend/twin/responder/auth/totp'

/** RFC 6238, appendix B, and RFC 4226, appendix D: the same key. */
const KEY = Buffer.from('12345678901234567890')

describe('a one-time code', () => {
  test.each([
    [59, '94287082'],
    [1111111109, '07081804'],
    [1111111111, '14050471'],
    [1234567890, '89005924'],
    [2000000000, '69279037'],
    [20000000000, '65353130'],
  ])('at %i s is the one of RFC 6238', (seconds, code) => {
    expect(codeAt(KEY, Math.floor(seconds / STEP_SECONDS), 8)).toBe(code)
  })
  test.each(
    [
      '755224',
      '287082',
      '359152',
      '969429',
      '338314',
      '254676',
      '287922',
      '162583',
      '399871',
      '520489',
    ].map((code, counter) => [counter, code] as const),
  )('of counter %i is the one of RFC 4226', (counter, code) => {
    expect(codeAt(KEY, counter)).toBe(code)
  })
  test('is taken one step early and one late, and no more', () => {
    const now = 1_700_000_010
    const step = Math.floor(now / STEP_SECONDS)
    const taken = [-2, -1, 0, 1, 2].map(
      (ahead) => matchingStep(KEY, codeAt(KEY, step + ahead), now, null) !== undefined,
    )
    expect(taken).toEqual([false, true, true, true, false])
  })
  test('is not taken again, nor one from before', () => {
    const now = 1_700_000_010
    const step = Math.floor(now / STEP_SECONDS)
    expect(matchingStep(KEY, codeAt(KEY, step), now, step)).toBeUndefined()
    expect(matchingStep(KEY, codeAt(KEY, step - 1), now, step)).toBeUndefined()
    expect(matchingStep(KEY, codeAt(KEY, step + 1), now, step)).toBe(step + 1)
  })
  test.each(['', '12345', '1234567', 'abcdef', '１２３４５６'])('%j is no code', (code) => {
    expect(matchingStep(KEY, code, 0, null)).toBeUndefined()
  })
})

describe('a secret', () => {
  test.each([
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foob', 'MZXW6YQ'],
    ['fooba', 'MZXW6YTB'],
    ['foobar', 'MZXW6YTBOI'],
  ])('%s is the base 32 of RFC 4648', (text, encoded) => {
    expect(toBase32(Buffer.from(text))).toBe(encoded)
    expect(fromBase32(encoded).toString()).toBe(text)
  })
  test('has 160 bits and comes back from its text', () => {
    const secret = newSecret()
    expect(secret).toHaveLength(20)
    expect(fromBase32(toBase32(secret))).toEqual(secret)
  })
  test('is in the address that apps read', () => {
    const uri = new URL(totpUri('My Console', 'a@b.c', 'ABC'))
    expect([uri.protocol, uri.host, decodeURIComponent(uri.pathname)]).toEqual([
      'otpauth:',
      'totp',
      '/My Console:a@b.c',
    ])
    expect(uri.searchParams.get('secret')).toBe('ABC')
  })
})
