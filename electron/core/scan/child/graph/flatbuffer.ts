import { type ByteSource, readBytes } from '../byte-source'
import { MalformedError } from '../context'

const WINDOW_BYTES = 64 * 1024

export interface Vector {
  start: number
  count: number
}

/** A table of a flatbuffer: fields by their number in the schema (flatbuffers.dev, "Internals"). */
export interface Table {
  readonly at: number
  /** Scalars; 0, the default of every schema read here, when absent. */
  u8(field: number): number
  u32(field: number): number
  text(field: number, mostBytes: number): string
  /** A vector of elements of `width` bytes, wholly inside the file. */
  vector(field: number, width: number): Vector | undefined
  /** Offsets of the tables in a vector, at most `most`. */
  tables(field: number, most: number): number[]
}

export interface Flatbuffer {
  root(): Table
  tableAt(at: number): Table
  i32(at: number): number
}

/** Every offset is checked before it is followed; what leads outside throws MalformedError. */
export function openFlatbuffer(source: ByteSource): Flatbuffer {
  let window: Buffer = Buffer.alloc(0)
  let windowStart = 0

  /** Makes `length` bytes at `at` part of the window; returns their index in it. */
  function find(at: number, length: number): number {
    if (!(at >= 0) || at + length > source.size)
      throw new MalformedError(`An offset leads to ${at}, outside of ${source.size} bytes.`)
    if (at < windowStart || at + length > windowStart + window.length) {
      // Tables refer backwards to their vtables and forwards to what they hold.
      windowStart = Math.max(0, at - WINDOW_BYTES / 4)
      window = readBytes(source, windowStart, WINDOW_BYTES)
      if (at + length > windowStart + window.length)
        throw new MalformedError('It became shorter while it was read.')
    }
    return at - windowStart
  }
  // The index is found first: finding may replace the window.
  const read = <T>(at: number, length: number, get: (bytes: Buffer, index: number) => T): T => {
    const index = find(at, length)
    return get(window, index)
  }
  const u8 = (at: number) => read(at, 1, (bytes, index) => bytes.readUInt8(index))
  const u16 = (at: number) => read(at, 2, (bytes, index) => bytes.readUInt16LE(index))
  const u32 = (at: number) => read(at, 4, (bytes, index) => bytes.readUInt32LE(index))
  const i32 = (at: number) => read(at, 4, (bytes, index) => bytes.readInt32LE(index))

  function vectorAt(at: number, width: number): Vector {
    const count = u32(at)
    if (count * width > source.size - at - 4)
      throw new MalformedError(`${count} elements at offset ${at} do not fit into the file.`)
    return { start: at + 4, count }
  }

  function tableAt(at: number): Table {
    const vtable = at - i32(at)
    const size = u16(vtable)
    /** Where a field's value lies; undefined when it is absent. */
    const place = (field: number): number | undefined => {
      const entry = 4 + 2 * field
      const offset = entry + 2 <= size ? u16(vtable + entry) : 0
      return offset === 0 ? undefined : at + offset
    }
    const follow = (field: number): number | undefined => {
      const where = place(field)
      return where === undefined ? undefined : where + u32(where)
    }
    const vector = (field: number, width: number): Vector | undefined => {
      const where = follow(field)
      return where === undefined ? undefined : vectorAt(where, width)
    }
    return {
      at,
      u8: (field) => {
        const where = place(field)
        return where === undefined ? 0 : u8(where)
      },
      u32: (field) => {
        const where = place(field)
        return where === undefined ? 0 : u32(where)
      },
      text(field, mostBytes) {
        const found = vector(field, 1)
        if (found === undefined) return ''
        return readBytes(source, found.start, Math.min(found.count, mostBytes)).toString('utf8')
      },
      vector,
      tables(field, most) {
        const found = vector(field, 4)
        const offsets: number[] = []
        for (let index = 0; index < Math.min(found?.count ?? 0, most); index++) {
          const where = (found?.start ?? 0) + 4 * index
          offsets.push(where + u32(where))
        }
        return offsets
      },
    }
  }

  return { root: () => tableAt(u32(0)), tableAt, i32 }
}
