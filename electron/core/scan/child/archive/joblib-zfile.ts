import { inflateSync } from 'node:zlib'
import { memorySource, readBytes } from '../byte-source'
import { inconclusive, type Parser } from '../context'

/** 'ZF', then the length of the inflated bytes in hex, padded with blanks to 19 or 10 characters. */
const HEAD = /^ZF(0x[0-9a-f]+)L?\s*/

/** A compressed dump of joblib before 0.10: 'ZF', a length, one zlib stream with a pickle in it. */
export const parseJoblibZfile: Parser = (source, context) => {
  const { limits } = context
  const [head = '', stated = ''] = HEAD.exec(readBytes(source, 0, 40).toString('latin1')) ?? []
  if (source.size > limits.unpackedBytes)
    return inconclusive(`It has more than ${limits.unpackedBytes} bytes.`)
  const packed = readBytes(source, 0, source.size)
  const start = head.length
  try {
    const most = Math.min(limits.unpackedBytes, Math.max(1 << 20, packed.length * limits.ratio))
    const { buffer, engine } = inflateSync(packed.subarray(start), {
      info: true,
      maxOutputLength: most,
    }) as unknown as { buffer: Buffer; engine: { bytesWritten: number } }
    const content = context.scanMember(memorySource(buffer), 'content')
    const end = start + engine.bytesWritten
    if (end < packed.length) {
      context.anomaly('gzip.trailing-data', end, `${packed.length - end} bytes`)
      context.scanMember(memorySource(packed.subarray(end)), `tail@${end}`)
      return inconclusive('Data follows the end of its stream.')
    }
    if (Number.parseInt(stated, 16) !== buffer.length)
      return inconclusive('Its length is not the one that it states.')
    return content.outcome
  } catch (error) {
    return inconclusive(`Its stream cannot be inflated: ${(error as Error).message}.`)
  }
}
