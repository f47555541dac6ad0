import type { ByteSource } from '../byte-source'
import {
  COMPLETE,
  inconclusive,
  LimitError,
  MalformedError,
  type ParseContext,
  type Parser,
} from '../context'
import { createCursor } from '../cursor'
import { analyseTemplate, TEMPLATE_CHARACTERS } from '../template'
import { aligned, checkExtents, type Problem, readTensors } from './gguf-tensors'
import { UINT32, VALUE_NAMES } from './gguf-types'
import {
  type GgufReader,
  type GgufValue,
  lengthBytes,
  readKey,
  readLength,
  readValue,
  type StringVisitor,
} from './gguf-values'

/** GGUF specification, "general.alignment": 32 when absent. */
const DEFAULT_ALIGNMENT = 32
/** Beyond this an alignment is not padding but a place to hide things. */
const MOST_ALIGNMENT = 65_536
/** Metadata of real models has fewer than 100 keys. */
const MOST_KEYS = 65_536
/** A character takes up to four bytes; one more, so that a template that is too large shows it. */
const TEMPLATE_BYTES = TEMPLATE_CHARACTERS * 4 + 4

/**
 * GGUF versions 1 to 3 (ggml/docs/gguf.md), little and big endian. Reads header, metadata and the
 * table of tensors; of the weights only where they lie.
 */
export const parseGguf: Parser = (source, context) => {
  let reason: string | null = null
  const problem: Problem = (sentence) => {
    reason ??= sentence
  }
  const reader = openReader(source, context)
  const { cursor, version } = reader
  const width = lengthBytes(version)
  // Least bytes of a tensor: name length, dimensions, type, offset; of a key: length, type, value.
  const tensorCount = readCount(reader, 'gguf.tensor-count', 'tensors', width + 16)
  const keyCount = readCount(reader, 'gguf.metadata-count', 'metadata keys', width + 5)
  const metadata = readMetadata(reader, keyCount, problem)
  addFramework(reader, metadata)
  const alignment = alignmentOf(context, metadata, problem)
  const extents = readTensors(reader, tensorCount, problem)
  checkExtents(source, context, extents, aligned(cursor.offset, alignment), alignment, problem)
  return reason === null ? COMPLETE : inconclusive(reason)
}

/** Big-endian files are told by their version: 3 reads as 0x03000000 (gguf-py, gguf_reader.py). */
function openReader(source: ByteSource, context: ParseContext): GgufReader {
  const head = createCursor(source)
  if (head.bytes(4).toString('latin1') !== 'GGUF') {
    context.anomaly('gguf.magic', 0)
    throw new MalformedError('It does not start with GGUF.')
  }
  const littleEndian = (head.u32() & 0xffff) !== 0
  const cursor = createCursor(source, 4, { littleEndian })
  const version = cursor.u32()
  if (version < 1 || version > 3) {
    context.anomaly('gguf.version', 4, `version ${version}`)
    throw new MalformedError(`GGUF version ${version} is not known.`)
  }
  return { cursor, version, context }
}

/** A count of things that take at least `least` bytes each; more than fit are refused at once. */
function readCount(reader: GgufReader, fact: string, what: string, least: number): number {
  const { cursor, context } = reader
  const at = cursor.offset
  const count = readLength(reader)
  if (count <= cursor.remaining / least) return count
  context.anomaly(fact, at, `${count} announced, ${cursor.remaining} bytes there`)
  throw new MalformedError(`It announces ${count} ${what}, ${cursor.remaining} bytes are there.`)
}

function readMetadata(reader: GgufReader, count: number, problem: Problem): Map<string, GgufValue> {
  const { cursor, context } = reader
  if (count > MOST_KEYS) {
    context.anomaly('gguf.metadata-count', cursor.offset, `${count} keys`)
    throw new LimitError(`It announces ${count} metadata keys, more than ${MOST_KEYS}.`)
  }
  const metadata = new Map<string, GgufValue>()
  const templateReader = (name: string): StringVisitor => ({
    bytes: TEMPLATE_BYTES,
    visit: (text, offset) => analyseTemplate(text, context, { name, offset }),
  })
  for (let i = 0; i < count; i++) {
    if (i % 256 === 0) context.checkpoint()
    const at = cursor.offset
    const key = readKey(reader)
    const value = readValue(reader, isTemplateKey(key) ? templateReader(key) : undefined)
    context.add({
      kind: 'metadata',
      name: key,
      location: { offset: at },
      detail: { value: value.shown, type: VALUE_NAMES[value.type] ?? `type ${value.type}` },
    })
    if (metadata.has(key)) {
      context.anomaly('gguf.duplicate-key', at, key)
      problem(`The key ${key} occurs twice; readers disagree which one counts.`)
    } else metadata.set(key, value)
  }
  return metadata
}

/** tokenizer.chat_template, tokenizer.chat_template.tool_use, tokenizer.chat_templates, … */
function isTemplateKey(key: string): boolean {
  return /template/i.test(key)
}

function alignmentOf(
  context: ParseContext,
  metadata: ReadonlyMap<string, GgufValue>,
  problem: Problem,
): number {
  const value = metadata.get('general.alignment')
  if (value === undefined) return DEFAULT_ALIGNMENT
  const { type, shown } = value
  const isPower = typeof shown === 'number' && Number.isInteger(Math.log2(shown))
  if (type === UINT32 && isPower && shown <= MOST_ALIGNMENT) return shown
  context.anomaly('gguf.alignment', 0, `general.alignment = ${shown} (${VALUE_NAMES[type]})`)
  problem(`general.alignment is not a power of two up to ${MOST_ALIGNMENT} of type uint32.`)
  return DEFAULT_ALIGNMENT
}

function addFramework(
  { context, version }: GgufReader,
  metadata: ReadonlyMap<string, GgufValue>,
): void {
  const architecture = metadata.get('general.architecture')?.shown
  const named =
    architecture === undefined
      ? ''
      : `, general.architecture = ${String(architecture).slice(0, 64)}`
  context.add({
    kind: 'framework',
    name: 'llama.cpp',
    location: { offset: 0 },
    evidence: `GGUF version ${version}${named}`,
    detail: { confidence: architecture === undefined ? 0.7 : 0.98 },
  })
}
