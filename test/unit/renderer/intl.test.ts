import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  formatBytes,
  formatDuration,
  formatPercent,
  formatRelative,
  plural,
  pseudoCatalogue,
  pseudoText,
} from '../../../renderer/app/intl'

/** A no-break space joins a number and its unit. */
const joined = (text: string) => text.replaceAll(' ', '\u00a0')

describe('sizes', () => {
  test.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1 kB'],
    [1_234, '1.23 kB'],
    [12_345, '12.3 kB'],
    [123_456, '123 kB'],
    [999_499, '999 kB'],
    [999_500, '1 MB'],
    [3_100_000_000, '3.1 GB'],
  ])('%d bytes are %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(joined(text))
  })

  test('never show a thousand of a unit that has a next one', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 9e17, noNaN: true }), (bytes) => {
        expect(formatBytes(bytes)).not.toMatch(/^1,\d{3}/)
      }),
    )
  })
})

describe('durations', () => {
  test.each([
    [0.4, '0.4 ms'],
    [340, '340 ms'],
    [4_210, '4.2 s'],
    [59_960, '1 min'],
    [125_000, '2 min 5 s'],
    [3_600_000, '1 h'],
    [3_780_000, '1 h 3 min'],
  ])('%d ms are %s', (ms, text) => {
    expect(formatDuration(ms).replaceAll('\u00a0', ' ')).toBe(text)
  })
})

describe('shares', () => {
  test('only a whole is 100 %', () => {
    expect(formatPercent(0.9999)).toBe(joined('99 %'))
    expect(formatPercent(1)).toBe(joined('100 %'))
    expect(formatPercent(0.1234, 1)).toBe(joined('12.3 %'))
  })
})

describe('times', () => {
  const now = new Date('2026-11-22T12:00:00Z')
  const ago = (seconds: number) => formatRelative(new Date(now.getTime() - seconds * 1000), now)

  test('are told in the largest unit that fits', () => {
    expect([ago(5), ago(60), ago(3600 * 3), ago(86_400), ago(86_400 * 9)]).toEqual([
      'just now',
      '1 minute ago',
      '3 hours ago',
      'yesterday',
      'last week',
    ])
  })
})

describe('texts', () => {
  test('choose the form for the number and group its digits', () => {
    const files = (n: number) => plural(n, { one: '# file', other: '# files' })
    expect([files(0), files(1), files(1284)]).toEqual(['0 files', '1 file', '1,284 files'])
  })

  test('of the pseudo-locale are bracketed, accented and a third longer', () => {
    const text = 'Scan a folder'
    const pseudo = pseudoText(text)
    expect(pseudo).toMatch(/^⟦.*~⟧$/)
    expect(pseudo).not.toContain('a')
    expect(pseudo.length).toBeGreaterThanOrEqual(text.length * 1.3)
  })

  test('of a pseudo catalogue keep their shape and their numbers', () => {
    const text = pseudoCatalogue({
      title: 'Scan',
      nested: { files: (n: number) => plural(n, { one: '# file', other: '# files' }) },
    })
    expect(text.title).toBe(pseudoText('Scan'))
    expect(text.nested.files(7)).toContain('7')
  })
})
