import { type ByteSource, memorySource, readBytes } from '../byte-source'
import type { ParseContext } from '../context'
import { LimitError } from '../context'
import { isUtf16 } from '../detect/text'

/** Longest text in two-byte characters that is read as anything but plain text, bytes. */
const MOST_UTF16 = 32 * 1024 * 1024

/** All of a source as text: UTF-8, without a byte order mark. Throws LimitError beyond `most` bytes. */
export function readText(source: ByteSource, context: ParseContext, most: number): string {
  if (source.size > most) {
    context.anomaly('limit.text-bytes', 0, `${source.size} bytes`)
    throw new LimitError(`It is a text of more than ${most} bytes, which is not read further.`)
  }
  return readBytes(source, 0, source.size)
    .toString('utf8')
    .replace(/^\ufeff/, '')
}

/** The same text in UTF-8 where it is UTF-16 with a byte order mark: parsers see one encoding. */
export function inUtf8(source: ByteSource): ByteSource {
  const head = readBytes(source, 0, 2)
  if (source.size % 2 !== 0 || !isUtf16(head)) return source
  if (source.size > MOST_UTF16)
    throw new LimitError(`It is UTF-16 of more than ${MOST_UTF16} bytes, which is not read.`)
  const encoding = head[0] === 0xfe ? 'utf-16be' : 'utf-16le'
  return memorySource(
    Buffer.from(new TextDecoder(encoding).decode(readBytes(source, 0, source.size))),
  )
}
