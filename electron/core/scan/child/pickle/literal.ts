import { u16, u32, u64, type Window } from './window'

/** A literal as its opcode spells it. Text and bytes may be cut; `length` is the whole, in bytes. */
export type Literal =
  | { type: 'str'; text: string; length: number; cut: boolean }
  | { type: 'bytes' | 'bytearray'; bytes: Uint8Array; length: number; cut: boolean }
  | { type: 'int'; value: bigint }
  | { type: 'float'; value: number }
  | { type: 'bool'; value: boolean }

/** Bytes of a literal that are decoded unless the caller needs more. */
export const SHOWN_BYTES = 512

/** Longest integer that is converted; longer ones are as good as unknown. */
const INTEGER_BYTES = 64

const utf8 = new TextDecoder('utf-8')
const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

const SIMPLE_ESCAPES: Record<string, string> = {
  n: '\n',
  r: '\r',
  t: '\t',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '\n': '',
}

/** What `codecs.escape_decode` makes of a STRING argument (Objects/bytesobject.c). */
function unescapeString(text: string): string {
  return text.replace(/\\(x[0-9a-fA-F]{2}|[0-7]{1,3}|[\s\S])/g, (whole, code: string) => {
    if (code.length === 3 && code.startsWith('x'))
      return String.fromCharCode(Number.parseInt(code.slice(1), 16))
    if (/^[0-7]/.test(code)) return String.fromCharCode(Number.parseInt(code, 8) & 255)
    return SIMPLE_ESCAPES[code] ?? whole
  })
}

/** raw-unicode-escape: only \uXXXX and \UXXXXXXXX after an odd number of backslashes count. */
function unescapeUnicode(text: string): string {
  return text.replace(
    /(\\+)(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})/g,
    (whole, slashes: string, code: string) => {
      if (slashes.length % 2 === 0) return whole
      const point = Number.parseInt(code.slice(1), 16)
      return point > 0x10ffff ? whole : slashes.slice(1) + String.fromCodePoint(point)
    },
  )
}

/** Little-endian two's complement, as LONG1 and LONG4 store it. */
function decodeLong(bytes: Uint8Array): bigint {
  let value = 0n
  for (let at = bytes.length - 1; at >= 0; at--) value = (value << 8n) | BigInt(bytes[at] as number)
  const last = bytes.at(-1)
  return last !== undefined && last >= 128 ? value - (1n << BigInt(8 * bytes.length)) : value
}

function lineAt(
  window: Window,
  offset: number,
  longest: number,
): { text: Uint8Array; cut: boolean } {
  const bytes = window.peek(offset, Math.min(longest, window.source.size - offset))
  const end = bytes.indexOf(10)
  return end < 0 ? { text: bytes, cut: true } : { text: bytes.subarray(0, end), cut: false }
}

/** int() of a line: blanks around, a sign, underscores between digits. Undefined if it is none. */
export function parsePythonInt(line: string): bigint | undefined {
  const text = line.trim()
  return /^[+-]?\d+(_\d+)*$/.test(text) && text.length <= 400
    ? BigInt(text.replaceAll('_', '').replace(/^\+/, ''))
    : undefined
}

function textLine(code: number, line: Uint8Array, cut: boolean): Literal | undefined {
  const text = latin1(line)
  switch (code) {
    case 0x49: // INT; 00 and 01 are how protocol 0 writes booleans
      if (text === '00' || text === '01') return { type: 'bool', value: text === '01' }
      break
    case 0x4c: // LONG
      break
    case 0x46: // FLOAT
      return { type: 'float', value: Number(text) }
    case 0x53: // STRING
      return {
        type: 'str',
        text: unescapeString(cut ? text.slice(1) : text.trimEnd().slice(1, -1)),
        length: line.length,
        cut,
      }
    default: // UNICODE, PERSID
      return { type: 'str', text: unescapeUnicode(text), length: line.length, cut }
  }
  const value = cut ? undefined : parsePythonInt(text.replace(/L$/, ''))
  return value === undefined ? undefined : { type: 'int', value }
}

const STRINGS: Record<number, 'str' | 'bytes' | 'bytearray' | 'long'> = {
  84: 'str', //       BINSTRING
  85: 'str', //       SHORT_BINSTRING
  88: 'str', //       BINUNICODE
  140: 'str', //       SHORT_BINUNICODE
  141: 'str', //       BINUNICODE8
  66: 'bytes', //     BINBYTES
  67: 'bytes', //     SHORT_BINBYTES
  142: 'bytes', //     BINBYTES8
  150: 'bytearray', // BYTEARRAY8
  138: 'long', //      LONG1
  139: 'long', //      LONG4
}

const ONE_BYTE_COUNT = new Set([0x55, 0x8c, 0x43, 0x8a])
const EIGHT_BYTE_COUNT = new Set([0x8d, 0x8e, 0x96])

/** Where the bytes of a counted literal are. */
function extent(window: Window, offset: number, code: number): { start: number; length: number } {
  const head = window.peek(offset + 1, 8)
  if (ONE_BYTE_COUNT.has(code)) return { start: offset + 2, length: head[0] ?? 0 }
  if (EIGHT_BYTE_COUNT.has(code)) return { start: offset + 9, length: u64(head, 0) }
  return { start: offset + 5, length: u32(head, 0) }
}

/** Where the bytes of a bytes literal are; undefined for every other literal. */
export function literalExtent(
  window: Window,
  offset: number,
): { start: number; length: number } | undefined {
  const code = window.peek(offset, 1)[0] ?? 0
  const type = STRINGS[code]
  if (type === 'bytes' || type === 'bytearray') return extent(window, offset, code)
  // Python 2's str: bytes where a loader asks for them.
  return code === 84 || code === 85 ? extent(window, offset, code) : undefined
}

/** The literal whose opcode is at `offset`; undefined when it has no readable value. */
export function readLiteral(
  window: Window,
  offset: number,
  longest = SHOWN_BYTES,
): Literal | undefined {
  const code = window.peek(offset, 1)[0] ?? 0
  const counted = STRINGS[code]
  if (counted !== undefined) {
    const { start, length } = extent(window, offset, code)
    const cut = length > longest
    const bytes = window.peek(start, Math.min(length, longest))
    if (counted === 'long')
      return length > INTEGER_BYTES ? undefined : { type: 'int', value: decodeLong(bytes) }
    if (counted !== 'str') return { type: counted, bytes: bytes.slice(), length, cut }
    return { type: 'str', text: utf8.decode(bytes), length, cut }
  }
  if ('IFLSVP'.includes(String.fromCharCode(code))) {
    const line = lineAt(window, offset + 1, longest)
    return textLine(code, line.text, line.cut)
  }
  const head = window.peek(offset + 1, 8)
  switch (code) {
    case 0x4a: // BININT
      return head.length < 4 ? undefined : { type: 'int', value: BigInt(u32(head, 0) | 0) }
    case 0x4b: // BININT1
      return { type: 'int', value: BigInt(head[0] ?? 0) }
    case 0x4d: // BININT2
      return head.length < 2 ? undefined : { type: 'int', value: BigInt(u16(head, 0)) }
    case 0x47: // BINFLOAT, big-endian
      return head.length < 8
        ? undefined
        : { type: 'float', value: Buffer.from(head).readDoubleBE(0) }
    default:
      return undefined
  }
}
