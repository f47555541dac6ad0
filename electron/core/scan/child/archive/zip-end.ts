import { type ByteSource, readBytes } from '../byte-source'

/** APPNOTE.TXT 4.3.16; the comment is at most 65535 bytes, so the end lies in this tail. */
export const END_BYTES = 22
const TAIL_BYTES = END_BYTES + 0xffff
const END = Buffer.from('PK\x05\x06')
export const CENTRAL = Buffer.from('PK\x01\x02')
export const LOCAL = Buffer.from('PK\x03\x04')
const ZIP64_END = Buffer.from('PK\x06\x06')
const ZIP64_LOCATOR = Buffer.from('PK\x06\x07')
const ZIP64_END_BYTES = 56
const LOCATOR_BYTES = 20

/** End of central directory, with the zip64 record folded in where there is one. */
export interface ZipEnd {
  /** Offset of PK\5\6. */
  offset: number
  /** Offset behind the record and its comment, cut at the end of the source. */
  end: number
  entries: number
  directoryBytes: number
  /** Start of the directory as the record says, relative to the archive's own start. */
  statedOffset: number
  /** Offset where the directory ends: that of the zip64 record or of PK\5\6. */
  directoryEnd: number
  commentBytes: number
  disks: boolean
  /** The zip64 record says something else than a 32-bit field that is not its placeholder. */
  zip64Disagrees: boolean
}

/**
 * The end record that Python's zipfile uses: the last one in the tail behind which a directory can
 * be found. Searching only the tail keeps this cheap for every file that is scanned.
 */
export function findZipEnd(source: ByteSource): ZipEnd | undefined {
  return findZipEnds(source)[0]
}

/** All end records in the tail that have a directory, last one first. */
export function findZipEnds(source: ByteSource): ZipEnd[] {
  const tailStart = Math.max(0, source.size - TAIL_BYTES)
  const tail = readBytes(source, tailStart, TAIL_BYTES)
  const ends: ZipEnd[] = []
  for (
    let at = tail.lastIndexOf(END);
    at >= 0;
    at = at === 0 ? -1 : tail.lastIndexOf(END, at - 1)
  ) {
    const end = readEnd(source, tail.subarray(at, at + END_BYTES), tailStart + at)
    if (end !== undefined && directoryStarts(source, end).length > 0) ends.push(end)
    if (ends.length === 16) break
  }
  return ends
}

/**
 * Where the directory can start: counted back from its end (zipfile), and at the stated offset
 * (most others). They differ by the bytes before the archive; when both hold a directory, two
 * readers see two archives.
 */
export function directoryStarts(source: ByteSource, end: ZipEnd): number[] {
  if (end.entries === 0 && end.directoryBytes === 0) return [end.directoryEnd]
  const counted = end.directoryEnd - end.directoryBytes
  return [...new Set([counted, end.statedOffset])].filter(
    (start) =>
      start >= 0 && start < end.offset && readBytes(source, start, CENTRAL.length).equals(CENTRAL),
  )
}

function readEnd(source: ByteSource, record: Buffer, offset: number): ZipEnd | undefined {
  if (record.length < END_BYTES) return undefined
  const commentBytes = record.readUInt16LE(20)
  const end: ZipEnd = {
    offset,
    end: Math.min(source.size, offset + END_BYTES + commentBytes),
    entries: record.readUInt16LE(10),
    directoryBytes: record.readUInt32LE(12),
    statedOffset: record.readUInt32LE(16),
    directoryEnd: offset,
    commentBytes,
    disks:
      ![0, 0xffff].includes(record.readUInt16LE(4)) ||
      ![0, 0xffff].includes(record.readUInt16LE(6)),
    zip64Disagrees: false,
  }
  return withZip64(source, end)
}

function withZip64(source: ByteSource, end: ZipEnd): ZipEnd {
  const at = end.offset - LOCATOR_BYTES
  if (at < 0) return end
  const locator = readBytes(source, at, LOCATOR_BYTES)
  if (!locator.subarray(0, 4).equals(ZIP64_LOCATOR)) return end
  // zipfile expects the record right before its locator; others follow the offset.
  const starts = [at - ZIP64_END_BYTES, Number(locator.readBigUInt64LE(8))]
  for (const start of starts) {
    if (start < 0 || start + ZIP64_END_BYTES > at) continue
    const record = readBytes(source, start, ZIP64_END_BYTES)
    if (!record.subarray(0, 4).equals(ZIP64_END)) continue
    const entries = Number(record.readBigUInt64LE(32))
    const directoryBytes = Number(record.readBigUInt64LE(40))
    const statedOffset = Number(record.readBigUInt64LE(48))
    const differs = (narrow: number, wide: number, placeholder: number) =>
      narrow !== placeholder && narrow !== wide
    return {
      ...end,
      entries,
      directoryBytes,
      statedOffset,
      directoryEnd: start,
      zip64Disagrees:
        differs(end.entries, entries, 0xffff) ||
        differs(end.directoryBytes, directoryBytes, 0xffffffff) ||
        differs(end.statedOffset, statedOffset, 0xffffffff),
    }
  }
  return end
}
