import type { Prediction } from './accuracy'

const MOST = 20

/** Items to look at: wrong and sure of it, furthest off, or least expected; worst first. */
export function worstOf(predictions: readonly Prediction[]): number[] {
  const labels = new Set(predictions.flatMap(({ expected, predicted }) => [expected, predicted]))
  const badness = ({ correct, score, tokens }: Prediction) => {
    if (correct === null) return Math.abs(score)
    if (tokens !== undefined) return -score
    // Of two classes the score is that of the second one: both ends of its scale are sure.
    return labels.size === 2 ? Math.max(score, 1 - score) : score
  }
  return predictions
    .filter(({ correct }) => correct !== true)
    .toSorted((a, b) => badness(b) - badness(a) || a.item - b.item)
    .slice(0, MOST)
    .map(({ item }) => item)
}
