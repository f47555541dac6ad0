import { constants, gunzipSync, inflateSync } from 'node:zlib'
import { type ByteSource, memorySource, readBytes, sliceSource } from '../byte-source'
import type { Machine } from './machine'
import { PICKLE_SURE, sniffHead, sniffPickle } from './sniff'

/** Layers around a pickle: base64(zlib(…)) has two. */
const MOST_LAYERS = 3

/** Shortest pickle that imports something and calls it. */
export const SHORTEST = 9

/** Bytes of a literal that are looked at before somebody decides to look at all of it. */
const HEAD = 4096

/** Largest payload that is decoded in memory; larger ones are scanned in place or reported only. */
export const LARGEST_DECODED = 16 * 1024 * 1024

/** First bytes of a pickle: 0x80 (PROTO) or an opcode that can come first and lead anywhere. */
const FIRST_BYTES = new Set([0x80, 0x8c, 0x8d, 0x95, ...Buffer.from('()]}cBCFGIJKLMNSTUVX')])

/** zlib (RFC 1950: CM 8, CINFO 7) and gzip (RFC 1952). */
const isZlib = (a: number, b: number): boolean => a === 0x78 && (a * 256 + b) % 31 === 0
const isGzip = (a: number, b: number): boolean => a === 0x1f && b === 0x8b

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
/** Value of a base64 digit, also of the URL-safe alphabet; 255 for other bytes. */
const DIGIT = new Uint8Array(256).fill(255)
for (const [value, digit] of [...BASE64].entries()) DIGIT[digit.charCodeAt(0)] = value
DIGIT[0x2d] = 62
DIGIT[0x5f] = 63

const isHex = (byte: number): boolean =>
  (byte >= 48 && byte <= 57) || (byte >= 97 && byte <= 102) || (byte >= 65 && byte <= 70)

const PAYLOAD_LEADS = new Set([...FIRST_BYTES, 0x78, 0x1f])
/** More opcodes that can come first; encoded, they would make too much text worth a look. */
const BINARY_FIRST_BYTES = new Set([0x82, 0x83, 0x84, 0x88, 0x89, 0x8a, 0x8b, 0x8e, 0x8f, 0x96])

/** 1 for first bytes of a literal that may carry a pickle, plain or encoded; 0 for all others. */
export const LEAD = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (PAYLOAD_LEADS.has(byte) || BINARY_FIRST_BYTES.has(byte)) return 1
  if (byte === 0x50 || byte === 0x93 || byte === 0xc2) return 1
  const digit = DIGIT[byte] as number
  const encodes = (start: number, count: number): boolean =>
    Array.from({ length: count }, (_, low) => start + low).some((b) => PAYLOAD_LEADS.has(b))
  if (digit !== 255 && encodes(digit * 4, 4)) return 1
  return isHex(byte) && encodes(Number.parseInt(String.fromCharCode(byte), 16) * 16, 16) ? 1 : 0
})

type Layer = 'latin-1' | 'base64' | 'hex' | 'zlib' | 'gzip'

function unpack(layer: Layer, bytes: Uint8Array): Uint8Array | undefined {
  const text = (): string => Buffer.from(bytes).toString('latin1')
  // A head of a compressed literal is cut; what comes out before that is enough to tell.
  const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: LARGEST_DECODED }
  try {
    switch (layer) {
      case 'base64':
        return Buffer.from(text(), 'base64')
      case 'hex':
        return Buffer.from(text(), 'hex')
      case 'latin-1':
        return latin1Bytes(Buffer.from(bytes).toString('utf8'))
      case 'zlib':
        return inflateSync(bytes, options)
      default:
        return gunzipSync(bytes, options)
    }
  } catch {
    return undefined // not what its first bytes promised, or beyond the limit
  }
}

/** What `text.encode('latin-1')` is; undefined where a character is beyond it. */
export function latin1Bytes(text: string): Buffer | undefined {
  // A head may end within a character, which decodes to U+FFFD.
  const whole = text.replace(/\ufffd$/, '')
  return /^[\0-\xff]*$/.test(whole) ? Buffer.from(whole, 'latin1') : undefined
}

/** What could be around a pickle here, judged by the first bytes. */
function layerOf(head: Uint8Array): Layer | undefined {
  const [a = 0, b = 0] = head
  if (isZlib(a, b)) return 'zlib'
  if (isGzip(a, b)) return 'gzip'
  // Characters U+0080 to U+00BF, which _codecs.encode(text, 'latin1') makes bytes of.
  if (a === 0xc2 && FIRST_BYTES.has(b)) return 'latin-1'
  const start = head.subarray(0, 12)
  if (start.length < 12) return undefined
  if (start.every(isHex)) {
    const first = Number.parseInt(Buffer.from(head.subarray(0, 2)).toString('latin1'), 16)
    if (PAYLOAD_LEADS.has(first)) return 'hex'
  }
  if (!start.every((byte) => DIGIT[byte] !== 255)) return undefined
  const first = ((DIGIT[a] as number) << 2) | ((DIGIT[b] as number) >> 4)
  return PAYLOAD_LEADS.has(first) ? 'base64' : undefined
}

/** Whether it is worth a trial: the magic, binary literals, or text with a line end in reach. */
function mayBePickle(head: Uint8Array, text: boolean): boolean {
  const [a = 0, b = 0] = head
  if (!FIRST_BYTES.has(a) && !BINARY_FIRST_BYTES.has(a)) return false
  if (a === 0x80) return b <= 5
  return !text || a > 0x80 || head.length >= 256 || head.includes(10)
}

interface Found {
  layers: Layer[]
  decode: (bytes: Uint8Array) => Uint8Array | undefined
}

/**
 * The layers between a literal and the pickle in it; undefined when there is none. `whole` tells
 * what its head, which may be cut, leaves open: a pickle can begin with a long text.
 */
function findPickle(
  machine: Machine,
  head: Uint8Array,
  text: boolean,
  whole: ByteSource,
): Found | undefined {
  const layers: Layer[] = []
  let current = head
  for (;;) {
    if (mayBePickle(current, text && layers.length === 0)) {
      const sniffed = sniffHead(memorySource(current))
      if (sniffed === 'pickle') break
      const cut = head.length < whole.size
      if (sniffed === 'undecided' && cut && isPickle(machine, whole, layers)) break
    }
    const layer = layers.length < MOST_LAYERS ? layerOf(current) : undefined
    const inner = layer === undefined ? undefined : unpack(layer, current)
    if (layer === undefined || inner === undefined || inner.length < SHORTEST) return undefined
    layers.push(layer)
    current = inner
  }
  return { layers, decode: (bytes) => unpackAll(layers, bytes) }
}

const unpackAll = (layers: readonly Layer[], bytes: Uint8Array): Uint8Array | undefined =>
  layers.reduce<Uint8Array | undefined>(
    (packed, layer) => (packed === undefined ? undefined : unpack(layer, packed)),
    bytes,
  )

/** The same question for all bytes of a literal. */
function isPickle(machine: Machine, whole: ByteSource, layers: readonly Layer[]): boolean {
  if (layers.length === 0) return sniffPickle(whole) >= PICKLE_SURE
  if (whole.size > LARGEST_DECODED) {
    machine.problem ??= 'an encoded literal, perhaps a pickle, is too large to be decoded'
    return false
  }
  const inner = unpackAll(layers, readBytes(whole, 0, whole.size))
  return inner !== undefined && sniffPickle(memorySource(inner)) >= PICKLE_SURE
}

/** An archive or an array file inside a literal, for a loader that is called on it. */
function embeddedName(head: Uint8Array): string | undefined {
  const start = Buffer.from(head.subarray(0, 6)).toString('latin1')
  if (start.startsWith('PK\x03\x04')) return 'nested-archive'
  return start === '\x93NUMPY' ? 'nested-array' : undefined
}

/**
 * Looks for a pickle in a text or bytes literal: plain, base64, hex, zlib, gzip, or several of
 * these. What is found is scanned as a member, so that its imports are facts as well.
 */
export function inspectLiteral(
  machine: Machine,
  opcode: number,
  start: number,
  length: number,
  text: boolean,
): void {
  const { context, source, window } = machine
  const quick = window.peek(start, Math.min(length, 256))
  const embedded = embeddedName(quick)
  if (embedded === undefined && !mayBePickle(quick, text) && layerOf(quick) === undefined) return
  if ((++machine.inspected & 63) === 0) context.checkpoint()
  const whole = sliceSource(source, start, length)
  if (embedded !== undefined) {
    report(machine, opcode, embedded, length, '', embeddedContent(whole, text))
    if (text) machine.scanned.add(`${opcode}:latin-1`)
    return
  }
  const head = window.peek(start, Math.min(length, HEAD))
  const found = findPickle(machine, head, text, whole)
  if (found === undefined) return
  const encoding = found.layers.join(', ')
  if (encoding === '') {
    report(machine, opcode, 'nested-pickle', length, '', whole)
    return
  }
  // Protocols 0 to 2 have no bytes: Python 3 writes _codecs.encode(text, 'latin1') for them.
  const name = encoding === 'latin-1' ? 'nested-pickle' : 'encoded-pickle'
  const inner = length > LARGEST_DECODED ? undefined : found.decode(window.peek(start, length))
  if (inner === undefined) machine.problem ??= 'an encoded pickle is too large to be decoded'
  const content = inner === undefined ? undefined : memorySource(inner)
  report(machine, opcode, name, length, encoding, content)
}

/** An archive in a text is what latin-1 makes of the text, where it can make something of it. */
function embeddedContent(whole: ByteSource, text: boolean): ByteSource {
  if (!text || whole.size > LARGEST_DECODED) return whole
  const bytes = latin1Bytes(readBytes(whole, 0, whole.size).toString('utf8'))
  return bytes === undefined ? whole : memorySource(bytes)
}

/** The same for a text of protocol 0 whose escapes were resolved: what latin-1 makes of it. */
export function inspectText(machine: Machine, opcode: number, text: string): void {
  const whole = Buffer.from(text, 'latin1')
  const head = whole.subarray(0, HEAD)
  if (whole.length < SHORTEST || LEAD[head[0] as number] === 0) return
  const found = findPickle(machine, head, false, memorySource(whole))
  if (found === undefined) return
  const encoding = found.layers.join(', ')
  const content = found.decode(whole)
  const name = encoding === '' ? 'nested-pickle' : 'encoded-pickle'
  report(machine, opcode, name, whole.length, encoding, content && memorySource(content))
}

function report(
  machine: Machine,
  offset: number,
  name: string,
  length: number,
  encoding: string,
  content: ByteSource | undefined,
): void {
  const { context } = machine
  context.add({
    kind: 'literal',
    name,
    location: { offset },
    evidence: `${length} bytes${encoding === '' ? '' : ` of ${encoding}`} in a literal`,
    detail: { bytes: length, ...(encoding === '' ? {} : { encoding }) },
  })
  if (content === undefined) return
  machine.scanned.add(`${offset}`)
  if (encoding === 'latin-1') machine.scanned.add(`${offset}:latin-1`)
  if (++machine.members > context.limits.members)
    machine.problem ??= `more than ${context.limits.members} pickles in literals`
  else context.scanMember(content, `literal@${offset}`)
}
