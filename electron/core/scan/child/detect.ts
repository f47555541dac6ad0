import { inflateSync, constants as zlibConstants } from 'node:zlib'
import { isTarHeader } from './archive/tar-header'
import { findZipEnd } from './archive/zip-end'
import { type ByteSource, readBytes } from './byte-source'
import { formatByMagic } from './detect/magic'
import { protobufFormat } from './detect/protobuf'
import { textFormat } from './detect/text'
import { sniffPickle } from './pickle'

export interface Detection {
  format: string
  /** Further formats that the same bytes are: each is parsed too. */
  also: readonly string[]
}

/** Enough to tell text from binary, and a README from a program. */
const HEAD_BYTES = 16 * 1024
/** `sniffPickle` at which bytes without another signature count as a pickle. */
const PICKLE = 0.5
/** Formats whose parsers look for an archive themselves: labels are appended to tflite files as one. */
const HOLDS_ZIP = new Set(['zip', 'tar', 'tflite'])
/** `sniffPickle` at which bytes with another signature are called a polyglot. */
const SURELY_PICKLE = 0.85

/** Decides by content. `name` is a hint that can turn readable text into source code, no more. */
export function detect(source: ByteSource, name: string): Detection {
  if (source.size === 0) return { format: 'empty', also: [] }
  const head = readBytes(source, 0, HEAD_BYTES)
  const signature = bySignature(source, head)
  const pickle = signature === 'zip' ? 0 : sniffPickle(source)
  const format =
    signature ??
    (pickle >= PICKLE ? 'pickle' : undefined) ??
    textFormat(head, head.length === source.size, name) ??
    protobufFormat(source, name)

  const zip = !HOLDS_ZIP.has(format ?? '') && findZipEnd(source) !== undefined
  if (format === undefined) return { format: zip ? 'zip' : 'unknown', also: [] }
  const also = zip ? ['zip'] : []
  if (signature !== undefined && pickle >= SURELY_PICKLE) also.push('pickle')
  return { format, also }
}

function bySignature(source: ByteSource, head: Buffer): string | undefined {
  return (
    formatByMagic(source, head) ??
    (isTarHeader(head) ? 'tar' : undefined) ??
    (isSafetensors(head) ? 'safetensors' : undefined) ??
    (isZlib(head) ? 'zlib' : undefined) ??
    (isLzma(head) ? 'lzma' : undefined)
  )
}

/**
 * Eight bytes of header length, then JSON. A length of 2^48 or more would be eight characters of
 * text; anything below is a header, however absurd, so that a broken file is reported as one.
 */
function isSafetensors(head: Buffer): boolean {
  const opening = head.toString('latin1', 8, 10)
  return head.length > 8 && head.readUInt16LE(6) === 0 && /^\{["}\s]?$/.test(opening)
}

/** RFC 1950 header, and a beginning that inflates: two bytes alone are also the text 'x^'. */
function isZlib(head: Buffer): boolean {
  if (head.length < 8 || head[0] !== 0x78 || head.readUInt16BE(0) % 31 !== 0) return false
  try {
    const { Z_SYNC_FLUSH } = zlibConstants
    const start = head.subarray(0, 512)
    return inflateSync(start, { finishFlush: Z_SYNC_FLUSH, maxOutputLength: 1 << 20 }).length > 0
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
  }
}

/** LZMA alone: properties byte 0x5d, a dictionary size that is a power of two, size or -1. */
function isLzma(head: Buffer): boolean {
  if (head.length < 13 || head[0] !== 0x5d) return false
  const dictionary = head.readUInt32LE(1)
  const size = head.readBigUInt64LE(5)
  return (
    dictionary >= 4096 &&
    (dictionary & (dictionary - 1)) === 0 &&
    (size === 0xffff_ffff_ffff_ffffn || size < 1n << 40n)
  )
}
