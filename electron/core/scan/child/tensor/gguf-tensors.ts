import { type ByteSource, sliceSource } from '../byte-source'
import { LimitError, MalformedError, type ParseContext } from '../context'
import { TENSOR_TYPES } from './gguf-types'
import { type GgufReader, readString } from './gguf-values'

/** GGML_MAX_DIMS is 4; other writers use more. */
const MOST_DIMENSIONS = 8
/** Longer names than this are not names: GGML_MAX_NAME is 64. */
const NAME_BYTES = 1024
/** The largest models have some 30 000 tensors. */
const MOST_TENSORS = 1_000_000
/** Rows that become facts. */
const LISTED_TENSORS = 4096

export interface Extent {
  name: string
  /** From the start of the data section. */
  offset: number
  /** undefined for a type whose size is not known. */
  bytes: number | undefined
  at: number
}

/** Takes the reason why the file was not understood; the first one counts. */
export type Problem = (reason: string) => void

/** The table of tensors; `count` was checked against what is left. Throws MalformedError. */
export function readTensors(reader: GgufReader, count: number, problem: Problem): Extent[] {
  const { context, cursor } = reader
  if (count > MOST_TENSORS) {
    context.anomaly('gguf.tensor-count', cursor.offset, `${count} tensors`)
    throw new LimitError(`It announces ${count} tensors, more than ${MOST_TENSORS}.`)
  }
  const names = new Set<string>()
  const extents: Extent[] = []
  for (let i = 0; i < count; i++) {
    if (i % 1024 === 0) context.checkpoint()
    const extent = readTensor(reader, i < LISTED_TENSORS, problem)
    if (names.has(extent.name)) {
      context.anomaly('gguf.duplicate-tensor', extent.at, extent.name)
      problem(`Two tensors are called ${extent.name}.`)
    }
    names.add(extent.name)
    extents.push(extent)
  }
  return extents
}

function readTensor(reader: GgufReader, listed: boolean, problem: Problem): Extent {
  const { cursor, context, version } = reader
  const at = cursor.offset
  const { text: name, bytes: nameBytes } = readString(reader, NAME_BYTES)
  if (nameBytes > NAME_BYTES) {
    context.anomaly('gguf.tensor-name', at, `${nameBytes} bytes`)
    throw new MalformedError(`The tensor name at offset ${at} has ${nameBytes} bytes.`)
  }
  const dimensions = cursor.u32()
  if (dimensions > MOST_DIMENSIONS) {
    context.anomaly('gguf.tensor-dimensions', at, `${name}: ${dimensions}`)
    throw new MalformedError(`The tensor ${name} has ${dimensions} dimensions.`)
  }
  const shape: number[] = []
  for (let i = 0; i < dimensions; i++) shape.push(version === 1 ? cursor.u32() : cursor.u64())
  const typeId = cursor.u32()
  const offset = cursor.u64()
  const type = TENSOR_TYPES.get(typeId)
  const elements = shape.reduce((product, length) => product * length, 1)
  const bytes = type === undefined ? undefined : (elements / type.block) * type.bytes
  if (type === undefined) {
    context.anomaly('gguf.unknown-tensor-type', at, `${name}: type ${typeId}`)
    problem(
      `The tensor ${name} is of type ${typeId}, which is not known; its size was not checked.`,
    )
  } else if ((shape[0] ?? 1) % type.block !== 0) {
    context.anomaly(
      'gguf.tensor-shape',
      at,
      `${name}: rows of ${shape[0]} in blocks of ${type.block}`,
    )
    problem(`The rows of the tensor ${name} do not fill whole blocks of ${type.name}.`)
  }
  if (listed)
    context.add({
      kind: 'tensor',
      name,
      location: { offset: at },
      detail: {
        dtype: type?.name ?? `type ${typeId}`,
        shape: `[${shape.join(', ')}]`,
        ...(bytes === undefined ? {} : { bytes }),
      },
    })
  return { name, offset, bytes, at }
}

/** Compares the table with the data section, which starts at `start`. */
export function checkExtents(
  source: ByteSource,
  context: ParseContext,
  extents: readonly Extent[],
  start: number,
  alignment: number,
  problem: Problem,
): void {
  // Empty tensors first, so that one may share its offset with the next.
  const sorted = extents.toSorted((a, b) => a.offset - b.offset || (a.bytes ?? 0) - (b.bytes ?? 0))
  let end = 0
  // Whether `end` is where the data read so far really ends.
  let certain = true
  for (const [index, { name, offset, bytes, at }] of sorted.entries()) {
    if (index % 1024 === 0) context.checkpoint()
    if (offset % alignment !== 0) {
      context.anomaly('gguf.tensor-alignment', at, `${name}: offset ${offset}`)
      problem(`The tensor ${name} is not aligned to ${alignment} bytes.`)
    }
    if (start + offset + (bytes ?? 0) > source.size) {
      context.anomaly('gguf.tensor-outside', at, `${name}: ${offset} + ${bytes ?? '?'} bytes`)
      problem(`The tensor ${name} ends behind the end of the file.`)
      certain = false
      continue
    }
    if (offset < end) {
      context.anomaly('gguf.tensor-overlap', at, name)
      problem(`The tensor ${name} overlaps another one.`)
    } else if (certain && offset > aligned(end, alignment)) {
      context.anomaly('gguf.gap', start + end, `${offset - end} bytes before ${name}`)
      problem(`${offset - end} bytes before the tensor ${name} belong to nothing.`)
    }
    certain = bytes !== undefined
    end = Math.max(end, offset + (bytes ?? 0))
  }
  const dataEnd = start + aligned(end, alignment)
  if (!certain || dataEnd >= source.size) return
  const rest = source.size - dataEnd
  context.anomaly('gguf.trailing-data', dataEnd, `${rest} bytes`)
  problem(`${rest} bytes follow the last tensor.`)
  context.scanMember(sliceSource(source, dataEnd, rest), `tail@${dataEnd}`)
}

/** The next multiple of `alignment`, without 32-bit arithmetic: files are larger than 4 GiB. */
export function aligned(offset: number, alignment: number): number {
  return Math.ceil(offset / alignment) * alignment
}
