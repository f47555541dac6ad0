import type { ByteSource } from '../byte-source'
import { readBytes } from '../byte-source'
import type { ParseContext } from '../context'
import { printable } from './entry-name'
import type { LocalHeader, ZipEntry } from './zip-directory'

const FLAG_ENCRYPTED = 0x1
const FLAG_DESCRIPTOR = 0x8
/** Encrypted, compressed patched data, strong encryption: zipfile refuses, PyTorch's reader does not look. */
const FLAGS_THAT_STOP_ZIPFILE = 0x61
const DESCRIPTOR = Buffer.from('PK\x07\x08')

export const isEncrypted = (entry: { flags: number; method: number }): boolean =>
  (entry.flags & FLAG_ENCRYPTED) !== 0 || entry.method === 99

/**
 * Facts for each field in which the local header differs from the central one. Readers differ in
 * which of the two they believe: that is how a payload is shown to one and hidden from another.
 */
export function compareHeaders(context: ParseContext, entry: ZipEntry, local: LocalHeader): void {
  const offset = entry.localOffset
  const differ = (fact: string, here: string | number, there: string | number) =>
    context.anomaly(
      `zip.${fact}`,
      offset,
      printable(`${entry.name}: local header says ${here}, directory says ${there}`),
    )
  if (local.rawName !== entry.rawName) differ('name-mismatch', local.name, entry.name)
  for (const header of [local, entry])
    if (header.unicodePath !== undefined && header.unicodePath !== header.name)
      differ('name-mismatch', `${header.unicodePath} (Unicode path)`, header.name)
  if (local.method !== entry.method) differ('method-mismatch', local.method, entry.method)
  const stoppers = local.flags & FLAGS_THAT_STOP_ZIPFILE
  if (stoppers !== 0 && stoppers !== (entry.flags & FLAGS_THAT_STOP_ZIPFILE))
    differ('flags-mismatch', hex(local.flags), hex(entry.flags))
  // With a data descriptor the local header may leave crc and sizes open.
  const open = (local.flags & FLAG_DESCRIPTOR) !== 0
  const disagree = (here: number, there: number) => here !== there && !(open && here === 0)
  if (disagree(local.packedBytes, entry.packedBytes))
    differ('size-mismatch', local.packedBytes, entry.packedBytes)
  else if (disagree(local.bytes, entry.bytes)) differ('size-mismatch', local.bytes, entry.bytes)
  if (disagree(local.crc, entry.crc)) differ('crc-field-mismatch', hex(local.crc), hex(entry.crc))
}

const hex = (value: number): string => `0x${value.toString(16)}`

/**
 * Bytes of the data descriptor behind a member's data, 0 without one. It has an optional signature
 * and 32- or 64-bit sizes, and nothing says which (APPNOTE 4.3.9).
 */
export function descriptorBytes(
  source: ByteSource,
  context: ParseContext,
  entry: ZipEntry,
  local: LocalHeader,
): number {
  if ((local.flags & FLAG_DESCRIPTOR) === 0) return 0
  const at = local.dataOffset + entry.packedBytes
  const bytes = readBytes(source, at, 24)
  const signed = bytes.subarray(0, 4).equals(DESCRIPTOR)
  const fields = signed ? bytes.subarray(4) : bytes
  const matches = (crc: number, packed: number, unpacked: number) =>
    crc === entry.crc && packed === entry.packedBytes && unpacked === entry.bytes
  if (
    fields.length >= 20 &&
    matches(
      fields.readUInt32LE(0),
      Number(fields.readBigUInt64LE(4)),
      Number(fields.readBigUInt64LE(12)),
    )
  )
    return signed ? 24 : 20
  if (
    fields.length >= 12 &&
    matches(fields.readUInt32LE(0), fields.readUInt32LE(4), fields.readUInt32LE(8))
  )
    return signed ? 16 : 12
  // A local header that states crc and sizes itself needs no descriptor to be right.
  if (!signed) return 0
  context.anomaly('zip.descriptor-mismatch', at, printable(entry.name))
  return 16
}
