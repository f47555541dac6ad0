import type { ByteSource } from '../byte-source'
import { MalformedError, type ParseContext } from '../context'
import { createFunctionTable, type FunctionTable } from './onnx-functions'
import {
  createWire,
  eachKnown,
  type MessageType,
  type Range,
  type Wire,
  type WireField,
} from './wire'

/** Names, locations and values are cut to this many bytes before they are judged or shown. */
export const TEXT_BYTES = 8192
/** Parts of a place that are shown: 'function f, node n, attribute a'. */
const MOST_SCOPE = 6

/** A file that tensors keep their data in. */
export interface ExternalFile {
  tensors: number
  /** Bytes that the file must have at least, as far as the model says. */
  bytes: number
  offset: number
}

/** What the parts of one ONNX model share while it is read. */
export interface OnnxReader {
  readonly source: ByteSource
  readonly context: ParseContext
  readonly wire: Wire
  /** Nodes by 'domain::operator', with the offset of the first. */
  readonly operators: Map<string, { domain: string; name: string; count: number; offset: number }>
  readonly externals: Map<string, ExternalFile>
  readonly functions: FunctionTable
  /** Where we are, from the outside to the inside. */
  readonly scope: string[]
  counts: { nodes: number; initializers: number; parameterBytes: number }
  /** The first sentence on why the model is not wholly known. */
  problem: string | undefined
}

export function createReader(source: ByteSource, context: ParseContext): OnnxReader {
  return {
    source,
    context,
    wire: createWire(source, context),
    operators: new Map(),
    externals: new Map(),
    functions: createFunctionTable(),
    scope: [],
    counts: { nodes: 0, initializers: 0, parameterBytes: 0 },
    problem: undefined,
  }
}

/** Walks a message; fields that the schema does not know are reported, and looked into. */
export function eachField(
  reader: OnnxReader,
  type: MessageType,
  range: Range,
  visit: (field: WireField) => void,
): void {
  eachKnown(reader.wire, type, range, visit, (_, field) =>
    reader.context.anomaly(
      'onnx.unknown-field',
      field.offset,
      `field ${field.number} of ${type.name}, ${field.end - field.start} bytes`,
    ),
  )
}

/** Runs `read` with one more part in the place that facts name. */
export function within(reader: OnnxReader, part: string, read: () => void): void {
  reader.scope.push(part)
  try {
    read()
  } finally {
    reader.scope.pop()
  }
}

/** ' in function f, node n', or '' at the top. */
export function place(reader: OnnxReader): string {
  const { scope } = reader
  if (scope.length === 0) return ''
  const shown = scope.length > MOST_SCOPE ? [...scope.slice(0, MOST_SCOPE), '…'] : scope
  return ` in ${shown.join(', ')}`
}

export function textOf(reader: OnnxReader, field: Range): string {
  return reader.wire.text(field, TEXT_BYTES)
}

/** Keeps memory within bounds: a model has a few hundred operators, functions and files. */
export function roomIn(map: { readonly size: number }, most: number, what: string): void {
  if (map.size >= most) throw new MalformedError(`It has more than ${most} ${what}.`)
}
