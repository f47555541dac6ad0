import { type ByteSource, readBytes, sliceSource } from '../byte-source'
import {
  COMPLETE,
  inconclusive,
  MalformedError,
  type Outcome,
  type ParseContext,
  type Parser,
} from '../context'
import { createCursor } from '../cursor'
import { type PythonValue, type WalkResult, walkPickle } from '../pickle'
import { BLOCK_BYTES, checksumFits, readTarHeader } from './tar-header'

/** Members of the format of PyTorch 0.1.1 (torch/serialization.py, legacy_load). */
const MEMBERS = ['sys_info', 'pickle', 'storages', 'tensors']
/** sys_info is the first or second member, so a few headers decide. */
const LOOKED_AT = 8

/** Bytes of one element of a storage, by the class that its pickle names. */
const ITEM_BYTES: Readonly<Record<string, number>> = {
  DoubleStorage: 8,
  LongStorage: 8,
  FloatStorage: 4,
  IntStorage: 4,
  HalfStorage: 2,
  BFloat16Storage: 2,
  ShortStorage: 2,
  CharStorage: 1,
  ByteStorage: 1,
  BoolStorage: 1,
  ComplexFloatStorage: 8,
  ComplexDoubleStorage: 16,
}

export function isPytorchTar(source: ByteSource): boolean {
  let found = 0
  for (let offset = 0, seen = 0; seen < LOOKED_AT; seen++) {
    const block = readBytes(source, offset, BLOCK_BYTES)
    if (block.length < BLOCK_BYTES || !checksumFits(block)) break
    const { name, size } = readTarHeader(block)
    if (MEMBERS.includes(name.replace(/^\.\//, ''))) found++
    if (Number.isNaN(size)) break
    offset += BLOCK_BYTES + Math.ceil(size / BLOCK_BYTES) * BLOCK_BYTES
  }
  return found >= 3
}

/** False when the member is none of the format's own. */
export function scanPytorchTarMember(
  content: ByteSource,
  context: ParseContext,
  name: string,
): boolean {
  const parse = { pickle: parsePlain, sys_info: parsePlain, storages, tensors }[
    name.replace(/^\.\//, '')
  ]
  if (parse === undefined) return false
  context.scanMember(content, name, { format: 'pickle', parse })
  return true
}

const parsePlain: Parser = (source, context) => {
  const walk = walkPickle(source, 0, context, { persistentIds: 'expected' })
  return withRest(source, context, walk.end, walk.outcome)
}

/** A count, then for each storage a pickled (key, location, type) and its raw elements. */
const storages: Parser = (source, context) =>
  interleaved(source, context, (top, offset) => {
    const type = top.type === 'tuple' ? top.items[2] : undefined
    const storage = type?.type === 'import' ? (type.name.split('.').at(-1) ?? '') : ''
    const itemBytes = ITEM_BYTES[storage]
    if (itemBytes === undefined)
      throw new MalformedError(`A storage at offset ${offset} has no type that PyTorch had.`)
    const cursor = createCursor(source, offset)
    cursor.skip(cursor.u64() * itemBytes)
    return cursor.offset
  })

/** A count, then for each tensor a pickled (key, storage, type) and its shape, strides and offset. */
const tensors: Parser = (source, context) =>
  interleaved(source, context, (_, offset) => {
    const cursor = createCursor(source, offset)
    const dimensions = cursor.u32()
    cursor.skip(4 + dimensions * 16 + 8)
    return cursor.offset
  })

/** Pickles with raw bytes between them; `skipRaw` returns where the next pickle starts. */
function interleaved(
  source: ByteSource,
  context: ParseContext,
  skipRaw: (top: PythonValue, offset: number) => number,
): Outcome {
  const count = walkPickle(source, 0, context, { persistentIds: 'expected' })
  let walk: WalkResult = count
  let offset = count.end
  const announced = count.top.type === 'int' ? Number(count.top.value) : Number.NaN
  for (let index = 0; index < announced && walk.stopped; index++) {
    context.checkpoint()
    walk = walkPickle(source, offset, context, { persistentIds: 'expected' })
    if (!walk.stopped) return walk.outcome
    offset = skipRaw(walk.top, walk.end)
  }
  if (!(announced >= 0)) return inconclusive('It does not start with a count.')
  return withRest(source, context, offset, walk.outcome)
}

function withRest(
  source: ByteSource,
  context: ParseContext,
  end: number,
  outcome: Outcome,
): Outcome {
  if (outcome.status !== 'complete' || end >= source.size) return outcome
  context.anomaly('pickle.trailing-data', end, `${source.size - end} bytes`)
  context.scanMember(sliceSource(source, end, source.size - end), `tail@${end}`)
  return COMPLETE
}
