import type { DataSet } from '@shared/benchmark/suite'
import { unzipSync } from 'fflate'
import { type NpyLiteral, parseNpyLiteral } from '../../../scan/child/tensor/npy-header'
import { LaunchFailure } from '../failure'
import { countOf } from '../tensor'
import { type LabelledData, scaler } from './labelled'
import type { ReadFile } from './read-data'

type NpySet = Extract<DataSet, { format: 'npy' }>
type NpzSet = Extract<DataSet, { format: 'npz' }>

export function readNpy(set: NpySet, read: ReadFile): LabelledData {
  const features = parseNpy(read(set.file), set.file.path)
  return labelled(set, features, parseNpy(read(set.labels), set.labels.path))
}

export function readNpz(set: NpzSet, read: ReadFile): LabelledData {
  const { path } = set.file
  const names = [set.features, set.label].map((name) => `${name}.npy`)
  const members = unzip(read(set.file), names, path)
  const [features, labels] = names.map((name) => {
    const member = members[name]
    if (member === undefined)
      throw new LaunchFailure('refused', `${path} has no array "${name.slice(0, -4)}".`)
    return parseNpy(Buffer.from(member), `${path}/${name}`)
  })
  return labelled(set, features, labels)
}

/** Unpacked; the file itself is held to the limit of the data set. */
const MOST_UNPACKED = 1024 ** 3

function unzip(bytes: Buffer, names: readonly string[], path: string): Record<string, Uint8Array> {
  const wanted = ({ name, originalSize }: { name: string; originalSize: number }) => {
    if (!names.includes(name)) return false
    if (originalSize <= MOST_UNPACKED) return true
    throw new LaunchFailure('refused', `${path}: "${name}" is larger than 1 GiB unpacked.`)
  }
  try {
    return unzipSync(bytes, { filter: wanted })
  } catch (error) {
    if (error instanceof LaunchFailure) throw error
    throw new LaunchFailure('refused', `${path} is no archive that can be read.`, error)
  }
}

interface NpyArray {
  shape: number[]
  numbers: ArrayLike<number | bigint>
  whole: boolean
}

function labelled(set: NpySet | NpzSet, features?: NpyArray, labels?: NpyArray): LabelledData {
  const [count = 0, ...shape] = features?.shape ?? []
  if (labels === undefined || labels.shape.length !== 1 || labels.shape[0] !== count)
    throw new LaunchFailure(
      'refused',
      `${set.file.path} has ${count} items, and labels of the shape [${labels?.shape.join(', ')}].`,
    )
  const size = countOf(shape)
  const scale = scaler(set.scaling)
  return {
    sha256: set.file.sha256,
    count,
    shape,
    values: (item) =>
      Float64Array.from({ length: size }, (_, i) =>
        scale(Number(features?.numbers[item * size + i] ?? 0), i),
      ),
    text: () => {
      throw new LaunchFailure('refused', `${set.file.path} holds numbers and no texts.`)
    },
    // Class 3 is "3", as in a CSV; a target is a number.
    label: (item) => {
      const label = labels.numbers[item] ?? 0
      return labels.whole ? String(label) : Number(label)
    },
  }
}

/** numpy/lib/format.py, versions 1 to 3. Little-endian, C order: what numpy writes on any current machine. */
export function parseNpy(bytes: Buffer, path: string): NpyArray {
  const refuse = (what: string) => new LaunchFailure('refused', `${path} ${what}.`)
  if (bytes.toString('latin1', 0, 6) !== '\x93NUMPY') throw refuse('is no .npy file')
  const long = bytes[6] !== 1
  const start = long ? 12 : 10
  if (bytes.length < start) throw refuse('ends in its header')
  const end = start + (long ? bytes.readUInt32LE(8) : bytes.readUInt16LE(8))
  const header = parseNpyLiteral(bytes.toString('utf8', start, end))
  const fields = new Map(header?.type === 'dict' ? header.entries : [])
  const descr = fields.get('descr')
  const order = fields.get('fortran_order')
  const shape = shapeOf(fields.get('shape'))
  if (descr?.type !== 'str' || shape === undefined) throw refuse('has a header that says no array')
  if (order?.type === 'bool' && order.value && shape.length > 1)
    throw refuse('is in Fortran order; save numpy.ascontiguousarray(…)')
  const reader = READERS[descr.value]
  if (reader === undefined)
    throw refuse(`holds elements of the type ${descr.value.slice(0, 20)}, which are not read here`)
  const count = countOf(shape)
  if (bytes.length < end + count * reader.bytes) throw refuse(`ends before its ${count} numbers do`)
  // A copy, because a typed array wants to begin at a multiple of its element.
  const data = bytes.buffer.slice(
    bytes.byteOffset + end,
    bytes.byteOffset + end + count * reader.bytes,
  )
  return { shape, numbers: reader.read(data as ArrayBuffer), whole: reader.whole }
}

function shapeOf(literal: NpyLiteral | undefined): number[] | undefined {
  const items = literal?.type === 'tuple' ? literal.items : literal === undefined ? [] : [literal]
  const sizes = items.map((item) => (item.type === 'int' ? item.value : Number.NaN))
  return literal !== undefined && sizes.every((size) => Number.isSafeInteger(size) && size >= 0)
    ? sizes
    : undefined
}

const reader = (
  bytes: number,
  whole: boolean,
  read: (data: ArrayBuffer) => ArrayLike<number | bigint>,
) => ({ bytes, whole, read })

const READERS: Readonly<Record<string, ReturnType<typeof reader>>> = {
  '<f4': reader(4, false, (data) => new Float32Array(data)),
  '<f8': reader(8, false, (data) => new Float64Array(data)),
  '|u1': reader(1, true, (data) => new Uint8Array(data)),
  '|b1': reader(1, true, (data) => new Uint8Array(data)),
  '|i1': reader(1, true, (data) => new Int8Array(data)),
  '<u2': reader(2, true, (data) => new Uint16Array(data)),
  '<i2': reader(2, true, (data) => new Int16Array(data)),
  '<u4': reader(4, true, (data) => new Uint32Array(data)),
  '<i4': reader(4, true, (data) => new Int32Array(data)),
  '<u8': reader(8, true, (data) => new BigUint64Array(data)),
  '<i8': reader(8, true, (data) => new BigInt64Array(data)),
}
