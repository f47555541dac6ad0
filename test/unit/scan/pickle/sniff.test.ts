import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { memorySource } from '../../../../electron/core/scan/child/byte-source'
import { sniffPickle } from '../../../../electron/core/scan/child/pickle'
import { callPickle, pickle } from '../../../fixtures/pickle-writer'

const sniff = (content: Uint8Array | string): number =>
  sniffPickle(memorySource(Buffer.from(content)))

describe('sniffPickle', () => {
  test.each([
    [
      'protocol 4',
      pickle(4)
        .frame(9)
        .value({ a: [1, 2] })
        .stop()
        .bytes(),
    ],
    ['protocol 2 that breaks off', pickle(2).global('os', 'system').bytes()],
    ['protocol 0 with a call', Buffer.from("cos\nsystem\n(S'echo'\ntR.")],
    ['protocol 0 with a call and an invalid tail', Buffer.from("cos\nsystem\n(S'echo'\ntR\xff")],
    ['protocol 0 without a call', Buffer.from('(lp0\nI1\naI2\naF0.5\na.')],
    ['INST', Buffer.from("(S'echo'\nios\nsystem\n.")],
    ['protocol 1', Buffer.from(']q\x00(K\x01K\x02e.', 'latin1')],
    ['protocol 4 opcodes without PROTO', callPickle('os', 'system').subarray(2)],
    [
      'a harmless pickle before the payload',
      Buffer.concat([Buffer.from('I1\n.'), callPickle('os', 'system')]),
    ],
    [
      'a literal larger than what is read',
      pickle(4).binBytes(Buffer.alloc(300_000)).stop().bytes(),
    ],
  ])('recognises %s', (_, bytes) => {
    expect(sniff(bytes)).toBeGreaterThanOrEqual(0.5)
  })

  const system = "cposix\nsystem\n(S'echo'\ntR."
  test.each([
    ['numbers in hexadecimal, octal, binary', 'I0x10\n0L0o17L\n0I0b1_0\n0'],
    ['a number with blanks, a sign and a NUL', 'I +7\n0I1\0x\n0'],
    ['a number of many digits', `F${'1'.repeat(5000)}\n0`],
    ['a memo key behind many blanks', `Np${' '.repeat(5000)}7\n0g7\n0`],
    ['a text with a carriage return', "S'a\rb'\n0"],
    ['a first line of more than a mebibyte', `V${'x'.repeat(1_200_000)}\n0`],
    ['many marks', `${'('.repeat(1500)}${'1'.repeat(1500)}`],
    ['many values that are popped', 'N0'.repeat(15_000)],
    ['one repeated opcode', 'N'.repeat(30_000)],
    ['BUILD of nothing', 'NNb0'],
  ])('sees the call behind %s', (_, opening) => {
    expect(sniff(Buffer.from(opening + system, 'latin1'))).toBeGreaterThanOrEqual(0.85)
  })

  test('a name may be spelt with escapes, and come from DUP or the memo', () => {
    for (const names of [
      'V\\u0070osix\nVsystem\n',
      'Vcode\n2',
      'Vposix\np1\n0Vsystem\np2\n0g1\ng2\n',
    ])
      expect(sniff(Buffer.from(`${names}\x93(Vecho\ntR`, 'latin1'))).toBeGreaterThanOrEqual(0.85)
  })

  test.each([
    'certifi\nchardet\nidna\n',
    'cat.jpg\ndog.jpg\nfish.jpg\n',
    'cat\ndog\nVulture\nVole\nPanda\n',
    'Foo\nbar\n',
    'Some words.\nAnd more of them.\n',
    '{"json": [1, 2, 3]}',
    '[1, 2, 3]\n',
    'import os\nos.system("echo")\n',
    'cat\ndog\nfish\n',
    'class Foo:\n  pass\n',
    '(a) first\n(b) second\n',
    'In 1999\nthey did.\n',
    '\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR',
    'GIF89a\x01\x00\x01\x00',
    'PK\x03\x04\x14\x00',
    'GGUF\x03\x00\x00\x00',
    '%PDF-1.7\n',
    'N.',
    '',
  ])('is silent about %j', (text) => {
    expect(sniff(Buffer.from(text, 'latin1'))).toBeLessThan(0.5)
  })

  test('does not take floating point numbers for a pickle', () => {
    const numbers = fc.array(fc.double({ noNaN: true }), { minLength: 4, maxLength: 64 })
    fc.assert(
      fc.property(numbers, (values) => {
        const bytes = Buffer.from(Float64Array.from(values).buffer)
        fc.pre(bytes[0] !== 0x80)
        expect(sniff(bytes)).toBeLessThan(0.5)
      }),
    )
  })
})
