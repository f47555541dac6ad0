/** RFC 8878, sections 3.1.1 and 3.1.2. */
const MAGIC = 0xfd2fb528
const SKIPPABLE_MAGIC = 0x184d2a5
const RLE_BLOCK = 1
const RESERVED_BLOCK = 3

export const isFrame = (bytes: Buffer, at: number): boolean =>
  at + 4 <= bytes.length && bytes.readUInt32LE(at) === MAGIC

/** A frame of somebody else's data, which every decoder leaves out. */
export const isSkippable = (bytes: Buffer, at: number): boolean =>
  at + 8 <= bytes.length && bytes.readUInt32LE(at) >>> 4 === SKIPPABLE_MAGIC

/** Offset behind the frame that starts at `at`; undefined when it does not end well. */
export function frameEnd(bytes: Buffer, at: number): number | undefined {
  if (isSkippable(bytes, at)) return within(bytes, at + 8 + bytes.readUInt32LE(at + 4))
  const descriptor = bytes[at + 4]
  if (descriptor === undefined) return undefined
  const single = (descriptor & 0x20) !== 0
  const contentSize = [single ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0
  const dictionaryId = [0, 1, 2, 4][descriptor & 3] ?? 0
  let offset = at + 5 + (single ? 0 : 1) + dictionaryId + contentSize
  for (;;) {
    if (offset + 3 > bytes.length) return undefined
    const header = bytes.readUIntLE(offset, 3)
    const type = (header >> 1) & 3
    if (type === RESERVED_BLOCK) return undefined
    offset += 3 + (type === RLE_BLOCK ? 1 : header >> 3)
    if ((header & 1) === 1) break
  }
  const checksum = (descriptor & 4) !== 0 ? 4 : 0
  return within(bytes, offset + checksum)
}

const within = (bytes: Buffer, end: number) => (end <= bytes.length ? end : undefined)
