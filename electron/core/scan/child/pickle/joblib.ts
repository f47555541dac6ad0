import type { Machine } from './machine'
import { countOf, entryOf, type PythonValue } from './python-value'

export const NO_ARRAY = 0
export const TOO_LONG = -1
export const OBJECT_ARRAY = -2

/** Elements of an array; undefined when the shape is not a tuple of counts. */
function elements(shape: PythonValue | undefined): number | undefined {
  if (shape?.type !== 'tuple' || shape.count !== shape.items.length) return undefined
  let product = 1
  for (const item of shape.items) {
    const size = countOf(item)
    if (size === undefined) return undefined
    product *= size
  }
  return product
}

/**
 * Where the array behind a NumpyArrayWrapper ends (joblib/numpy_pickle.py, `read_array`): one byte
 * with the length of a padding, the padding, then the elements; OBJECT_ARRAY: a pickle follows.
 */
export function arrayBehindWrapper(machine: Machine, state: PythonValue, build: number): number {
  const { source } = machine
  const start = build + 1
  machine.hasWrappers = true
  const dtype = entryOf(state, 'dtype')
  const count = elements(entryOf(state, 'shape'))
  if (dtype?.type !== 'dtype' || count === undefined) {
    machine.broken('pickle.joblib-array', build, 'the shape or type of an array is unreadable')
    return NO_ARRAY
  }
  if (dtype.hasObjects) return OBJECT_ARRAY
  if (machine.firstArray === 0) machine.firstArray = start
  const alignment = entryOf(state, 'numpy_array_alignment_bytes')
  const aligned = alignment !== undefined && alignment.type !== 'none'
  const padding = aligned ? 1 + (machine.window.peek(start, 1)[0] ?? 0) : 0
  const end = start + padding + count * dtype.itemBytes
  if (end > source.size) {
    machine.broken('pickle.truncated', build, 'an array is longer than the file')
    return TOO_LONG
  }
  return end
}
