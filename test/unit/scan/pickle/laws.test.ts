import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { memorySource } from '../../../../electron/core/scan/child/byte-source'
import { LimitError, MalformedError } from '../../../../electron/core/scan/child/context'
import { sniffPickle } from '../../../../electron/core/scan/child/pickle'
import { OPCODES } from '../../../../electron/core/scan/child/pickle/opcodes'
import { type Plain, pickle } from '../../../fixtures/pickle-writer'
import { scan } from './recording-context'

const plain: fc.Arbitrary<Plain> = fc.letrec<{ value: Plain }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.double({ noNaN: true }),
    fc.string(),
    fc.uint8Array({ maxLength: 8 }),
    fc.array(tie('value'), { maxLength: 6 }),
    fc.dictionary(fc.string(), tie('value'), { maxKeys: 6 }),
  ),
})).value

/** Bytes that are opcodes more often than chance has it, with short arguments between. */
const opcodeSoup = fc
  .array(
    fc.oneof(
      fc.constantFrom(...OPCODES.map(([code]) => Buffer.from([code]))),
      fc.uint8Array({ maxLength: 4 }),
      fc.constantFrom(Buffer.from('os\nsystem\n'), Buffer.from('1\n'), Buffer.from("'x'\n")),
    ),
    { maxLength: 60 },
  )
  .map((parts) => Buffer.concat(parts))

describe('laws of the walk', () => {
  test('plain data of any shape is complete, with nothing imported or called', () => {
    fc.assert(
      fc.property(plain, (value) => {
        const { outcome, facts } = scan(pickle(4).value(value).stop().bytes())
        expect(outcome.status).toBe('complete')
        expect(facts.filter(({ kind }) => kind !== 'literal' && kind !== 'member')).toEqual([])
      }),
    )
  })

  test('no beginning of a pickle is ever complete', () => {
    fc.assert(
      fc.property(plain, fc.double({ min: 0, max: 0.999, noNaN: true }), (value, part) => {
        const bytes = pickle(4).value(value).stop().bytes()
        const { outcome } = scan(bytes.subarray(0, Math.floor(bytes.length * part)))
        expect(outcome.status).toBe('inconclusive')
      }),
    )
  })

  test.each([
    ['any bytes', fc.uint8Array({ maxLength: 400 })],
    ['any opcodes', opcodeSoup],
    [
      'any opcodes behind the magic',
      opcodeSoup.map((soup) => Buffer.concat([Buffer.of(0x80, 4), soup])),
    ],
  ])('%s end in an outcome or in an error that has a name', (_, bytes) => {
    fc.assert(
      fc.property(bytes, (content) => {
        expect(sniffPickle(memorySource(content))).toBeLessThanOrEqual(1)
        try {
          expect(['complete', 'inconclusive']).toContain(scan(content).outcome.status)
        } catch (error) {
          expect(error instanceof LimitError || error instanceof MalformedError).toBe(true)
        }
      }),
      { numRuns: 2000 },
    )
  })

  test('nothing that can be appended to a payload takes its call away', () => {
    fc.assert(
      fc.property(opcodeSoup, (soup) => {
        const payload = pickle(4).import('posix', 'system').text('echo').tuple1().reduce()
        expect(scan(payload.raw(soup).bytes()).names('call')).toContain('posix.system')
      }),
      { numRuns: 500 },
    )
  })
})
