import { type ByteSource, readBytes } from '../byte-source'
import { MalformedError } from '../context'

/** Structures of HDF5 files, as far as walking them needs (HDF5 File Format Specification 3.0). */

const SIGNATURE = '\x89HDF\r\n\x1a\n'
/** An address that leads nowhere, as a double: all bits set. */
export const UNDEFINED = Number(0xffff_ffff_ffff_ffffn)
/** Blocks of one object header; more are a loop. */
const MOST_BLOCKS = 4096
/** Messages of one object header. */
const MOST_MESSAGES = 100_000
/** Bytes of one block of messages: attributes have up to 64 KiB each. */
const MOST_BLOCK_BYTES = 16 * 1024 * 1024

export interface Message {
  type: number
  flags: number
  data: Buffer
  /** Offset of the data in the source. */
  offset: number
}

export interface Superblock {
  offset: number
  version: number
  /** All addresses count from here. */
  base: number
  /** Address behind the last byte that belongs to the file. */
  end: number
  /** Address of the object header of the root group. */
  root: number
}

export const u64 = (bytes: Buffer, at: number): number => {
  if (at + 8 > bytes.length) throw new MalformedError('a structure of HDF5 is cut')
  return Number(bytes.readBigUInt64LE(at))
}

/** II.A. Undefined when the sizes of addresses are not those of all writers. */
export function readSuperblock(source: ByteSource): Superblock | undefined {
  let offset = 0
  while (offset < source.size && readBytes(source, offset, 8).toString('latin1') !== SIGNATURE)
    offset = offset === 0 ? 512 : offset * 2
  const head = readBytes(source, offset, 96)
  const version = head[8]
  if (version === undefined || version > 3 || head.length < 48) return undefined
  const sizes = version < 2 ? [head[13], head[14]] : [head[9], head[10]]
  if (sizes[0] !== 8 || sizes[1] !== 8) return undefined
  if (version >= 2)
    return { offset, version, base: u64(head, 12), end: u64(head, 28), root: u64(head, 36) }
  const shift = version === 1 ? 4 : 0
  return {
    offset,
    version,
    base: u64(head, 24 + shift),
    end: u64(head, 40 + shift),
    root: u64(head, 64 + shift),
  }
}

/** `length` bytes at an address; throws MalformedError where there are fewer. */
export function bytesAt(source: ByteSource, at: number, length: number): Buffer {
  const bytes =
    Number.isSafeInteger(at) && at + length <= source.size
      ? readBytes(source, at, length)
      : Buffer.alloc(0)
  if (bytes.length < length) throw new MalformedError(`a structure of HDF5 is missing at ${at}`)
  return bytes
}

/** IV.A: the messages of the object header at an absolute offset, with all continuations. */
export function readObjectHeader(source: ByteSource, at: number, base: number): Message[] {
  const isNew = bytesAt(source, at, 4).toString('latin1') === 'OHDR'
  const first = isNew ? newHeader(source, at) : oldHeader(source, at)
  const messages: Message[] = []
  const blocks = [first]
  for (let next = 0; next < blocks.length; next++) {
    const block = blocks[next]
    if (block === undefined || blocks.length > MOST_BLOCKS)
      throw new MalformedError('an object of HDF5 goes on without an end')
    for (const message of messagesOf(source, block, isNew ? first.order : undefined)) {
      if (messages.length === MOST_MESSAGES)
        throw new MalformedError('an object of HDF5 has too many parts')
      messages.push(message)
      if (message.type !== 0x10) continue
      const start = base + u64(message.data, 0)
      const length = u64(message.data, 8)
      // OCHK at its start and a checksum at its end.
      blocks.push(
        isNew
          ? { start: start + 4, length: length - 8, order: first.order }
          : { start, length, order: false },
      )
    }
  }
  return messages
}

interface Block {
  start: number
  length: number
  /** Messages of version 2 carry the order in which they were made. */
  order: boolean
}

function oldHeader(source: ByteSource, at: number): Block {
  const head = bytesAt(source, at, 16)
  if (head[0] !== 1) throw new MalformedError(`there is no object of HDF5 at ${at}`)
  return { start: at + 16, length: head.readUInt32LE(8), order: false }
}

function newHeader(source: ByteSource, at: number): Block {
  const head = readBytes(source, at, 64)
  const flags = head[5] ?? 0
  if (head[4] !== 2) throw new MalformedError(`an object of HDF5 has an unknown version at ${at}`)
  const sizeAt = 6 + ((flags & 0x20) === 0 ? 0 : 16) + ((flags & 0x10) === 0 ? 0 : 4)
  const width = 1 << (flags & 3)
  const length = width === 8 ? u64(head, sizeAt) : head.readUIntLE(sizeAt, width)
  return { start: at + sizeAt + width, length, order: (flags & 4) !== 0 }
}

/** `order` is undefined for messages of version 1. */
function* messagesOf(
  source: ByteSource,
  { start, length }: Block,
  order: boolean | undefined,
): Generator<Message> {
  if (!(length >= 0 && length <= MOST_BLOCK_BYTES))
    throw new MalformedError('a block of messages of HDF5 has an impossible length')
  const bytes = bytesAt(source, start, length)
  const headBytes = order === undefined ? 8 : order ? 6 : 4
  for (let at = 0; at + headBytes <= bytes.length; ) {
    const isOld = order === undefined
    const type = isOld ? bytes.readUInt16LE(at) : (bytes[at] ?? 0)
    const size = bytes.readUInt16LE(isOld ? at + 2 : at + 1)
    const flags = bytes[isOld ? at + 4 : at + 3] ?? 0
    const data = bytes.subarray(at + headBytes, at + headBytes + size)
    if (data.length < size) throw new MalformedError('a message of HDF5 is cut')
    yield { type, flags, data, offset: start + at + headBytes }
    at += headBytes + size
  }
}

/** III.D: offset and bytes of the data of a local heap. */
export function localHeap(source: ByteSource, at: number, base: number): Buffer {
  const head = bytesAt(source, at, 32)
  if (head.toString('latin1', 0, 4) !== 'HEAP') throw new MalformedError('a heap is missing')
  const length = u64(head, 8)
  if (length > MOST_BLOCK_BYTES) throw new MalformedError('a heap has an impossible length')
  return bytesAt(source, base + u64(head, 24), length)
}

/** A text of a local heap, up to its NUL. */
export function heapText(heap: Buffer, at: number): string {
  const end = heap.indexOf(0, at)
  return heap.toString('utf8', at, end < 0 ? heap.length : end)
}

/** III.E: an object of a global heap. Undefined where there is none of that index. */
export function globalHeapObject(
  source: ByteSource,
  at: number,
  index: number,
): { start: number; length: number } | undefined {
  const head = bytesAt(source, at, 16)
  if (head.toString('latin1', 0, 4) !== 'GCOL') throw new MalformedError('a heap is missing')
  const end = at + u64(head, 8)
  for (let next = at + 16; next + 16 <= Math.min(end, source.size); ) {
    const object = bytesAt(source, next, 16)
    const [found, length] = [object.readUInt16LE(0), u64(object, 8)]
    if (found === 0) return undefined
    if (found === index) return { start: next + 16, length }
    next += 16 + Math.ceil(length / 8) * 8
  }
  return undefined
}
