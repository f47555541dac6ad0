const QUOTE = 0x22
const BACKSLASH = 0x5c
const SLASH = 0x2f
const STAR = 0x2a
const COMMA = 0x2c
const NEWLINE = 0x0a
const BLANK = 0x20

/**
 * JSON with comments as plain JSON: comments and trailing commas become blanks, so that every offset
 * stays what it is. One pass.
 */
export function withoutJsonComments(document: Buffer): Buffer {
  const plain = Buffer.from(document)
  /** Offset of a comma behind which only blanks and comments were seen. */
  let comma = -1
  for (let at = 0; at < plain.length; at++) {
    const byte = plain[at] ?? 0
    if (byte === QUOTE) {
      comma = -1
      for (at++; at < plain.length && plain[at] !== QUOTE; at++) if (plain[at] === BACKSLASH) at++
    } else if (byte === SLASH && plain[at + 1] === SLASH) {
      while (at < plain.length && plain[at] !== NEWLINE) plain[at++] = BLANK
    } else if (byte === SLASH && plain[at + 1] === STAR) {
      const close = plain.indexOf('*/', at + 2)
      const end = close === -1 ? plain.length : close + 2
      plain.fill(BLANK, at, end)
      at = end - 1
    } else if (byte === COMMA) comma = at
    else if ((byte === 0x7d || byte === 0x5d) && comma !== -1) {
      plain[comma] = BLANK
      comma = -1
    } else if (byte > BLANK) comma = -1
  }
  return plain
}
