import {
  attribute,
  type OnnxFunction,
  type OnnxModel,
  type OnnxNode,
  type OnnxTensor,
  onnx,
} from '../../test/fixtures/onnx-writer'
import { bytes as field } from '../../test/fixtures/protobuf-writer'
import { bytes, type PackExamples, pair } from './draft'
import { ELF } from './elf'

const model = (note: string, shape: OnnxModel = {}) => bytes('model.onnx', note, onnx(shape))
const whole = model('A model of one standard operator, with its weights in it.', {
  initializers: [{ name: 'weight', dims: [1], raw: Buffer.alloc(4) }],
})
const external = (note: string, ...entries: (readonly [string, string])[]) =>
  model(note, { initializers: [{ external: entries }] })
const beside = external('The weights lie in a file beside the model.', ['location', 'weights.bin'])
const calls = (note: string, node: OnnxNode) => model(note, { nodes: [node] })
const standard = calls('An operator of the standard.', { operator: 'Gelu' })
const weight = (note: string, tensor: OnnxTensor) => model(note, { initializers: [tensor] })
const calling = (name: string, ...callees: string[]): OnnxFunction => ({
  name,
  nodes: callees.map((operator) => ({ operator, domain: 'local' })),
})

export const onnxRules: PackExamples = {
  'onnx.external-path': pair(
    external('A tensor takes its numbers from /etc/passwd.', ['location', '../../etc/passwd']),
    beside,
  ),
  'onnx.external-memory': pair(
    external('A tensor takes its numbers from an address in memory.', [
      'location',
      '*/_ORT_MEM_ADDR_/*',
    ]),
    beside,
  ),
  'onnx.external-path-unusual': pair(
    external('A backslash separates folders on Windows only.', ['location', 'data\\weights.bin']),
    external('A slash separates folders everywhere.', ['location', 'data/weights.bin']),
  ),
  'onnx.external-range': pair(
    external('The data begin before the file does.', ['location', 'weights.bin'], ['offset', '-1']),
    external(
      'The data begin at 4096.',
      ['location', 'weights.bin'],
      ['offset', '4096'],
      ['length', '4'],
    ),
  ),
  'onnx.external-size': pair(
    external(
      'One number of four bytes, and a length of 400.',
      ['location', 'weights.bin'],
      ['length', '400'],
    ),
    external(
      'One number of four bytes, and a length of 4.',
      ['location', 'weights.bin'],
      ['length', '4'],
    ),
  ),
  'onnx.external-file': pair(beside, whole),
  'onnx.python-operator': pair(
    calls('The model calls a Python function by its name.', {
      operator: 'PyOp',
      domain: 'ai.onnx.contrib',
    }),
    standard,
  ),
  'onnx.custom-domain': pair(
    calls('The operator comes from a library of somebody’s own.', {
      operator: 'Gelu',
      domain: 'my.company',
    }),
    model('The model defines the operator itself.', {
      nodes: [{ operator: 'f', domain: 'my.company' }],
      functions: [{ name: 'f', domain: 'my.company', nodes: [{ operator: 'Relu' }] }],
    }),
  ),
  'onnx.extensions-domain': pair(
    calls('The operator comes from onnxruntime-extensions.', {
      operator: 'BertTokenizer',
      domain: 'ai.onnx.contrib',
    }),
    standard,
  ),
  'onnx.runtime-domain': pair(
    calls('The operator belongs to ONNX Runtime.', { operator: 'Gelu', domain: 'com.microsoft' }),
    standard,
  ),
  'onnx.compiled-graph': pair(
    calls('A part of the model is a binary for an accelerator.', {
      operator: 'EPContext',
      domain: 'com.microsoft',
    }),
    standard,
  ),
  'onnx.library-path': pair(
    calls('An attribute names a native library.', {
      operator: 'Load',
      domain: 'my',
      attributes: [attribute.text('path', './plugin.so')],
    }),
    calls('An attribute names a mode.', {
      operator: 'Resize',
      attributes: [attribute.text('mode', 'nearest')],
    }),
  ),
  'onnx.url': pair(
    model('A property of the model is an address.', {
      metadata: { source: 'https://models.invalid/a' },
    }),
    model('A property of the model is a name.', { metadata: { source: 'somebody' } }),
  ),
  'onnx.runtime-options': pair(
    model('The model brings session options along.', {
      metadata: { ort_config: '{"intra_op_num_threads":1}' },
    }),
    model('The model brings a note along.', { metadata: { note: 'trained in May' } }),
  ),
  'onnx.embedded-file': pair(
    weight('What stands in for the numbers is a program.', {
      type: 2,
      dims: [ELF.length],
      raw: ELF,
    }),
    weight('The numbers are numbers.', { type: 2, dims: [8], raw: Buffer.alloc(8, 7) }),
  ),
  'onnx.malformed': pair(
    model('The last field is longer than the file.', { extra: Buffer.from([0x72, 0x7f, 0x41]) }),
    whole,
  ),
  'onnx.tensor-damaged': pair(
    weight('Nine numbers are announced, and one is there.', { dims: [9], raw: Buffer.alloc(4) }),
    whole,
  ),
  'onnx.tensor-two-values': pair(
    weight('The same tensor has its numbers in two fields.', { extra: field(4, Buffer.alloc(4)) }),
    whole,
  ),
  'onnx.repeated': pair(
    model('Two functions of one name.', { functions: [calling('f'), calling('f')] }),
    model('Two functions of two names.', { functions: [calling('f'), calling('g')] }),
  ),
  'onnx.function-loop': pair(
    model('Three functions call each other in a circle.', {
      functions: [calling('a', 'b'), calling('b', 'c'), calling('c', 'a')],
    }),
    model('Three functions call each other in a row.', {
      functions: [calling('a', 'b'), calling('b', 'c'), calling('c')],
    }),
  ),
  'onnx.unusual': pair(
    model('A field that no version of the format knows.', { extra: field(77, 'from the future') }),
    whole,
  ),
}
