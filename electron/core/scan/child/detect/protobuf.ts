import { type ByteSource, readBytes } from '../byte-source'
import { DATA_TYPES, GRAPH, MODEL, NODE, OPERATOR_SET, TENSOR } from '../graph/onnx-schema'
import { BYTES, type MessageType, VARINT } from '../graph/wire'

/** Top-level fields that are looked at; only frozen graphs have more, one a node. */
const MOST_FIELDS = 4096
/** Fields of an inner message that must fit. */
const INNER_FIELDS = 16
/** Of a repeated field, how many messages inside must fit. */
const TESTED = 64
/** Bytes of a field's head: tag and length, as varints of ten bytes at most. */
const FIELD_HEAD = 20

interface Field {
  number: number
  wire: number
  /** Value of a varint, length of a length-delimited field. */
  value: number
  start: number
}

interface Fields {
  list: Field[]
  /** All bytes are fields, as far as was looked. */
  whole: boolean
}

/**
 * The kind of protobuf message that the bytes are, or undefined. Protobuf has no magic: all
 * top-level fields must fit, or the parts inside must look like graphs. A name that ends in .onnx
 * makes whatever starts like a model one, so that a broken model is reported as that.
 */
export function protobufFormat(source: ByteSource, name: string): string | undefined {
  const fields = topLevelFields(source)
  const { list, whole } = fields
  if (list.length === 0) return undefined
  if (whole) {
    const format = wholeFormat(source, list)
    if (format !== undefined) return format
  }
  if (looksLikeOnnx(source, fields, name)) return 'onnx'
  if (isKerasMetadata(source, fields, name)) return 'keras-metadata'
  const savedModel = /(^|[/\\])saved_model\.pb$/i.test(name) && list[0]?.number === 1
  return savedModel && list.some(({ number, wire }) => number === 2 && wire === BYTES)
    ? 'tensorflow-saved-model'
    : undefined
}

/** Of bytes that are one message from start to end. */
function wholeFormat(source: ByteSource, list: readonly Field[]): string | undefined {
  const only = (allowed: number[]) => list.every((field) => allowed.includes(field.number))
  const has = (number: number, wire: number) =>
    list.some((field) => field.number === number && field.wire === wire)
  const all = (number: number, test: (source: ByteSource, field: Field) => boolean) =>
    has(number, BYTES) &&
    list
      .filter((field) => field.number === number)
      .slice(0, TESTED)
      .every((field) => test(source, field))
  if (
    has(7, BYTES) &&
    (has(1, VARINT) || has(8, BYTES)) &&
    only(Object.keys(MODEL.fields).map(Number))
  )
    return 'onnx'
  if (has(1, VARINT) && has(2, BYTES) && only([1, 2]) && version(list) === 1)
    return 'tensorflow-saved-model'
  if (only([1]) && all(1, isKerasNode)) return 'keras-metadata'
  if (only([1, 2, 3, 4, 5, 6, 7]) && all(2, isGraph) && list.every(({ wire }) => wire === BYTES))
    return 'tensorflow-meta-graph'
  if (only([1, 2, 3, 4, 5]) && all(1, isNode)) return 'tensorflow-graph'
  if (isTensor(list)) return 'onnx-tensor'
  return undefined
}

/** Fields of a TensorProto that hold values or say where they are. */
const VALUES = [4, 5, 6, 7, 9, 10, 11, 13]

/**
 * A TensorProto of ONNX by itself. Sequences and optionals have the same field numbers, but their
 * first is a name, where writers give the dimensions of a tensor one by one.
 */
function isTensor(list: readonly Field[]): boolean {
  const type = list.find(({ number, wire }) => number === 2 && wire === VARINT)?.value
  return (
    type !== undefined &&
    DATA_TYPES[type] !== undefined &&
    list.some(({ number }) => VALUES.includes(number)) &&
    list.every((field) => fits(TENSOR, field) && (field.number !== 1 || field.wire === VARINT))
  )
}

const version = (list: readonly Field[]) =>
  list.find(({ number, wire }) => number === 1 && wire === VARINT)?.value

/** A graph whose nodes look like nodes, or an operator set beside a graph, is proof enough. */
function looksLikeOnnx(source: ByteSource, { list }: Fields, name: string): boolean {
  const known = list.filter((field) => fits(MODEL, field))
  if (known.length === 0) return false
  const graph = list.find(({ number, wire }) => number === 7 && wire === BYTES)
  const operatorSet = list.find(({ number, wire }) => number === 8 && wire === BYTES)
  if (graph !== undefined && isOnnxGraph(source, graph)) return true
  if (graph !== undefined && operatorSet !== undefined && isOperatorSet(source, operatorSet))
    return true
  return /\.onnx$/i.test(name) && list[0] === known[0]
}

function isOnnxGraph(source: ByteSource, graph: Field): boolean {
  const inner = innerFields(source, graph)
  const node = inner.find(({ number, wire }) => number === 1 && wire === BYTES)
  if (node === undefined || inner.length < 2 || !inner.every((field) => fits(GRAPH, field)))
    return false
  const parts = innerFields(source, node)
  return parts.some(({ number }) => number === 4) && parts.every((field) => fits(NODE, field))
}

/** The version of an operator set, with its domain or without. */
function isOperatorSet(source: ByteSource, field: Field): boolean {
  const inner = innerFields(source, field)
  const version = inner.find(({ number }) => number === 2)?.value ?? 0
  return version > 0 && version < 1000 && inner.every((one) => fits(OPERATOR_SET, one))
}

const fits = (type: MessageType, { number, wire }: Field): boolean =>
  type.fields[number]?.includes(wire) === true

/** The first fields of a message inside; what is cut by a wrong length is left out. */
function innerFields(source: ByteSource, { start, value }: Field): Field[] {
  return fieldsBetween(source, start, Math.min(source.size, start + value), INNER_FIELDS).list
}

function topLevelFields(source: ByteSource): Fields {
  return fieldsBetween(source, 0, source.size, MOST_FIELDS)
}

function fieldsBetween(source: ByteSource, start: number, end: number, most: number): Fields {
  const list: Field[] = []
  for (let offset = start; offset < end; ) {
    const head = readBytes(source, offset, Math.min(FIELD_HEAD, end - offset))
    const tag = varint(head, 0)
    const value = tag && varint(head, tag.next)
    if (list.length === most) return { list, whole: true }
    if (tag === undefined || value === undefined) return { list, whole: false }
    const number = Math.floor(tag.value / 8)
    const wire = tag.value % 8
    if (number === 0 || number > 0x1fff_ffff || (wire !== VARINT && wire !== BYTES))
      return { list, whole: false }
    const field = { number, wire, value: value.value, start: offset + value.next }
    offset = wire === VARINT ? field.start : field.start + field.value
    if (offset > end) return { list, whole: false }
    list.push(field)
  }
  return { list, whole: true }
}

/** The file that a SavedModel of Keras has beside it: JSON in its nodes, whatever else they lack. */
function isKerasMetadata(source: ByteSource, { list, whole }: Fields, name: string): boolean {
  if (!whole || !/(^|[/\\])keras_metadata\.pb$/i.test(name)) return false
  return list.every((field) => {
    const inner = innerFields(source, field)
    return field.number === 1 && inner.length > 0 && inner.every(({ number }) => number <= 5)
  })
}

/** A GraphDef whose first node looks like one. */
function isGraph(source: ByteSource, graph: Field): boolean {
  const inner = innerFields(source, graph)
  const node = inner.find(({ number, wire }) => number === 1 && wire === BYTES)
  return node !== undefined && isNode(source, node) && inner.every(({ number }) => number <= 5)
}

/** NodeDef starts with its name (field 1) and its op (field 2), both strings (node_def.proto). */
function isNode(source: ByteSource, field: Field): boolean {
  const [name, op] = innerFields(source, field)
  return name?.number === 1 && name.wire === BYTES && op?.number === 2 && op.wire === BYTES
}

/** SavedObject: version, node_id, node_path, identifier, metadata (saved_metadata.proto of Keras). */
function isKerasNode(source: ByteSource, field: Field): boolean {
  const inner = innerFields(source, field)
  const text = inner.find(({ number, wire }) => number === 4 && wire === BYTES)
  return (
    inner.every(({ number }) => number <= 5) &&
    text !== undefined &&
    readBytes(source, text.start, 10).toString('latin1') === '_tf_keras_'
  )
}

function varint(bytes: Buffer, at: number): { value: number; next: number } | undefined {
  let value = 0
  for (let index = 0; index < 10; index++) {
    const byte = bytes[at + index]
    if (byte === undefined) return undefined
    value += (byte & 0x7f) * 2 ** (7 * index)
    if (byte < 0x80) return { value, next: at + index + 1 }
  }
  return undefined
}
