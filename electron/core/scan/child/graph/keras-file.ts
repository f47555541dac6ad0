import { readBytes } from '../byte-source'
import { COMPLETE, inconclusive, type Parser } from '../context'
import { noteKerasText } from './keras'

/** Configurations of the largest models have a few megabytes. */
const MOST_BYTES = 24 * 1024 * 1024

/**
 * config.json of a .keras archive. Keras hands the bytes to json.loads, which takes UTF-8, UTF-16
 * and UTF-32, so it is read as what it must be, whatever it looks like.
 */
export const parseKerasConfig: Parser = (source, context) => {
  if (source.size > MOST_BYTES)
    return inconclusive(`It is a configuration of more than ${MOST_BYTES} bytes.`)
  return noteKerasText(jsonInUtf8(readBytes(source, 0, source.size)), context, 0)
    ? COMPLETE
    : inconclusive('It is not a configuration in JSON.')
}

/** As json.detect_encoding does it (CPython, Lib/json/__init__.py): by the mark, else by the zeros. */
export function jsonInUtf8(bytes: Buffer): Buffer {
  const [a, b, c, d] = bytes
  const mark = bytes.toString('hex', 0, 4)
  if (mark === 'fffe0000' || mark === '0000feff') return fromUtf32(bytes.subarray(4), a === 0xff)
  if (mark.startsWith('fffe')) return fromUtf16(bytes.subarray(2), true)
  if (mark.startsWith('feff')) return fromUtf16(bytes.subarray(2), false)
  if (mark.startsWith('efbbbf')) return bytes.subarray(3)
  if (a === 0) return b === 0 ? fromUtf32(bytes, false) : fromUtf16(bytes, false)
  if (b === 0) return c === 0 && d === 0 ? fromUtf32(bytes, true) : fromUtf16(bytes, true)
  return bytes
}

const fromUtf16 = (bytes: Buffer, littleEndian: boolean): Buffer =>
  Buffer.from(new TextDecoder(littleEndian ? 'utf-16le' : 'utf-16be').decode(bytes))

function fromUtf32(bytes: Buffer, littleEndian: boolean): Buffer {
  const utf16 = Buffer.alloc(2 * Math.floor(bytes.length / 4) * 2)
  let end = 0
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    const point = littleEndian ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at)
    const text = String.fromCodePoint(point > 0x10_ffff ? 0xfffd : point)
    end += utf16.write(text, end, 'utf16le')
  }
  return Buffer.from(utf16.toString('utf16le', 0, end))
}
