import { deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { callPickle, pickle } from '../../../fixtures/pickle-writer'
import { scan } from './recording-context'

const inner = callPickle('posix', 'system')
const protocol0 = Buffer.from("cposix\nsystem\n(S'echo'\ntR.")

describe('pickles in literals', () => {
  test.each([
    ['bytes', pickle(4).binBytes(inner), 'nested-pickle'],
    ['short bytes', pickle(4).shortBinBytes(inner), 'nested-pickle'],
    ['a bytearray', pickle(5).byteArray8(inner), 'nested-pickle'],
    ['protocol 0 in text', pickle(4).binUnicode(protocol0.toString()), 'nested-pickle'],
    [
      'text that is encoded as latin-1',
      pickle(4).binUnicode(inner.toString('latin1')),
      'nested-pickle',
    ],
    [
      'a UNICODE with escapes',
      pickle().unicode(protocol0.toString().replaceAll('\n', '\\u000a')),
      'nested-pickle',
    ],
    [
      'a STRING with escapes',
      pickle().string(`"${protocol0.toString().replaceAll('\n', '\\n')}"`),
      'nested-pickle',
    ],
    [
      'bytes that begin with a long text',
      pickle(4).binBytes(Buffer.concat([Buffer.from(`V${'x'.repeat(9000)}\n0`), protocol0])),
      'nested-pickle',
    ],
    [
      'base64 of a long text and then the rest',
      pickle(4).binUnicode(Buffer.from(`V${'x'.repeat(9000)}\n0${protocol0}`).toString('base64')),
      'encoded-pickle',
    ],
    ['base64', pickle(4).text(inner.toString('base64')), 'encoded-pickle'],
    ['base64 of protocol 0', pickle(4).text(protocol0.toString('base64')), 'encoded-pickle'],
    ['URL-safe base64', pickle(4).text(inner.toString('base64url')), 'encoded-pickle'],
    ['hex', pickle(4).text(inner.toString('hex')), 'encoded-pickle'],
    ['zlib', pickle(4).binBytes(deflateSync(inner)), 'encoded-pickle'],
    ['gzip', pickle(4).binBytes(gzipSync(inner)), 'encoded-pickle'],
    ['base64 of zlib', pickle(4).text(deflateSync(inner).toString('base64')), 'encoded-pickle'],
    ['base64 in a STRING', pickle(2).string(`'${inner.toString('base64')}'`), 'encoded-pickle'],
  ])('%s: the calls inside are found', (_, writer, literal) => {
    const { names, facts } = scan(writer.stop().bytes())
    expect(names('literal')).toEqual([literal])
    const call = facts.find((fact) => fact.kind === 'call')
    expect(call?.name).toBe('posix.system')
    expect(call?.location.member).toMatch(/^literal@\d+$/)
  })

  test('a pickle in a pickle in a pickle is found', () => {
    const middle = pickle(4).binBytes(inner).stop().bytes()
    const { names } = scan(pickle(4).binBytes(middle).stop().bytes())
    expect(names('call')).toEqual(['posix.system'])
  })

  test('an archive in a literal is handed on', () => {
    const zip = Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(40)])
    expect(scan(pickle(4).binBytes(zip).stop().bytes()).names('member')).toHaveLength(1)
  })

  test('a payload that unpacks without end does not', () => {
    const bomb = deflateSync(Buffer.concat([inner.subarray(0, -1), Buffer.alloc(40_000_000, '0')]))
    const { outcome, names } = scan(pickle(4).binBytes(bomb).stop().bytes())
    expect(names('literal')).toEqual(['encoded-pickle'])
    expect(outcome.status).toBe('inconclusive')
  })

  test.each([
    'In the beginning\nthere was text.',
    'SGVsbG8gV29ybGQhIEhlbGxv',
    'gAAAAABmK3Jt',
    'cat\ndog\nfish\n',
    '8004ffffffffffff',
    '(a) first\n(b) second\n',
  ])('%j is an ordinary text', (text) => {
    expect(scan(pickle(4).binUnicode(text).stop().bytes()).facts).toEqual([])
  })
})
