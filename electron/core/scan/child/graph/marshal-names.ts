/** Longest Base64 text of a function's code that is looked at, characters. */
const MOST_CHARACTERS = 4 * 1024 * 1024
const MOST_NAMES = 40

/** Types of marshal that hold a short ASCII text: a length byte, then the text (CPython, marshal.c). */
const SHORT_ASCII = new Set([0x7a, 0xfa, 0x5a, 0xda])
/** A code object, with and without the flag for references. */
const CODE = new Set([0x63, 0xe3])

/**
 * Names in marshalled Python code, as Keras stores the function of a Lambda layer: Base64 of a code
 * object. The code is not unmarshalled; its names and short texts are found by their type bytes.
 * undefined when the text is not such code.
 */
export function marshalNames(base64: string): string[] | undefined {
  const compact = base64.slice(0, MOST_CHARACTERS).replace(/\s/g, '')
  if (!/^[A-Za-z0-9+/]{16,}={0,2}$/.test(compact)) return undefined
  const bytes = Buffer.from(compact, 'base64')
  if (!CODE.has(bytes[0] ?? 0)) return undefined
  const names = new Set<string>()
  for (let at = 0; at + 2 < bytes.length && names.size < MOST_NAMES; at++) {
    if (!SHORT_ASCII.has(bytes[at] ?? 0)) continue
    const length = bytes[at + 1] ?? 0
    const text = bytes.toString('latin1', at + 2, at + 2 + length)
    if (length < 2 || text.length !== length || !/^[\x20-\x7e]+$/.test(text)) continue
    names.add(text)
    at += 1 + length
  }
  return [...names]
}
