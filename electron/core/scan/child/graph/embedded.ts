import { type ByteSource, sliceSource } from '../byte-source'
import type { ParseContext } from '../context'
import { formatByMagic } from '../detect/magic'
import { sniffPickle } from '../pickle'
import type { Range } from './wire'

/** Shorter data holds no program or archive that does anything. */
const LEAST_BYTES = 48
/** As for the storages of PyTorch archives: four random bytes are never that sure. */
const SURELY_PICKLE = 0.9
const LOADABLE = /^(zip|gzip|executable\..*)$/

/**
 * Tensors are numbers. One that starts like a program, an archive or a pickle is a place where a
 * second file hides; it is reported under `fact` and scanned as what it is.
 */
export function scanEmbedded(
  source: ByteSource,
  range: Range,
  context: ParseContext,
  fact: string,
  what: string,
): void {
  const length = range.end - range.start
  if (length < LEAST_BYTES) return
  const slice = sliceSource(source, range.start, length)
  const head = Buffer.alloc(64)
  const format = loadable(slice, head.subarray(0, slice.readInto(head, 0)))
  if (format === undefined) return
  context.anomaly(fact, range.start, `${what} starts as ${format}`)
  context.scanMember(slice, `data@${range.start}`)
}

function loadable(slice: ByteSource, head: Buffer): string | undefined {
  const format = formatByMagic(slice, head)
  // gzip has three bytes of signature: chance alone makes one of 16 million tensors look like it.
  if (format !== undefined && LOADABLE.test(format) && (format !== 'gzip' || head[3] === 0))
    return format
  return head[0] === 0x80 && sniffPickle(slice) >= SURELY_PICKLE ? 'pickle' : undefined
}
