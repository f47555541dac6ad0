import { evidenceKind, offsetText, tokens, visible } from '@renderer/scan/report/evidence'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

describe('evidence', () => {
  it('is bytes when every line is a line of a hex dump', () => {
    expect(evidenceKind('00000000  50 4b 03 04 14 00 00 00  08 00 21 00  PK........!.')).toBe('hex')
    expect(evidenceKind('7f 45 4c 46 02 01')).toBe('hex')
  })

  it('is code otherwise', () => {
    expect(evidenceKind("posix.system('echo')")).toBe('code')
    expect(evidenceKind('7f 45 4c 46\nos.system()')).toBe('code')
    expect(evidenceKind('')).toBe('code')
  })

  it('shows characters that would make it read other than it is', () => {
    expect(visible('a\u202eb\u200bc\u0000')).toBe('a\\u202eb\\u200bc\\u0000')
    expect(visible('tab\tand\nline stay')).toBe('tab\tand\nline stay')
  })

  it('keeps every character when it is coloured', () => {
    fc.assert(
      fc.property(fc.string(), (code) => {
        const pieces = tokens(code)
        expect(pieces.map(({ text }) => text).join('')).toBe(code)
      }),
    )
  })

  it('sets off the callee, strings, numbers and comments of a call', () => {
    const kinds = tokens("posix.system('echo', 4)  # REDUCE").map(({ kind, text }) => [kind, text])
    expect(kinds).toContainEqual(['name', 'posix.system'])
    expect(kinds).toContainEqual(['text', "'echo'"])
    expect(kinds).toContainEqual(['number', '4'])
    expect(kinds).toContainEqual(['comment', '# REDUCE'])
  })

  it('gives an offset in decimal and hex', () => {
    expect(offsetText(420, String)).toBe('420 (0x1a4)')
  })
})
