import { crc32 } from 'node:zlib'
import type { ScanLimits } from '../../protocol'
import { type ByteSource, memorySource, readBytes, sliceSource } from '../byte-source'
import {
  COMPLETE,
  inconclusive,
  LimitError,
  type Outcome,
  type ParseContext,
  type Parser,
} from '../context'
import { printable } from './entry-name'
import { inflateWithin } from './inflate'
import { METHOD_DEFLATE, METHOD_STORED, type ZipHeader } from './zip-directory'

/** Members above this size, and bytes of one archive, whose CRC is not computed. */
const CRC_MEMBER_BYTES = 16 * 1024 * 1024
const CRC_ARCHIVE_BYTES = 64 * 1024 * 1024
/** An archive may unpack to as much as this many members of the largest size. */
const LARGEST_MEMBERS = 8

/** APPNOTE 4.4.5: methods that are named in a sentence, not unpacked. */
const METHOD_NAMES: Readonly<Record<number, string>> = {
  9: 'Deflate64',
  12: 'bzip2',
  14: 'LZMA',
  93: 'Zstandard',
  95: 'xz',
  98: 'PPMd',
  99: 'AES encryption',
}

/** What one archive may cost, and what was paid for already. */
export interface ZipBudget {
  /** Bytes whose CRC may still be computed. */
  crcBytes: number
  /** Bytes that may still be unpacked. */
  unpackedBytes: number
  /** Places that were read, and how: many members may share one, and one look is enough. */
  readonly seen: Set<string>
}

export const zipBudget = (limits: ScanLimits): ZipBudget => ({
  crcBytes: CRC_ARCHIVE_BYTES,
  unpackedBytes: limits.unpackedBytes * LARGEST_MEMBERS,
  seen: new Set(),
})

/** Tensor data of a known storage: neither read nor compared with its CRC. */
export const TENSOR_DATA = 'tensor-data'

/** One way to read a member's bytes: the directory's, or the local header's where they differ. */
export interface Reading extends Pick<ZipHeader, 'method' | 'packedBytes' | 'bytes'> {
  /** Undefined where the header leaves it open. */
  crc: number | undefined
  name: string
  offset: number
  dataOffset: number
}

/** Parses one reading of a member by its content. The returned outcome is the archive's own part. */
export function scanReading(
  source: ByteSource,
  context: ParseContext,
  reading: Reading,
  budget: ZipBudget,
  as?: { format: string; parse: Parser },
): Outcome {
  const { name, offset, method, dataOffset } = reading
  const place = `${dataOffset} ${method} ${reading.packedBytes} ${as?.format ?? ''}`
  if (budget.seen.has(place)) return COMPLETE
  budget.seen.add(place)
  const available = source.size - dataOffset
  if (reading.packedBytes > available) {
    context.anomaly('zip.truncated-member', offset, `${printable(name)} ends behind the file`)
    const rest = sliceSource(source, dataOffset, Math.max(0, available))
    if (method === METHOD_STORED && rest.size > 0) context.scanMember(rest, printable(name), as)
    return inconclusive(`Its member ${printable(name)} is longer than the file.`)
  }
  if (method === METHOD_STORED) {
    const content = sliceSource(source, dataOffset, reading.packedBytes)
    if (reading.bytes !== reading.packedBytes)
      context.anomaly(
        'zip.size-mismatch',
        offset,
        printable(`${name}: stored, but ${reading.packedBytes} and ${reading.bytes} bytes`),
      )
    if (as?.format !== TENSOR_DATA) checkCrc(context, reading, content, budget)
    context.scanMember(content, printable(name), as)
    return COMPLETE
  }
  if (method === METHOD_DEFLATE) return scanDeflated(source, context, reading, budget, as)
  const label = METHOD_NAMES[method] ?? `compression method ${method}`
  return inconclusive(`Its member ${printable(name)} uses ${label}, which is not unpacked.`)
}

function scanDeflated(
  source: ByteSource,
  context: ParseContext,
  reading: Reading,
  budget: ZipBudget,
  as: { format: string; parse: Parser } | undefined,
): Outcome {
  const { name, offset, dataOffset, packedBytes } = reading
  const { bytes, used, problem } = inflateWithin(source, dataOffset, packedBytes, context)
  const content = memorySource(bytes)
  budget.unpackedBytes -= bytes.length
  if (budget.unpackedBytes < 0) {
    context.anomaly(
      'limit.ratio',
      offset,
      `its members unpack to far more than ${source.size} bytes`,
    )
    throw new LimitError('All its members together unpack to more than an archive may.')
  }
  if (problem === undefined) {
    if (bytes.length !== reading.bytes)
      context.anomaly(
        'zip.size-mismatch',
        offset,
        printable(`${name}: unpacks to ${bytes.length} bytes, ${reading.bytes} announced`),
      )
    checkCrc(context, reading, content, budget)
  } else context.anomaly(problem.fact, offset, printable(name))
  if (used !== undefined && used < packedBytes) {
    context.anomaly('zip.member-slack', dataOffset + used, printable(name))
    const slack = sliceSource(source, dataOffset + used, packedBytes - used)
    context.scanMember(slack, `${printable(name)} (behind its compressed data)`)
  }
  context.scanMember(content, printable(name), as)
  return problem === undefined
    ? COMPLETE
    : inconclusive(`Its member ${printable(name)}: ${problem.sentence}`)
}

/** A wrong CRC makes zipfile stop; PyTorch reads on. It is noted, and the member parsed anyway. */
function checkCrc(
  context: ParseContext,
  reading: Reading,
  content: ByteSource,
  budget: ZipBudget,
): void {
  if (reading.crc === undefined || content.size > Math.min(CRC_MEMBER_BYTES, budget.crcBytes))
    return
  budget.crcBytes -= content.size
  const actual = crc32(readBytes(content, 0, content.size))
  if (actual !== reading.crc)
    context.anomaly('zip.crc-mismatch', reading.offset, printable(reading.name))
}
