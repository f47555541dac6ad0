import { printable } from '../archive/entry-name'
import { type ByteSource, readBytes, sliceSource } from '../byte-source'
import {
  COMPLETE,
  inconclusive,
  MalformedError,
  type Outcome,
  type ParseContext,
  type Parser,
} from '../context'
import { pathProblem } from './data-path'
import { noteKerasText } from './keras'
import { eachField, readGraph, type TensorFlowReader, textOf } from './tensorflow-graph'
import {
  ASSET_FILE,
  KERAS_METADATA,
  KERAS_NODE,
  META_GRAPH,
  META_INFO,
  OBJECT_GRAPH,
  SAVED_MODEL,
  SAVED_OBJECT,
  USER_OBJECT,
} from './tensorflow-schema'
import { createWire, type Range, type WireField } from './wire'

/** JSON of one Keras layer or model in a SavedModel; more is not read as JSON. */
const KERAS_BYTES = 16 * 1024 * 1024

/** saved_model.pb (tensorflow/core/protobuf/saved_model.proto). Its variables lie in files beside it. */
export const parseSavedModel: Parser = (source, context) =>
  readMessage(source, context, (reader, whole) => {
    let outcome = COMPLETE
    eachField(reader, SAVED_MODEL, whole, (field) => {
      if (field.number === 1) addMetadata(reader, 'schema_version', field, field.value)
      else outcome = worst(outcome, readMetaGraph(reader, field))
    })
    return outcome
  })

/** A frozen graph (graph.proto). */
export const parseGraphDef: Parser = (source, context) =>
  readMessage(source, context, (reader, whole) => {
    readGraph(reader, whole)
    return COMPLETE
  })

/** A MetaGraphDef by itself: the .meta file of a checkpoint of TensorFlow 1 (meta_graph.proto). */
export const parseMetaGraph: Parser = (source, context) =>
  readMessage(source, context, (reader, whole) => readMetaGraph(reader, whole))

/** keras_metadata.pb: the configuration of each Keras object of a SavedModel, as JSON. */
export const parseKerasMetadata: Parser = (source, context) =>
  readMessage(source, context, (reader, whole) => {
    let outcome = COMPLETE
    eachField(reader, KERAS_METADATA, whole, (node) =>
      eachField(reader, KERAS_NODE, node, (field) => {
        if (field.number === 5) outcome = worst(outcome, readKeras(reader, field))
      }),
    )
    return outcome
  })

function readMessage(
  source: ByteSource,
  context: ParseContext,
  read: (reader: TensorFlowReader, whole: Range) => Outcome,
): Outcome {
  const reader: TensorFlowReader = {
    source,
    context,
    wire: createWire(source, context),
    operators: new Map(),
    nodes: 0,
    functions: 0,
  }
  try {
    const outcome = read(reader, { start: 0, end: source.size })
    noteCounts(reader)
    return outcome
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error
    noteCounts(reader)
    context.anomaly('tensorflow.malformed', 0, error.message)
    return inconclusive(`It is not a whole TensorFlow message: ${error.message}`)
  }
}

function noteCounts({ context, operators, nodes, functions }: TensorFlowReader): void {
  for (const [operator, { count, offset }] of operators)
    context.add({
      kind: 'metadata',
      name: `op.${operator}`,
      location: { offset },
      detail: { value: count },
    })
  for (const [name, value] of Object.entries({ nodes, functions }))
    if (nodes > 0)
      context.add({ kind: 'metadata', name: `count.${name}`, location: {}, detail: { value } })
}

function readMetaGraph(reader: TensorFlowReader, range: Range): Outcome {
  let outcome = COMPLETE
  eachField(reader, META_GRAPH, range, (field) => {
    if (field.number === 1) readMetaInfo(reader, field)
    else if (field.number === 2) readGraph(reader, field)
    else if (field.number === 6) readAsset(reader, field)
    else if (field.number === 7) outcome = worst(outcome, readObjects(reader, field))
  })
  return outcome
}

function readMetaInfo(reader: TensorFlowReader, range: Range): void {
  eachField(reader, META_INFO, range, (field) => {
    if (field.number === 4) addMetadata(reader, 'tag', field, textOf(reader, field).slice(0, 200))
    else if (field.number === 5)
      addMetadata(reader, 'tensorflow_version', field, textOf(reader, field).slice(0, 200))
  })
}

function addMetadata(
  { context }: TensorFlowReader,
  name: string,
  field: WireField,
  value: string | number,
): void {
  context.add({ kind: 'metadata', name, location: { offset: field.offset }, detail: { value } })
}

/** Assets are opened below the folder assets/ of the model; the name decides where that leads. */
function readAsset(reader: TensorFlowReader, range: Range): void {
  eachField(reader, ASSET_FILE, range, (field) => {
    if (field.number !== 2) return
    const path = textOf(reader, field)
    const problem = pathProblem(path)
    if (problem !== undefined)
      reader.context.anomaly(`tensorflow.asset-path.${problem}`, field.start, printable(path))
    reader.context.add({
      kind: 'content',
      name: 'tensorflow.asset-file',
      location: { offset: field.start },
      evidence: printable(path),
      detail: { path: `assets/${path}` },
    })
  })
}

/** SavedObjectGraph: until TensorFlow 2.5 the JSON of Keras objects is in here (user_object). */
function readObjects(reader: TensorFlowReader, range: Range): Outcome {
  let outcome = COMPLETE
  eachField(reader, OBJECT_GRAPH, range, (node) => {
    if (node.number !== 1) return
    eachField(reader, SAVED_OBJECT, node, (field) => {
      if (field.number !== 4) return
      eachField(reader, USER_OBJECT, field, (part) => {
        if (part.number === 3) outcome = worst(outcome, readKeras(reader, part))
      })
    })
  })
  return outcome
}

function readKeras({ source, context }: TensorFlowReader, { start, end }: Range): Outcome {
  if (end === start) return COMPLETE
  if (end - start > KERAS_BYTES)
    return inconclusive(`A configuration in it has more than ${KERAS_BYTES} bytes.`)
  const bytes = readBytes(sliceSource(source, start, end - start), 0, end - start)
  return noteKerasText(bytes, context, start)
    ? COMPLETE
    : inconclusive('A configuration of Keras in it is not JSON.')
}

const worst = (first: Outcome, second: Outcome): Outcome =>
  first.status === 'complete' ? second : first
