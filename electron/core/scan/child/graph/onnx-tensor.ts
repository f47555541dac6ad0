import { scanEmbedded } from './embedded'
import { type ExternalEntry, noteExternal } from './onnx-external'
import { eachField, type OnnxReader, place, textOf } from './onnx-reader'
import { DATA_TYPES, type DataType, ENTRY, SPARSE, TENSOR } from './onnx-schema'
import { BYTES, type Range, VARINT, type WireField } from './wire'

const MOST_DIMENSIONS = 64
/** location, offset, length, checksum; more are repeated or unknown. */
const MOST_ENTRIES = 32
const EXTERNAL = 1
/** A listing may have a third of all facts; a quarter leaves room for operators and metadata. */
const LISTED_SHARE = 4
/** Bytes of one number in the typed fields; undefined where they are varints or strings. */
const TYPED: Readonly<Record<number, number | undefined>> = {
  4: 4,
  5: undefined,
  7: undefined,
  10: 8,
  11: undefined,
}
const STRING = 8

interface Tensor {
  offset: number
  name: string
  dims: number[]
  type: number
  raw: Range | undefined
  /** Numbers or strings in the typed fields, and how many of these fields are used. */
  elements: number
  typedFields: Set<number>
  external: boolean
  entries: ExternalEntry[]
}

/** A TensorProto. `role` is 'initializer' for those that are listed as tensors of the model. */
export function readTensor(reader: OnnxReader, range: Range, role: 'initializer' | 'value'): void {
  const tensor: Tensor = {
    offset: range.start,
    name: '',
    dims: [],
    type: 0,
    raw: undefined,
    elements: 0,
    typedFields: new Set(),
    external: false,
    entries: [],
  }
  eachField(reader, TENSOR, range, (field) => readField(reader, tensor, field))
  judgeTensor(reader, tensor, role)
}

/** values and indices are tensors; dims are those of the dense tensor. */
export function readSparse(reader: OnnxReader, range: Range, role: 'initializer' | 'value'): void {
  eachField(reader, SPARSE, range, (field) => {
    if (field.number === 1) readTensor(reader, field, role)
    else if (field.number === 2) readTensor(reader, field, 'value')
  })
}

function readField(reader: OnnxReader, tensor: Tensor, field: WireField): void {
  const { number } = field
  if (number === 1) addDimensions(reader, tensor, field)
  else if (number === 2) tensor.type = field.value
  else if (number === 8) tensor.name = textOf(reader, field).slice(0, 512)
  else if (number === 9) tensor.raw = field
  else if (number === 13 && tensor.entries.length < MOST_ENTRIES)
    tensor.entries.push(readEntry(reader, field))
  else if (number === 14) tensor.external ||= field.value === EXTERNAL
  else if (number === 6) {
    tensor.elements++
    tensor.typedFields.add(number)
  } else if (number in TYPED) {
    tensor.elements += countOf(reader, field, TYPED[number])
    tensor.typedFields.add(number)
  }
}

function addDimensions(reader: OnnxReader, tensor: Tensor, field: WireField): void {
  const numbers =
    field.wire === VARINT ? [field.value] : reader.wire.packed(field, MOST_DIMENSIONS + 1)
  if (tensor.dims.length <= MOST_DIMENSIONS) tensor.dims.push(...numbers)
}

function countOf(reader: OnnxReader, field: WireField, width: number | undefined): number {
  if (field.wire !== BYTES) return 1
  if (width === undefined) return reader.wire.countPacked(field)
  return (field.end - field.start) / width
}

/** key and value; every value counts, since readers differ in which of two they take. */
export function readEntry(reader: OnnxReader, range: Range): ExternalEntry {
  const entry: ExternalEntry = { key: '', value: '' }
  eachField(reader, ENTRY, range, (field) => {
    if (field.number === 1) entry.key = textOf(reader, field)
    else entry.value = textOf(reader, field)
  })
  return entry
}

function judgeTensor(reader: OnnxReader, tensor: Tensor, role: 'initializer' | 'value'): void {
  const { context } = reader
  const { name, dims, offset, raw, entries } = tensor
  const shown = name === '' ? 'a tensor without a name' : `tensor ${name}`
  const dataType = DATA_TYPES[tensor.type]
  const shape = `[${dims.slice(0, 8).join(', ')}${dims.length > 8 ? ', …' : ''}]`
  const count = dims.reduce((product, size) => product * size, 1)
  const badShape =
    dims.length > MOST_DIMENSIONS || dims.some((size) => size < 0) || !Number.isSafeInteger(count)
  if (badShape)
    context.anomaly('onnx.tensor-dimensions', offset, `${shown} ${shape}${place(reader)}`)
  if (dataType === undefined) {
    context.anomaly('onnx.tensor-type', offset, `${shown}: type ${tensor.type}${place(reader)}`)
    reader.problem ??= `Its ${shown} has the unknown type ${tensor.type}.`
  }
  const bytes = dataType?.bits === undefined ? undefined : Math.ceil((count * dataType.bits) / 8)
  if (role === 'initializer') {
    reader.counts.initializers++
    reader.counts.parameterBytes += badShape ? 0 : (bytes ?? 0)
  }
  if (role === 'initializer' && reader.counts.initializers <= context.limits.facts / LISTED_SHARE)
    context.add({
      kind: 'tensor',
      name: name === '' ? '(unnamed)' : name,
      location: { offset },
      detail: {
        dtype: dataType?.name ?? `type ${tensor.type}`,
        shape,
        ...(bytes !== undefined && Number.isSafeInteger(bytes) && { bytes }),
      },
    })
  if (entries.length > 0 || tensor.external)
    noteExternal(reader, { entries, offset, shown, bytes: badShape ? undefined : bytes })
  const stores =
    (raw === undefined ? 0 : 1) + (tensor.typedFields.size > 0 ? 1 : 0) + (tensor.external ? 1 : 0)
  if (stores > 1 || tensor.typedFields.size > 1)
    context.anomaly('onnx.tensor-two-values', offset, `${shown}${place(reader)}`)
  if (raw !== undefined) {
    const length = raw.end - raw.start
    if (!badShape && bytes !== undefined && length !== bytes)
      context.anomaly(
        'onnx.tensor-size',
        offset,
        `${shown}: ${dataType?.name} ${shape} in ${length} bytes${place(reader)}`,
      )
    scanEmbedded(reader.source, raw, context, 'onnx.embedded-file', shown)
  } else if (!badShape && dataType !== undefined && tensor.typedFields.size > 0)
    judgeCount(reader, tensor, dataType, count, `${shown} ${shape}`)
  else if (!badShape && count > 0 && !tensor.external && entries.length === 0)
    context.anomaly('onnx.tensor-without-data', offset, `${shown} ${shape}${place(reader)}`)
}

/** Complex numbers take two entries of a typed field; two 4-bit numbers may share one. */
function judgeCount(
  reader: OnnxReader,
  tensor: Tensor,
  { name, bits }: DataType,
  count: number,
  shown: string,
): void {
  const { elements, offset } = tensor
  const expected = name.startsWith('complex') ? count * 2 : count
  const packed = bits !== undefined && bits < 8 ? Math.ceil((count * bits) / 8) : expected
  if (
    elements === expected ||
    elements === packed ||
    (tensor.type === STRING && elements === count)
  )
    return
  reader.context.anomaly(
    'onnx.tensor-size',
    offset,
    `${shown}: ${name} with ${elements} values${place(reader)}`,
  )
}
