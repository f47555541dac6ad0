import { readBytes } from '../byte-source'
import { COMPLETE, inconclusive, type Outcome } from '../context'
import { Machine, type PersistentId } from './machine'
import { countOf, type PythonValue } from './python-value'
import { trailingData } from './trailing-data'
import { type WalkResult, walkWith } from './walk'
import { u64 } from './window'

/** The first pickle of torch.save before 1.6 (torch/serialization.py, MAGIC_NUMBER). */
const MAGIC = 0x1950a86a20f9469cfc6cn

/** Keys of storages that are kept from the list behind the objects. */
const MOST_STORAGES = 1_000_000

/** Bytes of one element by the storage class that a persistent id names. */
const ELEMENT_BYTES: Record<string, number> = {
  DoubleStorage: 8,
  FloatStorage: 4,
  HalfStorage: 2,
  BFloat16Storage: 2,
  LongStorage: 8,
  IntStorage: 4,
  ShortStorage: 2,
  CharStorage: 1,
  ByteStorage: 1,
  BoolStorage: 1,
  ComplexDoubleStorage: 16,
  ComplexFloatStorage: 8,
  QInt8Storage: 1,
  QInt32Storage: 4,
  QUInt8Storage: 1,
  QUInt4x2Storage: 1,
  QUInt2x4Storage: 1,
  UntypedStorage: 1,
}

export const isPytorchMagic = (top: PythonValue): boolean =>
  top.type === 'int' && top.value === MAGIC

interface Storage {
  elementBytes: number
  count: number
}

/** ('storage', torch.FloatStorage, key, location, count, view) of every persistent id, by key. */
function storagesOf(ids: readonly PersistentId[]): Map<string, Storage> | undefined {
  const storages = new Map<string, Storage>()
  for (const { value } of ids) {
    if (value.type !== 'tuple') return undefined
    const [kind, type, key, , count] = value.items
    if (kind?.type !== 'str') return undefined
    if (kind.value === 'module') continue // source code of a class, for warnings only
    const className = type?.type === 'import' ? type.name.slice(type.name.lastIndexOf('.') + 1) : ''
    const elementBytes = ELEMENT_BYTES[className]
    const elements = countOf(count)
    if (kind.value !== 'storage' || key?.type !== 'str') return undefined
    if (elementBytes === undefined || elements === undefined) return undefined
    storages.set(key.value, { elementBytes, count: elements })
  }
  return storages
}

/** Steps over the storages in the order of the key list; each is a count of 8 bytes and elements. */
function skipStorages(
  machine: Machine,
  keys: PythonValue,
  storages: Map<string, Storage>,
  start: number,
): Outcome {
  const { source, context } = machine
  if (keys.type !== 'list' || keys.items.length !== keys.count)
    return inconclusive('the list of storages is unreadable')
  let at = start
  for (const [index, key] of keys.items.entries()) {
    if ((index & 1023) === 0) context.checkpoint()
    const storage = key.type === 'str' ? storages.get(key.value) : undefined
    const head = readBytes(source, at, 8)
    if (storage === undefined || head.length < 8 || u64(head, 0) !== storage.count) {
      context.anomaly('pytorch-legacy.storage-mismatch', at)
      return inconclusive('a storage is not as long as its tensor says')
    }
    at += 8 + storage.count * storage.elementBytes
  }
  if (at === source.size) return COMPLETE
  if (at < source.size) return trailingData(source, context, at, 'the last storage')
  context.anomaly('pickle.truncated', source.size)
  return inconclusive('the file ends inside a storage')
}

/**
 * The rest of a file whose first pickle, `magic`, was the magic number: protocol version, system
 * info, the objects, the list of storage keys, then the storages.
 */
export function parsePytorchLegacy(machine: Machine, magic: WalkResult): Outcome {
  const { source, context } = machine
  const legacy = new Machine(source, context, {
    persistentIds: 'expected',
    keptItems: MOST_STORAGES,
  })
  context.add({
    kind: 'framework',
    name: 'pytorch',
    location: { offset: 0 },
    evidence: 'magic number of torch.save before 1.6',
    detail: { confidence: 1 },
  })
  let at = magic.end
  let ids: PersistentId[] = []
  let keys: PythonValue = { type: 'unknown' }
  let outcome = magic.outcome
  for (const part of ['protocol', 'system info', 'objects', 'storage keys'] as const) {
    const walked = walkWith(legacy, at)
    if (outcome.status === 'complete') outcome = walked.outcome
    if (!walked.stopped) return outcome
    if (part === 'objects') ids = walked.persistentIds
    keys = walked.top
    at = walked.end
  }
  if (outcome.status !== 'complete') return outcome
  const storages = storagesOf(ids)
  if (storages === undefined) return inconclusive('a persistent id does not describe a storage')
  return skipStorages(machine, keys, storages, at)
}
