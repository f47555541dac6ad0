import { crc32 } from 'node:zlib'
import { type ByteSource, memorySource, sliceSource } from '../byte-source'
import { COMPLETE, inconclusive, type Outcome, type ParseContext, type Parser } from '../context'
import { createCursor } from '../cursor'
import { detect } from '../detect'
import { printable } from './entry-name'
import { inflateWithin } from './inflate'

const FLAG_HEADER_CRC = 2
const FLAG_EXTRA = 4
const FLAG_NAME = 8
const FLAG_COMMENT = 16
const RESERVED = 0xe0
const LONGEST_NAME = 4096
/** What a piece in the middle of a file can look like. */
const NO_FILE = new Set(['unknown', 'text', 'csv', 'json', 'jinja', 'empty'])

/**
 * A gzip file (RFC 1952): one or more members, whose bytes belong together. Each reader of gzip
 * joins them, so they are scanned as one.
 */
export const parseGzip: Parser = (source, context) => {
  const pieces: Buffer[] = []
  let unpacked = 0
  let offset = 0
  let name = 'content'
  let outcome: Outcome = COMPLETE
  while (offset < source.size) {
    context.checkpoint()
    const header = readHeader(source, offset)
    if (header === undefined) {
      const rest = sliceSource(source, offset, source.size - offset)
      if (isZeros(rest)) break // tape blocks are padded; gzip(1) ignores zeros
      context.anomaly('gzip.trailing-data', offset, `${rest.size} bytes`)
      context.scanMember(rest, `tail@${offset}`)
      break
    }
    if (header.name !== undefined && offset === 0) name = printable(header.name)
    const packedBytes = source.size - header.dataOffset
    const { bytes, used, problem } = inflateWithin(source, header.dataOffset, packedBytes, context)
    pieces.push(bytes)
    unpacked += bytes.length
    if (problem !== undefined || used === undefined) {
      if (problem !== undefined) context.anomaly(problem.fact, header.dataOffset, problem.sentence)
      outcome = inconclusive(problem?.sentence ?? 'Its compressed data is damaged or cut.')
      break
    }
    if (unpacked > context.limits.unpackedBytes || pieces.length > context.limits.members) {
      context.anomaly('limit.unpacked-bytes', offset)
      outcome = inconclusive(`It unpacks to more than ${context.limits.unpackedBytes} bytes.`)
      break
    }
    const trailer = header.dataOffset + used
    if (trailer + 8 > source.size) {
      context.anomaly('gzip.truncated', trailer, 'it ends before its checksum')
      outcome = inconclusive('It ends before its checksum.')
      break
    }
    const cursor = createCursor(source, trailer)
    if (cursor.u32() !== crc32(bytes) || cursor.u32() !== bytes.length % 2 ** 32)
      context.anomaly('gzip.crc-mismatch', trailer, 'its checksum or length is wrong')
    offset = trailer + 8
  }
  if (pieces.length > 0) context.scanMember(memorySource(Buffer.concat(pieces)), name)
  scanLaterMembers(context, pieces.slice(1), name)
  return outcome
}

/** Members belong together, but a reader may stop after each: those that are files are scanned. */
function scanLaterMembers(context: ParseContext, pieces: readonly Buffer[], name: string): void {
  pieces.forEach((piece, index) => {
    const source = memorySource(piece)
    if (!NO_FILE.has(detect(source, name).format))
      context.scanMember(source, `${name} (member ${index + 2})`)
  })
}

/** A zlib stream (RFC 1950), as joblib.dump(compress=…) writes it. */
export const parseZlib: Parser = (source, context) => {
  const { bytes, used, problem } = inflateWithin(source, 2, source.size - 2, context)
  if (problem !== undefined) context.anomaly(problem.fact, 2, problem.sentence)
  context.scanMember(memorySource(bytes), 'content')
  if (problem !== undefined || used === undefined)
    return inconclusive(problem?.sentence ?? 'Its compressed data is damaged or cut.')
  const end = 2 + used + 4 // behind the Adler-32 checksum
  if (end > source.size) {
    context.anomaly('gzip.truncated', 2 + used, 'it ends before its checksum')
    return inconclusive('It ends before its checksum.')
  }
  if (end < source.size) {
    context.anomaly('gzip.trailing-data', end, `${source.size - end} bytes`)
    context.scanMember(sliceSource(source, end, source.size - end), `tail@${end}`)
  }
  return COMPLETE
}

interface GzipHeader {
  dataOffset: number
  name: string | undefined
}

function readHeader(source: ByteSource, offset: number): GzipHeader | undefined {
  const fixed = Buffer.alloc(10)
  if (source.readInto(fixed, offset) < 10) return undefined
  const flags = fixed.readUInt8(3)
  if (fixed.readUIntBE(0, 3) !== 0x1f8b08 || (flags & RESERVED) !== 0) return undefined
  const cursor = createCursor(source, offset + 10)
  if (flags & FLAG_EXTRA) cursor.skip(cursor.u16())
  const readText = (): string => {
    let text = ''
    for (let byte = cursor.u8(); byte !== 0; byte = cursor.u8())
      if (text.length < LONGEST_NAME) text += String.fromCharCode(byte)
    return text
  }
  const name = flags & FLAG_NAME ? readText() : undefined
  if (flags & FLAG_COMMENT) readText()
  if (flags & FLAG_HEADER_CRC) cursor.skip(2)
  return { dataOffset: cursor.offset, name }
}

function isZeros(source: ByteSource): boolean {
  const window = Buffer.alloc(64 * 1024)
  for (let offset = 0; offset < source.size; offset += window.length) {
    const got = source.readInto(window, offset)
    if (window.subarray(0, got).some((byte) => byte !== 0)) return false
  }
  return true
}
