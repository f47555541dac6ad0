import type { DataSet } from '@shared/benchmark/suite'

/** A data set as the launch sees it, whatever file it came from. */
export interface LabelledData {
  /** SHA-256 of its file. */
  sha256: string
  count: number
  /** Sizes of one item; null for texts. */
  shape: readonly number[] | null
  /** Numbers of an item, scaled. Throws ItemError for one that cannot be decoded. */
  values(item: number): ArrayLike<number>
  text(item: number): string
  label(item: number): string | number
}

/** One item cannot be used; the others can. */
export class ItemError extends Error {
  override readonly name = 'ItemError'
}

type Scaling = Extract<DataSet, { format: 'csv' }>['scaling']

/** (value - mean) / std, with one pair for all numbers of an item or one for each. */
export function scaler(scaling: Scaling): (value: number, index: number) => number {
  if (scaling === undefined) return (value) => value
  const { mean, std } = scaling
  return (value, index) =>
    (value - (mean[mean.length === 1 ? 0 : index] ?? 0)) / (std[std.length === 1 ? 0 : index] ?? 1)
}
