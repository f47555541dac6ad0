import { describe, expect, test } from 'vitest'
import { callPickle, type PickleWriter, pickle } from '../../../fixtures/pickle-writer'
import { scan } from './recording-context'

interface ArrayShape {
  dtype?: string
  count?: number
  alignment?: number | null
}

/** What NumpyPickler of joblib writes before the elements of an array. */
function wrapper(writer: PickleWriter, { dtype = 'f8', count = 4, alignment = 16 }: ArrayShape) {
  writer.import('joblib.numpy_pickle', 'NumpyArrayWrapper').emptyTuple().newObj()
  writer.emptyDict().mark().text('shape').binInt1(count).tuple1().text('order').text('C')
  writer.text('dtype').import('numpy', 'dtype').text(dtype).newFalse().newTrue().tuple3().reduce()
  if (alignment !== null) writer.text('numpy_array_alignment_bytes').binInt1(alignment)
  return writer.setItems().build()
}

describe('joblib files', () => {
  test('array bytes behind a padding are skipped and the rest is walked', () => {
    const writer = wrapper(pickle(4), {}).raw(3, 255, 255, 255, Buffer.alloc(32, 0xff))
    writer.import('collections', 'OrderedDict').emptyTuple().reduce().tuple2()
    const { outcome, format, names } = scan(writer.stop().bytes())
    expect(outcome).toEqual({ status: 'complete', reason: null })
    expect(format).toBe('joblib')
    expect(names('call')).toContain('collections.OrderedDict')
    expect(names('structure')).toEqual([])
  })

  test('files of joblib before 1.2 have no padding', () => {
    const writer = wrapper(pickle(4), { alignment: null }).raw(Buffer.alloc(32, 0xff))
    expect(scan(writer.stop().bytes()).outcome.status).toBe('complete')
  })

  test('text arrays have four bytes for a character', () => {
    const writer = wrapper(pickle(4), { dtype: 'U3', count: 2, alignment: null })
    expect(scan(writer.raw(Buffer.alloc(24, 0xff)).stop().bytes()).outcome.status).toBe('complete')
  })

  test('an array of objects is a pickle of its own', () => {
    const writer = wrapper(pickle(4), { dtype: 'O8' }).raw(callPickle('posix', 'system')).stop()
    const { outcome, names } = scan(writer.bytes())
    expect(outcome.status).toBe('complete')
    expect(names('call')).toContain('posix.system')
  })

  test('an array longer than the file is truncated', () => {
    const { outcome, names } = scan(wrapper(pickle(4), { count: 255 }).raw(0).stop().bytes())
    expect(outcome.status).toBe('inconclusive')
    expect(names('structure')).toContain('pickle.truncated')
  })

  test('opcodes that only pickle.load would run, in the place of elements, are found', () => {
    const hidden = pickle().raw(callPickle('posix', 'system').subarray(2)).bytes()
    const elements = Buffer.concat([hidden, Buffer.alloc(64 - hidden.length)])
    const writer = wrapper(pickle(4), { count: 8, alignment: null }).raw(elements)
    const { names } = scan(writer.stop().bytes())
    expect(names('structure')).toContain('pickle.opcodes-in-array')
    expect(names('call')).toContain('posix.system')
  })
})

/** A file as torch.save wrote it before 1.6, with one storage of four floats. */
function legacyFile(
  options: { count?: number; tail?: string; object?: PickleWriter } = {},
): Buffer {
  const magic = pickle(2).long1(0x1950a86a20f9469cfc6cn).stop().bytes()
  const protocol = pickle(2).binInt2(1001).stop().bytes()
  const system = pickle(2)
    .emptyDict()
    .binUnicode('little_endian')
    .newTrue()
    .setItem()
    .stop()
    .bytes()
  const object = options.object ?? pickle(2)
  object.global('torch._utils', '_rebuild_tensor_v2').mark()
  object.mark().binUnicode('storage').global('torch', 'FloatStorage').binUnicode('94')
  object.binUnicode('cpu').binInt1(4).none().tuple().binPersId()
  object.binInt1(0).binInt1(4).tuple1().binInt1(1).tuple1().newFalse().tuple().reduce().stop()
  const keys = pickle(2).emptyList().mark().binUnicode('94').appends().stop().bytes()
  const count = Buffer.alloc(8)
  count.writeBigInt64LE(BigInt(options.count ?? 4))
  const elements = Buffer.alloc(16, 0x3f)
  const tail = Buffer.from(options.tail ?? '')
  return Buffer.concat([magic, protocol, system, object.bytes(), keys, count, elements, tail])
}

describe('PyTorch files before 1.6', () => {
  test('storages are skipped by their size up to the end of the file', () => {
    const { outcome, format, facts } = scan(legacyFile())
    expect(outcome).toEqual({ status: 'complete', reason: null })
    expect(format).toBe('pytorch-legacy')
    expect(facts.filter((fact) => fact.kind === 'structure')).toEqual([])
    expect(facts).toContainEqual(expect.objectContaining({ kind: 'framework', name: 'pytorch' }))
  })

  test('a call in the objects is found', () => {
    const object = pickle(2).global('posix', 'system').binUnicode('echo').tuple1().reduce().pop()
    expect(scan(legacyFile({ object })).names('call')).toContain('posix.system')
  })

  test('a storage that is not as long as its tensor says is inconclusive', () => {
    const { outcome, names } = scan(legacyFile({ count: 5 }))
    expect(names('structure')).toEqual(['pytorch-legacy.storage-mismatch'])
    expect(outcome.status).toBe('inconclusive')
  })

  test('bytes behind the last storage are inconclusive', () => {
    const { outcome, names } = scan(legacyFile({ tail: 'PK' }))
    expect(names('structure')).toEqual(['pickle.trailing-data'])
    expect(outcome.status).toBe('inconclusive')
  })

  test('a magic number that is computed does not hide what follows', () => {
    const evaluated = pickle(2).global('builtins', 'eval').binUnicode('1').tuple1().reduce().stop()
    const file = legacyFile()
    const rest = file.subarray(file.indexOf(0x2e) + 1)
    expect(scan(Buffer.concat([evaluated.bytes(), rest])).names('call')).toContain('builtins.eval')
  })
})
