import { describe, expect, test } from 'vitest'
import { memorySource } from '../../../../electron/core/scan/child/byte-source'
import { LimitError } from '../../../../electron/core/scan/child/context'
import { walkPickle } from '../../../../electron/core/scan/child/pickle'
import { callPickle, type PickleWriter, pickle } from '../../../fixtures/pickle-writer'
import { LIMITS, recordingContext, scan } from './recording-context'

const payload = (): PickleWriter =>
  pickle(4).import('posix', 'system').text('echo').tuple1().reduce()

describe('broken pickles', () => {
  test.each<[string, PickleWriter, string]>([
    ['a missing STOP', payload(), 'pickle.truncated'],
    ['an invalid opcode', payload().raw(0xff), 'pickle.invalid-opcode'],
    ['a text longer than the file', payload().raw('X', 255, 255, 255, 127), 'pickle.truncated'],
    ['bytes longer than any file', payload().raw(0x8e, Buffer.alloc(8, 255)), 'pickle.truncated'],
    ['a line without an end', payload().raw('Vabc'), 'pickle.truncated'],
    ['an argument that is cut', payload().raw('J', 1, 2), 'pickle.truncated'],
    ['a stack that is too small', payload().raw('RR').stop(), 'pickle.stack-underflow'],
    ['a missing mark', payload().raw('t').stop(), 'pickle.missing-mark'],
    ['a memo key that is no number', payload().put('x').stop(), 'pickle.invalid-memo-key'],
    ['a protocol that does not exist', payload().proto(9).stop(), 'pickle.unsupported-protocol'],
    ['a STRING without quotes', payload().string('abc').stop(), 'pickle.invalid-literal'],
    ['a frame beyond the end', payload().frame(1000).none().stop(), 'pickle.truncated'],
  ])('%s keeps the call before it and is inconclusive', (_, writer, anomaly) => {
    const { outcome, names } = scan(writer.bytes())
    expect(outcome.status).toBe('inconclusive')
    expect(names('structure')).toContain(anomaly)
    expect(names('call')).toContain('posix.system')
  })

  test('an empty file is truncated', () => {
    expect(scan(Buffer.alloc(0)).outcome.status).toBe('inconclusive')
  })

  test('POP at a mark takes the mark', () => {
    const { outcome } = scan(pickle(4).none().mark().pop().stop().bytes())
    expect(outcome.status).toBe('complete')
  })

  test('a frame inside a frame is noted and the walk goes on', () => {
    const body = callPickle('posix', 'system').subarray(2)
    const { names, outcome } = scan(
      pickle(4)
        .frame(body.length + 9)
        .frame(body.length)
        .raw(body)
        .bytes(),
    )
    expect(names('structure')).toContain('pickle.frame-mismatch')
    expect(names('call')).toEqual(['posix.system'])
    expect(outcome.status).toBe('complete')
  })

  test('values left on the stack are noted', () => {
    expect(scan(pickle(4).none().none().stop().bytes()).names('structure')).toEqual([
      'pickle.unused-stack',
    ])
  })

  test('a buffer from outside of the file is noted', () => {
    const { names } = scan(pickle(5).nextBuffer().readonlyBuffer().stop().bytes())
    expect(names('structure')).toEqual(['pickle.out-of-band-buffer'])
  })
})

describe('several pickles in one file', () => {
  test('the payload of the last one is found', () => {
    const harmless = pickle(4).value({ a: 1 }).stop().bytes()
    const { names, outcome } = scan(Buffer.concat([harmless, harmless, callPickle('os', 'system')]))
    expect(names('call')).toEqual(['os.system'])
    expect(outcome.status).toBe('complete')
  })

  test('a payload in a later one that breaks off is found', () => {
    const broken = payload().bytes()
    const { names, outcome } = scan(Buffer.concat([pickle(4).none().stop().bytes(), broken]))
    expect(names('call')).toEqual(['posix.system'])
    expect(outcome.status).toBe('inconclusive')
  })

  test('a thousand harmless facts do not push the payload out', () => {
    const crowd = pickle(4)
    for (let index = 0; index < 1500; index++) crowd.import('m', `C${index}`).pop()
    crowd.raw(callPickle('os', 'system').subarray(2))
    const { names } = scan(Buffer.concat([pickle(4).none().stop().bytes(), crowd.bytes()]))
    expect(names('call')).toContain('os.system')
  })

  test('other bytes behind the last STOP are trailing data, without invented facts', () => {
    const noise = Buffer.from('(lp0\nbut this is no pickle at all')
    const { names, outcome } = scan(Buffer.concat([pickle(4).none().stop().bytes(), noise]))
    expect(names('structure')).toEqual(['pickle.trailing-data'])
    expect(outcome.status).toBe('inconclusive')
  })

  test('the memo of one pickle is not the memo of the next', () => {
    const first = pickle(4).text('posix').memoize().stop().bytes()
    const second = pickle(4).binGet(0).text('system').stackGlobal().stop().bytes()
    expect(scan(Buffer.concat([first, second])).names('structure')).toContain('pickle.unset-memo')
  })
})

describe('what stands between pickles', () => {
  test.each([
    ['zeros', Buffer.alloc(64)],
    ['a broken pickle', Buffer.from('\x80\x04K\x01\xff', 'latin1')],
  ])('a payload behind %s is found', (_, gap) => {
    const first = pickle(4).none().stop().bytes()
    const { fact, outcome } = scan(Buffer.concat([first, gap, callPickle('posix', 'system')]))
    expect(fact('call', 'posix.system')).toBeDefined()
    expect(outcome.status).toBe('inconclusive')
  })
})

describe('large pickles', () => {
  test('lines, texts and names across the border of the window are read whole', () => {
    for (const before of [4080, 4090, 4096, 16_380, 262_140, 300_000]) {
      const writer = pickle(4).binBytes(Buffer.alloc(before)).pop()
      writer
        .unicode('x'.repeat(9000))
        .pop()
        .string(`'${'y'.repeat(300_000)}'`)
        .pop()
      writer.global('posix', 'system').text('echo').tuple1().reduce()
      const { names, outcome } = scan(writer.stop().bytes())
      expect(outcome.status).toBe('complete')
      expect(names('call')).toEqual(['posix.system'])
    }
  })

  test('more entries than the limit end as a LimitError, not out of memory', () => {
    const writer = pickle(4)
    for (let index = 0; index < 3000; index++) writer.none().memoize()
    expect(() => scan(writer.stop().bytes(), { memoEntries: 2000 })).toThrow(LimitError)
  })

  test('arguments that were built long ago are forgotten, the call is not', () => {
    const writer = pickle(4).text('echo').tuple1().memoize().pop()
    const filler = Buffer.alloc(2_100_000 * 3)
    for (let at = 0; at < filler.length; at += 3) filler.write('N\x850', at, 'latin1')
    writer.raw(filler).import('posix', 'system').binGet(0).reduce()
    const { fact, outcome } = scan(writer.stop().bytes())
    expect(fact('call', 'posix.system')?.evidence).toBe('posix.system(*…)')
    expect(outcome.status).toBe('complete')
  })
})

describe('walkPickle', () => {
  test('tells where the pickle ends, its persistent ids and what it returns', () => {
    const bytes = pickle(2)
      .mark()
      .binUnicode('storage')
      .binInt1(7)
      .tuple()
      .binPersId()
      .stop()
      .bytes()
    const walked = walkPickle(
      memorySource(Buffer.concat([Buffer.alloc(3), bytes, Buffer.alloc(3)])),
      3,
      recordingContext([], LIMITS),
      { persistentIds: 'expected' },
    )
    expect(walked).toMatchObject({ end: 3 + bytes.length, stopped: true, protocol: 2 })
    expect(walked.persistentIds).toEqual([
      {
        offset: 3 + bytes.length - 2,
        value: {
          type: 'tuple',
          count: 2,
          items: [
            { type: 'str', value: 'storage' },
            { type: 'int', value: 7n },
          ],
        },
      },
    ])
  })

  test('persistent ids outside of PyTorch are an anomaly', () => {
    expect(scan(pickle().persId('7').stop().bytes()).names('structure')).toEqual([
      'pickle.persistent-id',
    ])
  })
})

describe('frames that end inside an opcode', () => {
  // CPython's pickle.load reads 'system' here, pickle.loads 'quietsystem'.
  test.each<[string, PickleWriter]>([
    ['a line', pickle(4).frame(9).raw('cos\nquiet', 'system\n').stop()],
    ['a text', pickle(4).frame(4).raw(0x8c, 6, 'xy', 'system').stop()],
    ['an argument', pickle(4).frame(3).raw('J', 1, 0, 0, 0).stop()],
  ])('in %s they are an anomaly and inconclusive', (_, writer) => {
    const { names, outcome } = scan(writer.bytes())
    expect(names('structure')).toContain('pickle.frame-split')
    expect(outcome.status).toBe('inconclusive')
  })

  test('frames that end between opcodes are not', () => {
    const body = pickle().text('x'.repeat(200)).memoize()
    const writer = pickle(4).frame(body.bytes().length).raw(body.bytes())
    for (let part = 0; part < 300; part++) writer.frame(body.bytes().length).raw(body.bytes(), '0')
    writer.binBytes(Buffer.alloc(600_000)).pop().frame(1)
    expect(scan(writer.stop().bytes()).names('structure')).toEqual([])
  })
})
