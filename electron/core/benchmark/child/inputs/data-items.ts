import type { Reading } from '@shared/benchmark/suite'
import type { z } from 'zod'
import { ItemError, type LabelledData } from '../data/labelled'
import { LaunchFailure } from '../failure'
import { countOf, shapeText, type TensorSpec } from '../tensor'
import { INPUT_BYTES, type Items } from './items'
import { type InputShape, inputShapes } from './shapes'

const BYTES_OF_NUMBER = 4

/** The input that takes the items. */
export function leadingInput(
  inputs: readonly TensorSpec[],
  reading: z.infer<typeof Reading>,
): TensorSpec {
  const found =
    reading.input === undefined ? inputs[0] : inputs.find(({ name }) => name === reading.input)
  if (found !== undefined) return found
  throw new LaunchFailure(
    'refused',
    `The model has no input "${reading.input ?? ''}"; it has ${inputs.map(({ name }) => `"${name}"`).join(', ')}.`,
  )
}

/** Sizes of all inputs when one of them takes items of the data set. */
export function dataShapes(
  inputs: readonly TensorSpec[],
  taker: TensorSpec,
  data: LabelledData,
): InputShape[] {
  return inputShapes(inputs, taker, (spec) =>
    spec === taker ? sizesFor(spec, data.shape ?? []) : undefined,
  )
}

/** Numbers in the same order may be cut into other sizes: 784 are 28 × 28 and 1 × 28 × 28. */
function sizesFor({ shape, name }: TensorSpec, item: readonly number[]): readonly number[] {
  const [, ...rest] = shape ?? [null, ...item]
  if (rest.length === item.length && rest.every((size, i) => size === null || size === item[i]))
    return item
  const fixed = rest.filter((size) => size !== null)
  if (fixed.length === rest.length && countOf(fixed) === countOf(item)) return fixed
  throw new LaunchFailure(
    'refused',
    `The model wants ${shapeText(shape)} for "${name}", an item of the data set is ${shapeText(item)}. Choose a suite for this kind of model.`,
  )
}

/** As many items that can be decoded as the queries may cycle through, from the first one on. */
export function dataItems(
  data: LabelledData,
  taker: TensorSpec,
  constants: Readonly<Record<string, number>>,
): Items {
  const most = INPUT_BYTES / (BYTES_OF_NUMBER * Math.max(1, countOf(data.shape ?? [])))
  const decoded: Float32Array[] = []
  for (let item = 0; item < data.count && decoded.length < Math.max(1, most); item++) {
    try {
      decoded.push(Float32Array.from(data.values(item)))
    } catch (error) {
      if (!(error instanceof ItemError)) throw error
    }
  }
  if (decoded.length === 0)
    throw new LaunchFailure('refused', 'Not one item of the data set can be decoded.')
  return {
    count: decoded.length,
    valuesOf: (input, item) =>
      input.spec.name === taker.name ? (decoded[item] ?? []) : constantOf(input, constants),
  }
}

export function constantOf(
  { spec, item }: InputShape,
  constants: Readonly<Record<string, number>>,
): ArrayLike<number> {
  return new Float64Array(countOf(item)).fill(constants[spec.name] ?? 0)
}
