import { displayName } from '../path-text'

/** POSIX.1-1988 ustar, with the GNU and old variants (libarchive tar(5)). */
export const BLOCK_BYTES = 512

export interface TarHeader {
  name: string
  size: number
  type: string
  linkName: string
  magic: 'ustar' | 'gnu' | 'old'
  /** Old GNU sparse file: its map goes on in the next block. */
  sparseContinues: boolean
}

/** Whether the first block is a tar header: its checksum fits, whatever the magic. */
export function isTarHeader(block: Buffer): boolean {
  return block.length >= BLOCK_BYTES && block[0] !== 0 && checksumFits(block)
}

/** The sum of all bytes with the checksum field as spaces; old writers summed signed bytes. */
export function checksumFits(block: Buffer): boolean {
  const stated = octal(block.subarray(148, 156))
  if (stated === undefined) return false
  let unsigned = 0
  let signed = 0
  for (let at = 0; at < BLOCK_BYTES; at++) {
    const byte = at >= 148 && at < 156 ? 0x20 : (block[at] ?? 0)
    unsigned += byte
    signed += byte < 128 ? byte : byte - 256
  }
  return stated === unsigned || stated === signed
}

export function readTarHeader(block: Buffer): TarHeader {
  const magic = block.toString('latin1', 257, 265)
  const prefix = magic.startsWith('ustar\0') ? text(block, 345, 155) : ''
  const name = text(block, 0, 100)
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    size: sizeField(block.subarray(124, 136)),
    // Old writers leave the type of a plain file empty.
    type: block[156] === 0 ? '0' : String.fromCharCode(block[156] ?? 0),
    linkName: text(block, 157, 100),
    magic: magic.startsWith('ustar\0') ? 'ustar' : magic.startsWith('ustar ') ? 'gnu' : 'old',
    sparseContinues: block[156] === 0x53 && block[482] === 1,
  }
}

/** Octal digits, or base 256 when the first bit is set (GNU, for sizes from 8 GiB). NaN when neither. */
function sizeField(field: Buffer): number {
  if (((field[0] ?? 0) & 0x80) === 0) return octal(field) ?? Number.NaN
  let value = (field[0] ?? 0) & 0x7f
  for (const byte of field.subarray(1)) value = value * 256 + byte
  return value
}

function octal(field: Buffer): number | undefined {
  const digits = /^[ \0]*([0-7]*)[ \0]*/.exec(field.toString('latin1'))?.[1]
  return digits === undefined ? undefined : digits === '' ? undefined : Number.parseInt(digits, 8)
}

function text(block: Buffer, start: number, length: number): string {
  const field = block.subarray(start, start + length)
  const end = field.indexOf(0)
  return displayName(end === -1 ? field : field.subarray(0, end))
}
