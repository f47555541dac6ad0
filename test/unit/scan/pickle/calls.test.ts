import { describe, expect, test } from 'vitest'
import { callPickle, type PickleWriter, pickle } from '../../../fixtures/pickle-writer'
import { scan } from './recording-context'

const evidence = (bytes: Uint8Array): (string | undefined)[] =>
  scan(bytes)
    .facts.filter((fact) => fact.kind === 'call')
    .map((fact) => fact.evidence)

describe('calls of a pickle', () => {
  test('REDUCE is shown as Python', () => {
    const { fact, outcome } = scan(callPickle('posix', 'system', "echo 'hi'\n"))
    expect(fact('call', 'posix.system')).toMatchObject({
      evidence: "posix.system('echo \\'hi\\'\\n')",
      location: { opcode: 'REDUCE' },
    })
    expect(outcome.status).toBe('complete')
  })

  test.each<[string, PickleWriter, string]>([
    ['INST', pickle().mark().string("'echo'").inst('posix', 'system'), "posix.system('echo')"],
    [
      'OBJ',
      pickle(2).mark().global('posix', 'system').binString('echo').obj(),
      "posix.system('echo')",
    ],
    ['NEWOBJ', pickle(2).global('m', 'C').binInt1(1).tuple1().newObj(), 'm.C.__new__(1)'],
    [
      'NEWOBJ_EX',
      pickle(4).import('m', 'C').emptyTuple().emptyDict().text('k').binInt1(1).setItem().newObjEx(),
      "m.C.__new__(**{'k': 1})",
    ],
  ])('%s is a call as well', (opcode, writer, expected) => {
    const { facts } = scan(writer.stop().bytes())
    expect(facts.find((fact) => fact.kind === 'call')).toMatchObject({
      evidence: expected,
      location: { opcode },
    })
  })

  test('a call whose result is popped is still there', () => {
    const writer = pickle(4).import('posix', 'system').text('echo').tuple1().reduce().pop()
    expect(scan(writer.none().stop().bytes()).names('call')).toEqual(['posix.system'])
  })

  test('containers, numbers and nested calls are readable', () => {
    const writer = pickle(4).import('m', 'f').mark()
    writer.emptyList().mark().binInt1(1).binInt(-2).binFloat(0.5).appends()
    writer.emptyDict().text('a').none().setItem()
    writer.import('m', 'g').emptyTuple().reduce()
    writer
      .shortBinBytes(Uint8Array.of(0, 65))
      .newTrue()
      .long1(-(2n ** 70n))
    writer.emptySet().mark().int(7).addItems().mark().frozenSet()
    expect(evidence(writer.tuple().reduce().stop().bytes())).toContain(
      "m.f([1, -2, 0.5], {'a': None}, m.g(), b'\\x00A', True, -1180591620717411303424, {7}, frozenset({}))",
    )
  })

  test('control and bidirectional characters do not get into the evidence', () => {
    expect(evidence(callPickle('m', 'f', '\u202e\u0007x'))).toEqual(["m.f('\\u202e\\x07x')"])
  })

  test('evidence is cut at 500 characters', () => {
    const writer = pickle(4).import('m', 'f').mark()
    for (let item = 0; item < 30; item++) writer.text('x'.repeat(100))
    const [shown = ''] = evidence(writer.tuple().reduce().stop().bytes())
    expect(shown.length).toBeLessThanOrEqual(500)
    expect(shown.endsWith('…')).toBe(true)
  })

  test('the first calls of a function are shown, the others counted', () => {
    const writer = pickle(4).import('m', 'f').memoize()
    for (let call = 0; call < 50; call++) {
      writer.pop().binGet(0).binInt1(call).tuple1().reduce()
    }
    const calls = scan(writer.stop().bytes()).facts.filter((fact) => fact.kind === 'call')
    expect(calls).toHaveLength(17)
    expect(calls.at(-1)).toMatchObject({ name: 'm.f', count: 34 })
  })

  test('the result of an unknown function is called by that name', () => {
    const writer = pickle(4).import('m', 'make').emptyTuple().reduce().text('x').tuple1().reduce()
    expect(scan(writer.stop().bytes()).names('call')).toEqual(['m.make', 'result-of.m.make'])
  })

  test('calling a text is an anomaly', () => {
    const { names } = scan(pickle(4).text('posix.system').emptyTuple().reduce().stop().bytes())
    expect(names('structure')).toEqual(['pickle.not-callable'])
    expect(names('call')).toEqual([])
  })

  test('BUILD on a module is a change of that module', () => {
    const writer = pickle(4).import('numpy', '__builtins__')
    writer.emptyDict().text('eval').none().setItem().build()
    expect(scan(writer.stop().bytes()).fact('build', 'numpy.__builtins__')?.evidence).toBe(
      "numpy.__builtins__.__setstate__({'eval': None})",
    )
  })

  test('SETITEM on an import is a change of it', () => {
    const writer = pickle(4).import('sys', 'modules').text('os').none().setItem()
    expect(scan(writer.stop().bytes()).names('build')).toEqual(['sys.modules'])
  })

  test('BUILD on an ordinary object is not', () => {
    const writer = pickle(4).import('m', 'C').emptyTuple().newObj().emptyDict().build()
    expect(scan(writer.stop().bytes()).names('build')).toEqual([])
  })
})

describe('names that a pickle reaches through other functions', () => {
  const module = (writer: PickleWriter, name: string): PickleWriter =>
    writer.import('importlib', 'import_module').text(name).tuple1().reduce()

  const resolved = (writer: PickleWriter): (string | undefined)[] =>
    scan(writer.stop().bytes())
      .facts.filter((fact) => fact.kind === 'call')
      .map((fact) => fact.name)

  test('getattr with a written name is followed', () => {
    const writer = pickle(4).import('builtins', 'getattr')
    module(writer, 'os').text('system').tuple2().reduce().text('echo').tuple1().reduce()
    const { facts, names } = scan(writer.stop().bytes())
    expect(names('call').at(-1)).toBe('os.system')
    expect(facts).toContainEqual(
      expect.objectContaining({
        kind: 'import',
        name: 'os.system',
        detail: expect.objectContaining({ resolved: true }),
      }),
    )
  })

  test('getattr with a computed name is an anomaly', () => {
    const writer = pickle(4).import('builtins', 'getattr').import('os', 'path')
    writer.import('builtins', 'str').emptyTuple().reduce().tuple2().reduce()
    expect(scan(writer.stop().bytes()).names('structure')).toContain('pickle.unresolved-attribute')
  })

  test('pkgutil.resolve_name is followed', () => {
    const writer = pickle(4).import('pkgutil', 'resolve_name').text('os:system').tuple1().reduce()
    expect(resolved(writer.text('echo').tuple1().reduce())).toContain('os.system')
  })

  test('numpy makes a function of a module and a name', () => {
    const writer = pickle(4).import('numpy.core', '_ufunc_reconstruct').text('os').text('system')
    writer.tuple2().reduce().text('echo').tuple1().reduce()
    expect(resolved(writer)).toContain('os.system')
  })

  test('functools.partial is followed when it is called', () => {
    const writer = pickle(4).import('functools', 'partial').import('os', 'system').text('echo')
    const { facts } = scan(writer.tuple2().reduce().emptyTuple().reduce().stop().bytes())
    expect(facts.at(-1)).toMatchObject({ name: 'os.system', evidence: "os.system('echo')" })
  })

  test('operator.attrgetter is followed when it is called', () => {
    const writer = pickle(4).import('operator', 'attrgetter').text('system').tuple1().reduce()
    module(writer, 'os').tuple1().reduce().text('echo').tuple1().reduce()
    expect(resolved(writer)).toContain('os.system')
  })

  test('operator.methodcaller calls the method', () => {
    const writer = pickle(4).import('operator', 'methodcaller').text('system').text('echo').tuple2()
    module(writer.reduce(), 'os').tuple1().reduce()
    const call = scan(writer.stop().bytes())
      .facts.filter((fact) => fact.kind === 'call')
      .at(-1)
    expect(call).toMatchObject({ name: 'os.system', evidence: "os.system('echo')" })
  })

  test('map calls what it is given', () => {
    const writer = pickle(4).import('builtins', 'map').import('os', 'system')
    writer.emptyList().text('echo').append().tuple2().reduce()
    expect(resolved(writer)).toContain('os.system')
  })

  test.each([
    ['sys.modules', 'sys', 'modules', 'os', 'os'],
    ['a namespace of a module', 'builtins', '__dict__', 'eval', 'builtins.eval'],
    ['builtins of a function', 'os', 'path.join.__builtins__', 'eval', 'builtins.eval'],
  ])('an item of %s is followed', (_, owner, attribute, key, expected) => {
    const writer = pickle(4).import('operator', 'getitem').import(owner, attribute).text(key)
    expect(scan(writer.tuple2().reduce().stop().bytes()).names('import')).toContain(expected)
  })

  test('a chain of attributes is one dotted name', () => {
    const writer = pickle(4).import('builtins', 'getattr')
    writer.import('builtins', 'getattr').import('m', 'f').text('__globals__').tuple2().reduce()
    writer.text('get').tuple2().reduce()
    expect(scan(writer.stop().bytes()).names('import')).toContain('m.f.__globals__.get')
  })

  test('partials of partials end somewhere', () => {
    const writer = pickle(4).import('functools', 'partial').memoize().import('os', 'system')
    for (let depth = 0; depth < 2000; depth++) {
      writer.memoize().pop().binGet(0)
      writer
        .longBinGet(depth + 1)
        .tuple1()
        .reduce()
    }
    const { outcome } = scan(writer.emptyTuple().reduce().stop().bytes())
    expect(outcome.status).toBe('complete')
  })
})
