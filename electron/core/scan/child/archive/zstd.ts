import { zstdDecompressSync } from 'node:zlib'
import { memorySource, readBytes, sliceSource } from '../byte-source'
import { COMPLETE, inconclusive, type Outcome, type Parser } from '../context'
import { frameEnd, isFrame, isSkippable } from './zstd-frame'

/** The ratio limit counts only beyond this many unpacked bytes. */
const RATIO_FLOOR = 1024 * 1024

/**
 * A Zstandard stream (RFC 8878): frames whose bytes belong together. Node's decoder stops after the
 * first frame without a word, so each is found by its own headers and unpacked alone. It gives
 * nothing of a frame that is cut or too large.
 */
export const parseZstd: Parser = (source, context) => {
  const { limits } = context
  if (source.size > limits.unpackedBytes) {
    context.anomaly('limit.unpacked-bytes', 0)
    return inconclusive(`It is packed, and larger than ${limits.unpackedBytes} bytes as it is.`)
  }
  const packed = readBytes(source, 0, source.size)
  const byRatio = Math.max(RATIO_FLOOR, source.size * limits.ratio)
  const most = Math.min(limits.unpackedBytes, byRatio)
  const pieces: Buffer[] = []
  let unpacked = 0
  let outcome: Outcome = COMPLETE
  for (let offset = 0; offset < packed.length; ) {
    context.checkpoint()
    if (!isFrame(packed, offset) && !isSkippable(packed, offset)) {
      context.anomaly('gzip.trailing-data', offset, `${packed.length - offset} bytes`)
      context.scanMember(sliceSource(source, offset, packed.length - offset), `tail@${offset}`)
      break
    }
    const end = frameEnd(packed, offset)
    if (end === undefined) {
      context.anomaly('deflate.broken', offset, 'a Zstandard frame')
      outcome = inconclusive('Its compressed data is damaged or cut.')
      break
    }
    if (isFrame(packed, offset)) {
      const bytes = unpack(packed.subarray(offset, end), most - unpacked)
      if (typeof bytes === 'string') {
        const bomb = byRatio < limits.unpackedBytes
        const limit = bomb ? 'limit.ratio' : 'limit.unpacked-bytes'
        context.anomaly(bytes === 'broken' ? 'deflate.broken' : limit, offset)
        outcome = inconclusive(
          bytes === 'broken'
            ? 'Its compressed data is damaged or cut.'
            : bomb
              ? `It unpacks to more than ${limits.ratio} times its size.`
              : `It unpacks to more than ${limits.unpackedBytes} bytes; the rest was not read.`,
        )
        break
      }
      pieces.push(bytes)
      unpacked += bytes.length
    }
    offset = end
  }
  context.scanMember(memorySource(Buffer.concat(pieces)), 'content')
  return outcome
}

function unpack(frame: Buffer, most: number): Buffer | 'broken' | 'too large' {
  try {
    return zstdDecompressSync(frame, { maxOutputLength: Math.max(1, most) })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return code === 'ERR_BUFFER_TOO_LARGE' ? 'too large' : 'broken'
  }
}
