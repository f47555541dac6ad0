import { type ByteSource, readBytes, sliceSource } from '../byte-source'
import { inconclusive, type Outcome, type ParseContext } from '../context'

/**
 * Bytes behind the end of what the unpickler reads (`what`, e.g. 'the pickle'): another reader may
 * start there, so they are scanned as a file of their own, and the file is never complete.
 */
export function trailingData(
  source: ByteSource,
  context: ParseContext,
  start: number,
  what: string,
): Outcome {
  const length = source.size - start
  const head = readBytes(source, start, 16)
  context.anomaly('pickle.trailing-data', start, `${length} bytes: ${head.toString('hex')}`)
  if (head.some((byte) => byte !== 0))
    context.scanMember(sliceSource(source, start, length), `tail@${start}`)
  return inconclusive(`${length} bytes follow the end of ${what}`)
}
