import type { SpeedInputs } from '@shared/benchmark/suite'
import { createRandom, deriveSeed } from '@shared/statistics/random'
import { LaunchFailure } from '../failure'
import { countOf, type Elements, makeElements, setElement, type Tensor } from '../tensor'
import type { InputShape } from './shapes'

/** Items to run, each with its numbers for every input of the model. */
export interface Items {
  count: number
  /** The numbers of an item for an input. */
  valuesOf(input: InputShape, item: number): ArrayLike<number>
}

/**
 * Memory of the items, and once more of the feeds made of them; beyond it fewer different ones are cycled through.
 * It is part of the peak that is measured, so it is small beside most models.
 */
export const INPUT_BYTES = 32 * 1024 ** 2

type RandomInputs = Extract<SpeedInputs, { kind: 'random' }>

/** Numbers drawn from the seed, the same for every model of the same shape. */
export function randomItems(
  inputs: RandomInputs,
  shapes: readonly InputShape[],
  seed: number,
  constants: Readonly<Record<string, number>>,
  mostElements: number,
): Items {
  for (const { spec, item } of shapes)
    if (countOf(item) > mostElements)
      throw new LaunchFailure(
        'refused',
        `One item of "${spec.name}" has ${countOf(item)} numbers; the limit is ${mostElements}.`,
      )
  const bytes = shapes.reduce((sum, { item }) => sum + 4 * countOf(item), 0)
  const count = Math.max(1, Math.min(inputs.items, Math.floor(INPUT_BYTES / Math.max(1, bytes))))
  const drawn = new Map(
    shapes.map(({ spec, item }) => {
      const random = createRandom(deriveSeed(seed, `input ${spec.name}`))
      const constant = constants[spec.name]
      const size = countOf(item)
      const values = new Float32Array(size * count)
      for (let i = 0; i < values.length; i++)
        values[i] = constant ?? inputs.low + random.uniform() * (inputs.high - inputs.low)
      return [spec.name, values] as const
    }),
  )
  return {
    count,
    valuesOf: ({ spec, item }, index) => {
      const size = countOf(item)
      return (drawn.get(spec.name) ?? new Float32Array()).subarray(index * size, (index + 1) * size)
    },
  }
}

/** The tensors of one query: `items` in the order of the batch. */
export function batchTensors(
  shapes: readonly InputShape[],
  source: Items,
  items: readonly number[],
): Map<string, Tensor> {
  return new Map(
    shapes.map((input) => {
      const { spec, item, batched } = input
      const size = countOf(item)
      const rows = batched ? items : items.slice(0, 1)
      const data = makeElements(spec.type, rows.length * size)
      rows.forEach((row, at) => {
        write(data, at * size, source.valuesOf(input, row), size)
      })
      const shape = batched ? [rows.length, ...item] : item
      return [spec.name, { type: spec.type, shape, data }]
    }),
  )
}

function write(data: Elements, from: number, values: ArrayLike<number>, size: number): void {
  for (let i = 0; i < size; i++) setElement(data, from + i, values[i] ?? 0)
}
