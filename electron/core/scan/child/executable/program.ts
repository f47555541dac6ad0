/** What a header says about a program. */
export interface Program {
  /** For a sentence: 'an ELF shared library for x86-64'. */
  label: string
  detail: Record<string, string | number | boolean>
}

/** Numbers of a header, 0 where the file ends before them: a cut program is a program all the same. */
export interface Header {
  u8(at: number): number
  u16(at: number): number
  u32(at: number): number
  u64(at: number): number
}

export function headerOf(bytes: Buffer, littleEndian = true): Header {
  const has = (at: number, width: number) => at >= 0 && at + width <= bytes.length
  return {
    u8: (at) => bytes[at] ?? 0,
    u16: (at) =>
      has(at, 2) ? (littleEndian ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at)) : 0,
    u32: (at) =>
      has(at, 4) ? (littleEndian ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at)) : 0,
    u64: (at) =>
      has(at, 8) ? Number(littleEndian ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at)) : 0,
  }
}
