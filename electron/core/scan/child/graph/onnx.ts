import { type ByteSource, sliceSource } from '../byte-source'
import { COMPLETE, inconclusive, MalformedError, type ParseContext, type Parser } from '../context'
import { expandFunctions } from './onnx-functions'
import { addMetadata, readFunction, readGraph } from './onnx-graph'
import { noteOperators, noteUrl } from './onnx-operators'
import { createReader, eachField, type OnnxReader, textOf, within } from './onnx-reader'
import { MODEL, OPERATOR_SET, TRAINING } from './onnx-schema'
import { readEntry } from './onnx-tensor'
import type { WireField } from './wire'

/** Inlined nodes beyond which a model is a bomb; the largest language models have 50 000. */
const MOST_INLINED_NODES = 50_000_000
/** Newest IR version of onnx.proto, with room for those to come. */
const NEWEST_IR = 20

/**
 * An ONNX model (onnx.proto, ModelProto). Tensor data is skipped, except its first bytes; graphs
 * inside nodes, functions and training information are read like the model's own graph.
 */
export const parseOnnx: Parser = (source, context) => {
  const reader = createReader(source, context)
  const read = { end: 0, graphs: 0 }
  try {
    eachField(reader, MODEL, { start: 0, end: source.size }, (field) => {
      readField(reader, field)
      read.end = field.end
      if (field.number === 7) read.graphs++
    })
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error
    finish(reader)
    return malformed(source, context, error, read.end)
  }
  if (read.graphs > 1)
    context.anomaly('onnx.graph-repeated', 0, `${read.graphs} graphs, which readers merge`)
  finish(reader)
  if (read.graphs === 0 && reader.functions.entries.size === 0)
    return inconclusive('It has neither a graph nor a function.')
  return reader.problem === undefined ? COMPLETE : inconclusive(reader.problem)
}

/** Everything behind the last whole field is scanned for what it is: something may hide there. */
function malformed(source: ByteSource, context: ParseContext, error: Error, end: number) {
  context.anomaly('onnx.malformed', end, error.message)
  if (end > 0 && end < source.size)
    context.scanMember(sliceSource(source, end, source.size - end), `unread@${end}`)
  return inconclusive(`It is not a whole ONNX model: ${error.message}`)
}

function readField(reader: OnnxReader, field: WireField): void {
  const { context } = reader
  switch (field.number) {
    case 1:
      addNumber(reader, 'ir_version', field)
      if (field.value < 1 || field.value > NEWEST_IR)
        context.anomaly('onnx.ir-version', field.offset, `version ${field.value}`)
      break
    case 2:
      addMetadata(reader, 'producer_name', field)
      break
    case 3:
      addMetadata(reader, 'producer_version', field)
      break
    case 4:
      addMetadata(reader, 'domain', field)
      break
    case 5:
      addNumber(reader, 'model_version', field)
      break
    case 7:
      readGraph(reader, field, true)
      break
    case 8:
      readOperatorSet(reader, field)
      break
    case 14:
      readProperty(reader, field)
      break
    case 20:
      within(reader, 'training', () =>
        eachField(reader, TRAINING, field, (part) => {
          if (part.number <= 2) readGraph(reader, part, false)
        }),
      )
      break
    case 25:
      readFunction(reader, field)
      break
  }
}

function addNumber({ context }: OnnxReader, name: string, field: WireField): void {
  const location = { offset: field.offset }
  context.add({ kind: 'metadata', name, location, detail: { value: field.value } })
}

function readOperatorSet(reader: OnnxReader, range: WireField): void {
  let domain = ''
  let version = 0
  eachField(reader, OPERATOR_SET, range, (field) => {
    if (field.number === 1) domain = textOf(reader, field).slice(0, 200)
    else version = field.value
  })
  reader.context.add({
    kind: 'metadata',
    name: `opset.${domain === '' ? 'ai.onnx' : domain}`,
    location: { offset: range.start },
    detail: { value: version },
  })
}

/** metadata_props: free keys; onnxruntime takes session options from 'ort_config' when asked to. */
function readProperty(reader: OnnxReader, range: WireField): void {
  const { key, value } = readEntry(reader, range)
  reader.context.add({
    kind: 'metadata',
    name: key === '' ? '(empty)' : `property.${key}`,
    location: { offset: range.start },
    detail: { value: value.slice(0, 500) },
  })
  if (key === 'ort_config')
    reader.context.add({
      kind: 'content',
      name: 'onnx.runtime-options',
      location: { offset: range.start },
      evidence: value.slice(0, 500),
    })
  noteUrl(reader, `property ${key}`, value, range.start)
}

/** What is known only when all of the model was read. */
function finish(reader: OnnxReader): void {
  const { context, counts, functions } = reader
  noteOperators(reader)
  for (const [name, value] of Object.entries({ ...counts, functions: functions.entries.size }))
    context.add({ kind: 'metadata', name: `count.${name}`, location: {}, detail: { value } })
  for (const [path, { tensors, bytes, offset }] of reader.externals)
    context.add({
      kind: 'content',
      name: 'onnx.external-file',
      location: { offset },
      evidence: path.slice(0, 500),
      detail: { path, bytes, tensors },
    })
  const { cycles, largest } = expandFunctions(functions)
  for (const name of cycles)
    context.anomaly('onnx.function-cycle', functions.entries.get(name)?.offset ?? 0, name)
  if (cycles.length === 0 && largest.nodes > MOST_INLINED_NODES)
    context.anomaly(
      'onnx.function-expansion',
      functions.entries.get(largest.name)?.offset ?? 0,
      `${largest.name} becomes ${largest.nodes.toExponential(1)} nodes`,
    )
}
