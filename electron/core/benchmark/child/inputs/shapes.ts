import { LaunchFailure } from '../failure'
import { shapeText, type TensorSpec } from '../tensor'

/** Where the items of a batch lie in an input. */
export interface InputShape {
  spec: TensorSpec
  /** Sizes of one item. */
  item: readonly number[]
  /** The first size counts items; without it the input is the same for a whole batch. */
  batched: boolean
  /** The only batch size it takes; null when it is free. */
  fixedBatch: number | null
}

/**
 * Sizes of all inputs. The leading input takes the items: its first size counts them where it is free or 1, or
 * where the suite names the others. The rest follow: an input whose first size is another fixed one has
 * something else there (the state of a recurrent network, say) and is the same for a whole batch.
 */
export function inputShapes(
  inputs: readonly TensorSpec[],
  leading: TensorSpec | undefined,
  wanted: (spec: TensorSpec) => readonly number[] | undefined,
): InputShape[] {
  const fixed = leading?.shape?.[0] ?? null
  return inputs.map((spec) => {
    const shape = inputShape(spec, wanted(spec))
    const other = shape.fixedBatch !== null && shape.fixedBatch !== fixed
    return spec === leading || !shape.batched || !other ? shape : unbatched(shape)
  })
}

/** An input's sizes for one item: as the suite says, else as the model says, with 1 for what is free. */
function inputShape(spec: TensorSpec, wanted: readonly number[] | undefined): InputShape {
  const declared = spec.shape
  if (declared === null) return { spec, item: wanted ?? [], batched: true, fixedBatch: null }
  if (declared.length === 0) return { spec, item: [], batched: false, fixedBatch: null }
  if (wanted !== undefined && wanted.length === declared.length)
    return { spec, item: agreed(spec, declared, wanted), batched: false, fixedBatch: 1 }
  if (wanted !== undefined && wanted.length !== declared.length - 1)
    throw new LaunchFailure(
      'refused',
      `The model wants ${shapeText(declared)} for "${spec.name}", the suite has items of ${shapeText(wanted)}. Name an item's sizes without the batch in "shapes" of suite.json.`,
    )
  const [first = null, ...rest] = declared
  const item = wanted === undefined ? rest.map((size) => size ?? 1) : agreed(spec, rest, wanted)
  return { spec, item, batched: true, fixedBatch: first }
}

function unbatched({ spec, item, fixedBatch }: InputShape): InputShape {
  return { spec, item: [fixedBatch ?? 1, ...item], batched: false, fixedBatch: null }
}

function agreed(
  spec: TensorSpec,
  declared: readonly (number | null)[],
  wanted: readonly number[],
): readonly number[] {
  if (declared.every((size, axis) => size === null || size === wanted[axis])) return wanted
  throw new LaunchFailure(
    'refused',
    `The model wants ${shapeText(spec.shape)} for "${spec.name}", the suite has items of ${shapeText(wanted)}.`,
  )
}

/**
 * The batch size that the inputs agree on when one of them has no choice; null when it is free. A state with
 * sizes of its own that are free may have a batch among them, and nobody knows where: one at a time then.
 */
export function fixedBatchOf(shapes: readonly InputShape[]): number | null {
  const unclear = shapes.some(({ batched, spec }) => !batched && spec.shape?.includes(null))
  return shapes.reduce<number | null>(
    (fixed, { fixedBatch }) => fixed ?? fixedBatch,
    unclear ? 1 : null,
  )
}
