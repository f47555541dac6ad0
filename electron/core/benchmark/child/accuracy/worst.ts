import type { Prediction } from '@shared/benchmark/accuracy'

const MOST = 20

/** Items to look at: wrong and sure of it, furthest off, or least expected; worst first. */
export function worstOf(predictions: readonly Prediction[]): number[] {
  const badness = (one: Prediction) =>
    one.correct === null
      ? Math.abs(one.score)
      : one.tokens === undefined
        ? sureness(one)
        : -one.score
  return predictions
    .filter(({ correct }) => correct !== true)
    .toSorted((a, b) => badness(b) - badness(a) || a.item - b.item)
    .slice(0, MOST)
    .map(({ item }) => item)
}

/** With two classes the score is that of the second one, so that both ends of its scale are sure. */
function sureness({ score }: Prediction): number {
  return Math.max(score, 1 - score)
}
