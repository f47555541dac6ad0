import { describe, expect, test } from 'vitest'
import { type PickleWriter, pickle } from '../../../fixtures/pickle-writer'
import { scan } from './recording-context'

const TEXT_OPCODES: [string, (writer: PickleWriter, text: string) => PickleWriter][] = [
  ['STRING', (writer, text) => writer.string(`'${text}'`)],
  ['BINSTRING', (writer, text) => writer.binString(text)],
  ['SHORT_BINSTRING', (writer, text) => writer.shortBinString(text)],
  ['UNICODE', (writer, text) => writer.unicode(text)],
  ['BINUNICODE', (writer, text) => writer.binUnicode(text)],
  ['BINUNICODE8', (writer, text) => writer.binUnicode8(text)],
  ['SHORT_BINUNICODE', (writer, text) => writer.shortBinUnicode(text)],
]

describe('imports of a pickle', () => {
  test('GLOBAL names its module and attribute', () => {
    const { fact } = scan(pickle(2).global('posix', 'system').stop().bytes())
    expect(fact('import', 'posix.system')).toMatchObject({
      location: { offset: 2, opcode: 'GLOBAL' },
      detail: { module: 'posix', attribute: 'system', opcode: 'GLOBAL' },
    })
  })

  test.each(TEXT_OPCODES)('STACK_GLOBAL takes its operands from %s', (_, write) => {
    const writer = pickle(4)
    write(writer, 'posix')
    write(writer, 'system')
    expect(scan(writer.stackGlobal().stop().bytes()).names('import')).toEqual(['posix.system'])
  })

  test('STACK_GLOBAL takes its operands from the memo', () => {
    const writer = pickle(4).text('posix').memoize().pop().text('system').memoize().pop()
    const { names, outcome } = scan(writer.binGet(0).binGet(1).stackGlobal().stop().bytes())
    expect(names('import')).toEqual(['posix.system'])
    expect(outcome.status).toBe('complete')
  })

  test('junk that is pushed and popped between the operands changes nothing', () => {
    const writer = pickle(4).text('posix').binInt1(1).pop().mark().none().popMark()
    expect(scan(writer.text('system').stackGlobal().stop().bytes()).names('import')).toEqual([
      'posix.system',
    ])
  })

  test('escapes in text opcodes of protocol 0 are read', () => {
    const unicode = pickle(4).unicode('\\u0070osix').string("'sys\\x74em'")
    expect(scan(unicode.stackGlobal().stop().bytes()).names('import')).toEqual(['posix.system'])
  })

  test('operands that are no text are an anomaly and leave the file inconclusive', () => {
    const { names, outcome } = scan(pickle(4).binInt1(1).text('x').stackGlobal().stop().bytes())
    expect(names('structure')).toContain('pickle.computed-import')
    expect(outcome.status).toBe('inconclusive')
  })

  test('a dotted attribute keeps its module apart', () => {
    const { fact } = scan(pickle(4).import('logging', 'os.system').stop().bytes())
    expect(fact('import', 'logging.os.system')?.detail).toMatchObject({
      module: 'logging',
      attribute: 'os.system',
    })
  })

  test('MEMOIZE stores under the number of entries, also behind BINPUT', () => {
    // BINPUT 5 makes one entry, so MEMOIZE writes key 1, not 6.
    const writer = pickle(4).text('posix').binPut(5).pop().text('system').memoize().pop()
    const { names } = scan(writer.binGet(5).binGet(1).stackGlobal().stop().bytes())
    expect(names('import')).toEqual(['posix.system'])
  })

  test('MEMOIZE overwrites what PUT stored under the same number', () => {
    const writer = pickle(4).text('json').binPut(1).pop().text('posix').memoize().pop()
    const { names } = scan(writer.binGet(1).text('system').stackGlobal().stop().bytes())
    expect(names('import')).toEqual(['posix.system'])
  })

  test.each([
    ['PUT', (writer: PickleWriter) => writer.put(300).pop().get(300)],
    [
      'PUT with blanks and underscores',
      (writer: PickleWriter) => writer.put(' 3_0 ').pop().get(30),
    ],
    [
      'PUT beyond every array',
      (writer: PickleWriter) => writer.put('9007199254740000').pop().get('9007199254740000'),
    ],
    [
      'LONG_BINPUT',
      (writer: PickleWriter) => writer.longBinPut(4_000_000_000).pop().longBinGet(4_000_000_000),
    ],
  ])('%s is found again', (_, memo) => {
    const writer = memo(pickle(4).text('posix')).text('system').stackGlobal().stop()
    expect(scan(writer.bytes()).names('import')).toEqual(['posix.system'])
  })

  test('a memo entry that was never written is an anomaly, not an exception', () => {
    const { names, outcome } = scan(pickle(4).binGet(9).stop().bytes())
    expect(names('structure')).toEqual(['pickle.unset-memo'])
    expect(outcome.status).toBe('inconclusive')
  })

  test('below protocol 3 the names of Python 2 are what Python 3 makes of them', () => {
    const { fact } = scan(pickle(2).global('commands', 'getoutput').stop().bytes())
    expect(fact('import', 'subprocess.getoutput')?.detail).toMatchObject({
      written: 'commands.getoutput',
    })
  })

  test('from protocol 3 on they stay as they are', () => {
    expect(scan(pickle(3).global('commands', 'getoutput').stop().bytes()).names('import')).toEqual([
      'commands.getoutput',
    ])
  })

  test.each([
    ['EXT1', pickle(2).ext1(7), 'copyreg.extension.code7'],
    ['EXT2', pickle(2).ext2(700), 'copyreg.extension.code700'],
    ['EXT4', pickle(2).ext4(70_000), 'copyreg.extension.code70000'],
  ])('%s is an import that nobody can name', (_, writer, name) => {
    expect(scan(writer.emptyTuple().reduce().stop().bytes()).names('call')).toEqual([name])
  })

  test('frameworks are recognised by what is imported', () => {
    const writer = pickle(4).import('sklearn.svm._classes', 'SVC').import('numpy', 'ndarray')
    const { facts } = scan(writer.tuple2().stop().bytes())
    const frameworks = facts.filter((fact) => fact.kind === 'framework')
    expect(frameworks).toMatchObject([
      { name: 'scikit-learn', evidence: 'imports sklearn.svm._classes.SVC' },
      { name: 'numpy' },
    ])
  })
})
