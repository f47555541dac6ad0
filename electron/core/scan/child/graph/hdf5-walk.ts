import { printable } from '../archive/entry-name'
import { type ByteSource, readBytes, sliceSource } from '../byte-source'
import { LimitError, MalformedError, type ParseContext } from '../context'
import { sniffPickle } from '../pickle'
import { pathProblem } from './data-path'
import { scanEmbedded } from './embedded'
import {
  bytesAt,
  globalHeapObject,
  heapText,
  localHeap,
  type Message,
  readObjectHeader,
  type Superblock,
  UNDEFINED,
  u64,
} from './hdf5-format'
import { noteKerasText } from './keras'
import { jsonInUtf8 } from './keras-file'

/** Depth of the tree of a group. */
const MOST_LEVELS = 32
/** Longest text of an attribute that is read; configurations of large models have a few megabytes. */
const MOST_TEXT_BYTES = 24 * 1024 * 1024
/** Elements of an attribute of texts that are looked at. */
const MOST_TEXTS = 10_000

/** Classes of datatypes (IV.A.2.d) whose values are numbers, or point to other objects of the file. */
const NUMERIC = new Set([0, 1, 2, 4, 6, 7, 8, 10])
const STRING = 3
const OPAQUE = 5
const VARIABLE = 9

/** Messages that say nothing about what loading the object reads. */
const PLAIN = new Set([0x00, 0x01, 0x03, 0x04, 0x05, 0x0a, 0x0d, 0x0e, 0x10, 0x12, 0x13, 0x16])

/** Walks all objects of an HDF5 file. What was not understood is said in `unread`. */
export class Hdf5Walk {
  /** The first thing that was not read; null when everything was. */
  unread: string | null = null
  configurations = 0
  private readonly source: ByteSource
  private readonly context: ParseContext
  private readonly base: number
  private readonly seen = new Set<number>()
  private readonly pending: number[] = []

  constructor(source: ByteSource, context: ParseContext, { base }: Superblock) {
    this.source = source
    this.context = context
    this.base = base
  }

  /** Throws MalformedError where the file is not what it says, LimitError beyond the limits. */
  run(root: number): void {
    this.pending.push(root)
    for (let next = this.pending.pop(); next !== undefined; next = this.pending.pop()) {
      if (this.seen.has(next)) continue
      if (this.seen.size >= this.context.limits.members)
        throw new LimitError(`It has more than ${this.context.limits.members} objects.`)
      this.seen.add(next)
      this.context.checkpoint()
      this.object(readObjectHeader(this.source, this.base + next, this.base))
    }
  }

  private miss(what: string): void {
    this.unread ??= what
  }

  private object(messages: readonly Message[]): void {
    const type = messages.find((message) => message.type === 0x03)
    for (const message of messages) {
      // A message that lies elsewhere, shared by several objects.
      if ((message.flags & 2) !== 0 && message.type !== 0x10) this.miss('a shared description')
      else if (!PLAIN.has(message.type)) this.message(message, type)
    }
  }

  private message(message: Message, type: Message | undefined): void {
    const { data } = message
    switch (message.type) {
      case 0x02: // link info: links in a heap of their own
        if (u64(data, 2 + ((data[1] ?? 0) & 1 ? 8 : 0)) !== UNDEFINED) this.miss('a large group')
        break
      case 0x06:
        this.link(data)
        break
      case 0x07:
        this.externalFiles(message)
        break
      case 0x08:
        this.layout(message, type)
        break
      case 0x0b:
        this.filters(message)
        break
      case 0x0c:
        this.attribute(message)
        break
      case 0x11:
        this.group(
          this.base + u64(data, 0),
          localHeap(this.source, this.base + u64(data, 8), this.base),
          0,
        )
        break
      case 0x15: // attribute info: attributes in a heap of their own
        if (u64(data, 2 + ((data[1] ?? 0) & 1 ? 2 : 0)) !== UNDEFINED) this.miss('many attributes')
        break
      default:
        this.miss(`a part of type ${message.type}`)
    }
  }

  /** III.A.1 and III.C: the tree of an old group and its entries. */
  private group(at: number, heap: Buffer, level: number): void {
    if (level > MOST_LEVELS) throw new MalformedError('the tree of a group is too deep')
    this.context.checkpoint()
    const head = bytesAt(this.source, at, 24)
    const signature = head.toString('latin1', 0, 4)
    const count = head.readUInt16LE(6)
    if (signature === 'SNOD') {
      const entries = bytesAt(this.source, at + 8, count * 40)
      for (let entry = 0; entry < count; entry++) {
        const address = u64(entries, entry * 40 + 8)
        // Soft links have no object; what they name is reached by its own link.
        if (entries.readUInt32LE(entry * 40 + 16) !== 2) this.pending.push(address)
        heapText(heap, u64(entries, entry * 40))
      }
      return
    }
    if (signature !== 'TREE' || head[4] !== 0) throw new MalformedError('a group has no tree')
    const children = bytesAt(this.source, at + 24, count * 16)
    for (let child = 0; child < count; child++)
      this.group(this.base + u64(children, child * 16 + 8), heap, level + 1)
  }

  /** IV.A.2.g. */
  private link(data: Buffer): void {
    const flags = data[1] ?? 0
    let at = 2
    const kind = (flags & 8) === 0 ? 0 : (data[at++] ?? 0)
    if ((flags & 4) !== 0) at += 8
    if ((flags & 0x10) !== 0) at++
    const width = 1 << (flags & 3)
    const length = width === 8 ? u64(data, at) : data.readUIntLE(at, width)
    at += width + length
    if (kind === 0) this.pending.push(u64(data, at))
    else if (kind === 64) {
      const [file = ''] = data.toString('utf8', at + 3).split('\0')
      this.outside('hdf5.external-link', file, 0)
    } else if (kind !== 1) this.miss('a link of an unknown kind')
  }

  private outside(name: string, file: string, offset: number): void {
    const problem = pathProblem(file) ?? 'file'
    this.context.anomaly(name, offset, printable(`${file.slice(0, 300)} (${problem})`))
  }

  /** IV.A.2.h: numbers that are read from other files, any of the machine. */
  private externalFiles({ data, offset }: Message): void {
    const used = data.readUInt16LE(6)
    const heap = localHeap(this.source, this.base + u64(data, 8), this.base)
    for (let slot = 0; slot < used; slot++)
      this.outside('hdf5.external-data', heapText(heap, u64(data, 16 + slot * 24)), offset)
  }

  /** IV.A.2.i: where the values of a dataset are. */
  private layout({ data, offset }: Message, type: Message | undefined): void {
    const [version = 0, kind = 0] = data
    const values = (type?.data[0] ?? 0) & 15
    if (!NUMERIC.has(values)) this.miss('a dataset of texts or objects')
    if (version < 3 || version > 4) this.miss('a dataset of an old layout')
    else if (kind === 3) this.context.anomaly('hdf5.virtual-dataset', offset, 'a virtual dataset')
    else if (kind === 1 && u64(data, 2) !== UNDEFINED) {
      const start = this.base + u64(data, 2)
      const length = u64(data, 10)
      if (start + length > this.source.size)
        throw new MalformedError('a dataset goes on behind the end of the file')
      const range = { start, end: start + length }
      scanEmbedded(this.source, range, this.context, 'hdf5.embedded-file', 'a dataset')
    } else if (kind > 3) this.miss('a dataset of an unknown layout')
  }

  /** IV.A.2.l. Filters from 256 on are plug-ins: libraries that the reader loads. */
  private filters({ data, offset }: Message): void {
    const [version = 0, count = 0] = data
    let at = version === 1 ? 8 : 2
    for (let index = 0; index < count && at + 8 <= data.length; index++) {
      const id = data.readUInt16LE(at)
      const hasName = version === 1 || id >= 256
      const name = hasName ? data.readUInt16LE(at + 2) : 0
      at += hasName ? 4 : 2
      const values = data.readUInt16LE(at + 2)
      at += 4 + (version === 1 ? Math.ceil(name / 8) * 8 : name) + values * 4
      if (version === 1 && values % 2 === 1) at += 4
      if (id >= 256) this.context.anomaly('hdf5.plugin-filter', offset, `filter ${id}`)
    }
  }

  /** IV.A.2.m. */
  private attribute({ data, offset }: Message): void {
    const version = data[0] ?? 0
    const sizes = [2, 4, 6].map((at) => data.readUInt16LE(at))
    if (version < 1 || version > 3 || (version > 1 && (data[1] ?? 0) !== 0)) {
      this.miss('an attribute of an unknown kind')
      return
    }
    let at = version === 3 ? 9 : 8
    const [name = Buffer.alloc(0), type = Buffer.alloc(0), space = Buffer.alloc(0)] = sizes.map(
      (size) => {
        const part = data.subarray(at, at + size)
        at += version === 1 ? Math.ceil(size / 8) * 8 : size
        return part
      },
    )
    const kind = (type[0] ?? 0) & 15
    if (NUMERIC.has(kind)) return
    const label = heapText(name, 0)
    const count = elementsOf(space)
    const size = type.length >= 8 ? type.readUInt32LE(4) : 0
    const isText = kind === STRING || kind === OPAQUE
    if (count > MOST_TEXTS || (!isText && kind !== VARIABLE)) {
      this.miss(`the attribute ${printable(label.slice(0, 80))}`)
      return
    }
    for (let index = 0; index < count; index++) {
      const value = data.subarray(at + index * size, at + (index + 1) * size)
      if (isText) this.text(label, value, offset + at + index * size)
      else this.variable(label, value)
    }
  }

  /** A length, the address of a global heap, the index of an object in it. */
  private variable(label: string, value: Buffer): void {
    if (value.length < 16 || value.readUInt32LE(0) === 0) return
    const found = globalHeapObject(this.source, this.base + u64(value, 4), value.readUInt32LE(12))
    if (found === undefined) throw new MalformedError('the text of an attribute is missing')
    if (found.length > MOST_TEXT_BYTES) this.miss(`the attribute ${printable(label.slice(0, 80))}`)
    else this.text(label, readBytes(this.source, found.start, found.length), found.start)
  }

  /** Configurations of Keras in any encoding that json.loads takes, and pickles of PyTables. */
  private text(label: string, padded: Buffer, offset: number): void {
    const bytes = withoutPadding(padded)
    if (bytes.length === 0) return
    const slice = sliceSource(this.source, offset, bytes.length)
    if (sniffPickle(slice) >= 0.8) {
      this.context.anomaly('hdf5.pickled-attribute', offset, printable(label.slice(0, 200)))
      this.context.scanMember(slice, `attribute ${printable(label.slice(0, 80))}`)
      return
    }
    const json = jsonInUtf8(padded.length % 2 === 0 && padded.includes(0) ? padded : bytes)
    if (/^\s*[{[]/.test(json.toString('latin1', 0, 64))) {
      if (noteKerasText(trimmed(json), this.context, offset)) {
        this.configurations++
        return
      }
    }
    if (/_config$/.test(label)) this.miss(`the attribute ${printable(label.slice(0, 80))}`)
  }
}

/** IV.A.2.b: how many elements a dataspace has. */
function elementsOf(space: Buffer): number {
  const [version = 0, rank = 0, , kind = 0] = space
  if (version === 2 && kind === 2) return 0
  const start = version === 1 ? 8 : 4
  let count = 1
  for (let axis = 0; axis < rank; axis++) count *= u64(space, start + axis * 8)
  return count
}

/** NULs and blanks at the end, which fixed texts are filled up with. */
function withoutPadding(bytes: Buffer): Buffer {
  let end = bytes.length
  while (end > 0 && (bytes[end - 1] === 0 || bytes[end - 1] === 0x20)) end--
  return bytes.subarray(0, end)
}

const trimmed = (json: Buffer): Buffer => Buffer.from(json.toString('utf8').replace(/[\s\0]+$/, ''))
