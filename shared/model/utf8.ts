import { utf8ToBytes } from '@noble/hashes/utils.js'

/** Part of every host (WHATWG Encoding), though not of the language's own library. */
declare const TextDecoder: new (
  label: string,
  options: { fatal: boolean; ignoreBOM: boolean },
) => { decode(bytes: Uint8Array): string }

export const toUtf8: (text: string) => Uint8Array = utf8ToBytes

/** Throws on bytes that are not UTF-8; a byte order mark is kept, so that it is not overlooked. */
export function fromUtf8(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
}
