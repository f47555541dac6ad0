import { type ByteSource, readBytes } from '../byte-source'
import { COMPLETE, inconclusive, type Outcome, type ParseContext, type Parser } from '../context'
import { isReadable, isUtf16, withoutCutCharacter } from '../detect/text'

const WINDOW_BYTES = 256 * 1024

/** Readable text: inert, but only when all of it is readable and not just its first page. */
export const parseText: Parser = (source, context) => readableToTheEnd(source, context)

export function readableToTheEnd(source: ByteSource, context: ParseContext): Outcome {
  const readable = readableTest(readBytes(source, 0, 2))
  for (let offset = 0; offset < source.size; ) {
    context.checkpoint()
    const window = readBytes(source, offset, WINDOW_BYTES)
    if (window.length === 0) return inconclusive('It became shorter while it was read.')
    const used = readable(window, offset + window.length >= source.size)
    if (used === 0) {
      context.anomaly('text.binary-content', offset)
      return inconclusive('It starts as text and goes on as something that no parser knows.')
    }
    offset += used
  }
  return COMPLETE
}

/** A function that says how many bytes of a window are readable characters, 0 when some are not. */
function readableTest(head: Buffer): (window: Buffer, last: boolean) => number {
  if (!isUtf16(head))
    return (window, last) => {
      const whole = last ? window : withoutCutCharacter(window)
      return isReadable(whole, last) ? whole.length : 0
    }
  const encoding = head[0] === 0xfe ? 'utf-16be' : 'utf-16le'
  return (window, last) => {
    const text = new TextDecoder(encoding).decode(window)
    // A window may end between the halves of a surrogate pair; the next one starts with the first.
    const split = !last && text.endsWith('\ufffd')
    const whole = split ? text.slice(0, -1) : text
    const bad = /\p{Cc}|\ufffd/u.test(whole.replace(/\s/g, ''))
    return bad || whole === '' ? 0 : window.length - (split ? 2 : 0)
  }
}
