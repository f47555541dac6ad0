import { toCsv } from '@renderer/charts/csv'
import fc from 'fast-check'
import { expect, it } from 'vitest'

it('quotes what needs quotes and leaves the rest alone', () => {
  expect(
    toCsv(
      ['name', 'n'],
      [
        ['a,b', 1],
        ['say "hi"', -2],
        ['plain', null],
      ],
    ),
  ).toBe('name,n\r\n"a,b",1\r\n"say ""hi""",-2\r\nplain,')
})

it('disarms cells that a spreadsheet would run as a formula', () => {
  const lines = toCsv(['file'], [['=HYPERLINK("x")'], ['+1'], ['@cmd'], ['-x']]).split('\r\n')
  expect(lines.slice(1)).toEqual(['"\'=HYPERLINK(""x"")"', "'+1", "'@cmd", "'-x"])
})

it('gives every cell back to a reader of RFC 4180', () => {
  const cell = fc.string().filter((text) => !/^[=+\-@\t\r]/.test(text))
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 2 })), (rows) => {
      expect(readCsv(toCsv(['a', 'b'], rows))).toEqual([['a', 'b'], ...rows])
    }),
  )
})

function readCsv(text: string): string[][] {
  const rows: string[][] = [[]]
  for (const match of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n"]*))(,|\r\n|$)/g)) {
    if (match.index === text.length && match[0] === '' && !text.endsWith(',')) break
    rows.at(-1)?.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '')
    if (match[3] === '\r\n') rows.push([])
    if (match[3] === '') break
  }
  return rows
}
