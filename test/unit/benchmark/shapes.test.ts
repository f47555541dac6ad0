import { describe, expect, test } from 'vitest'
import { batchTensors, randomItems } from '../../../electron/core/benchmark/child/inputs/items'
import { fixedBatchOf, inputShapes } from '../../../electron/core/benchmark/child/inputs/shapes'
import type { TensorSpec } from '../../../electron/core/benchmark/child/tensor'

const spec = (name: string, shape: TensorSpec['shape'], type: TensorSpec['type'] = 'float32') => ({
  name,
  shape,
  type,
})
const shapesOf = (inputs: TensorSpec[], wanted: Record<string, number[]> = {}) =>
  inputShapes(inputs, inputs[0], ({ name }) => wanted[name])
const random = { kind: 'random', shapes: {}, items: 4, low: 0, high: 1 } as const

describe('an input', () => {
  test('takes items at its first size, and 1 where others are free', () => {
    const shapes = shapesOf([spec('x', [null, 3, null])])
    expect(shapes).toMatchObject([{ item: [3, 1], batched: true, fixedBatch: null }])
  })
  test('takes the sizes that the suite says', () => {
    expect(shapesOf([spec('x', [null, null])], { x: [512] })).toMatchObject([{ item: [512] }])
    expect(() => shapesOf([spec('x', [null, 3])], { x: [4] })).toThrow('[?, 3] for "x"')
    expect(() => shapesOf([spec('x', [null, 3])], { x: [1, 1, 3] })).toThrow('without the batch')
  })
  test('with a fixed first size takes batches of that size only', () => {
    expect(fixedBatchOf(shapesOf([spec('x', [1, 3])]))).toBe(1)
    expect(fixedBatchOf(shapesOf([spec('x', [null, 3])]))).toBeNull()
  })
  test('that is a state and no item has its own sizes', () => {
    const shapes = shapesOf([
      spec('input', [null, null]),
      spec('state', [2, null, 128]),
      spec('sr', [], 'int64'),
    ])
    // The free size of the state may be the batch, and may not: one at a time.
    expect(fixedBatchOf(shapes)).toBe(1)
    expect(shapes[1]).toMatchObject({ item: [2, 1, 128], batched: false })
    const items = randomItems(random, shapes, 1, { sr: 16_000 }, 1_000_000)
    const tensors = batchTensors(shapes, items, [2])
    expect(tensors.get('input')?.shape).toEqual([1, 1])
    expect(tensors.get('state')?.shape).toEqual([2, 1, 128])
    expect(tensors.get('sr')).toMatchObject({ shape: [], data: BigInt64Array.of(16_000n) })
  })
})

describe('random items', () => {
  const shapes = shapesOf([spec('x', [null, 8])])
  test('depend on the seed alone', () => {
    const values = (seed: number) => [
      ...Array.from(randomItems(random, shapes, seed, {}, 100).valuesOf(shapes[0] ?? never(), 1)),
    ]
    expect(values(1)).toEqual(values(1))
    expect(values(1)).not.toEqual(values(2))
  })
  test('that would be too large are refused', () => {
    expect(() => randomItems(random, shapes, 1, {}, 7)).toThrow('has 8 numbers; the limit is 7')
  })
})

function never(): never {
  throw new Error('there is one input')
}
