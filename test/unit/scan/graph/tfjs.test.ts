import { describe, expect, test } from 'vitest'
import { dense, kerasModel } from '../../../fixtures/keras-writer'
import { scanBytes } from '../../../fixtures/scan-bytes'
import { type TfjsShape, tfjs } from '../../../fixtures/tfjs-writer'

const scan = (shape: TfjsShape) => scanBytes(tfjs(shape), { name: 'model.json' })

describe('a model of TensorFlow.js', () => {
  test('of layers is complete and clean, and names its shards', () => {
    const result = scan({
      topology: { model_config: kerasModel(dense) },
      weights: [{ name: 'dense/kernel', shape: [4, 2], dtype: 'float32' }],
    })
    expect(result).toMatchObject({ format: 'tfjs', status: 'complete', verdict: 'clean' })
    expect(result.facts).toContainEqual(
      expect.objectContaining({
        kind: 'content',
        name: 'tfjs.shard',
        detail: {
          path: 'group1-shard1of1.bin',
          group: 0,
          shard: 0,
          shards: 1,
          groupBytes: 32,
          bytes: 32,
        },
      }),
    )
    expect(result.names('tensor')).toEqual(['dense/kernel'])
  })

  test('counts quantised weights as they are stored', () => {
    const weight = { name: 'w', shape: [10], dtype: 'float32', quantization: { dtype: 'uint8' } }
    const [shard] = scan({ weights: [weight] }).facts.filter(({ name }) => name === 'tfjs.shard')
    expect(shard?.detail?.bytes).toBe(10)
  })

  test.each([
    ['../../etc/passwd', 'malicious'],
    ['%2e%2e/%2e%2e/x', 'malicious'],
    ['/etc/passwd', 'malicious'],
    ['https://example.invalid/w.bin', 'suspicious'],
    ['shards/w.bin', 'clean'],
  ])('with its weights at %j is %s', (path, verdict) => {
    expect(scan({ paths: [path] }).verdict).toBe(verdict)
  })

  test.each<[string, unknown[]]>([
    ['in its graph', [{ name: 'n', op: 'PyFunc' }]],
    ['that writes', [{ name: 'n', op: 'WriteFile' }]],
    [
      'that prints to a file',
      [
        {
          name: 'n',
          op: 'PrintV2',
          attr: { output_stream: { s: Buffer.from('file:///x').toString('base64') } },
        },
      ],
    ],
  ])('with an operator %s is malicious', (_, node) => {
    expect(scan({ topology: { node } }).verdict).toBe('malicious')
    const library = { function: [{ signature: { name: 'f' }, nodeDef: node }] }
    expect(scan({ topology: { node: [], library } }).verdict).toBe('malicious')
  })

  test('with a Lambda layer is malicious', () => {
    const lambda = { class_name: 'Lambda', config: { name: 'l' } }
    expect(scan({ topology: kerasModel(lambda) }).verdict).toBe('malicious')
  })

  test.each<[string, TfjsShape]>([
    ['a negative size', { weights: [{ name: 'w', shape: [-1], dtype: 'float32' }] }],
    ['an unknown type', { weights: [{ name: 'w', shape: [1], dtype: 'float7' }] }],
    ['a path that is a number', { paths: [7] }],
    ['a group that is a text', { manifest: ['group'] }],
  ])('with %s in its manifest is suspicious', (_, shape) => {
    expect(scan(shape).verdict).toBe('suspicious')
  })
})
