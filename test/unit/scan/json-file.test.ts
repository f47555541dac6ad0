import { describe, expect, test } from 'vitest'
import {
  JsonError,
  type JsonVisitor,
  readJson,
} from '../../../electron/core/scan/child/tensor/json-reader'
import { scanBytes } from '../../fixtures/scan-bytes'

/** A tree, and the names of keys that occur twice. */
function read(text: string): { value: unknown; duplicates: string[]; end: number } {
  const duplicates: string[] = []
  const stack: { value: unknown[] | Record<string, unknown>; key: string }[] = []
  let root: unknown
  const put = (value: unknown): void => {
    const top = stack.at(-1)
    if (top === undefined) root = value
    else if (Array.isArray(top.value)) top.value.push(value)
    else Object.defineProperty(top.value, top.key, { value, enumerable: true, configurable: true })
  }
  const visitor: JsonVisitor = {
    open(kind) {
      const value = kind === 'array' ? [] : {}
      put(value)
      stack.push({ value, key: '' })
    },
    close: () => void stack.pop(),
    key(name, _, duplicate) {
      const top = stack.at(-1)
      if (top !== undefined) top.key = name
      if (duplicate) duplicates.push(name)
    },
    value: put,
  }
  const end = readJson(Buffer.from(text), visitor, () => {})
  return { value: root, duplicates, end }
}

describe('the JSON reader', () => {
  test.each([
    '{}',
    '[]',
    '0',
    '-1.5e+3',
    '"a\\u0041\\n"',
    'true',
    'null',
    ' { "a" : [ 1 , { } , [ ] ] } ',
    '{"é":"\\ud83d\\ude00","":null}',
    '[[],[[]],{"a":{}}]',
  ])('reads %s as JSON.parse does', (text) => {
    expect(read(text).value).toEqual(JSON.parse(text))
  })

  test.each([
    '',
    '{',
    '[1,]',
    '{"a":}',
    '{"a" 1}',
    '{a:1}',
    '01',
    '1.',
    '.5',
    '+1',
    "'a'",
    '"\n"',
    '"\\x"',
    'tru',
    'NaN',
    '[1 2]',
    '{"a":1,}',
    '"abc',
    '[',
    ']',
    '{]',
    `${'['.repeat(200)}${']'.repeat(200)}`,
  ])('refuses %j', (text) => {
    expect(() => read(text)).toThrow(JsonError)
  })

  test('reports keys that occur twice in one object', () => {
    expect(read('{"a":1,"b":{"a":2,"a":3},"a":4}').duplicates).toEqual(['a', 'a'])
  })

  test('says where the document ends', () => {
    expect(read('{"a":1} {"b":2}').end).toBe(8)
  })
})

describe('a JSON file', () => {
  test.each([
    ['json', { rows: [1, 2, 3] }],
    ['model-config', { architectures: ['LlamaForCausalLM'], model_type: 'llama' }],
    ['weight-index', { metadata: {}, weight_map: {} }],
    ['tokenizer-config', { tokenizer_class: 'X' }],
    ['tfjs', { modelTopology: {}, weightsManifest: [] }],
    ['keras-config', { class_name: 'Functional', config: {} }],
    ['xgboost-json', { learner: {}, version: [2, 0, 0] }],
  ])('of plain data is %s, complete and clean', (format, value) => {
    const scan = scanBytes(Buffer.from(JSON.stringify(value)))
    expect(scan).toMatchObject({ format, status: 'complete', verdict: 'clean' })
  })

  test.each([['notebook', { cells: [], nbformat: 4 }]])(
    'that describes a program (%s) is not called clean',
    (format, value) => {
      const scan = scanBytes(Buffer.from(JSON.stringify(value)))
      expect(scan).toMatchObject({ format, status: 'inconclusive', verdict: 'unknown' })
    },
  )

  test('with JSON Lines is text', () => {
    const scan = scanBytes(Buffer.from('{"a":1}\n{"a":2}\n'))
    expect(scan).toMatchObject({ format: 'text', status: 'complete', verdict: 'clean' })
  })

  test.each([
    [
      'a Lambda layer',
      { config: { layers: [{ class_name: 'Lambda' }] }, class_name: 'Sequential' },
      'content.keras-lambda',
    ],
    [
      'a dangerous _target_',
      { model: { _target_: 'os.system', command: 'echo harmless' } },
      'content.instantiation',
    ],
    ['remote code', { auto_map: { AutoModel: 'modeling.Model' } }, 'content.remote-code'],
    ['a repeated key', '{"a":1,"a":2}', 'json.duplicate-key'],
  ])('with %s is reported', (_, value, ruleId) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    expect(scanBytes(Buffer.from(text)).findings.map((finding) => finding.ruleId)).toContain(ruleId)
  })

  test.each([
    { chat_template: '{{ messages[0].__class__ }}' },
    { chat_template: [{ name: 'default', template: '{{ messages[0].__class__ }}' }] },
    { a: { chat_template: '{{ messages[0].__class__ }}' } },
  ])('has its chat templates analysed: %j', (value) => {
    expect(scanBytes(Buffer.from(JSON.stringify(value))).names('template')).toContain(
      'attribute.__class__',
    )
  })
})
