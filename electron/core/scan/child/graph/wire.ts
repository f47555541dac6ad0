import { type ByteSource, readBytes } from '../byte-source'
import { LimitError, MalformedError, type ParseContext } from '../context'

/** Encoding of a field's value (protobuf.dev, "Encoding"): groups, 3 and 4, are refused. */
export const VARINT = 0
export const FIXED64 = 1
export const BYTES = 2
export const FIXED32 = 5

/** Default recursion limit of protobuf's own readers (coded_stream.h). */
const DEEPEST = 100
/** Read ahead; a model has a tensor a megabyte, so more would be read for nothing. */
const WINDOW_BYTES = 16 * 1024
/** Fields between two checkpoints. */
const CHECK_EVERY = 512

export interface Range {
  start: number
  end: number
}

/** `start` and `end` are those of the value. */
export interface WireField extends Range {
  number: number
  wire: number
  /** A varint, as int64 (exact up to 2^53); else the length of the value in bytes. */
  value: number
  /** Of the tag. */
  offset: number
}

/** Fields of protobuf messages, read from a window that moves over the file. */
export interface Wire {
  /** Calls `visit` for each field of the message, in order. `visit` may walk messages inside. */
  each(range: Range, visit: (field: WireField) => void): void
  /** Numbers of a packed repeated field of varints, at most `most`. */
  packed(range: Range, most: number): number[]
  /** How many varints a packed field holds. */
  countPacked(range: Range): number
  text(range: Range, mostBytes: number): string
  /** The first bytes of a value. */
  head(range: Range, mostBytes: number): Buffer
}

export function createWire(source: ByteSource, context: ParseContext): Wire {
  let window: Buffer = Buffer.alloc(0)
  let windowStart = 0
  let at = 0
  let depth = 0
  let fields = 0

  function byte(end: number): number {
    if (at >= end) throw new MalformedError(`A protobuf message ends early at offset ${at}.`)
    let index = at - windowStart
    if (index < 0 || index >= window.length) {
      window = readBytes(source, at, WINDOW_BYTES)
      windowStart = at
      index = 0
    }
    const value = window[index]
    if (value === undefined) throw new MalformedError('It became shorter while it was read.')
    at++
    return value
  }

  function varint(end: number): number {
    let value = 0
    let scale = 1
    for (let index = 0; index < 7; index++) {
      const next = byte(end)
      value += (next & 0x7f) * scale
      if (next < 0x80) return value
      scale *= 128
    }
    // Beyond 49 bits a double is not exact, and negative numbers take all 64.
    let wide = BigInt(value)
    for (let shift = 49n; shift < 70n; shift += 7n) {
      const next = byte(end)
      wide |= BigInt(next & 0x7f) << shift
      if (next < 0x80) return Number(BigInt.asIntN(64, wide))
    }
    throw new MalformedError(`A number of more than ten bytes stands at offset ${at - 10}.`)
  }

  function next(end: number): WireField {
    const offset = at
    const tag = varint(end)
    const wire = tag % 8
    const number = Math.floor(tag / 8)
    if (number < 1 || number > 0x1fff_ffff)
      throw new MalformedError(`Field number ${number} at offset ${offset} does not exist.`)
    let value = 0
    let start = at
    if (wire === VARINT) value = varint(end)
    else if (wire === BYTES) {
      value = varint(end)
      start = at
    } else if (wire === FIXED64 || wire === FIXED32) value = wire === FIXED64 ? 8 : 4
    else throw new MalformedError(`Wire type ${wire} at offset ${offset} is not read.`)
    const valueEnd = wire === VARINT ? at : start + value
    if (value < 0 && wire !== VARINT) throw new MalformedError(`A length below 0 at ${offset}.`)
    if (valueEnd > end)
      throw new MalformedError(
        `${value} bytes are announced at offset ${offset}, ${end - start} are there.`,
      )
    return { number, wire, value, start, end: valueEnd, offset }
  }

  function each({ start, end }: Range, visit: (field: WireField) => void): void {
    if (depth >= DEEPEST) {
      context.anomaly('protobuf.depth', start, `messages nested deeper than ${DEEPEST} levels`)
      throw new LimitError(`Its messages are nested deeper than ${DEEPEST} levels.`)
    }
    depth++
    try {
      for (let offset = start; offset < end; ) {
        if (++fields % CHECK_EVERY === 0) context.checkpoint()
        at = offset
        const field = next(end)
        visit(field)
        offset = field.end
      }
    } finally {
      depth--
    }
  }

  /** Index in the window, or -1 when the bytes are not all there. */
  function indexOf(start: number, length: number): number {
    const index = start - windowStart
    return index >= 0 && index + length <= window.length ? index : -1
  }

  function head({ start, end }: Range, mostBytes: number): Buffer {
    const length = Math.min(end - start, mostBytes)
    const index = indexOf(start, length)
    if (index === -1) return readBytes(source, start, length)
    return Buffer.from(window.subarray(index, index + length))
  }

  function text({ start, end }: Range, mostBytes: number): string {
    const length = Math.min(end - start, mostBytes)
    const index = indexOf(start, length)
    if (index === -1) return readBytes(source, start, length).toString('utf8')
    return window.toString('utf8', index, index + length)
  }

  return {
    each,
    head,
    text,
    packed({ start, end }, most) {
      const numbers: number[] = []
      for (at = start; at < end && numbers.length < most; ) numbers.push(varint(end))
      return numbers
    },
    countPacked({ start, end }) {
      let count = 0
      for (let offset = start; offset < end; ) {
        context.checkpoint()
        const part = readBytes(source, offset, Math.min(64 * 1024, end - offset))
        if (part.length === 0) throw new MalformedError('It became shorter while it was read.')
        for (const one of part) if (one < 0x80) count++
        offset += part.length
      }
      return count
    },
  }
}

/** A message type: its name, and the encodings that each field number may have. */
export interface MessageType {
  name: string
  fields: Readonly<Record<number, readonly number[]>>
}

/** Walks the known fields; `unknown` gets the rest, which readers of protobuf skip without a word. */
export function eachKnown(
  wire: Wire,
  type: MessageType,
  range: Range,
  visit: (field: WireField) => void,
  unknown: (type: MessageType, field: WireField) => void,
): void {
  wire.each(range, (field) => {
    if (type.fields[field.number]?.includes(field.wire) === true) visit(field)
    else unknown(type, field)
  })
}
