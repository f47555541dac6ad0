/**
 * What the line opcodes of protocol 0 take, as wide as `load_*` of Modules/_pickle.c and of
 * Lib/pickle.py together. A line that either of them reads must never end a trial.
 */

/** int(text, 0), also `010`, which strtol takes; a final L for LONG. */
const INTEGER = /^\s*[+-]?(?:0x[\da-f_]+|0o[0-7_]+|0b[01_]+|\d[\d_]*)\s*L?\s*$/i
const FLOAT =
  /^\s*[+-]?(?:(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:e[+-]?\d[\d_]*)?|inf|infinity|nan)\s*$/i
const KEY = /^\s*[+-]?\d[\d_]*\s*$/
const ASCII = /^[^\x80-\xff]*$/

const LINES: Record<number, RegExp> = {
  73: INTEGER, // INT
  76: INTEGER, // LONG
  70: FLOAT, //   FLOAT
  80: ASCII, //   PERSID
  103: KEY, //    GET
  112: KEY, //    PUT
}

/** A line of numbers is read this far; a longer one counts when it looks like one up to there. */
const SHOWN = 4096
const LONG_NUMBER = /^[\s\w+.-]*$/

/** PyLong_FromString and the like read a C string: what follows a NUL is not looked at. */
const untilNul = (line: Uint8Array): Uint8Array => {
  const nul = line.indexOf(0)
  return nul < 0 ? line : line.subarray(0, nul)
}

const shown = (line: Uint8Array): string =>
  Buffer.from(untilNul(line).subarray(0, SHOWN)).toString('latin1')

function isQuoted(line: Uint8Array): boolean {
  let end = line.length
  while (end > 0 && (line[end - 1] as number) <= 0x20) end--
  const quote = line[0]
  return end >= 2 && (quote === 39 || quote === 34) && line[end - 1] === quote
}

/** Whether an unpickler may read `line` (without its newline) as the argument of the opcode. */
export function isReadableLine(code: number, line: Uint8Array): boolean {
  if (code === 0x53) return isQuoted(line)
  const pattern = line.length > SHOWN && code !== 0x50 ? LONG_NUMBER : LINES[code]
  return code === 0x56 || pattern?.test(shown(line)) === true // UNICODE takes everything
}

/** The key of PUT or GET; NaN when it is not worth reading. */
export const keyOf = (line: Uint8Array): number =>
  line.length > SHOWN ? Number.NaN : Number(shown(line).trim().replaceAll('_', ''))

/** A module, or an attribute: Python's identifiers, with dots anywhere between and behind. */
const NAME = /^[\p{ID_Start}_][\p{ID_Continue}.]*$/u

export const isName = (text: string): boolean => NAME.test(text)

/** What GLOBAL and INST decode: UTF-8. */
export const isNameLine = (line: Uint8Array): boolean =>
  isName(Buffer.from(line.subarray(0, SHOWN)).toString('utf8'))
