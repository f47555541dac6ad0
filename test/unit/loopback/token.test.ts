import { describe, expect, test } from 'vitest'
import { createTokenGuard } from '../../../electron/loopback/token'

function guard() {
  let now = 0
  const check = createTokenGuard('right', () => now).check
  const wait = (ms: number) => {
    now += ms
  }
  return { check, wait }
}

describe('the session token', () => {
  test('the right one is let in', () => {
    expect(guard().check('right')).toBe('ok')
  })
  test.each(['', 'wrong', 'right ', 'righ'])('%o is not', (token) => {
    expect(guard().check(token)).toEqual({ retryAfter: 0 })
  })
  test('wrong ones are slowed down, doubling up to half a minute', () => {
    const { check } = guard()
    const waits = Array.from({ length: 12 }, () => check('wrong')).map(
      (answer) => answer !== 'ok' && answer.retryAfter,
    )
    expect(waits).toEqual([0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 30, 30])
  })
  test('the right one is let in at once, whatever strangers did', () => {
    const { check } = guard()
    for (let i = 0; i < 50; i++) check('wrong')
    expect(check('right')).toBe('ok')
  })
  test('a quiet minute forgives', () => {
    const { check, wait } = guard()
    for (let i = 0; i < 10; i++) check('wrong')
    wait(61_000)
    expect(check('wrong')).toEqual({ retryAfter: 0 })
  })
})
