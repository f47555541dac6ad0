import { fromUtf8, toUtf8 } from './utf8'

/** What a JSON document can hold. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject
export interface JsonObject {
  readonly [key: string]: Json
}

/** Nesting beyond this is refused, written or read: no passport needs a tenth of it. */
export const MOST_DEPTH = 64

/** Bytes or a value that have no canonical form. The sentence says where. */
export class CanonicalError extends Error {
  override readonly name = 'CanonicalError'
}

/**
 * The one text of a JSON value (RFC 8785, JCS): keys in order of their UTF-16 code units, no white
 * space, numbers and strings as ECMAScript writes them. Throws CanonicalError for what JSON cannot
 * say: NaN, infinities, undefined, lone surrogates.
 */
export function canonicalText(value: unknown, depth = 0): string {
  if (depth > MOST_DEPTH)
    throw new CanonicalError(`The value is nested deeper than ${MOST_DEPTH} levels.`)
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return canonicalString(value)
  if (typeof value === 'number') {
    // As text, and with -0 as 0: ECMAScript's Number::toString is what RFC 8785 3.2.2.3 asks for.
    if (Number.isFinite(value)) return String(value)
    throw new CanonicalError(`${value} is not a number that JSON can hold.`)
  }
  // Grown piece by piece: arrays that are joined take twice the time over millions of values.
  let text = ''
  if (Array.isArray(value)) {
    for (const part of value) text += `${text === '' ? '[' : ','}${canonicalText(part, depth + 1)}`
    return text === '' ? '[]' : `${text}]`
  }
  if (typeof value === 'object') {
    const object = value as Record<string, unknown>
    // Without arguments `sort` compares code units, which is what RFC 8785 3.2.3 asks for.
    for (const key of Object.keys(object).sort())
      text += `${text === '' ? '{' : ','}${canonicalString(key)}:${canonicalText(object[key], depth + 1)}`
    return text === '' ? '{}' : `${text}}`
  }
  throw new CanonicalError(`A value of type ${typeof value} has no place in JSON.`)
}

export function canonicalBytes(value: unknown): Uint8Array {
  return toUtf8(canonicalText(value))
}

function canonicalString(text: string): string {
  if (text.isWellFormed()) return JSON.stringify(text)
  throw new CanonicalError('A text holds half of a surrogate pair.')
}

/**
 * Reads exactly the bytes that `canonicalBytes` would write and refuses every other spelling of the
 * same value: white space, another order or a second of a key, 1.0 for 1, \u0041 for A, a byte order
 * mark. It does so by writing what it read and comparing, so no spelling can be forgotten.
 */
export function readCanonical(bytes: Uint8Array, mostBytes: number): Json {
  if (bytes.length > mostBytes)
    throw new CanonicalError(`It has ${bytes.length} bytes; at most ${mostBytes} are read.`)
  let text: string
  try {
    text = fromUtf8(bytes)
  } catch {
    throw new CanonicalError('It is not UTF-8 text.')
  }
  let value: Json
  try {
    value = JSON.parse(text) as Json
  } catch (error) {
    throw new CanonicalError(`It is not JSON: ${(error as Error).message}.`)
  }
  const only = canonicalText(value)
  if (only !== text) {
    let at = 0
    while (text[at] === only[at]) at++
    throw new CanonicalError(
      `It is not in canonical form (RFC 8785): character ${at + 1} is ${shown(text[at])} where ${shown(only[at])} belongs.`,
    )
  }
  return value
}

const shown = (character: string | undefined) =>
  character === undefined ? 'the end' : JSON.stringify(character)
