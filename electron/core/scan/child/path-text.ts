import { isUtf8 } from 'node:buffer'

/** A path that is not UTF-8 travels as NUL and base64: no real path contains a NUL. */
const RAW = '\0'

/** A path as the protocol's JSON can carry it without loss. */
export function textFromPath(path: Buffer): string {
  return isUtf8(path) ? path.toString() : RAW + path.toString('base64')
}

/** What node:fs takes: text, or the bytes of a path that is not UTF-8. */
export function pathFromText(text: string): string | Buffer {
  return text.startsWith(RAW) ? Buffer.from(text.slice(RAW.length), 'base64') : text
}

/** A name for people: bytes that are not UTF-8 show as \xNN, so that two such names stay distinct. */
export function displayName(name: Buffer): string {
  if (isUtf8(name)) return name.toString()
  let shown = ''
  for (const byte of name)
    shown += byte < 0x80 ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`
  return shown
}
