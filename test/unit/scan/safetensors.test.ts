import { describe, expect, test } from 'vitest'
import { callPickle } from '../../fixtures/pickle-writer'
import { writeSafetensors } from '../../fixtures/safetensors-writer'
import { scanBytes } from '../../fixtures/scan-bytes'

const two = [
  { name: 'a', dtype: 'F32', shape: [2, 2] },
  { name: 'b', dtype: 'BF16', shape: [8] },
]
const table = (a: string, b = '') => `{"a":${a}${b === '' ? '' : `,"b":${b}`}}`
const f32 = (start: number, end: number) =>
  `{"dtype":"F32","shape":[${(end - start) / 4}],"data_offsets":[${start},${end}]}`

describe('a safetensors file', () => {
  test('that is well formed is complete and clean', () => {
    const scan = scanBytes(writeSafetensors(two, { metadata: { format: 'pt' } }))
    expect(scan).toMatchObject({ format: 'safetensors', status: 'complete', verdict: 'clean' })
    expect(scan.names('tensor')).toEqual(['a', 'b'])
    expect(scan.facts).toContainEqual(
      expect.objectContaining({ kind: 'framework', name: 'pytorch' }),
    )
  })

  test.each([
    ['without tensors', []],
    ['with an empty tensor', [{ name: 'e', dtype: 'F32', shape: [0, 7] }]],
    ['with a scalar', [{ name: 's', dtype: 'I64', shape: [] }]],
  ])('%s is complete and clean', (_, tensors) => {
    expect(scanBytes(writeSafetensors(tensors))).toMatchObject({
      status: 'complete',
      verdict: 'clean',
    })
  })

  test('may pad its header with spaces', () => {
    const header = `${table(f32(0, 8))}     `
    expect(scanBytes(writeSafetensors([], { header, dataBytes: 8 })).verdict).toBe('clean')
  })

  test.each([
    ['safetensors.header-too-long', { headerBytes: 2 ** 40 }],
    ['safetensors.truncated', { headerBytes: 5000 }],
    ['safetensors.bad-header', { header: '{"a":' }],
    ['safetensors.bad-header', { header: `{"a":${'['.repeat(200)}` }],
    [
      'safetensors.duplicate-key',
      { header: table(f32(0, 8)).replace('}}', `},"a":${f32(8, 16)}}`), dataBytes: 16 },
    ],
    [
      'safetensors.duplicate-key',
      {
        header: '{"a":{"dtype":"F32","dtype":"U8","shape":[2],"data_offsets":[0,8]}}',
        dataBytes: 8,
      },
    ],
    ['safetensors.bad-tensor', { header: '{"a":{"dtype":"F32","shape":[2]}}', dataBytes: 8 }],
    ['safetensors.bad-tensor', { header: '{"a":1}' }],
    [
      'safetensors.bad-tensor',
      { header: table('{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}'), dataBytes: 8 },
    ],
    [
      'safetensors.bad-tensor',
      { header: table('{"dtype":"F32","shape":[2],"data_offsets":[8,0]}'), dataBytes: 8 },
    ],
    ['safetensors.bad-metadata', { header: '{"__metadata__":{"a":{"b":1}}}' }],
    [
      'safetensors.size-mismatch',
      { header: table('{"dtype":"F32","shape":[3],"data_offsets":[0,8]}'), dataBytes: 8 },
    ],
    ['safetensors.out-of-file', { header: table(f32(0, 800)), dataBytes: 8 }],
    ['safetensors.overlap', { header: table(f32(0, 8), f32(4, 12)), dataBytes: 12 }],
    ['safetensors.hole', { header: table(f32(0, 8), f32(12, 20)), dataBytes: 20 }],
    ['safetensors.trailing-data', { header: table(f32(0, 8)), dataBytes: 20 }],
    [
      'safetensors.unknown-dtype',
      { header: table('{"dtype":"Q9","shape":[2],"data_offsets":[0,8]}'), dataBytes: 8 },
    ],
    ['safetensors.header-padding', { header: `${table(f32(0, 8))} and more`, dataBytes: 8 }],
  ])('that is broken is reported as %s and never clean', (fact, options) => {
    const scan = scanBytes(writeSafetensors([], options))
    expect(scan.names('structure')).toContain(fact)
    expect(['suspicious', 'malicious']).toContain(scan.verdict)
  })

  test('followed by a payload gives it away', () => {
    const scan = scanBytes(writeSafetensors(two, { suffix: callPickle('os', 'system') }))
    expect(scan.verdict).toBe('malicious')
  })
})
