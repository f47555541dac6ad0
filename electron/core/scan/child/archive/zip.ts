import { type ByteSource, sliceSource } from '../byte-source'
import { COMPLETE, inconclusive, type Outcome, type ParseContext, type Parser } from '../context'
import { checkEntryName, linkEscapes, printable } from './entry-name'
import { compareHeaders, descriptorBytes, isEncrypted } from './zip-compare'
import { readDirectory, readLocalHeader, type ZipEntry } from './zip-directory'
import { directoryStarts, END_BYTES, findZipEnds, type ZipEnd } from './zip-end'
import { type Extent, gapsBetween, noteOverlaps, scanGap } from './zip-gaps'
import { type ZipLayout, zipLayout } from './zip-layout'
import { type Reading, scanReading, type ZipBudget, zipBudget } from './zip-member'

const MODE_KIND = 0o170000
const MODE_LINK = 0o120000
/** A local header with the longest name and extra field. */
const MOST_LOCAL_BYTES = 30 + 2 * 0xffff

/** A zip archive. Every reader's view of it is scanned: directory, local headers, gaps, both ends. */
export const parseZip: Parser = (source, context) => readZip(source, context, 0)

/** The same for a zip behind something that was already parsed as another format. */
export const parseZipTail: Parser = (source, context) => readZip(source, context, undefined)

/** `start` is where unlisted bytes are looked for; undefined leaves the bytes in front alone. */
function readZip(source: ByteSource, context: ParseContext, start: number | undefined) {
  const budget = zipBudget(context.limits)
  const ends = findZipEnds(source)
  const [end] = ends
  if (end === undefined) {
    context.anomaly('zip.no-directory', 0, 'there is no directory at its end')
    scanGap(source, context, { start: 0, end: source.size }, undefined, budget)
    return inconclusive('Its directory is missing: only a reader of local headers sees members.')
  }
  const { entries, directories } = readDirectories(source, context, ends)
  const layout = zipLayout(entries.map((entry) => entry.name))
  const extents: Extent[] = []
  let outcome = COMPLETE
  const note = (next: Outcome) => {
    if (outcome.status === 'complete') outcome = next
  }
  noteDuplicates(context, entries)
  const storages: ZipEntry[] = []
  for (const entry of entries) {
    context.checkpoint()
    if (layout.mayBeStorage?.(entry.name)) storages.push(entry)
    else note(scanEntry(source, context, entry, layout, extents, budget))
  }
  for (const entry of storages) {
    context.checkpoint()
    note(scanEntry(source, context, entry, layout, extents, budget))
  }
  extents.sort((a, b) => a.start - b.start || a.end - b.end)
  noteOverlaps(context, extents)
  const listed = [...extents, ...directories].sort((a, b) => a.start - b.start)
  const first = listed[0]?.start ?? end.offset
  for (const gap of gapsBetween(listed, start ?? first, end.offset))
    scanGap(source, context, gap, gap.start < first ? 'zip.prefix-data' : 'zip.gap-data', budget)
  // A comment is text; anything else in its place is scanned for what it is.
  if (end.end > end.offset + END_BYTES)
    context.scanMember(
      sliceSource(source, end.offset + END_BYTES, end.end - end.offset - END_BYTES),
      'comment',
    )
  if (end.end < source.size)
    scanGap(source, context, { start: end.end, end: source.size }, 'zip.suffix-data', budget)
  return { ...outcome, format: layout.format }
}

/** Entries of all directories that some reader could use, each once. */
function readDirectories(source: ByteSource, context: ParseContext, ends: readonly ZipEnd[]) {
  const entries: ZipEntry[] = []
  const known = new Set<number>()
  const directories: Extent[] = []
  ends.forEach((end, index) => {
    // An end record inside a member belongs to an archive in this archive, which is scanned as such.
    if (index > 0 && isInsideMember(source, entries, end.offset)) return
    if (index > 0) context.anomaly('zip.second-directory', end.offset)
    if (end.disks) context.anomaly('zip.multiple-disks', end.offset, 'it is one part of several')
    if (end.zip64Disagrees) context.anomaly('zip.zip64-mismatch', end.offset)
    if (end.end < end.offset + END_BYTES + end.commentBytes)
      context.anomaly('zip.comment-cut', end.offset, 'its comment is cut')
    const starts = directoryStarts(source, end)
    if (starts.length > 1) context.anomaly('zip.second-directory', starts[1] ?? 0)
    for (const start of starts) {
      const counted = end.directoryEnd - end.directoryBytes
      const prefix = start === counted ? Math.max(0, counted - end.statedOffset) : 0
      const directory = readDirectory(source, context, start, end.directoryEnd, prefix)
      directories.push({ start, end: directory.end, name: 'directory' })
      if (end.directoryEnd < end.offset)
        directories.push({ start: end.directoryEnd, end: end.offset, name: 'zip64 end' })
      if (directory.entries.length % 65536 !== end.entries % 65536)
        context.anomaly(
          'zip.entry-count',
          end.offset,
          `${end.entries} announced, ${directory.entries.length} found`,
        )
      for (const entry of directory.entries) {
        if (!known.has(entry.offset)) entries.push(entry)
        known.add(entry.offset)
      }
    }
  })
  return { entries, directories }
}

function isInsideMember(source: ByteSource, entries: readonly ZipEntry[], offset: number): boolean {
  return entries.some((entry) => {
    const furthest = entry.localOffset + MOST_LOCAL_BYTES + entry.packedBytes
    if (offset < entry.localOffset || offset >= furthest) return false
    const local = readLocalHeader(source, entry.localOffset)
    return (
      local !== undefined &&
      offset >= local.dataOffset &&
      offset < local.dataOffset + entry.packedBytes
    )
  })
}

/** zipfile takes the last of two members with one name, PyTorch's reader the first. */
function noteDuplicates(context: ParseContext, entries: readonly ZipEntry[]): void {
  const seen = new Set<string>()
  for (const { rawName, name, offset } of entries) {
    if (seen.has(rawName)) context.anomaly('zip.duplicate-name', offset, printable(name))
    seen.add(rawName)
  }
}

function scanEntry(
  source: ByteSource,
  context: ParseContext,
  entry: ZipEntry,
  layout: ZipLayout,
  extents: Extent[],
  budget: ZipBudget,
): Outcome {
  const { name, localOffset } = entry
  context.add({
    kind: 'member',
    name: printable(name),
    location: { offset: localOffset },
    detail: { bytes: entry.bytes, packedBytes: entry.packedBytes, method: entry.method },
  })
  checkEntryName(context, 'zip', name, entry.offset)
  const local = readLocalHeader(source, localOffset)
  if (local === undefined) {
    context.anomaly(
      'zip.local-header-missing',
      localOffset,
      `${printable(name)} is listed and not there`,
    )
    return inconclusive(`Its directory lists ${printable(name)}, which is not there.`)
  }
  compareHeaders(context, entry, local)
  const end = local.dataOffset + entry.packedBytes
  extents.push({
    start: localOffset,
    end: end + descriptorBytes(source, context, entry, local),
    name,
  })

  const reading: Reading = { ...entry, offset: localOffset, dataOffset: local.dataOffset }
  noteLink(source, context, entry, reading)
  const encrypted = isEncrypted(entry) || isEncrypted(local)
  if (encrypted) context.anomaly('zip.encrypted', localOffset, printable(name))
  const outcome = scanReadings(source, context, entry, reading, local, layout, budget)
  return encrypted && isEncrypted(entry)
    ? inconclusive(`Its member ${printable(name)} is encrypted, or says so.`)
    : outcome
}

/** Each distinct way in which the two headers let the bytes be read. */
function scanReadings(
  source: ByteSource,
  context: ParseContext,
  entry: ZipEntry,
  reading: Reading,
  local: { method: number; packedBytes: number; bytes: number; name: string },
  layout: ZipLayout,
  budget: ZipBudget,
): Outcome {
  const { name } = entry
  if (name.endsWith('/') && entry.packedBytes === 0) return COMPLETE
  const outcome = scanReading(source, context, reading, budget, layout.parserFor?.(name))
  const sameSize = local.packedBytes === entry.packedBytes || local.packedBytes === 0
  if (local.method === entry.method && sameSize) return outcome
  scanReading(
    source,
    context,
    {
      ...reading,
      ...local,
      packedBytes: sameSize ? entry.packedBytes : local.packedBytes,
      name: `${name} (as its local header says)`,
    },
    budget,
    layout.parserFor?.(local.name),
  )
  return outcome
}

function noteLink(
  source: ByteSource,
  context: ParseContext,
  entry: ZipEntry,
  reading: Reading,
): void {
  if ((entry.mode & MODE_KIND) !== MODE_LINK) return
  const bytes = Buffer.alloc(Math.min(4096, entry.packedBytes))
  source.readInto(bytes, reading.dataOffset)
  const target = bytes.toString('utf8')
  const fact = linkEscapes(entry.name, target) ? 'zip.link-outside' : 'zip.link'
  context.anomaly(fact, reading.offset, printable(`${entry.name} -> ${target}`))
}
