import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRandom, mutate } from '../../../fixtures/mutate'
import {
  attribute,
  type OnnxFunction,
  type OnnxModel,
  type OnnxTensor,
  onnx,
} from '../../../fixtures/onnx-writer'
import { callPickle } from '../../../fixtures/pickle-writer'
import { bytes, integer, lying, message, tag } from '../../../fixtures/protobuf-writer'
import { scanBytes } from '../../../fixtures/scan-bytes'
import { writeZip } from '../../../fixtures/zip-writer'

const scan = (model: OnnxModel) => scanBytes(onnx(model), { name: 'model.onnx' })
const rulesOf = (model: OnnxModel) => scan(model).findings.map(({ ruleId }) => ruleId)
const outside = (location: string): OnnxTensor => ({ external: [['location', location]] })

describe('an ONNX model', () => {
  test('of standard operators is complete and clean', () => {
    const result = scan({ initializers: [{ name: 'weight', dims: [2, 3], raw: Buffer.alloc(24) }] })
    expect(result).toMatchObject({ format: 'onnx', status: 'complete', verdict: 'clean' })
    expect(result.findings).toEqual([])
    expect(result.facts).toContainEqual(
      expect.objectContaining({
        kind: 'tensor',
        name: 'weight',
        detail: { dtype: 'float32', shape: '[2, 3]', bytes: 24 },
      }),
    )
  })

  test('shows its inputs, operators, operator sets and properties', () => {
    const { facts } = scan({
      nodes: [
        { operator: 'Relu' },
        { operator: 'Relu' },
        { operator: 'Tree', domain: 'ai.onnx.ml' },
      ],
      metadata: { author: 'somebody' },
    })
    const values = Object.fromEntries(
      facts
        .filter(({ kind }) => kind === 'metadata')
        .map((fact) => [fact.name, fact.detail?.value]),
    )
    expect(values).toMatchObject({
      ir_version: 8,
      'input.x': 'float32 [batch, 3]',
      'op.Relu': 2,
      'op.ai.onnx.ml.Tree': 1,
      'opset.ai.onnx': 17,
      'property.author': 'somebody',
      'count.nodes': 3,
    })
  })

  test('is known by its content, whatever its name and further fields', () => {
    const strange = onnx({ extra: bytes(77, 'a field of the future') })
    expect(scanBytes(strange, { name: 'weights.dat' })).toMatchObject({
      format: 'onnx',
      status: 'complete',
      verdict: 'clean',
    })
  })

  test('is known by its operator set when its graph has further fields too', () => {
    const strange = message(
      bytes(7, bytes(77, 'a field of the future')),
      bytes(8, integer(2, 30)),
      bytes(77, 'another'),
    )
    expect(scanBytes(strange, { name: 'weights.dat' }).format).toBe('onnx')
  })

  test('that is named so and has no graph is not called clean', () => {
    const scan = scanBytes(message(integer(1, 8), bytes(2, 'test')), { name: 'model.onnx' })
    expect(scan).toMatchObject({ format: 'onnx', status: 'inconclusive', verdict: 'unknown' })
  })
})

describe('external data of a tensor', () => {
  test.each([
    ['../../etc/passwd', 'traversal'],
    ['a/../../b', 'traversal'],
    ['..\\..\\windows\\win.ini', 'traversal'],
    ['.. \\.. \\win.ini', 'traversal'],
    ['/etc/passwd', 'absolute'],
    ['C:\\Windows\\win.ini', 'drive'],
    ['\\\\server\\share\\w', 'network-share'],
    ['//server/share/w', 'network-share'],
    ['https://example.invalid/w', 'url'],
    ['file:///etc/passwd', 'url'],
    ['~/.ssh/id_rsa', 'home'],
    ['weights.bin\0.txt', 'null-byte'],
  ])('at %j is malicious (%s)', (location, problem) => {
    const result = scan({ initializers: [outside(location)] })
    expect(result.names('structure')).toEqual([`onnx.external-path.${problem}`])
    expect(result.verdict).toBe('malicious')
  })

  test.each(['weights.bin', 'data/weights-1.bin', './w', 'model..onnx.data', '%2e%2e/x'])(
    'at %j beside the model is only mentioned',
    (location) => {
      const result = scan({ initializers: [outside(location)] })
      expect(result).toMatchObject({ status: 'complete', verdict: 'clean' })
      expect(result.findings.map(({ ruleId }) => ruleId)).toEqual(['onnx.external-file'])
    },
  )

  test('says how long its file has to be', () => {
    const at = (offset: number): OnnxTensor => ({
      name: `w${offset}`,
      dims: [4],
      external: [
        ['location', 'w.bin'],
        ['offset', String(offset)],
        ['length', '16'],
      ],
    })
    const { facts } = scan({ initializers: [at(4096), at(0)] })
    expect(facts).toContainEqual(
      expect.objectContaining({
        name: 'onnx.external-file',
        detail: { path: 'w.bin', bytes: 4112, tensors: 2 },
      }),
    )
  })

  const bad = outside('../secret')
  const value = attribute.tensor('value', bad)
  test.each<[string, OnnxModel]>([
    ['an attribute', { nodes: [{ operator: 'Constant', attributes: [value] }] }],
    [
      'a list of an attribute',
      { nodes: [{ operator: 'X', attributes: [attribute.tensors('v', bad)] }] },
    ],
    [
      'a sparse attribute',
      { nodes: [{ operator: 'X', attributes: [attribute.sparse('v', bad)] }] },
    ],
    ['a sparse initializer', { sparse: [bad] }],
    [
      'a graph in a node',
      {
        nodes: [{ operator: 'If', attributes: [attribute.graph('then', { initializers: [bad] })] }],
      },
    ],
    [
      'a graph in a graph in a list',
      {
        nodes: [
          {
            operator: 'If',
            attributes: [
              attribute.graphs('then', {
                nodes: [
                  { operator: 'Loop', attributes: [attribute.graph('body', { sparse: [bad] })] },
                ],
              }),
            ],
          },
        ],
      },
    ],
    [
      'a function',
      { functions: [{ name: 'f', nodes: [{ operator: 'Constant', attributes: [value] }] }] },
    ],
    ['the default of a function', { functions: [{ name: 'f', attributes: [value] }] }],
    ['training information', { training: { initializers: [bad] } }],
  ])('is found in %s (CVE-2024-27318)', (_, model) => {
    expect(rulesOf(model)).toContain('onnx.external-path')
  })

  test('that names an address in memory is malicious', () => {
    const result = scan({ initializers: [outside('*/_ORT_MEM_ADDR_/*')] })
    expect(result.names('structure')).toEqual(['onnx.external-memory'])
    expect(result.verdict).toBe('malicious')
  })

  test.each<[string, readonly (readonly [string, string])[]]>([
    ['a negative offset', [['offset', '-1']]],
    ['an offset that is not decimal', [['offset', '0x10']]],
    ['a length beyond all files', [['length', '99999999999999999999']]],
    [
      'two offsets',
      [
        ['offset', '0'],
        ['offset', '8'],
      ],
    ],
    ['two files', [['location', 'other.bin']]],
  ])('with %s is suspicious', (_, entries) => {
    const result = scan({ initializers: [{ external: [['location', 'w.bin'], ...entries] }] })
    expect(result.verdict).toBe('suspicious')
  })
})

describe('operators', () => {
  test.each([
    [{ operator: 'Gelu', domain: 'com.microsoft' }, 'onnx.runtime-domain', 'clean'],
    [{ operator: 'Gelu', domain: 'my.company' }, 'onnx.custom-domain', 'clean'],
    [{ operator: 'BertTokenizer', domain: 'ai.onnx.contrib' }, 'onnx.extensions-domain', 'clean'],
    [{ operator: 'PyOp', domain: 'ai.onnx.contrib' }, 'onnx.python-operator', 'suspicious'],
    [{ operator: 'PythonOp', domain: 'com.microsoft' }, 'onnx.python-operator', 'suspicious'],
    [{ operator: 'EPContext', domain: 'com.microsoft' }, 'onnx.compiled-graph', 'clean'],
  ])('%j is reported as %s', (node, ruleId, verdict) => {
    const result = scan({ nodes: [node] })
    expect(result.findings.map((finding) => finding.ruleId)).toContain(ruleId)
    expect(result.verdict).toBe(verdict)
  })

  test('that the model defines itself need no library', () => {
    const model: OnnxModel = {
      nodes: [{ operator: 'f', domain: 'my.company' }],
      functions: [{ name: 'f', domain: 'my.company', nodes: [{ operator: 'Relu' }] }],
    }
    expect(scan(model)).toMatchObject({ status: 'complete', verdict: 'clean', findings: [] })
  })

  test('with a compiled graph outside the folder are malicious', () => {
    const attributes = [
      attribute.number('embed_mode', 0),
      attribute.text('ep_cache_context', '../../x.bin'),
    ]
    const nodes = [{ operator: 'EPContext', domain: 'com.microsoft', attributes }]
    expect(scan({ nodes }).verdict).toBe('malicious')
  })

  test('that name a library are suspicious', () => {
    const attributes = [attribute.text('path', './plugin.so')]
    expect(rulesOf({ nodes: [{ operator: 'Load', domain: 'my', attributes }] })).toContain(
      'onnx.library-path',
    )
  })
})

describe('functions of a model', () => {
  const calling = (name: string, ...callees: string[]): OnnxFunction => ({
    name,
    nodes: callees.map((operator) => ({ operator, domain: 'local' })),
  })

  test('that call themselves through others are suspicious', () => {
    const functions = [calling('a', 'b'), calling('b', 'c'), calling('c', 'a')]
    expect(scan({ functions }).names('structure')).toContain('onnx.function-cycle')
  })

  test('that double forty times are suspicious', () => {
    const functions = Array.from({ length: 40 }, (_, index) =>
      calling(`f${index}`, `f${index + 1}`, `f${index + 1}`),
    )
    functions.push({ name: 'f40', nodes: [{ operator: 'Relu' }, { operator: 'Relu' }] })
    expect(scan({ functions }).names('structure')).toEqual(['onnx.function-expansion'])
  })

  test('that call others once are not', () => {
    const functions = [calling('a', 'b'), calling('b', 'c'), { name: 'c' }]
    expect(scan({ functions }).names('structure')).toEqual([])
  })
})

describe('a broken ONNX model', () => {
  const whole = onnx({ initializers: [{ dims: [8], raw: Buffer.alloc(32) }] })

  test.each<[string, OnnxTensor, string]>([
    ['too little data', { dims: [9], raw: Buffer.alloc(4) }, 'onnx.tensor-size'],
    ['a negative size', { dims: [-1] }, 'onnx.tensor-dimensions'],
    ['a size beyond all memory', { dims: [2 ** 40, 2 ** 40] }, 'onnx.tensor-dimensions'],
    ['an unknown type', { type: 99 }, 'onnx.tensor-type'],
    ['its values twice', { extra: bytes(4, Buffer.alloc(4)) }, 'onnx.tensor-two-values'],
  ])('with a tensor of %s is suspicious', (_, broken, fact) => {
    const result = scan({ initializers: [broken] })
    expect(result.names('structure')).toContain(fact)
    expect(result.verdict).toBe('suspicious')
  })

  test.each<[string, Buffer]>([
    ['a length beyond the end', lying(14, 2 ** 40, 'x')],
    ['a negative length', lying(14, -5n, 'x')],
    ['a group', message(tag(9, 3), tag(9, 4))],
    ['field number 0', Buffer.from([0, 0])],
    ['half a number', Buffer.from([0x28, 0x80])],
  ])('that ends with %s is suspicious and not complete', (_, extra) => {
    const result = scan({ extra })
    expect(result).toMatchObject({ format: 'onnx', status: 'inconclusive', verdict: 'suspicious' })
    expect(result.names('structure')).toContain('onnx.malformed')
  })

  test('with a pickle behind it gives the pickle away', () => {
    const result = scanBytes(Buffer.concat([whole, callPickle('os', 'system')]))
    expect(result.verdict).toBe('malicious')
  })

  test('nested deeper than protobuf reads is not complete', () => {
    let model: OnnxModel = {}
    for (let depth = 0; depth < 60; depth++)
      model = { nodes: [{ operator: 'If', attributes: [attribute.graph('then', model)] }] }
    expect(scan(model)).toMatchObject({ status: 'inconclusive', verdict: 'suspicious' })
  })

  test.each<[string, Uint8Array]>([
    [
      'an ELF program',
      Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01', 'latin1'), Buffer.alloc(57)]),
    ],
    ['a zip archive', writeZip([{ name: 'a', data: callPickle('os', 'system') }])],
    ['a pickle', Buffer.concat([callPickle('os', 'system'), Buffer.alloc(64)])],
  ])('whose weights are %s is malicious', (_, raw) => {
    const result = scan({ initializers: [{ type: 2, dims: [raw.length], raw }] })
    expect(result.verdict).toBe('malicious')
  })
})

describe('whatever an ONNX model is made of', () => {
  test('what was written is counted', () => {
    const shape = fc.record({
      nodes: fc.array(fc.constantFrom('Relu', 'Add', 'Conv'), { minLength: 1, maxLength: 20 }),
      sizes: fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 20 }),
    })
    fc.assert(
      fc.property(shape, ({ nodes, sizes }) => {
        const result = scan({
          nodes: nodes.map((operator) => ({ operator })),
          initializers: sizes.map((size, index) => ({
            name: `w${index}`,
            dims: [size],
            raw: Buffer.alloc(4 * size),
          })),
        })
        const value = (name: string) =>
          result.facts.find((fact) => fact.name === name)?.detail?.value
        expect(result).toMatchObject({ status: 'complete', verdict: 'clean' })
        expect(value('count.nodes')).toBe(nodes.length)
        expect(value('count.initializers')).toBe(sizes.length)
        expect(value('count.parameterBytes')).toBe(4 * sizes.reduce((sum, size) => sum + size, 0))
      }),
      { numRuns: 100, seed: 7 },
    )
  })

  test('damage neither makes the parser fail nor a file clean that was not read', () => {
    const seed = onnx({
      nodes: [
        {
          operator: 'If',
          attributes: [attribute.graph('then', { initializers: [outside('../x')] })],
        },
        { operator: 'PyOp', domain: 'ai.onnx.contrib', attributes: [attribute.text('name', 'f')] },
      ],
      initializers: [{ dims: [4], raw: Buffer.alloc(16) }],
      functions: [{ name: 'f', nodes: [{ operator: 'Relu' }] }],
      metadata: { a: 'b' },
    })
    const random = createRandom(2026)
    for (let index = 0; index < 600; index++) {
      const { bytes: damaged } = mutate(seed, seed, random)
      const result = scanBytes(damaged, { name: 'model.onnx' })
      expect(result.status).not.toBe('error')
      if (result.status !== 'complete') expect(result.verdict).not.toBe('clean')
    }
  })
})
