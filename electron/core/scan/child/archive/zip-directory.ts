import { type ByteSource, readBytes } from '../byte-source'
import type { ParseContext } from '../context'
import { CENTRAL, LOCAL } from './zip-end'

const CENTRAL_BYTES = 46
export const LOCAL_BYTES = 30
const WINDOW_BYTES = 64 * 1024
/** Fields of the zip64 extra (APPNOTE 4.5.3) and of the Info-ZIP Unicode path (4.6.9). */
const EXTRA_ZIP64 = 0x0001
const EXTRA_UNICODE_PATH = 0x7075

export const METHOD_STORED = 0
export const METHOD_DEFLATE = 8

/** What both headers of a member say. */
export interface ZipHeader {
  /** The name's bytes as latin1: two names are equal when these are. */
  rawName: string
  name: string
  flags: number
  method: number
  crc: number
  packedBytes: number
  bytes: number
  unicodePath: string | undefined
}

export interface ZipEntry extends ZipHeader {
  /** Offset of the central header. */
  offset: number
  /** Offset of the local header, bytes before the archive included. */
  localOffset: number
  /** Unix mode from the external attributes, 0 when the entry was not made on Unix. */
  mode: number
}

export interface LocalHeader extends ZipHeader {
  dataOffset: number
}

export interface Directory {
  entries: ZipEntry[]
  /** Offset behind the last central header that was read. */
  end: number
}

/**
 * Reads central headers from `start` until there are no more. `prefix` is added to their offsets.
 * The count in the end record is not what ends the loop: readers differ in whether they use it.
 */
export function readDirectory(
  source: ByteSource,
  context: ParseContext,
  start: number,
  limit: number,
  prefix: number,
): Directory {
  const entries: ZipEntry[] = []
  let window: Buffer = Buffer.alloc(0)
  let windowStart = 0
  let offset = start
  while (offset + CENTRAL_BYTES <= limit && entries.length <= context.limits.members) {
    if (entries.length % 256 === 0) context.checkpoint()
    // Name, extra and comment are 64 KiB each at most; a window of 64 KiB holds hundreds of usual ones.
    if (offset + CENTRAL_BYTES > windowStart + window.length) refill(WINDOW_BYTES)
    let at = offset - windowStart
    if (!window.subarray(at, at + 4).equals(CENTRAL)) break
    const length =
      CENTRAL_BYTES +
      window.readUInt16LE(at + 28) +
      window.readUInt16LE(at + 30) +
      window.readUInt16LE(at + 32)
    if (offset + length > limit) break
    if (at + length > window.length) {
      refill(Math.max(WINDOW_BYTES, length))
      at = 0
    }
    if (window.length < at + length) break
    entries.push(centralHeader(window.subarray(at, at + length), offset, prefix))
    offset += length
  }
  return { entries, end: offset }

  function refill(length: number): void {
    window = readBytes(source, offset, length)
    windowStart = offset
  }
}

function centralHeader(header: Buffer, offset: number, prefix: number): ZipEntry {
  const nameEnd = CENTRAL_BYTES + header.readUInt16LE(28)
  const extra = header.subarray(nameEnd, nameEnd + header.readUInt16LE(30))
  const narrow = {
    bytes: header.readUInt32LE(24),
    packedBytes: header.readUInt32LE(20),
    localOffset: header.readUInt32LE(42),
  }
  const wide = widen(extra, narrow)
  const madeOnUnix = header.readUInt8(5) === 3
  return {
    ...names(header.subarray(CENTRAL_BYTES, nameEnd), extra),
    offset,
    flags: header.readUInt16LE(8),
    method: header.readUInt16LE(10),
    crc: header.readUInt32LE(16),
    packedBytes: wide.packedBytes,
    bytes: wide.bytes,
    localOffset: wide.localOffset + prefix,
    mode: madeOnUnix ? header.readUInt16LE(40) : 0,
  }
}

/** The local header at `offset`, or undefined when there is none. */
export function readLocalHeader(source: ByteSource, offset: number): LocalHeader | undefined {
  const fixed = readBytes(source, offset, LOCAL_BYTES)
  if (fixed.length < LOCAL_BYTES || !fixed.subarray(0, 4).equals(LOCAL)) return undefined
  const nameBytes = fixed.readUInt16LE(26)
  const extraBytes = fixed.readUInt16LE(28)
  const rest = readBytes(source, offset + LOCAL_BYTES, nameBytes + extraBytes)
  if (rest.length < nameBytes + extraBytes) return undefined
  const extra = rest.subarray(nameBytes)
  const narrow = { bytes: fixed.readUInt32LE(22), packedBytes: fixed.readUInt32LE(18) }
  const wide = widen(extra, narrow)
  return {
    ...names(rest.subarray(0, nameBytes), extra),
    flags: fixed.readUInt16LE(6),
    method: fixed.readUInt16LE(8),
    crc: fixed.readUInt32LE(14),
    packedBytes: wide.packedBytes,
    bytes: wide.bytes,
    dataOffset: offset + LOCAL_BYTES + nameBytes + extraBytes,
  }
}

function names(raw: Buffer, extra: Buffer): Pick<ZipHeader, 'rawName' | 'name' | 'unicodePath'> {
  const field = extraField(extra, EXTRA_UNICODE_PATH)
  return {
    rawName: raw.toString('latin1'),
    name: raw.toString('utf8'),
    unicodePath: field !== undefined && field.length > 5 ? field.toString('utf8', 5) : undefined,
  }
}

/** Replaces 0xFFFFFFFF placeholders by the 64-bit values, in the order the specification fixes. */
function widen<T extends Record<string, number>>(extra: Buffer, narrow: T): T {
  const field = extraField(extra, EXTRA_ZIP64)
  if (field === undefined) return narrow
  const wide: Record<string, number> = { ...narrow }
  let at = 0
  for (const key of Object.keys(narrow)) {
    if (narrow[key] !== 0xffffffff || at + 8 > field.length) continue
    wide[key] = Number(field.readBigUInt64LE(at))
    at += 8
  }
  return wide as T
}

function extraField(extra: Buffer, id: number): Buffer | undefined {
  for (let at = 0; at + 4 <= extra.length; ) {
    const length = extra.readUInt16LE(at + 2)
    if (extra.readUInt16LE(at) === id) return extra.subarray(at + 4, at + 4 + length)
    at += 4 + length
  }
  return undefined
}
