import { type Data, HOLE } from './value'

const SIMPLE: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\n': '',
}
const ESCAPE =
  /\\(?:([0-7]{1,3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|N\{([^}]*)\}|(\r\n|[\s\S]))/g

export interface StringShape {
  isRaw: boolean
  isBytes: boolean
  isFormat: boolean
  /** Where the characters begin and end, from the start of the literal. */
  start: number
  end: number
}

/** Prefix and quotes of a string literal (Python reference 2.4.1, with Python 2's `ur`). */
export function stringShape(literal: string): StringShape {
  const prefix = /^[a-zA-Z]*/.exec(literal)?.[0].toLowerCase() ?? ''
  const quote = literal.slice(prefix.length, prefix.length + 3)
  const length = quote === '"""' || quote === "'''" ? 3 : 1
  const closed =
    literal.length >= prefix.length + 2 * length && literal.endsWith(quote.slice(0, length))
  return {
    isRaw: prefix.includes('r'),
    isBytes: prefix.includes('b'),
    isFormat: prefix.includes('f'),
    start: prefix.length + length,
    end: literal.length - (closed ? length : 0),
  }
}

/** The characters that a run of source characters of a literal stands for. */
export function unescaped(text: string, { isRaw, isBytes }: StringShape): string {
  const plain = isBytes ? Buffer.from(text, 'utf8').toString('latin1') : text
  if (isRaw || !plain.includes('\\')) return plain
  return plain.replace(ESCAPE, (all, octal, hex, short, long, name, simple: string | undefined) => {
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 0x1ff)
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16))
    if (isBytes) return simple === undefined ? all : (SIMPLE[simple] ?? all)
    if (short !== undefined) return String.fromCharCode(Number.parseInt(short, 16))
    if (long !== undefined) return codePoint(Number.parseInt(long, 16))
    if (name !== undefined) return HOLE
    if (simple === '\r\n') return ''
    return SIMPLE[simple ?? ''] ?? all
  })
}

/** A character by its number; U+FFFD for numbers that are none. */
export function codePoint(code: number): string {
  return Number.isInteger(code) && code >= 0 && code <= 0x10ffff
    ? String.fromCodePoint(code)
    : '\ufffd'
}

export function stringData(literal: string): Data {
  const shape = stringShape(literal)
  const value = unescaped(literal.slice(shape.start, shape.end), shape)
  return { kind: shape.isBytes ? 'bytes' : value.includes(HOLE) ? 'partial' : 'str', value }
}

const PRINTABLE =
  /\\(?:x[2-7][0-9a-fA-F]|u00[2-7][0-9a-fA-F]|U000000[2-7][0-9a-fA-F]|1[0-7][0-7]|0?[4-7][0-7])/g
const LEAST_ESCAPES = 4

/** Whether most letters of a literal are written as numbers, though they could be written as letters. */
export function isSpelledInEscapes(literal: string): boolean {
  if (!literal.includes('\\') || stringShape(literal).isRaw) return false
  const escapes = literal.match(PRINTABLE) ?? []
  const length = escapes.reduce((sum, one) => sum + one.length, 0)
  return escapes.length >= LEAST_ESCAPES && length > 0.6 * literal.length
}

/** Digits beyond which a number is not worth knowing. */
const MOST_DIGITS = 20_000

export function numberData(literal: string): Data {
  // Nearly every number of a program is one digit.
  const digit = literal.length === 1 ? literal.charCodeAt(0) - 48 : -1
  if (digit >= 0 && digit <= 9) return { kind: 'int', value: BigInt(digit) }
  const text = literal.replaceAll('_', '').toLowerCase()
  if (text.length > MOST_DIGITS || text.endsWith('j')) return { kind: 'unknown' }
  try {
    if (/^0[xbo]/.test(text)) return { kind: 'int', value: BigInt(text.replace(/l$/, '')) }
    // Python 2: 0777 is octal.
    if (/^0[0-7]+l?$/.test(text))
      return { kind: 'int', value: BigInt(`0o${text.replace(/l$/, '').slice(1)}`) }
    if (/^\d+l?$/.test(text)) return { kind: 'int', value: BigInt(text.replace(/l$/, '')) }
  } catch {
    return { kind: 'unknown' }
  }
  const value = Number(text)
  return Number.isFinite(value) ? { kind: 'float', value } : { kind: 'unknown' }
}
