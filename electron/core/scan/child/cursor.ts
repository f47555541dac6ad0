import { type ByteSource, readBytes } from './byte-source'
import { MalformedError } from './context'

/** Bytes that are read ahead; headers are small, so one window mostly suffices. */
const WINDOW_BYTES = 64 * 1024

/** Reads numbers and strings one after the other. Every read past `end` throws MalformedError. */
export interface Cursor {
  readonly offset: number
  readonly remaining: number
  u8(): number
  u16(): number
  u32(): number
  i32(): number
  /** As a number: values beyond 2^53 lose precision, and fail every bounds check all the same. */
  u64(): number
  f32(): number
  f64(): number
  bytes(length: number): Buffer
  skip(length: number): void
}

export function createCursor(
  source: ByteSource,
  start = 0,
  { littleEndian = true, end = source.size }: { littleEndian?: boolean; end?: number } = {},
): Cursor {
  let offset = start
  let window: Buffer = Buffer.alloc(0)
  let windowStart = 0

  /** Position of `length` contiguous bytes in `window`. */
  function take(length: number): number {
    if (length > end - offset)
      throw new MalformedError(
        `It ends early: ${length} bytes are announced at offset ${offset}, ${Math.max(0, end - offset)} are there.`,
      )
    if (offset < windowStart || offset + length > windowStart + window.length) {
      window = readBytes(source, offset, Math.max(length, WINDOW_BYTES))
      windowStart = offset
      if (window.length < length) throw new MalformedError('It became shorter while it was read.')
    }
    const at = offset - windowStart
    offset += length
    return at
  }

  return {
    get offset() {
      return offset
    },
    get remaining() {
      return Math.max(0, end - offset)
    },
    u8: () => {
      const at = take(1)
      return window.readUInt8(at)
    },
    u16: () => {
      const at = take(2)
      return littleEndian ? window.readUInt16LE(at) : window.readUInt16BE(at)
    },
    u32: () => {
      const at = take(4)
      return littleEndian ? window.readUInt32LE(at) : window.readUInt32BE(at)
    },
    i32: () => {
      const at = take(4)
      return littleEndian ? window.readInt32LE(at) : window.readInt32BE(at)
    },
    u64: () => {
      const at = take(8)
      return Number(littleEndian ? window.readBigUInt64LE(at) : window.readBigUInt64BE(at))
    },
    f32: () => {
      const at = take(4)
      return littleEndian ? window.readFloatLE(at) : window.readFloatBE(at)
    },
    f64: () => {
      const at = take(8)
      return littleEndian ? window.readDoubleLE(at) : window.readDoubleBE(at)
    },
    bytes: (length) => {
      const at = take(length)
      return window.subarray(at, at + length)
    },
    skip: (length) => {
      if (length > end - offset)
        throw new MalformedError(
          `It ends early: ${length} bytes are announced at offset ${offset}, ${Math.max(0, end - offset)} are there.`,
        )
      offset += length
    },
  }
}
