import { printable } from '../archive/entry-name'
import type { ByteSource } from '../byte-source'
import { LimitError, type ParseContext } from '../context'
import { scanEmbedded } from './embedded'
import { isCustomOperator, reachOf } from './tensorflow-operators'
import {
  ATTR_VALUE,
  FUNCTION_DEF,
  GRAPH_DEF,
  LIBRARY,
  MAP_ENTRY,
  NODE_DEF,
} from './tensorflow-schema'
import { eachKnown, type MessageType, type Range, type Wire, type WireField } from './wire'

const TEXT_BYTES = 4096
const MOST_OPERATORS = 20_000
const MOST_ATTRIBUTES = 32
/** TensorProto.tensor_content (tensor.proto); string_val is a list of texts. */
const TENSOR_CONTENT = 4
const STRING_VALUES = 8

export interface TensorFlowReader {
  readonly source: ByteSource
  readonly context: ParseContext
  readonly wire: Wire
  readonly operators: Map<string, { count: number; offset: number }>
  nodes: number
  functions: number
}

export function eachField(
  { wire, context }: TensorFlowReader,
  type: MessageType,
  range: Range,
  visit: (field: WireField) => void,
): void {
  eachKnown(wire, type, range, visit, (_, field) =>
    context.anomaly(
      'tensorflow.unknown-field',
      field.offset,
      `field ${field.number} of ${type.name}, ${field.end - field.start} bytes`,
    ),
  )
}

export const textOf = ({ wire }: TensorFlowReader, field: Range): string =>
  wire.text(field, TEXT_BYTES)

/** A GraphDef with its library of functions, whose bodies run like the graph itself. */
export function readGraph(reader: TensorFlowReader, range: Range): void {
  eachField(reader, GRAPH_DEF, range, (field) => {
    if (field.number === 1) readNode(reader, field, 'the graph')
    else if (field.number === 2)
      eachField(reader, LIBRARY, field, (part) => {
        if (part.number === 1) readFunction(reader, part)
      })
  })
}

function readFunction(reader: TensorFlowReader, range: Range): void {
  reader.functions++
  let name = ''
  eachField(reader, FUNCTION_DEF, range, (field) => {
    // OpDef, whose first field is the name.
    if (field.number === 1)
      reader.wire.each(field, (part) => {
        if (part.number === 1) name = textOf(reader, part).slice(0, 200)
      })
    else if (field.number === 3) readNode(reader, field, `function ${name}`)
  })
}

interface Attribute {
  name: string
  value: string
}

function readNode(reader: TensorFlowReader, range: Range, where: string): void {
  const attributes: Attribute[] = []
  let name = ''
  let operator = ''
  eachField(reader, NODE_DEF, range, (field) => {
    if (field.number === 1) name = textOf(reader, field).slice(0, 200)
    else if (field.number === 2) operator = textOf(reader, field).slice(0, 200)
    else if (field.number === 5 && attributes.length < MOST_ATTRIBUTES)
      readAttribute(reader, field, attributes, `node ${name} of ${where}`)
  })
  reader.nodes++
  const known = reader.operators.get(operator)
  if (known !== undefined) known.count++
  else if (reader.operators.size === MOST_OPERATORS)
    throw new LimitError(`It has more than ${MOST_OPERATORS} different operators.`)
  else reader.operators.set(operator, { count: 1, offset: range.start })
  noteOperator(reader.context, { operator, name, where, attributes, offset: range.start })
}

/** An entry of NodeDef.attr: texts are kept, constants are looked at. */
function readAttribute(
  reader: TensorFlowReader,
  range: Range,
  attributes: Attribute[],
  where: string,
): void {
  let key = ''
  eachField(reader, MAP_ENTRY, range, (field) => {
    if (field.number === 1) key = textOf(reader, field).slice(0, 200)
    else
      eachField(reader, ATTR_VALUE, field, (value) => {
        if (value.number === 2) attributes.push({ name: key, value: textOf(reader, value) })
        else if (value.number === 8) readConstant(reader, value, where)
        else if (value.number === 1)
          // ListValue.s
          reader.wire.each(value, (item) => {
            if (item.number === 2 && attributes.length < MOST_ATTRIBUTES)
              attributes.push({ name: key, value: textOf(reader, item) })
          })
      })
  })
}

function readConstant(reader: TensorFlowReader, range: Range, where: string): void {
  const { source, context, wire } = reader
  wire.each(range, (field) => {
    if (field.number === TENSOR_CONTENT || field.number === STRING_VALUES)
      scanEmbedded(source, field, context, 'tensorflow.embedded-file', `a constant in ${where}`)
  })
}

interface NodeSight {
  operator: string
  name: string
  where: string
  attributes: readonly Attribute[]
  offset: number
}

/** Facts of one node of a graph, whatever it was read from: protobuf, or the JSON of TensorFlow.js. */
export function noteOperator(context: ParseContext, node: NodeSight): void {
  const { operator, name, where, attributes, offset } = node
  const add = (fact: string, evidence: string) =>
    context.add({
      kind: 'content',
      name: fact,
      location: { offset },
      evidence: printable(evidence.slice(0, 400)),
    })
  const reach = reachOf(operator)
  if (reach !== undefined)
    add(
      `tensorflow.${reach}.${operator}`,
      reach === 'checkpoint' || reach === 'prints'
        ? operator
        : `${operator} (node ${name} of ${where})`,
    )
  if (isCustomOperator(operator)) add('tensorflow.custom-operator', operator)
  const text = (key: string) => attributes.find((attribute) => attribute.name === key)?.value
  // PrintV2 appends to the file that 'file://…' names (logging_ops.cc).
  const stream = operator === 'PrintV2' ? text('output_stream') : undefined
  if (stream?.startsWith('file:') === true)
    add('tensorflow.writes-file.PrintV2', `PrintV2 to ${stream}`)
  for (const { name: key, value } of attributes)
    if (/^(file|grpc|https?|ftp|s3|gs|hdfs):\/\//i.test(value) && !(operator === 'PrintV2'))
      add('tensorflow.url', `${operator}.${key}: ${value.slice(0, 300)}`)
}
