import { type ByteSource, readBytes, sliceSource } from '../byte-source'
import { COMPLETE, inconclusive, type ParseContext, type Parser } from '../context'

/** Chunks, segments or blocks of one file; photographs have some hundred. */
const MOST_PARTS = 1_000_000
/** Bytes that are searched for the end of a JPEG scan at a time. */
const WINDOW = 262_144

/** Offset behind the last byte of the picture; undefined when its parts do not fit. */
type EndOf = (source: ByteSource, context: ParseContext) => number | undefined

/** Length, type, data, CRC; IEND is the last (PNG specification, 5.3). */
const endOfPng: EndOf = (source, context) => {
  let at = 8
  for (let part = 0; part < MOST_PARTS; part++) {
    if ((part & 1023) === 0) context.checkpoint()
    const head = readBytes(source, at, 8)
    if (head.length < 8) return undefined
    const end = at + 12 + head.readUInt32BE(0)
    if (!/^[A-Za-z]{4}$/.test(head.toString('latin1', 4, 8)) || end > source.size) return undefined
    if (head.toString('latin1', 4, 8) === 'IEND') return end
    at = end
  }
  return undefined
}

/** Offset of the next marker that is no stuffing, restart or fill (ITU-T T.81, B.1.1). */
function nextMarker(source: ByteSource, context: ParseContext, from: number): number | undefined {
  for (let at = from; at < source.size; at += WINDOW - 1) {
    context.checkpoint()
    const window = readBytes(source, at, WINDOW)
    for (let i = window.indexOf(0xff); i >= 0; i = window.indexOf(0xff, i + 1)) {
      const code = window[i + 1]
      if (code === undefined) break
      if (code !== 0 && code !== 0xff && (code < 0xd0 || code > 0xd7)) return at + i
    }
  }
  return undefined
}

const endOfJpeg: EndOf = (source, context) => {
  let at = 2
  for (let part = 0; part < MOST_PARTS; part++) {
    const head = readBytes(source, at, 4)
    if (head.length < 2 || head[0] !== 0xff) return undefined
    const code = head[1] ?? 0
    if (code === 0xff) at++
    else if (code === 0xd9) return at + 2
    else if (code === 1 || (code >= 0xd0 && code <= 0xd7)) at += 2
    else {
      if (head.length < 4) return undefined
      at += 2 + head.readUInt16BE(2)
      if (at > source.size) return undefined
      // Behind the header of a scan come its coded pixels.
      if (code === 0xda) {
        const next = nextMarker(source, context, at)
        if (next === undefined) return undefined
        at = next
      }
    }
  }
  return undefined
}

/** Sub-blocks: a length, so many bytes, … until a length of 0 (GIF89a, 15). */
function endOfBlocks(source: ByteSource, context: ParseContext, from: number): number | undefined {
  let at = from
  for (let part = 0; part < MOST_PARTS; part++) {
    if ((part & 1023) === 0) context.checkpoint()
    const length = readBytes(source, at, 1)[0]
    if (length === undefined) return undefined
    at += 1 + length
    if (length === 0) return at
  }
  return undefined
}

const colours = (flags: number): number => ((flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1))

const endOfGif: EndOf = (source, context) => {
  const screen = readBytes(source, 0, 13)
  if (screen.length < 13) return undefined
  let at: number | undefined = 13 + colours(screen[10] ?? 0)
  for (let part = 0; part < MOST_PARTS && at !== undefined; part++) {
    const head: Buffer = readBytes(source, at, 10)
    if (head[0] === 0x3b) return at + 1
    if (head[0] === 0x21) at = endOfBlocks(source, context, at + 2)
    else if (head[0] === 0x2c && head.length === 10)
      at = endOfBlocks(source, context, at + 11 + colours(head[9] ?? 0))
    else return undefined
  }
  return undefined
}

/** WAV and WebP: the size of the one chunk that holds all others (RIFF). */
const endOfRiff: EndOf = (source) => {
  const size = readBytes(source, 4, 4)
  const end = size.length < 4 ? Number.NaN : 8 + size.readUInt32LE(0)
  return end <= source.size ? end + (end % 2 === 1 && end < source.size ? 1 : 0) : undefined
}

const ENDS: Readonly<Record<string, EndOf>> = {
  'image.png': endOfPng,
  'image.jpeg': endOfJpeg,
  'image.gif': endOfGif,
  'image.webp': endOfRiff,
  'audio.wav': endOfRiff,
}

/**
 * A picture or sound is inert, as far as it goes: what stands behind its end is another file, for a
 * reader that looks for one. A TIFF may lie anywhere in its file and has no end.
 */
export function mediaParser(format: string): Parser {
  const endOf = ENDS[format]
  if (endOf === undefined) return () => COMPLETE
  return (source, context) => {
    const end = endOf(source, context)
    if (end === undefined)
      return inconclusive(`It begins as ${format.split('.')[1]} and is not one to its end.`)
    const rest = source.size - end
    if (rest === 0) return COMPLETE
    const head = readBytes(source, end, 4096)
    // Cameras and editors fill up with zeros.
    if (rest <= head.length && head.every((byte) => byte === 0)) return COMPLETE
    context.anomaly('media.trailing-data', end, `${rest} bytes: ${head.toString('hex', 0, 16)}`)
    context.scanMember(sliceSource(source, end, rest), `tail@${end}`)
    return inconclusive(`${rest} bytes follow the end of the picture or sound.`)
  }
}
