import type { ByteSource } from '../byte-source'

/** The one buffer a walk reads through. 256 KiB makes a read 30 µs of work, so calls do not count. */
const LARGEST = 262_144
/** After a jump over a payload only this much is read: most jumps lead to the next jump. */
const AFTER_JUMP = 4096

/** A moving view of a source. `bytes[0]` is at `base`; `filled` bytes are valid. */
export class Window {
  readonly source: ByteSource
  readonly bytes: Uint8Array
  base = 0
  filled = 0
  private next = AFTER_JUMP

  constructor(source: ByteSource) {
    this.source = source
    this.bytes = new Uint8Array(Math.min(LARGEST, Math.max(source.size, 1)))
  }

  /** Makes `offset` the first byte of the window, with at least the next few KiB behind it. */
  moveTo(offset: number): void {
    const jumped = offset > this.base + this.filled || offset < this.base
    this.next = jumped ? AFTER_JUMP : Math.min(LARGEST, this.next * 4)
    this.fill(offset, this.next)
  }

  /** The same with as much behind it as the buffer holds. */
  moveToFull(offset: number): void {
    this.fill(offset, LARGEST)
  }

  private fill(offset: number, length: number): void {
    const target = length < this.bytes.length ? this.bytes.subarray(0, length) : this.bytes
    this.base = offset
    this.filled = offset >= this.source.size ? 0 : this.source.readInto(target, offset)
  }

  /** Up to `length` bytes at `offset`, without moving the window. Valid until the next move. */
  peek(offset: number, length: number): Uint8Array {
    const start = offset - this.base
    if (start >= 0 && start + length <= this.filled)
      return this.bytes.subarray(start, start + length)
    const wanted = Math.max(0, Math.min(length, this.source.size - offset))
    const target = new Uint8Array(wanted)
    return target.subarray(0, wanted === 0 ? 0 : this.source.readInto(target, offset))
  }
}

export const u16 = (bytes: Uint8Array, at: number): number =>
  (bytes[at] as number) | ((bytes[at + 1] as number) << 8)

export const u32 = (bytes: Uint8Array, at: number): number =>
  (u16(bytes, at) | (u16(bytes, at + 2) << 16)) >>> 0

/** As a double: exact up to 2^53, and beyond that larger than any file, which is all that matters. */
export const u64 = (bytes: Uint8Array, at: number): number =>
  u32(bytes, at + 4) * 4294967296 + u32(bytes, at)
