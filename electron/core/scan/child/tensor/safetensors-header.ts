import { LimitError } from '../context'
import { type JsonScalar, type JsonVisitor, readJson } from './json-reader'

export interface TensorRow {
  name: string
  offset: number
  dtype: string
  shape: number[]
  start: number
  end: number
}

export interface SafetensorsHeader {
  tensors: TensorRow[]
  metadata: Map<string, string>
  /** Offset behind the JSON document, spaces included. */
  end: number
}

/** More dimensions than any framework has. */
const MOST_DIMENSIONS = 64
const METADATA = '__metadata__'
const MOST_NOTES = 1000

/**
 * Reads the header's JSON. `anomaly` gets what is wrong with it, at most a thousand times; offsets
 * are those in the header. Throws JsonError, and LimitError beyond `mostTensors`.
 */
export function readSafetensorsHeader(
  bytes: Buffer,
  mostTensors: number,
  anomaly: (name: string, offset: number, evidence: string) => void,
  tick: () => void,
): SafetensorsHeader {
  const header: SafetensorsHeader = { tensors: [], metadata: new Map(), end: 0 }
  let notes = 0
  const note = (name: string, offset: number, evidence: string) => {
    if (++notes <= MOST_NOTES) anomaly(`safetensors.${name}`, offset, evidence.slice(0, 300))
  }
  /** Keys on the way to the current value; array levels have none. */
  let path: string[] = []
  let depth = 0
  let tensor: Partial<TensorRow> & { shape: number[]; offsets: number[] } = emptyTensor()
  let tensorOffset = 0

  const visitor: JsonVisitor = {
    open(kind, offset) {
      depth++
      if (depth === 1 && kind === 'array') note('bad-header', offset, 'the header is a list')
      if (depth === 2) {
        tensor = emptyTensor()
        tensorOffset = offset
        if (kind === 'array') note('bad-tensor', offset, path[0] ?? '')
      }
      if (depth >= 3 && (path[0] === METADATA || (depth === 3 && kind === 'object')))
        note(path[0] === METADATA ? 'bad-metadata' : 'bad-tensor', offset, path.join('.'))
    },
    close(kind) {
      if (depth === 2 && kind === 'object' && path[0] !== METADATA) finishTensor(path[0] ?? '')
      depth--
      path = path.slice(0, Math.max(0, depth))
    },
    key(name, offset, duplicate) {
      if (duplicate) note('duplicate-key', offset, [...path.slice(0, depth - 1), name].join('.'))
      path = [...path.slice(0, depth - 1), name]
    },
    value(value, offset) {
      if (depth === 1) note('bad-tensor', offset, path[0] ?? '')
      else if (path[0] === METADATA) {
        if (depth === 2 && typeof value === 'string') header.metadata.set(path[1] ?? '', value)
        else note('bad-metadata', offset, path.join('.'))
      } else tensorValue(value, offset)
    },
  }

  function tensorValue(value: JsonScalar, offset: number): void {
    const field = path[1]
    const whole = typeof value === 'number' && Number.isInteger(value) && value >= 0
    if (depth === 2 && field === 'dtype' && typeof value === 'string') tensor.dtype = value
    else if (depth === 3 && field === 'shape' && whole) {
      if (tensor.shape.length < MOST_DIMENSIONS) tensor.shape.push(value)
      else note('bad-tensor', offset, path.join('.'))
    } else if (depth === 3 && field === 'data_offsets' && whole) {
      if (tensor.offsets.length < 2) tensor.offsets.push(value)
      else note('bad-tensor', offset, path.join('.'))
    } else note('bad-tensor', offset, path.join('.'))
  }

  function finishTensor(name: string): void {
    if (header.tensors.length === mostTensors)
      throw new LimitError(`It lists more than ${mostTensors} tensors.`)
    const [start, end] = tensor.offsets
    if (tensor.dtype === undefined || start === undefined || end === undefined || end < start)
      note('bad-tensor', tensorOffset, name)
    else
      header.tensors.push({
        name,
        offset: tensorOffset,
        dtype: tensor.dtype,
        shape: tensor.shape,
        start,
        end,
      })
  }

  header.end = readJson(bytes, visitor, tick)
  return header
}

function emptyTensor(): Partial<TensorRow> & { shape: number[]; offsets: number[] } {
  return { shape: [], offsets: [] }
}
