// Strict readers, the same as shared/model has them: a function is deployed alone, so it has its own.

/** Nesting beyond this is refused, as by every verifier of a passport. */
const MOST_DEPTH = 64

export class FormError extends Error {
  override readonly name = 'FormError'
}

/** The one text of a JSON value: RFC 8785 (JCS). */
export function canonicalText(value: unknown, depth = 0): string {
  if (depth > MOST_DEPTH) throw new FormError(`nested deeper than ${MOST_DEPTH} levels`)
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  if (typeof value === 'string') {
    // Half of a surrogate pair has no UTF-8.
    if (/\p{Surrogate}/u.test(value)) throw new FormError('a text holds half of a surrogate pair')
    return JSON.stringify(value)
  }
  if (Array.isArray(value))
    return `[${value.map((part) => canonicalText(part, depth + 1)).join(',')}]`
  if (typeof value === 'object') {
    const object = value as Record<string, unknown>
    const members = Object.keys(object)
      .sort()
      .map((key) => `${canonicalText(key)}:${canonicalText(object[key], depth + 1)}`)
    return `{${members.join(',')}}`
  }
  throw new FormError(`a ${typeof value} has no place in JSON`)
}

/** Reads exactly what `canonicalText` writes, and refuses every other spelling of the same value. */
export function readCanonical(text: string, what: string): unknown {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new FormError(`the ${what} is no JSON`)
  }
  if (canonicalText(value) !== text) throw new FormError(`the ${what} is not in canonical form`)
  return value
}

/** Strict Base64 (RFC 4648 section 4): what does not come back the same is refused. */
export function fromBase64(text: unknown, what: string): Uint8Array<ArrayBuffer> {
  if (typeof text !== 'string') throw new FormError(`${what} is no text`)
  let binary: string
  try {
    binary = atob(text)
  } catch {
    throw new FormError(`${what} is no Base64`)
  }
  if (btoa(binary) !== text) throw new FormError(`${what} is not strict Base64`)
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0))
}

export function utf8Of(bytes: Uint8Array, what: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new FormError(`${what} is not UTF-8`)
  }
}
