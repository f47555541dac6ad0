import { createHash } from 'node:crypto'
import type { Fact } from '@shared/scan-report/fact'
import { fingerprintOf } from '@shared/scan-report/fingerprint'
import { describe, expect, test } from 'vitest'
import { fact } from '../../fixtures/facts'

const hash = (text: string) => createHash('sha256').update(text).digest('hex')
const print = (kind: Fact['kind'], evidence: string, member?: string) =>
  fingerprintOf(
    'rule',
    fact(kind, 'name', { evidence, location: member === undefined ? {} : { member } }),
    hash,
  )

describe('a fingerprint', () => {
  test('is that of consoles before, where nothing tells a position', () => {
    expect(print('call', "os.system('echo')")).toBe(
      hash(JSON.stringify(['rule', '', "os.system('echo')"])).slice(0, 32),
    )
  })
  test.each([
    ['the byte of a broken stream', 'bad opcode at byte 120', 'bad opcode at byte 9'],
    ['an offset', 'a.bin: offset 64', 'a.bin: offset 128'],
    ['a line', 'duplicate key on line 3', 'duplicate key on line 30'],
    ['an address', 'header at 0x1f40', 'header at 0x2f'],
  ])('does not change with %s', (_, before, after) => {
    expect(print('structure', before)).toBe(print('structure', after))
  })
  test('does not change with the place of bytes that have no name', () => {
    expect(print('call', 'f()', 'a.zip!tail@512')).toBe(print('call', 'f()', 'a.zip!tail@64'))
    expect(print('call', 'f()', 'tail@9!literal@8')).toBe(print('call', 'f()', 'tail@7!literal@6'))
  })
  test('does not change with the address of a Python object', () => {
    expect(print('call', 'f(<g at 0x7f00>)')).toBe(print('call', 'f(<g at 0x7fAA>)'))
  })
  test.each<[string, Fact['kind'], string, string]>([
    ['the text of code', 'code', 'eval(line 1)', 'eval(line 2)'],
    ['a number in code', 'code', 'run(0x41)', 'run(0x42)'],
    ['an argument', 'call', "os.system('echo 1')", "os.system('echo 2')"],
    ['how much is said to be there', 'structure', '12 bytes announced', '13 bytes announced'],
  ])('changes with %s', (_, kind, before, after) => {
    expect(print(kind, before)).not.toBe(print(kind, after))
  })
  test('changes with the name of a member, digits and all', () => {
    expect(print('call', 'f()', 'data.zip!a@1.pkl')).not.toBe(
      print('call', 'f()', 'data.zip!a@2.pkl'),
    )
  })
})
