import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ByteSource } from '../../../electron/core/scan/child/byte-source'
import { parseGguf } from '../../../electron/core/scan/child/tensor/gguf'
import { type GgufEntry, type GgufShape, gguf, rawArray } from '../../fixtures/gguf-writer'
import { createRecording, parseBytes } from '../../fixtures/parse-recorder'

const architecture: GgufEntry = { key: 'general.architecture', type: 'string', value: 'llama' }
const small: GgufShape = {
  metadata: [
    architecture,
    { key: 'general.file_type', type: 'uint32', value: 0 },
    { key: 'llama.rope.freq_base', type: 'float32', value: 0.5 },
    { key: 'tokenizer.ggml.add_bos_token', type: 'bool', value: 1 },
    { key: 'tokenizer.ggml.tokens', type: 'strings', value: ['<s>', '</s>', 'a'] },
  ],
  tensors: [
    { name: 'token_embd.weight', shape: [4, 3], bytes: 48 },
    { name: 'output.weight', shape: [32, 2], type: 8, bytes: 68 },
  ],
}
const parse = (shape: GgufShape) => parseBytes(parseGguf, gguf(shape))
const withEntry = (...metadata: GgufEntry[]) => parse({ ...small, metadata })

describe('good files', () => {
  for (const version of [1, 2, 3] as const)
    for (const bigEndian of [false, true])
      test(`version ${version}, ${bigEndian ? 'big' : 'little'} endian, is read to its end`, () => {
        const { outcome, names, facts } = parse({ ...small, version, bigEndian })
        expect(outcome).toEqual({ status: 'complete', reason: null })
        expect(names('structure')).toEqual([])
        expect(names('tensor')).toEqual(['token_embd.weight', 'output.weight'])
        const values = facts.filter(({ kind }) => kind === 'metadata').map((f) => f.detail?.value)
        expect(values).toEqual(['llama', 0, 0.5, true, 'string[3]'])
      })

  test('a file with a vocabulary and no tensors is complete', () => {
    expect(parse({ metadata: small.metadata ?? [] }).outcome.status).toBe('complete')
  })

  test('the framework is named with its architecture as evidence', () => {
    const framework = parse(small).facts.find(({ kind }) => kind === 'framework')
    expect(framework).toMatchObject({ name: 'llama.cpp' })
    expect(framework?.evidence).toContain('llama')
  })

  test('another alignment moves the tensors', () => {
    const alignment: GgufEntry = { key: 'general.alignment', type: 'uint32', value: 64 }
    const shape = { ...small, metadata: [alignment], alignment: 64 }
    expect(parse(shape).outcome.status).toBe('complete')
  })

  test('weights and vocabularies are stepped over in few reads', () => {
    const tokens = Array.from({ length: 20_000 }, (_, i) => `token ${i}`)
    const head = gguf({
      metadata: [{ key: 'tokenizer.ggml.tokens', type: 'strings', value: tokens }],
      tensors: [{ name: 'w', shape: [0], bytes: 0 }],
    })
    // The table says 1 GiB of F32, and the source is that long without holding it.
    head.writeBigUInt64LE(BigInt(2 ** 28), head.lastIndexOf('w') + 5)
    let reads = 0
    const source: ByteSource = {
      size: head.length + 2 ** 30,
      readInto(target, offset) {
        reads++
        target.fill(0)
        target.set(head.subarray(offset, offset + target.length))
        return target.length
      },
    }
    expect(parseGguf(source, createRecording()).status).toBe('complete')
    expect(reads).toBeLessThan(20)
  })
})

describe('chat templates', () => {
  const hostile = "{{ cycler.__init__.__globals__.os.popen('echo') }}"

  for (const key of ['tokenizer.chat_template', 'tokenizer.chat_template.tool_use'])
    test(`${key} is read as code`, () => {
      const { names, facts } = withEntry({ key, type: 'string', value: hostile })
      expect(names('template')).toContain('call.popen')
      expect(facts.find(({ name }) => name === 'call.popen')?.detail?.template).toBe(key)
    })

  test('templates in an array are read as code', () => {
    const key = 'tokenizer.chat_templates'
    const { names } = withEntry({ key, type: 'strings', value: ['default', hostile] })
    expect(names('template')).toContain('attribute.__globals__')
  })

  test('the offset of a fact is that of the template in the file', () => {
    const bytes = gguf({
      metadata: [{ key: 'tokenizer.chat_template', type: 'string', value: hostile }],
    })
    const { facts } = parseBytes(parseGguf, bytes)
    const offset = facts.find(({ kind }) => kind === 'template')?.location.offset ?? 0
    expect(bytes.subarray(offset, offset + 6).toString()).toBe('cycler')
  })

  test('a template that is too large is named, and the rest of the file is read', () => {
    const value = `${'x'.repeat(1_100_000)}`
    const { names, outcome } = withEntry({ key: 'tokenizer.chat_template', type: 'string', value })
    expect(names('template')).toContain('too-large')
    expect(names('tensor')).toHaveLength(2)
    expect(outcome.status).toBe('complete')
  })
})

describe('broken files', () => {
  const raw = (value: Buffer): GgufEntry => ({ key: 'x', type: 'raw', value })
  const string = (length: bigint) => {
    const value = Buffer.alloc(12)
    value.writeUInt32LE(8)
    value.writeBigUInt64LE(length, 4)
    return value
  }
  const tensor = { name: 'a', shape: [8], bytes: 32 }
  const nested = () => {
    let value = rawArray(0, 1n, Buffer.from([1]))
    for (let i = 0; i < 20; i++) value = rawArray(9, 1n, value.subarray(4))
    return value
  }
  const cases: [title: string, fact: string, shape: GgufShape][] = [
    ['2^60 metadata keys', 'gguf.metadata-count', { counts: { metadata: 1n << 60n } }],
    ['2^60 tensors', 'gguf.tensor-count', { counts: { tensors: 1n << 60n } }],
    ['2^64 - 1 tensors', 'gguf.tensor-count', { counts: { tensors: (1n << 64n) - 1n } }],
    [
      'a string of 2^64 - 1 bytes',
      'gguf.string-length',
      { metadata: [raw(string((1n << 64n) - 1n))] },
    ],
    ['an array of 2^60 bytes', 'gguf.array-length', { metadata: [raw(rawArray(0, 1n << 60n))] }],
    ['an array of 2^60 strings', 'gguf.array-length', { metadata: [raw(rawArray(8, 1n << 60n))] }],
    ['an array of an unknown type', 'gguf.value-type', { metadata: [raw(rawArray(13, 1n))] }],
    [
      'a value of an unknown type',
      'gguf.value-type',
      { metadata: [raw(Buffer.from([99, 0, 0, 0]))] },
    ],
    ['arrays 20 levels deep', 'gguf.array-depth', { metadata: [raw(nested())] }],
    ['a key twice', 'gguf.duplicate-key', { metadata: [architecture, architecture] }],
    ['an empty key', 'gguf.key', { metadata: [{ key: '', type: 'uint32', value: 1 }] }],
    [
      'a key of 70 000 bytes',
      'gguf.key',
      { metadata: [{ key: 'k'.repeat(70_000), type: 'uint32', value: 1 }] },
    ],
    [
      'an alignment of 0',
      'gguf.alignment',
      { metadata: [{ key: 'general.alignment', type: 'uint32', value: 0 }] },
    ],
    [
      'an alignment of 48',
      'gguf.alignment',
      { metadata: [{ key: 'general.alignment', type: 'uint32', value: 48 }] },
    ],
    [
      'an alignment of another type',
      'gguf.alignment',
      { metadata: [{ key: 'general.alignment', type: 'uint64', value: 32 }] },
    ],
    ['two tensors of one name', 'gguf.duplicate-tensor', { tensors: [tensor, tensor] }],
    [
      '9 dimensions',
      'gguf.tensor-dimensions',
      { tensors: [{ ...tensor, shape: Array(9).fill(1) }] },
    ],
    [
      'a tensor name of 2000 bytes',
      'gguf.tensor-name',
      { tensors: [{ ...tensor, name: 'n'.repeat(2000) }] },
    ],
    [
      'a tensor that is not aligned',
      'gguf.tensor-alignment',
      { tensors: [{ ...tensor, offset: 8 }] },
    ],
    [
      'a tensor longer than the file',
      'gguf.tensor-outside',
      { tensors: [{ ...tensor, shape: [800] }] },
    ],
    [
      'a tensor of 2^96 elements',
      'gguf.tensor-outside',
      { tensors: [{ ...tensor, shape: [2 ** 48, 2 ** 48] }] },
    ],
    [
      'tensors that overlap',
      'gguf.tensor-overlap',
      {
        tensors: [
          { ...tensor, shape: [16], bytes: 64 },
          { ...tensor, name: 'b', offset: 32 },
        ],
      },
    ],
    ['rows of half blocks', 'gguf.tensor-shape', { tensors: [{ ...tensor, type: 8, shape: [8] }] }],
    [
      'a tensor of an unknown type',
      'gguf.unknown-tensor-type',
      { tensors: [{ ...tensor, type: 999 }] },
    ],
    [
      'a gap between tensors',
      'gguf.gap',
      { tensors: [tensor, { ...tensor, name: 'b', offset: 128 }] },
    ],
    [
      'bytes behind the tensors',
      'gguf.trailing-data',
      { tensors: [tensor], trailing: Buffer.from('more') },
    ],
  ]
  for (const [title, fact, shape] of cases)
    test(`${title}: ${fact}`, () => {
      const { names, outcome } = parse(shape)
      expect(names('structure')).toContain(fact)
      expect(outcome.status).not.toBe('complete')
    })

  test('another version is named', () => {
    const bytes = gguf(small)
    bytes.writeUInt32LE(7, 4)
    expect(parseBytes(parseGguf, bytes).names('structure')).toEqual(['gguf.version'])
  })

  test('bytes behind the tensors are scanned by content', () => {
    const { members } = parse({ ...small, trailing: Buffer.from('PK\x03\x04 and so on') })
    expect(members.map(({ bytes }) => bytes.toString('latin1', 0, 4))).toEqual(['PK\x03\x04'])
  })
})

describe('laws', () => {
  const bytes = gguf({
    ...small,
    metadata: [
      ...(small.metadata ?? []),
      {
        key: 'tokenizer.chat_template',
        type: 'string',
        value: '{% for m in messages %}{{ m.content }}{% endfor %}',
      },
    ],
  })

  test('a file that is cut anywhere is never complete', () => {
    // The last 28 bytes are padding, which some writers leave out.
    for (let length = 0; length < bytes.length - 28; length++)
      expect(parseBytes(parseGguf, bytes.subarray(0, length)).outcome.status, `${length}`).not.toBe(
        'complete',
      )
  })

  test('mutated bytes only ever throw what a parser may throw', () => {
    const mutation = fc.array(
      fc.record({
        at: fc.nat(bytes.length - 1),
        value: fc.constantFrom(0, 1, 7, 9, 0x7f, 0x80, 0xff),
      }),
      { minLength: 1, maxLength: 8 },
    )
    fc.assert(
      fc.property(mutation, (changes) => {
        const mutated = Buffer.from(bytes)
        for (const { at, value } of changes) mutated[at] = value
        parseBytes(parseGguf, mutated)
      }),
      { numRuns: 2000 },
    )
  })

  test('any bytes behind the magic only ever throw what a parser may throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (rest) => {
        parseBytes(parseGguf, Buffer.concat([bytes.subarray(0, 8), rest]))
      }),
    )
  })
})
