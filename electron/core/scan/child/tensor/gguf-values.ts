import { LimitError, MalformedError, type ParseContext } from '../context'
import type { Cursor } from '../cursor'
import { ARRAY, STRING, VALUE_BYTES, VALUE_NAMES } from './gguf-types'

/** The specification allows 2^16 - 1; the longest keys in use have 60. */
const KEY_BYTES = 65_535
/** Bytes of a string value that are kept as a fact. */
const SHOWN_BYTES = 1024
/** Arrays in arrays: no published model has any, and llama.cpp refuses them. */
const ARRAY_DEPTH = 8
/** Strings of one array that a visitor gets; the largest models have five templates. */
const VISITED_STRINGS = 64
/** Array items between two looks at the clock: some 0.2 ms of work. */
const CHECK_EVERY = 4096

export interface GgufReader {
  cursor: Cursor
  version: number
  context: ParseContext
}

export interface GgufValue {
  type: number
  /** What a fact shows: numbers as they are, strings cut, arrays as 'string[32000]'. */
  shown: string | number | boolean
}

/** Gets the strings of a value, each cut to `bytes`, the moment they are read: none is kept. */
export interface StringVisitor {
  bytes: number
  visit(text: string, offset: number): void
}

/** Lengths and counts are 4 bytes in version 1, 8 since then. */
export function readLength({ cursor, version }: GgufReader): number {
  return version === 1 ? cursor.u32() : cursor.u64()
}

export const lengthBytes = (version: number): number => (version === 1 ? 4 : 8)

/** A string, cut to `most` bytes. Throws MalformedError when its length is more than what is left. */
export function readString(
  reader: GgufReader,
  most: number,
): { text: string; bytes: number; offset: number } {
  const bytes = readStringLength(reader)
  const { offset } = reader.cursor
  const kept = Math.min(bytes, most)
  const text = reader.cursor.bytes(kept).toString('utf8')
  reader.cursor.skip(bytes - kept)
  return { text, bytes, offset }
}

function readStringLength(reader: GgufReader): number {
  const { cursor, context } = reader
  const at = cursor.offset
  const bytes = readLength(reader)
  if (bytes <= cursor.remaining) return bytes
  context.anomaly('gguf.string-length', at, `${bytes} bytes announced, ${cursor.remaining} there`)
  throw new MalformedError(
    `A string at offset ${at} announces ${bytes} bytes, ${cursor.remaining} are there.`,
  )
}

export function readKey(reader: GgufReader): string {
  const at = reader.cursor.offset
  const { text, bytes } = readString(reader, KEY_BYTES)
  if (bytes > 0 && bytes <= KEY_BYTES) return text
  reader.context.anomaly('gguf.key', at, `${bytes} bytes`)
  throw new MalformedError(`The key at offset ${at} has ${bytes} bytes.`)
}

/** A value of any type; its strings are shown to `strings`, if given. */
export function readValue(reader: GgufReader, strings?: StringVisitor): GgufValue {
  const type = reader.cursor.u32()
  if (type === ARRAY) return { type, shown: readArray(reader, strings, 1) }
  if (type !== STRING) return { type, shown: readNumber(reader, type) }
  const { text, bytes, offset } = readString(reader, strings?.bytes ?? SHOWN_BYTES)
  strings?.visit(text, offset)
  return { type, shown: bytes > SHOWN_BYTES ? `${text.slice(0, SHOWN_BYTES)}…` : text }
}

function readNumber({ cursor, context }: GgufReader, type: number): number | boolean {
  switch (type) {
    case 0:
      return cursor.u8()
    case 1:
      return (cursor.u8() << 24) >> 24
    case 2:
      return cursor.u16()
    case 3:
      return (cursor.u16() << 16) >> 16
    case 4:
      return cursor.u32()
    case 5:
      return cursor.i32()
    case 6:
      return cursor.f32()
    case 7:
      return cursor.u8() !== 0
    case 10:
      return cursor.u64()
    case 11: {
      const value = cursor.u64()
      return value >= 2 ** 63 ? value - 2 ** 64 : value
    }
    case 12:
      return cursor.f64()
    default:
      context.anomaly('gguf.value-type', cursor.offset - 4, `type ${type}`)
      throw new MalformedError(
        `The value at offset ${cursor.offset} is of type ${type}, which does not exist.`,
      )
  }
}

/** Steps over an array; returns what it is. */
function readArray(reader: GgufReader, strings: StringVisitor | undefined, depth: number): string {
  const { cursor, context, version } = reader
  if (depth > ARRAY_DEPTH) {
    context.anomaly('gguf.array-depth', cursor.offset)
    throw new LimitError(`Arrays are nested deeper than ${ARRAY_DEPTH} levels.`)
  }
  const type = cursor.u32()
  const at = cursor.offset
  const count = readLength(reader)
  const width = lengthBytes(version)
  const least = type === STRING ? width : type === ARRAY ? 4 + width : VALUE_BYTES[type]
  if (least === undefined) {
    context.anomaly('gguf.value-type', at - 4, `array of type ${type}`)
    throw new MalformedError(`The array at offset ${at} is of type ${type}, which does not exist.`)
  }
  // Before any loop: a count of 2^60 would never end.
  if (count > cursor.remaining / least) {
    context.anomaly('gguf.array-length', at, `${count} items announced`)
    throw new MalformedError(
      `The array at offset ${at} announces ${count} items, ${cursor.remaining} bytes are there.`,
    )
  }
  if (type === STRING) skipStrings(reader, count, strings)
  else if (type === ARRAY)
    for (let i = 0; i < count; i++) {
      if (i % CHECK_EVERY === 0) context.checkpoint()
      readArray(reader, strings, depth + 1)
    }
  else cursor.skip(count * least)
  return `${VALUE_NAMES[type]}[${count}]`
}

/** A vocabulary has 150 000 strings; the cursor's window makes that a few reads of the file. */
function skipStrings(reader: GgufReader, count: number, strings: StringVisitor | undefined): void {
  const { cursor, context } = reader
  for (let i = 0; i < count; i++) {
    if (i % CHECK_EVERY === 0) context.checkpoint()
    if (strings === undefined || i >= VISITED_STRINGS) cursor.skip(readStringLength(reader))
    else {
      const { text, offset } = readString(reader, strings.bytes)
      strings.visit(text, offset)
    }
  }
}
