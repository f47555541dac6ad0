import { LimitError } from '../context'
import { scanEmbedded } from './embedded'
import { addCall, type FunctionEntry, functionKey, MOST_FUNCTIONS } from './onnx-functions'
import { type NodeText, noteAttribute, noteNode } from './onnx-operators'
import { eachField, type OnnxReader, place, roomIn, textOf, within } from './onnx-reader'
import { ATTRIBUTE, FUNCTION, GRAPH, NODE } from './onnx-schema'
import { readSparse, readTensor } from './onnx-tensor'
import { describeValue } from './onnx-value'
import type { Range } from './wire'

/** Different operators of one model; the standard has some 200. */
const MOST_OPERATORS = 20_000
/** Texts of one node that are kept until its domain is known. */
const MOST_TEXTS = 64
/** Inputs and outputs that are listed. */
const MOST_VALUES = 256

/** A GraphProto, with the graphs inside its nodes. `main` is the model's own. */
export function readGraph(
  reader: OnnxReader,
  range: Range,
  main: boolean,
  body?: FunctionEntry,
): void {
  let values = 0
  eachField(reader, GRAPH, range, (field) => {
    if (field.number === 1) readNode(reader, field, body)
    else if (field.number === 5) readTensor(reader, field, main ? 'initializer' : 'value')
    else if (field.number === 15) readSparse(reader, field, main ? 'initializer' : 'value')
    else if (main && field.number === 2) addMetadata(reader, 'graph.name', field)
    else if (main && (field.number === 11 || field.number === 12) && values++ < MOST_VALUES)
      describeValue(reader, field, field.number === 11 ? 'input' : 'output')
  })
}

export function addMetadata(reader: OnnxReader, name: string, field: Range): void {
  reader.context.add({
    kind: 'metadata',
    name,
    location: { offset: field.start },
    detail: { value: textOf(reader, field).slice(0, 500) },
  })
}

function readNode(reader: OnnxReader, range: Range, body: FunctionEntry | undefined): void {
  let name = ''
  let operator = ''
  let domain = ''
  let overload = ''
  const texts: NodeText[] = []
  eachField(reader, NODE, range, (field) => {
    if (field.number === 3) name = textOf(reader, field).slice(0, 200)
    else if (field.number === 4) operator = textOf(reader, field).slice(0, 200)
    else if (field.number === 5)
      within(reader, `node ${name === '' ? operator : name}`, () =>
        readAttribute(reader, field, texts, body),
      )
    else if (field.number === 7) domain = textOf(reader, field).slice(0, 200)
    else if (field.number === 8) overload = textOf(reader, field).slice(0, 200)
  })
  reader.counts.nodes++
  const key = functionKey(domain, operator, overload)
  const known = reader.operators.get(key)
  if (known === undefined) {
    roomIn(reader.operators, MOST_OPERATORS, 'operators')
    reader.operators.set(key, { domain, name: operator, count: 1, offset: range.start })
  } else known.count++
  if (body !== undefined && !addCall(reader.functions, body, key))
    throw new LimitError('Its functions call more functions than are followed.')
  noteNode(reader, { domain, operator, name, offset: range.start, texts })
}

/** An AttributeProto; its tensors and graphs may hold whatever a model may. */
function readAttribute(
  reader: OnnxReader,
  range: Range,
  texts: NodeText[],
  body: FunctionEntry | undefined,
): void {
  let name = ''
  const inside = (read: () => void) => within(reader, `attribute ${name}`, read)
  eachField(reader, ATTRIBUTE, range, (field) => {
    switch (field.number) {
      case 1:
        name = textOf(reader, field).slice(0, 200)
        break
      case 3:
        if (texts.length < MOST_TEXTS) texts.push({ name, value: String(field.value) })
        break
      case 4:
      case 9: {
        const value = textOf(reader, field)
        if (texts.length < MOST_TEXTS) texts.push({ name, value })
        noteAttribute(reader, name, value, field.start)
        const what = `the text of attribute ${name}${place(reader)}`
        scanEmbedded(reader.source, field, reader.context, 'onnx.embedded-file', what)
        break
      }
      case 5:
      case 10:
        inside(() => readTensor(reader, field, 'value'))
        break
      case 6:
      case 11:
        inside(() => readGraph(reader, field, false, body))
        break
      case 22:
      case 23:
        inside(() => readSparse(reader, field, 'value'))
        break
    }
  })
}

/** A FunctionProto: a named body of nodes that the model brings along. */
export function readFunction(reader: OnnxReader, range: Range): void {
  let name = ''
  let domain = ''
  let overload = ''
  const entry: FunctionEntry = { name: '', offset: range.start, calls: new Map(), nodes: 0 }
  eachField(reader, FUNCTION, range, (field) => {
    if (field.number === 1) name = textOf(reader, field).slice(0, 200)
    else if (field.number === 7)
      within(reader, `function ${name}`, () => readNode(reader, field, entry))
    else if (field.number === 10) domain = textOf(reader, field).slice(0, 200)
    else if (field.number === 11)
      within(reader, `function ${name}`, () => readAttribute(reader, field, [], entry))
    else if (field.number === 13) overload = textOf(reader, field).slice(0, 200)
  })
  const key = functionKey(domain, name, overload)
  const { entries } = reader.functions
  if (entries.has(key)) reader.context.anomaly('onnx.function-repeated', range.start, key)
  roomIn(entries, MOST_FUNCTIONS, 'functions')
  entries.set(key, { ...entry, name: key })
}
