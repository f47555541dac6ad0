import { describe, expect, test } from 'vitest'
import { writeNpy } from '../../fixtures/npy-writer'
import { callPickle, pickle } from '../../fixtures/pickle-writer'
import { scanBytes } from '../../fixtures/scan-bytes'
import { writeZip } from '../../fixtures/zip-writer'

const payload = callPickle('os', 'system')

describe('a NumPy array', () => {
  test.each([
    ['of numbers', "'<f8'", '(2, 3)', 48, {}],
    ['without dimensions', "'<i4'", '()', 4, {}],
    ['of one dimension', "'|u1'", '(5,)', 5, {}],
    ['of texts', "'<U3'", '(2,)', 24, {}],
    ['of dates', "'<M8[ns]'", '(2,)', 16, {}],
    ['of records', "[('x', '<f4'), ('y', '|S3', (2,))]", '(3,)', 30, {}],
    ['of nested records', "[('p', [('x', '<f4'), ('y', '<f4')])]", '(3,)', 24, {}],
    ['of version 2', "'<f8'", '(1,)', 8, { version: 2 }],
    ['of version 3', "'<f8'", '(1,)', 8, { version: 3 }],
    ['without elements', "'<f8'", '(0, 9)', 0, {}],
  ])('%s is complete and clean', (_, descr, shape, bytes, options) => {
    const scan = scanBytes(writeNpy(descr, shape, Buffer.alloc(bytes), options))
    expect(scan).toMatchObject({ format: 'npy', status: 'complete', verdict: 'clean' })
    expect(scan.facts.find((fact) => fact.kind === 'tensor')?.detail?.bytes).toBe(bytes)
  })

  test.each([
    ['of objects', "'|O'"],
    ['of records with objects', "[('a', '<f4'), ('b', 'O')]"],
  ])('%s is a pickle, which is read', (_, descr) => {
    const scan = scanBytes(writeNpy(descr, '(1,)', payload))
    expect(scan.names('structure')).toContain('npy.object-array')
    expect(scan.verdict).toBe('malicious')
  })

  test('of objects that are plain numbers is clean', () => {
    const scan = scanBytes(writeNpy("'|O'", '(1,)', pickle(4).value([1, 2]).stop().bytes()))
    expect(scan).toMatchObject({ status: 'complete', verdict: 'clean' })
  })

  test.each([
    ['npy.header-code', '__import__("os").system("echo harmless")'],
    ['npy.header-code', "{'descr': '<f8', 'fortran_order': False, 'shape': (print(1),)}"],
    ['npy.header-not-literal', "{'descr': '<f8', 'shape': (1,)}"],
    ['npy.header-not-literal', "{'descr': '<f8', 'fortran_order': 0, 'shape': (1,)}"],
    ['npy.header-not-literal', "{'descr': '<f8', 'fortran_order': False, 'shape': (1,), 'x': 1}"],
    ['npy.header-not-literal', "{'descr': '<f8', 'fortran_order': False, 'shape': (1,)} + {}"],
    ['npy.header-not-literal', "{'descr': '<\\x66"],
    ['npy.header-not-literal', '['.repeat(5000)],
    ['npy.bad-dtype', "{'descr': '<f8', 'fortran_order': False, 'shape': (-1,)}"],
    ['npy.bad-dtype', "{'descr': 'evil', 'fortran_order': False, 'shape': (1,)}"],
  ])('with a header that NumPy would not write is %s', (fact, header) => {
    const scan = scanBytes(writeNpy('', '', Buffer.alloc(8), { header }))
    expect(scan.names('structure')).toContain(fact)
    expect(scan.status).toBe('inconclusive')
    expect(['suspicious', 'malicious']).toContain(scan.verdict)
  })

  test.each([
    ['shorter than its shape', '(1000000000000, 1000000000000)', 8],
    ['cut by a byte', '(2,)', 15],
  ])('%s is truncated', (_, shape, bytes) => {
    const scan = scanBytes(writeNpy("'<f8'", shape, Buffer.alloc(bytes)))
    expect(scan.names('structure')).toContain('npy.truncated')
    expect(scan.status).toBe('inconclusive')
  })

  test('whose header is longer than the file is inconclusive', () => {
    const scan = scanBytes(writeNpy("'<f8'", '(1,)', Buffer.alloc(8), { headerBytes: 60_000 }))
    expect(scan.status).toBe('inconclusive')
  })

  test('followed by a payload gives it away', () => {
    const scan = scanBytes(Buffer.concat([writeNpy("'<f8'", '(1,)', Buffer.alloc(8)), payload]))
    expect(scan.names('structure')).toContain('npy.trailing-data')
    expect(scan.verdict).toBe('malicious')
  })

  test('followed by further arrays is what numpy.save makes: all are read', () => {
    const one = writeNpy("'<f8'", '(1,)', Buffer.alloc(8))
    const scan = scanBytes(Buffer.concat([...Array.from({ length: 50 }, () => one)]))
    expect(scan).toMatchObject({ status: 'complete', verdict: 'clean' })
    const last = scanBytes(Buffer.concat([one, one, writeNpy("'|O'", '(1,)', payload)]))
    expect(last.verdict).toBe('malicious')
  })

  test('in an archive with others makes it npz', () => {
    const data = writeNpy("'<f8'", '(1,)', Buffer.alloc(8))
    const scan = scanBytes(
      writeZip([
        { name: 'a.npy', data },
        { name: 'b.npy', data, method: 8 },
      ]),
    )
    expect(scan).toMatchObject({ format: 'npz', status: 'complete', verdict: 'clean' })
  })

  test('of zeros may be compressed beyond the ratio: it is no bomb', () => {
    const data = writeNpy("'<f8'", '(500000,)', Buffer.alloc(4_000_000))
    const scan = scanBytes(writeZip([{ name: 'a.npy', data, method: 8 }]))
    expect(scan).toMatchObject({ status: 'complete', verdict: 'clean' })
  })
})
