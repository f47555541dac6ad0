import { printable } from '../archive/entry-name'
import { parseZipTail } from '../archive/zip'
import { findZipEnd } from '../archive/zip-end'
import { type ByteSource, sliceSource } from '../byte-source'
import {
  COMPLETE,
  inconclusive,
  LimitError,
  MalformedError,
  type Outcome,
  type ParseContext,
  type Parser,
} from '../context'
import { nextPickle } from '../pickle'
import { scanEmbedded } from './embedded'
import { type Flatbuffer, openFlatbuffer, type Table } from './flatbuffer'
import { noteOperator } from './tensorflow-graph'

/** Field numbers of tensorflow/compiler/mlir/lite/schema/schema.fbs, version 3. */
const MODEL = {
  version: 0,
  operatorCodes: 1,
  subgraphs: 2,
  description: 3,
  buffers: 4,
  metadata: 6,
}
const OPERATOR_CODE = { custom: 1, deprecated: 0, builtin: 3 }
const SUBGRAPH = { tensors: 0, operators: 3 }
const TENSOR = { shape: 0, type: 1, name: 3 }
const BUFFER = { data: 0 }
const METADATA = { name: 0 }

const VERSION = 3
/** Parts of one kind; the largest models have some 10 000 tensors. */
const MOST_PARTS = 200_000
const MOST_LISTED = 2000
const NAME_BYTES = 512
/** Operators of TensorFlow itself, run through the Flex delegate. */
const FLEX = /^Flex(?=[A-Z])/
/** TensorType of the schema by number. */
const TYPES =
  'float32 float16 int32 uint8 int64 string bool int16 complex64 int8 float64 complex128 uint64 resource variant uint32 uint16 int4 bfloat16'.split(
    ' ',
  )

/** A TensorFlow Lite model. Weights are skipped; operators that are not built in are named. */
export const parseTflite: Parser = (source, context) => {
  scanMetadataArchive(source, context)
  try {
    return behindModel(source, context, readModel(source, context))
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error
    context.anomaly('tflite.malformed', 0, error.message)
    return inconclusive(`It is not a whole TensorFlow Lite model: ${error.message}`)
  }
}

/** Labels are appended as a zip archive, which is how the format's metadata is meant to be. */
function scanMetadataArchive(source: ByteSource, context: ParseContext): void {
  if (findZipEnd(source) === undefined) return
  context.anomaly('tflite.metadata-archive', 0, 'an archive at its end')
  context.scanMember(source, 'metadata', { format: 'zip', parse: parseZipTail })
}

/**
 * Nothing in a flatbuffer says where it ends, and what lies behind the weights may be part of it.
 * A pickle there is not.
 */
function behindModel(source: ByteSource, context: ParseContext, weightsEnd: number): Outcome {
  const at = nextPickle(source, weightsEnd)
  if (at === undefined) return COMPLETE
  context.anomaly('tflite.embedded-file', at, 'a pickle behind the weights')
  context.scanMember(sliceSource(source, at, source.size - at), `tail@${at}`)
  return inconclusive('A pickle follows the model.')
}

/** Returns where the last of the weights ends. */
function readModel(source: ByteSource, context: ParseContext): number {
  const file = openFlatbuffer(source)
  const model = file.root()
  const version = model.u32(MODEL.version)
  if (version !== VERSION) context.anomaly('tflite.version', 0, `version ${version}`)
  addMetadata(context, 'description', model.text(MODEL.description, NAME_BYTES))
  for (const at of parts(model, MODEL.operatorCodes)) noteCode(file.tableAt(at), context)
  let operators = 0
  let tensors = 0
  for (const at of parts(model, MODEL.subgraphs)) {
    const graph = file.tableAt(at)
    operators += parts(graph, SUBGRAPH.operators).length
    for (const tensor of parts(graph, SUBGRAPH.tensors)) {
      if (tensors++ % 512 === 0) context.checkpoint()
      if (tensors > MOST_PARTS) throw new LimitError(`It has more than ${MOST_PARTS} tensors.`)
      if (tensors <= MOST_LISTED) noteTensor(file, file.tableAt(tensor), context)
    }
  }
  addMetadata(context, 'count.nodes', operators)
  addMetadata(context, 'count.tensors', tensors)
  let weightsEnd = 0
  for (const [index, at] of parts(model, MODEL.buffers).entries()) {
    if (index % 512 === 0) context.checkpoint()
    const data = file.tableAt(at).vector(BUFFER.data, 1)
    if (data === undefined) continue
    const range = { start: data.start, end: data.start + data.count }
    weightsEnd = Math.max(weightsEnd, range.end)
    scanEmbedded(source, range, context, 'tflite.embedded-file', `buffer ${index}`)
  }
  for (const at of parts(model, MODEL.metadata))
    addMetadata(context, 'metadata', file.tableAt(at).text(METADATA.name, NAME_BYTES))
  return weightsEnd
}

function parts(table: Table, field: number): number[] {
  const found = table.tables(field, MOST_PARTS + 1)
  if (found.length > MOST_PARTS) throw new LimitError(`It has more than ${MOST_PARTS} parts.`)
  return found
}

function addMetadata(context: ParseContext, name: string, value: string | number): void {
  if (value !== '') context.add({ kind: 'metadata', name, location: {}, detail: { value } })
}

function noteCode(code: Table, context: ParseContext): void {
  const custom = code.text(OPERATOR_CODE.custom, NAME_BYTES)
  if (custom === '') {
    const number = Math.max(code.u8(OPERATOR_CODE.deprecated), code.u32(OPERATOR_CODE.builtin))
    context.add({
      kind: 'metadata',
      name: `op.builtin-${number}`,
      location: { offset: code.at },
      detail: { value: 1 },
    })
  } else if (FLEX.test(custom))
    noteOperator(context, {
      operator: custom.replace(FLEX, ''),
      name: custom,
      where: 'the graph',
      attributes: [],
      offset: code.at,
    })
  else
    context.add({
      kind: 'content',
      name: 'tflite.custom-operator',
      location: { offset: code.at },
      evidence: printable(custom),
    })
}

function noteTensor(file: Flatbuffer, tensor: Table, context: ParseContext): void {
  const shape = tensor.vector(TENSOR.shape, 4)
  const sizes = Array.from({ length: Math.min(shape?.count ?? 0, 16) }, (_, index) =>
    file.i32((shape?.start ?? 0) + 4 * index),
  )
  context.add({
    kind: 'tensor',
    name: tensor.text(TENSOR.name, NAME_BYTES) || '(unnamed)',
    location: { offset: tensor.at },
    detail: {
      dtype: TYPES[tensor.u8(TENSOR.type)] ?? `type ${tensor.u8(TENSOR.type)}`,
      shape: `[${sizes.join(', ')}]`,
    },
  })
}
