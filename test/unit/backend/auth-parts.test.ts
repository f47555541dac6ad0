import { hash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createAttempts } from '../../../electron/core/backend/twin/responder/auth/attempts'
import {
  hashPassword,
  passwordMatches,
} from '../../../electron/core/backend/twin/responder/auth/passwords'
import { qrModules, qrSvg } from '../../../electron/core/backend/twin/responder/auth/qr'

describe('attempts', () => {
  test('are refused beyond the burst, told how long to wait, and taken again after that', () => {
    let now = 0
    const attempts = createAttempts({ burst: 2, perSecond: 0.5 }, () => now)
    const status = (name: string) => {
      try {
        attempts.take(name)
        return 200
      } catch (error) {
        const { status, headers } = error as { status: number; headers: Record<string, string> }
        expect(headers['Retry-After']).toBe('2')
        return status
      }
    }
    expect([status('a'), status('a'), status('a'), status('b')]).toEqual([200, 200, 429, 200])
    now = 2
    expect([status('a'), status('a')]).toEqual([200, 429])
  })
})

describe('a stored password', () => {
  test('has a salt of its own, says its cost, and fits the password only', async () => {
    const [one, two] = await Promise.all([
      hashPassword('secret words'),
      hashPassword('secret words'),
    ])
    expect(one).not.toBe(two)
    expect(one).toMatch(/^scrypt\$16384\$8\$5\$[0-9a-f]{32}\$[0-9a-f]{64}$/)
    expect(await passwordMatches('secret words', one)).toBe(true)
    expect(await passwordMatches('secret word', one)).toBe(false)
  })
  test.each([null, '', 'x', '$2a$10$abc'])('%j fits nothing', async (stored) => {
    expect(await passwordMatches('', stored)).toBe(false)
  })
})

describe('a QR code', () => {
  const text = (length: number) =>
    'otpauth://totp/Prometheus:a@b.c?secret=ABC'.repeat(9).slice(0, length)
  test.each([
    [14, 21],
    [15, 25],
    [84, 37],
    [213, 57],
  ])('of %i bytes has %i modules a side', (length, size) => {
    const modules = qrModules(text(length))
    expect([modules.length, modules[0]?.length]).toEqual([size, size])
  })
  test('is the one that a reader read (jsQR 1.4 read versions 1 to 10)', () => {
    const rows = [14, 84, 213].map((length) =>
      hash('sha256', JSON.stringify(qrModules(text(length)))).slice(0, 16),
    )
    expect(rows).toEqual(['3f291615f051ee64', '9b187e0cca3c4a5b', '680fd79267e5af9c'])
  })
  test('of a text that is too long is an error, not half a code', () => {
    expect(() => qrModules('x'.repeat(214))).toThrow(/too long/)
  })
  test('is a picture without anything that could run', () => {
    expect(qrSvg('x')).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" viewBox="0 0 29 29"/)
    expect(qrSvg('<script>')).not.toContain('script')
  })
})
