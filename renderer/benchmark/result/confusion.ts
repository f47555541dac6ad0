import type { Confusion } from '@shared/benchmark/accuracy'

export interface ConfusionTable {
  classes: string[]
  /** Rows are expected, columns are predicted. */
  counts: number[][]
  /** Largest count, for the depth of the colour. */
  most: number
  all: number
}

/** A table of at most `shown` classes: those with the most items. */
export function confusionTable(confusion: Confusion, shown: number): ConfusionTable {
  const totals = confusion.classes.map(() => 0)
  for (const [expected, predicted, count] of confusion.cells) {
    totals[expected] = (totals[expected] ?? 0) + count
    if (expected !== predicted) totals[predicted] = (totals[predicted] ?? 0) + count
  }
  const kept = confusion.classes
    .map((_, at) => at)
    .toSorted((a, b) => (totals[b] ?? 0) - (totals[a] ?? 0))
    .slice(0, shown)
    .toSorted((a, b) => a - b)
  const place = new Map(kept.map((index, at) => [index, at]))
  const counts = kept.map(() => kept.map(() => 0))
  for (const [expected, predicted, count] of confusion.cells) {
    const row = counts[place.get(expected) ?? -1]
    const column = place.get(predicted)
    if (row && column !== undefined) row[column] = (row[column] ?? 0) + count
  }
  return {
    classes: kept.map((index) => confusion.classes[index] ?? ''),
    counts,
    most: Math.max(1, ...counts.flat()),
    all: confusion.classes.length,
  }
}
