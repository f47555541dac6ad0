import { describe, expect, test } from 'vitest'
import { createRandom, mutate } from '../../../fixtures/mutate'
import { callPickle } from '../../../fixtures/pickle-writer'
import { bytes, message } from '../../../fixtures/protobuf-writer'
import { scanBytes } from '../../../fixtures/scan-bytes'
import {
  graphDef,
  kerasMetadata,
  type SavedModelShape,
  savedModel,
} from '../../../fixtures/tensorflow-writer'

const scan = (shape: SavedModelShape) => scanBytes(savedModel(shape), { name: 'saved_model.pb' })
const lambda = JSON.stringify({ class_name: 'Lambda', config: { name: 'l', function: ['4wEA'] } })

describe('a SavedModel', () => {
  test('with the nodes that saving adds is complete and clean', () => {
    const operators = ['Placeholder', 'MatMul', 'SaveV2', 'RestoreV2', 'MergeV2Checkpoints']
    const result = scan({ nodes: operators.map((operator) => ({ operator })) })
    expect(result).toMatchObject({
      format: 'tensorflow-saved-model',
      status: 'complete',
      verdict: 'clean',
    })
    expect(result.names('metadata')).toContain('op.MatMul')
  })

  const danger: [string, string][] = [
    ['PyFunc', 'tensorflow.calls-python'],
    ['EagerPyFunc', 'tensorflow.calls-python'],
    ['PyFuncStateless', 'tensorflow.calls-python'],
    ['WriteFile', 'tensorflow.writes-file'],
    ['ReadFile', 'tensorflow.reads-file'],
    ['MatchingFiles', 'tensorflow.reads-file'],
    ['DebugIdentityV2', 'tensorflow.network'],
  ]

  test.each(danger)('with %s in its graph is malicious', (operator, ruleId) => {
    const result = scan({ nodes: [{ operator }] })
    expect(result.findings.map((finding) => finding.ruleId)).toContain(ruleId)
    expect(result.verdict).toBe('malicious')
  })

  test.each(danger)('with %s in a function is malicious', (operator, ruleId) => {
    const functions = [{ name: '__inference_1', nodes: [{ operator: 'Relu' }, { operator }] }]
    const [finding] = scan({ functions }).findings
    expect(finding?.ruleId).toBe(ruleId)
    expect(finding?.evidence).toContain('function __inference_1')
  })

  test('that prints to a file is malicious, to the log it is clean', () => {
    const print = (stream: string) =>
      scan({ nodes: [{ operator: 'PrintV2', texts: { output_stream: stream } }] }).verdict
    expect(print('file:///home/user/.bashrc')).toBe('malicious')
    expect(print('stderr')).toBe('clean')
  })

  test('names operators of other libraries', () => {
    const result = scan({ nodes: [{ operator: 'IO>FileRead' }] })
    expect(result.findings.map(({ ruleId }) => ruleId)).toEqual(['tensorflow.custom-operator'])
  })

  test('with an asset outside its folder is malicious', () => {
    expect(scan({ assets: ['../../../etc/passwd'] }).verdict).toBe('malicious')
    expect(scan({ assets: ['vocab.txt'] }).verdict).toBe('clean')
  })

  test('with a Lambda layer among its objects is malicious', () => {
    expect(scan({ keras: lambda }).names('content')).toContain('keras.lambda-layer')
  })

  test('whose constant is a pickle is malicious', () => {
    const constant = Buffer.concat([callPickle('os', 'system'), Buffer.alloc(64)])
    expect(scan({ nodes: [{ operator: 'Const', constant }] }).verdict).toBe('malicious')
  })

  test('that is cut is never clean', () => {
    const whole = savedModel({ nodes: [{ operator: 'Relu' }, { operator: 'MatMul' }] })
    for (let length = 3; length < whole.length; length++)
      expect(scanBytes(whole.subarray(0, length), { name: 'saved_model.pb' }).verdict).not.toBe(
        'clean',
      )
  })
})

describe('a frozen graph', () => {
  test('is read like that of a SavedModel', () => {
    const clean = scanBytes(graphDef({ nodes: [{ operator: 'Relu' }, { operator: 'Add' }] }))
    expect(clean).toMatchObject({
      format: 'tensorflow-graph',
      status: 'complete',
      verdict: 'clean',
    })
    expect(scanBytes(graphDef({ nodes: [{ operator: 'PyFunc' }] })).verdict).toBe('malicious')
  })

  test('of ten thousand nodes is read to its last', () => {
    const nodes = [
      ...Array.from({ length: 10_000 }, () => ({ operator: 'Add' })),
      { operator: 'PyFunc' },
    ]
    expect(scanBytes(graphDef({ nodes }))).toMatchObject({
      format: 'tensorflow-graph',
      status: 'complete',
      verdict: 'malicious',
    })
  })
})

describe('the Keras metadata of a SavedModel', () => {
  test('is read for Lambda layers', () => {
    const scan = (json: string) => scanBytes(kerasMetadata(json), { name: 'keras_metadata.pb' })
    expect(scan('{"class_name": "Dense", "config": {}}')).toMatchObject({
      format: 'keras-metadata',
      status: 'complete',
      verdict: 'clean',
    })
    expect(scan(lambda).verdict).toBe('malicious')
    expect(scan('{"class_name": ').status).toBe('inconclusive')
  })
})

test('a damaged graph neither makes the parser fail nor is it clean without having been read', () => {
  const seed = savedModel({
    nodes: [{ operator: 'PrintV2', texts: { output_stream: 'stderr' } }],
    functions: [{ name: 'f', nodes: [{ operator: 'PyFunc' }] }],
    assets: ['vocab.txt'],
    keras: lambda,
  })
  const random = createRandom(11)
  for (let index = 0; index < 600; index++) {
    const result = scanBytes(mutate(seed, seed, random).bytes, { name: 'saved_model.pb' })
    expect(result.status).not.toBe('error')
    if (result.status !== 'complete') expect(result.verdict).not.toBe('clean')
  }
})

test('a message of another kind is not taken for a graph', () => {
  expect(scanBytes(message(bytes(9, 'x'), bytes(10, '\0\x01'))).format).toBe('unknown')
})
