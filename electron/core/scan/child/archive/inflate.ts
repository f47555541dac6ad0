import { constants, inflateRawSync } from 'node:zlib'
import { Inflate } from 'fflate'
import { type ByteSource, readBytes } from '../byte-source'
import { LimitError, type ParseContext } from '../context'

/** The ratio limit counts only beyond this many unpacked bytes. */
const RATIO_FLOOR = 1024 * 1024
/** Damaged streams up to this length are searched for the damage: 22 passes at most. */
const MOST_SEARCHED_BYTES = 4 * 1024 * 1024
/** A push of this size unpacks to 16 MiB at most (deflate: 1032 : 1). */
const PUSH_BYTES = 16 * 1024
const MOST_CHUNK_BYTES = 1024 * 1024
const NUMPY_MAGIC = Buffer.from('\x93NUMPY', 'latin1')

export interface Inflated {
  bytes: Buffer
  /** Packed bytes that were used; undefined when the stream did not end well. */
  used: number | undefined
  /** Why `bytes` is not all: a limit or a broken stream. */
  problem: InflateProblem | undefined
}

interface InflateProblem {
  fact: 'limit.unpacked-bytes' | 'limit.ratio' | 'deflate.broken'
  sentence: string
}

/**
 * Unpacks a raw deflate stream (RFC 1951) at `start` into memory, within the limits. A stream that
 * breaks or grows too large yields what came before, because a loader would see that much as well.
 */
export function inflateWithin(
  source: ByteSource,
  start: number,
  packedBytes: number,
  context: ParseContext,
): Inflated {
  const { limits } = context
  // Deflate makes incompressible data less than 1 % larger, so more input is never needed.
  const enough = Math.ceil(limits.unpackedBytes * 1.01) + 64
  const packed = readBytes(source, start, Math.min(packedBytes, enough))
  const byRatio = Math.max(RATIO_FLOOR, packed.length * limits.ratio)
  context.checkpoint()
  const inRatio = inflate(packed, Math.min(limits.unpackedBytes, byRatio))
  if (inRatio !== 'broken' && inRatio !== 'too large') return { ...inRatio, problem: undefined }
  if (inRatio === 'broken') {
    const bytes =
      untilTheBreak(packed, limits.unpackedBytes, context) ??
      whatComesOut(packed, limits.unpackedBytes, context)
    const sentence = 'Its compressed data is damaged or cut.'
    return { bytes, used: undefined, problem: { fact: 'deflate.broken', sentence } }
  }
  const bytes = whatComesOut(packed, Math.min(limits.unpackedBytes, byRatio), context)
  const bomb = byRatio < limits.unpackedBytes
  // Arrays of zeros are usual in .npz files and shrink as far as deflate can: no bomb.
  if (bomb && bytes.subarray(0, NUMPY_MAGIC.length).equals(NUMPY_MAGIC)) {
    const whole = inflate(packed, limits.unpackedBytes)
    if (typeof whole === 'object') return { ...whole, problem: undefined }
  }
  const problem: InflateProblem = bomb
    ? { fact: 'limit.ratio', sentence: `It unpacks to more than ${limits.ratio} times its size.` }
    : {
        fact: 'limit.unpacked-bytes',
        sentence: `It unpacks to more than ${limits.unpackedBytes} bytes; the rest was not read.`,
      }
  return { bytes, used: undefined, problem }
}

/** `unfinished` takes a stream that is cut for whole. */
function inflate(
  packed: Buffer,
  most: number,
  unfinished = false,
): { bytes: Buffer; used: number } | 'broken' | 'too large' {
  try {
    const { buffer, engine } = inflateRawSync(packed, {
      maxOutputLength: most,
      chunkSize: Math.max(64, Math.min(most, MOST_CHUNK_BYTES, packed.length * 8)),
      ...(unfinished ? { finishFlush: constants.Z_SYNC_FLUSH } : {}),
      info: true,
    }) as unknown as { buffer: Buffer; engine: { bytesWritten: number } }
    return { bytes: buffer, used: engine.bytesWritten }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return code === 'ERR_BUFFER_TOO_LARGE' ? 'too large' : 'broken'
  }
}

/**
 * All that a streaming reader gets out of a stream that is cut or damaged, to the byte: zlib gives
 * nothing of a stream that fails, so the longest good beginning is searched. Undefined when the
 * stream is too long for that.
 */
function untilTheBreak(packed: Buffer, most: number, context: ParseContext): Buffer | undefined {
  let best = inflate(packed, most, true)
  if (typeof best === 'object') return best.bytes
  if (best === 'too large' || packed.length > MOST_SEARCHED_BYTES) return undefined
  let good = 0
  for (let bad = packed.length; bad - good > 1; ) {
    context.checkpoint()
    const middle = (good + bad) >> 1
    const part = inflate(packed.subarray(0, middle), most, true)
    if (part === 'broken') bad = middle
    else good = middle
    if (typeof part === 'object') best = part
  }
  return typeof best === 'object' ? best.bytes : Buffer.alloc(0)
}

/** fflate hands out what it has unpacked piece by piece, also of a stream that is too large. */
function whatComesOut(packed: Buffer, most: number, context: ParseContext): Buffer {
  const pieces: Uint8Array[] = []
  let bytes = 0
  const stream = new Inflate((piece) => {
    pieces.push(piece)
    bytes += piece.length
  })
  try {
    for (let at = 0; at < packed.length && bytes < most; at += PUSH_BYTES) {
      stream.push(packed.subarray(at, at + PUSH_BYTES), false)
      context.checkpoint()
    }
  } catch (error) {
    if (error instanceof LimitError) throw error
  }
  return Buffer.concat(pieces).subarray(0, most)
}
