import { type ByteSource, readBytes, sliceSource } from '../byte-source'
import { COMPLETE, inconclusive, LimitError, type ParseContext, type Parser } from '../context'
import { displayName } from '../path-text'
import { checkEntryName, linkEscapes, printable } from './entry-name'
import { isPytorchTar, scanPytorchTarMember } from './pytorch-tar'
import { BLOCK_BYTES, checksumFits, readTarHeader, type TarHeader } from './tar-header'
import { liesIn, PATH_CHARACTERS, placeOf } from './tar-path'
import { readPaxRecords, type TarOverrides } from './tar-records'

/** Extension records hold a few names; PATH_MAX is 4 KiB. */
const MOST_EXTENSION_BYTES = 1024 * 1024
/** Padding behind the end is read in pieces of this size. */
const TAIL_BYTES = 64 * 1024
/** Blocks that continue the map of a sparse file, 21 holes each. */
const MOST_SPARSE_BLOCKS = 4096
const ZERO_BLOCK = Buffer.alloc(BLOCK_BYTES)

/** Headers that describe the next member: pax, pax for all, GNU long name and link, Solaris pax. */
const EXTENSIONS = 'xgLKX'
const TYPES: Readonly<Record<string, string>> = {
  '0': 'file',
  '1': 'hard link',
  '2': 'symbolic link',
  '3': 'character device',
  '4': 'block device',
  '5': 'folder',
  '6': 'named pipe',
  '7': 'file',
  S: 'sparse file',
  D: 'dump folder',
  V: 'volume label',
}

interface TarState {
  source: ByteSource
  context: ParseContext
  offset: number
  /** What extension records say about the next member, and about all that follow. */
  next: TarOverrides
  global: TarOverrides
  /** Where members would be extracted to so far, and which of these places are symbolic links. */
  places: Set<string>
  links: Set<string>
  members: number
  pytorch: boolean
  /** The first reason why it was not understood to its end. */
  reason: string | null
}

/**
 * A tar archive: ustar, pax, GNU and the old format, with what old PyTorch kept in it. Readers
 * differ in what they forgive: whatever one of them refuses is reported, and reading goes on.
 */
export const parseTar: Parser = (source, context) => {
  const state: TarState = {
    source,
    context,
    offset: 0,
    next: {},
    global: {},
    places: new Set(),
    links: new Set(),
    members: 0,
    pytorch: isPytorchTar(source),
    reason: null,
  }
  while (readBlock(state)) context.checkpoint()
  const outcome = state.reason === null ? COMPLETE : inconclusive(state.reason)
  return { ...outcome, format: state.pytorch ? 'pytorch-tar' : 'tar' }
}

function fail(state: TarState, reason: string): void {
  state.reason ??= reason
}

/** One header and what belongs to it. False when nothing behind it can be found, or is there. */
function readBlock(state: TarState): boolean {
  const { source, context, offset } = state
  const block = readBytes(source, offset, BLOCK_BYTES)
  if (block.length === 0) {
    context.anomaly('tar.missing-end', offset)
    fail(state, 'The zero blocks that end a tar are missing; it may have been cut.')
    return false
  }
  if (block.length < BLOCK_BYTES) {
    context.anomaly('tar.truncated', offset)
    fail(state, `It ends in the middle of the header at offset ${offset}.`)
    return false
  }
  if (block.equals(ZERO_BLOCK)) return readEnd(state)
  if (checksumFits(block)) return readMember(state, readTarHeader(block))
  context.anomaly('tar.bad-checksum', offset)
  fail(state, `The header at offset ${offset} is damaged; what follows was read as data.`)
  scanRest(state, offset)
  return false
}

function readMember(state: TarState, header: TarHeader): boolean {
  const { source, context, offset: start } = state
  const isExtension = EXTENSIONS.includes(header.type)
  const overrides = isExtension ? {} : { ...state.global, ...state.next }
  const size = overrides.size ?? header.size
  if (!Number.isSafeInteger(size)) {
    context.anomaly('tar.bad-size', start, printable(header.name))
    fail(state, `The size in the header at offset ${start} is not a number.`)
    scanRest(state, start + BLOCK_BYTES)
    return false
  }
  // A reader that ignores pax records goes on inside the member (CVE-2025-62518).
  if (size !== header.size && header.size !== 0) {
    context.anomaly('tar.size-mismatch', start, `pax says ${size} bytes, the header ${header.size}`)
    fail(state, `The member at offset ${start} has two sizes; readers disagree where it ends.`)
  }
  let bytes = size
  if ('123456'.includes(header.type) && size !== 0) {
    context.anomaly('tar.unexpected-size', start, `${printable(header.name)}: ${size} bytes`)
    fail(state, `A ${TYPES[header.type]} announces data; readers disagree where it ends.`)
    bytes = 0
  }
  const dataStart = start + BLOCK_BYTES + sparseMapBytes(state, header)
  const available = Math.max(0, source.size - dataStart)
  const content = sliceSource(source, dataStart, Math.min(bytes, available))
  state.offset = dataStart + Math.ceil(bytes / BLOCK_BYTES) * BLOCK_BYTES
  if (bytes > available) {
    const missing = `${printable(header.name)}: ${bytes} bytes announced, ${available} there`
    context.anomaly('tar.truncated', start, missing)
    fail(state, `The member at offset ${start} is longer than the file.`)
  }
  if (isExtension) readExtension(state, content, header.type, start)
  else {
    state.next = {}
    scanMember(state, content, header, overrides, start)
  }
  return bytes <= available
}

/** GNU tar manual, "Old GNU Format": byte 504 of a map block says whether another follows. */
function sparseMapBytes({ source, offset }: TarState, header: TarHeader): number {
  let bytes = 0
  let continues = header.sparseContinues
  for (let block = 0; continues && block < MOST_SPARSE_BLOCKS; block++) {
    bytes += BLOCK_BYTES
    continues = readBytes(source, offset + bytes, BLOCK_BYTES)[504] === 1
  }
  return bytes
}

function readExtension(state: TarState, content: ByteSource, type: string, start: number): void {
  const { context } = state
  if (content.size > MOST_EXTENSION_BYTES) {
    context.anomaly('tar.extension-too-long', start, `${content.size} bytes`)
    throw new LimitError(`The extension record at offset ${start} has ${content.size} bytes.`)
  }
  const bytes = readBytes(content, 0, content.size)
  if (type === 'L' || type === 'K') {
    const end = bytes.indexOf(0)
    const name = displayName(end === -1 ? bytes : bytes.subarray(0, end))
    state.next = { ...state.next, ...(type === 'L' ? { path: name } : { link: name }) }
    return
  }
  const records = readPaxRecords(bytes)
  if (records === undefined) {
    context.anomaly('tar.bad-extension', start)
    fail(state, `The extension record at offset ${start} is damaged.`)
  } else if (type === 'g') state.global = { ...state.global, ...records }
  else state.next = { ...state.next, ...records }
}

function scanMember(
  state: TarState,
  content: ByteSource,
  { name: short, linkName, type }: TarHeader,
  overrides: TarOverrides,
  start: number,
): void {
  const { context } = state
  const name = overrides.path ?? short
  if (++state.members > context.limits.members) {
    context.anomaly('limit.members', start, `more than ${context.limits.members} members`)
    throw new LimitError(`It holds more than ${context.limits.members} members.`)
  }
  context.add({
    kind: 'member',
    name: printable(name),
    location: { offset: start },
    detail: { bytes: content.size, type: TYPES[type] ?? `type ${type}` },
  })
  checkEntryName(context, 'tar', name, start)
  checkPlace(state, name, start)
  checkType(state, type, name, overrides.link ?? linkName, start)
  if (type === 'S' || overrides.sparse === true) {
    context.anomaly('tar.sparse', start, printable(name))
    fail(state, `The holes of its sparse member ${printable(name)} were not restored.`)
  }
  if (content.size === 0) return
  if (state.pytorch && scanPytorchTarMember(content, context, name)) return
  context.scanMember(content, printable(name))
}

function checkPlace(state: TarState, name: string, start: number): void {
  const { context } = state
  if (name.length > PATH_CHARACTERS) {
    fail(state, `A member has a name of ${name.length} characters, which no system can hold.`)
    return
  }
  const place = placeOf(name)
  if (state.places.has(place) && !name.endsWith('/'))
    context.anomaly('tar.duplicate-name', start, printable(name))
  state.places.add(place)
  if (liesIn(name, state.links)) context.anomaly('tar.through-link', start, printable(name))
}

function checkType(
  state: TarState,
  type: string,
  name: string,
  target: string,
  start: number,
): void {
  const { context } = state
  if (type === '1' || type === '2') {
    // A symbolic link counts from its own folder, a hard link from the root of the archive.
    const outside = linkEscapes(type === '2' ? name : '', target)
    const fact = outside ? 'tar.link-outside' : 'tar.link'
    context.anomaly(fact, start, printable(`${name} -> ${target}`))
    if (type === '2') state.links.add(placeOf(name))
  } else if ('346'.includes(type))
    context.anomaly('tar.device', start, printable(`${name}: ${TYPES[type]}`))
  else if (TYPES[type] === undefined) {
    context.anomaly('tar.unknown-type', start, printable(`${name}: type ${type}`))
    fail(state, `Its member ${printable(name)} is of a type that is not known.`)
  }
}

/**
 * Two zero blocks end a tar. Python stops at the first; GNU goes on behind a single one, and with
 * --ignore-zeros behind all, so that whatever follows is read as well.
 */
function readEnd(state: TarState): boolean {
  const { source, context, offset } = state
  const next = readBytes(source, offset + BLOCK_BYTES, BLOCK_BYTES)
  if (next.length === BLOCK_BYTES && !next.equals(ZERO_BLOCK) && checksumFits(next)) {
    context.anomaly('tar.lone-zero-block', offset)
    fail(state, `Members follow the zero block at offset ${offset}; some readers stop there.`)
    state.offset += BLOCK_BYTES
    return true
  }
  for (let at = offset; at < source.size; at += TAIL_BYTES) {
    context.checkpoint()
    const piece = readBytes(source, at, TAIL_BYTES)
    const first = piece.findIndex((byte) => byte !== 0)
    if (first === -1) continue
    const start = at + first - (first % BLOCK_BYTES)
    context.anomaly('tar.trailing-data', start, piece.toString('hex', first, first + 32))
    fail(state, `${source.size - start} bytes follow the end of the archive.`)
    scanRest(state, start)
    return false
  }
  return false
}

function scanRest({ source, context }: TarState, start: number): void {
  if (start < source.size)
    context.scanMember(sliceSource(source, start, source.size - start), `tail@${start}`)
}
