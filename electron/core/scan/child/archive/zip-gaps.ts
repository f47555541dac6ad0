import { type ByteSource, readBytes, sliceSource } from '../byte-source'
import type { ParseContext } from '../context'
import { printable } from './entry-name'
import { LOCAL_BYTES, readLocalHeader } from './zip-directory'
import { LOCAL } from './zip-end'
import { scanReading, type ZipBudget } from './zip-member'

export interface Extent {
  start: number
  end: number
  name: string
}

const WINDOW_BYTES = 1024 * 1024
const ZEROS = Buffer.alloc(WINDOW_BYTES)
const HIGHEST_METHOD = 99

/** Facts for members that share bytes: the trick of flat zip bombs, and of names for one payload. */
export function noteOverlaps(context: ParseContext, extents: readonly Extent[]): void {
  let previous: Extent | undefined
  for (const extent of extents) {
    if (previous !== undefined && extent.start < previous.end)
      context.anomaly(
        'zip.overlapping-members',
        extent.start,
        printable(`${extent.name} begins inside ${previous.name}`),
      )
    if (previous === undefined || extent.end > previous.end) previous = extent
  }
}

/** The stretches of [start, end) that no extent covers. `extents` are sorted by start. */
export function gapsBetween(
  extents: readonly Extent[],
  start: number,
  end: number,
): { start: number; end: number }[] {
  const gaps: { start: number; end: number }[] = []
  let covered = start
  for (const extent of extents) {
    if (extent.start > covered) gaps.push({ start: covered, end: Math.min(extent.start, end) })
    covered = Math.max(covered, extent.end)
  }
  if (covered < end) gaps.push({ start: covered, end })
  return gaps
}

/**
 * Looks at bytes that the directory does not mention: members that only a reader of local headers
 * sees, or data of another kind. Zeros are padding. `fact` names the
 * place; without one only members are looked for.
 */
export function scanGap(
  source: ByteSource,
  context: ParseContext,
  { start, end }: { start: number; end: number },
  fact: 'zip.gap-data' | 'zip.prefix-data' | 'zip.suffix-data' | undefined,
  budget: ZipBudget,
): void {
  const headers = localHeadersIn(source, context, start, end)
  if (headers === 'zeros') return
  headers.forEach((offset, index) => {
    const header = readLocalHeader(source, offset)
    if (header === undefined) return
    const limit = headers[index + 1] ?? end
    const announced = header.packedBytes === 0 ? limit - header.dataOffset : header.packedBytes
    const packedBytes = Math.min(announced, limit - header.dataOffset)
    context.anomaly('zip.hidden-member', offset, printable(header.name))
    scanReading(
      source,
      context,
      {
        ...header,
        name: `hidden@${offset}/${header.name}`,
        offset,
        packedBytes,
        // Without a directory entry nothing else is known about it.
        bytes: header.bytes === 0 ? packedBytes : header.bytes,
        crc: header.crc === 0 ? undefined : header.crc,
      },
      budget,
    )
  })
  if (headers.length > 0 || fact === undefined) return
  const head = readBytes(source, start, 16).toString('hex')
  context.anomaly(fact, start, `${end - start} bytes: ${head}`)
  context.scanMember(sliceSource(source, start, end - start), `${fact.slice(4)}@${start}`)
}

/** Offsets of plausible local headers, or 'zeros' when there is nothing but padding. */
function localHeadersIn(
  source: ByteSource,
  context: ParseContext,
  start: number,
  end: number,
): number[] | 'zeros' {
  const found: number[] = []
  let zeros = true
  for (let offset = start; offset < end; offset += WINDOW_BYTES - LOCAL_BYTES) {
    context.checkpoint()
    const window = readBytes(source, offset, Math.min(WINDOW_BYTES, end - offset))
    if (zeros) zeros = window.equals(ZEROS.subarray(0, window.length))
    // Headers in the last bytes of a window are whole in the next one.
    const last = window.length < WINDOW_BYTES ? window.length : WINDOW_BYTES - LOCAL_BYTES
    for (let at = window.indexOf(LOCAL); at >= 0 && at < last; at = window.indexOf(LOCAL, at + 1)) {
      if (found.length >= context.limits.members || !isPlausible(window, at)) continue
      if (found.length % 1024 === 0) context.checkpoint()
      const header = readLocalHeader(source, offset + at)
      if (header !== undefined && header.dataOffset <= end) found.push(offset + at)
    }
    if (window.length < WINDOW_BYTES) break
  }
  return zeros ? 'zeros' : found
}

/** A name and a method that exists: four letters alone are no header. */
function isPlausible(window: Buffer, at: number): boolean {
  return (
    at + LOCAL_BYTES <= window.length &&
    window.readUInt16LE(at + 26) > 0 &&
    window.readUInt16LE(at + 8) <= HIGHEST_METHOD
  )
}
