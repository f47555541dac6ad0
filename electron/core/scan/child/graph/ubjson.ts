import type { ByteSource } from '../byte-source'
import {
  COMPLETE,
  inconclusive,
  LimitError,
  MalformedError,
  type ParseContext,
  type Parser,
} from '../context'
import { type Cursor, createCursor } from '../cursor'

/** Bytes of a value by its type (ubjson.org, "Type Reference"). XGBoost writes these only. */
const FIXED: Readonly<Record<string, number>> = {
  Z: 0,
  N: 0,
  T: 0,
  F: 0,
  i: 1,
  U: 1,
  I: 2,
  l: 4,
  L: 8,
  d: 4,
  D: 8,
  C: 1,
}
const DEEPEST = 128
const TICK_EVERY = 4096

/**
 * An XGBoost model in UBJSON: JSON with lengths, big-endian. Numbers and names are inert; what
 * matters is that the file is one whole document.
 */
export const parseUbjson: Parser = (source, context) => {
  try {
    const end = readDocument(source, context)
    if (end === source.size) return COMPLETE
    context.anomaly('ubjson.malformed', end, `${source.size - end} bytes follow its end.`)
    return inconclusive(`${source.size - end} bytes follow its end.`)
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error
    context.anomaly('ubjson.malformed', 0, error.message)
    return inconclusive(`It is not whole UBJSON: ${error.message}`)
  }
}

interface Open {
  kind: 'array' | 'object'
  /** Items left where the length is stated, else undefined: an end marker follows. */
  left: number | undefined
  /** Type of all items where it is stated. */
  type: string | undefined
}

function readDocument(source: ByteSource, context: ParseContext): number {
  const cursor = createCursor(source, 0, { littleEndian: false })
  const open: Open[] = []
  let values = 0

  function begin(type: string): void {
    if (type !== '[' && type !== '{') {
      skipValue(cursor, type)
      return
    }
    if (open.length === DEEPEST) throw new LimitError(`It is nested deeper than ${DEEPEST} levels.`)
    const frame = readHead(cursor, type === '[' ? 'array' : 'object')
    const width = frame.kind === 'array' ? FIXED[frame.type ?? ''] : undefined
    // A typed array of numbers is one stretch of bytes.
    if (width !== undefined && frame.left !== undefined) cursor.skip(width * frame.left)
    else open.push(frame)
  }

  begin(marker(cursor))
  for (let frame = open.at(-1); frame !== undefined; frame = open.at(-1)) {
    if (++values % TICK_EVERY === 0) context.checkpoint()
    let type = ''
    if (frame.left === undefined) {
      type = marker(cursor)
      if (type === (frame.kind === 'array' ? ']' : '}')) {
        open.pop()
        continue
      }
    } else if (frame.left-- === 0) {
      open.pop()
      continue
    }
    if (frame.kind === 'object') {
      // The marker that was read is the type of the key's length.
      cursor.skip(length(cursor, type === '' ? marker(cursor) : type))
      type = ''
    }
    begin(frame.type ?? (type === '' ? marker(cursor) : type))
  }
  return cursor.offset
}

/** Optional '$type' and '#count' of a container. */
function readHead(cursor: Cursor, kind: Open['kind']): Open {
  const frame: Open = { kind, left: undefined, type: undefined }
  let next = peek(cursor)
  if (next === '$') {
    cursor.skip(1)
    frame.type = marker(cursor)
    next = peek(cursor)
    if (next !== '#') throw new MalformedError(`A type without a count at offset ${cursor.offset}.`)
  }
  if (next === '#') {
    cursor.skip(1)
    frame.left = length(cursor, marker(cursor))
    // An item takes a byte at least, except those of an array of, say, nulls: they are only counted.
    const weightless = kind === 'array' && FIXED[frame.type ?? ''] === 0
    if (frame.left > cursor.remaining && !weightless)
      throw new MalformedError(
        `${frame.left} items are announced, ${cursor.remaining} bytes are there.`,
      )
  }
  return frame
}

function skipValue(cursor: Cursor, type: string): void {
  const width = FIXED[type]
  if (width !== undefined) cursor.skip(width)
  else if (type === 'S' || type === 'H') cursor.skip(length(cursor, marker(cursor)))
  else
    throw new MalformedError(
      `Type ${JSON.stringify(type)} at offset ${cursor.offset - 1} is not known.`,
    )
}

/** An integer of the type that was read; negative lengths do not exist. */
function length(cursor: Cursor, type: string): number {
  const value = integer(cursor, type)
  if (value === undefined || value < 0)
    throw new MalformedError(`A length is missing at offset ${cursor.offset}.`)
  return value
}

function integer(cursor: Cursor, type: string): number | undefined {
  if (type === 'U') return cursor.u8()
  if (type === 'i') return cursor.bytes(1).readInt8()
  if (type === 'I') return cursor.bytes(2).readInt16BE()
  if (type === 'l') return cursor.i32()
  return type === 'L' ? Number(cursor.bytes(8).readBigInt64BE()) : undefined
}

const marker = (cursor: Cursor): string => String.fromCharCode(cursor.u8())

function peek(cursor: Cursor): string {
  if (cursor.remaining === 0) throw new MalformedError('It ends inside a container.')
  const byte = cursor.bytes(1)[0] ?? 0
  cursor.skip(-1)
  return String.fromCharCode(byte)
}
