import { isUtf8 } from 'node:buffer'

/** The bytes are not JSON (RFC 8259). */
export class JsonError extends Error {
  override readonly name = 'JsonError'
  readonly offset: number
  /** It may be JSON all the same: only deeper than is read here. */
  readonly tooDeep: boolean
  constructor(message: string, offset: number, tooDeep = false) {
    super(`${message} at byte ${offset}`)
    this.offset = offset
    this.tooDeep = tooDeep
  }
}

export type JsonScalar = string | number | boolean | null

/** Called in document order. Offsets are those of the first byte of the key or value. */
export interface JsonVisitor {
  open(kind: 'object' | 'array', offset: number): void
  close(kind: 'object' | 'array'): void
  key(name: string, offset: number, duplicate: boolean): void
  value(value: JsonScalar, offset: number): void
}

/** As serde_json, which reads safetensors headers. */
const DEEPEST = 128
/** Tokens between two calls of `tick`. */
const TICK_EVERY = 4096
/** What Python's json reads and writes beyond RFC 8259 (Lib/json/decoder.py). */
const PYTHON_NUMBER = /^(NaN|-?Infinity)$/
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COLON = 0x3a
const COMMA = 0x2c
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d
const OPEN_ARRAY = 0x5b
const CLOSE_ARRAY = 0x5d

/**
 * Strict JSON without a tree: memory is what the visitor keeps, plus the keys of open objects, which
 * are remembered to see duplicates (JSON.parse silently takes the last of them). Returns the offset
 * behind the document. `python` takes NaN and Infinity as well. Throws JsonError.
 */
export function readJson(
  bytes: Buffer,
  visitor: JsonVisitor,
  tick: () => void,
  { python = false }: { python?: boolean } = {},
): number {
  let at = 0
  let tokens = 0
  /** Keys of the open objects; null for an open array. */
  const open: (Set<string> | null)[] = []

  const fail = (message: string): never => {
    throw new JsonError(message, at)
  }
  const skipSpace = (): void => {
    for (;;) {
      const byte = bytes[at]
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return
      at++
    }
  }

  function string(): string {
    const start = at
    let escaped = false
    let ascii = true
    for (at++; ; at++) {
      const byte = bytes[at]
      if (byte === undefined) fail('a string does not end')
      else if (byte === QUOTE) break
      else if (byte === BACKSLASH) {
        escaped = true
        at++
      } else if (byte < 0x20) fail('a control character in a string')
      else if (byte >= 0x80) ascii = false
    }
    at++
    if (ascii && !escaped) return bytes.toString('latin1', start + 1, at - 1)
    const raw = bytes.subarray(start, at)
    if (!isUtf8(raw)) fail('a string that is not UTF-8')
    if (!escaped) return raw.toString('utf8', 1, raw.length - 1)
    try {
      return JSON.parse(raw.toString('utf8')) as string
    } catch {
      return fail('a wrong escape in a string')
    }
  }

  function word(): JsonScalar {
    const start = at
    while (at < bytes.length && isWordByte(bytes[at] ?? 0)) at++
    const text = bytes.toString('latin1', start, Math.min(at, start + 400))
    if (text === 'true' || text === 'false') return text === 'true'
    if (text === 'null') return null
    if (NUMBER.test(text)) return Number(text)
    if (python && PYTHON_NUMBER.test(text)) return Number(text)
    at = start
    return fail('neither a value nor the end')
  }

  /** After a value: closes what ends here, or goes to the next item. False at the document's end. */
  function next(): boolean {
    for (;;) {
      const keys = open.at(-1)
      if (keys === undefined) return false
      skipSpace()
      const byte = bytes[at]
      if (byte === COMMA) {
        at++
        if (keys !== null) key(keys)
        return true
      }
      if (byte !== (keys === null ? CLOSE_ARRAY : CLOSE_OBJECT))
        fail('a comma or an end is missing')
      at++
      open.pop()
      visitor.close(keys === null ? 'array' : 'object')
    }
  }

  function key(keys: Set<string>): void {
    skipSpace()
    if (bytes[at] !== QUOTE) fail('a key is missing')
    const offset = at
    const name = string()
    const duplicate = keys.has(name)
    keys.add(name)
    skipSpace()
    if (bytes[at] !== COLON) fail('a colon is missing')
    at++
    visitor.key(name, offset, duplicate)
  }

  /** True when a container was opened that has a first item. */
  function opened(kind: 'object' | 'array'): boolean {
    if (open.length === DEEPEST)
      throw new JsonError(`values nested deeper than ${DEEPEST} levels`, at, true)
    const keys = kind === 'object' ? new Set<string>() : null
    open.push(keys)
    visitor.open(kind, at)
    at++
    skipSpace()
    if (bytes[at] === (kind === 'object' ? CLOSE_OBJECT : CLOSE_ARRAY)) return false
    if (keys !== null) key(keys)
    return true
  }

  for (let more = true; more; ) {
    if (++tokens % TICK_EVERY === 0) tick()
    skipSpace()
    const byte = bytes[at]
    if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      if (opened(byte === OPEN_OBJECT ? 'object' : 'array')) continue
    } else {
      const offset = at
      visitor.value(byte === QUOTE ? string() : word(), offset)
    }
    more = next()
  }
  skipSpace()
  return at
}

/** Letters, digits and what numbers are made of. */
function isWordByte(byte: number): boolean {
  return (
    (byte >= 0x30 && byte <= 0x39) ||
    (byte >= 0x61 && byte <= 0x7a) ||
    (byte >= 0x41 && byte <= 0x5a) ||
    byte === 0x2b ||
    byte === 0x2d ||
    byte === 0x2e
  )
}
