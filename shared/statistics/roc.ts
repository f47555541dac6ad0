import { mean } from './describe'
import { normalTails, normalWidth } from './distributions'
import { midranks } from './rank'
import { checkFraction, checkPairs, checkSample, type Interval, type Sample } from './sample'

/**
 * Area under the ROC curve: the chance that a positive item scores above a negative one, equal
 * scores counting a half. Interval by DeLong's variance on the logit scale, which stays inside
 * [0, 1]. DeLong, DeLong and Clarke-Pearson 1988, by midranks as Sun and Xu 2014.
 * @throws RangeError without both kinds of items, or for a score that is not finite.
 */
export function auc(truth: readonly boolean[], scores: Sample, confidence = 0.95): Interval {
  checkFraction(confidence, 'The confidence')
  const { area, positives, negatives } = components(truth, scores)
  const variance = covariance(positives, positives) + covariance(negatives, negatives)
  if (area === 0 || area === 1 || variance === 0)
    return { estimate: area, lower: area, upper: area, confidence }
  const half = (normalWidth(confidence) * Math.sqrt(variance)) / (area * (1 - area))
  const logit = Math.log(area / (1 - area))
  const back = (x: number) => 1 / (1 + Math.exp(-x))
  return { estimate: area, lower: back(logit - half), upper: back(logit + half), confidence }
}

export interface AucDifference extends Interval {
  p: number
}

/** Difference of the areas of two models on the same items, A less B: DeLong's paired test. */
export function aucDifference(
  truth: readonly boolean[],
  a: Sample,
  b: Sample,
  confidence = 0.95,
): AucDifference {
  checkFraction(confidence, 'The confidence')
  const first = components(truth, a)
  const second = components(truth, b)
  const of = (kind: 'positives' | 'negatives') =>
    covariance(first[kind], first[kind]) +
    covariance(second[kind], second[kind]) -
    2 * covariance(first[kind], second[kind])
  const error = Math.sqrt(Math.max(0, of('positives') + of('negatives')))
  const estimate = first.area - second.area
  const half = normalWidth(confidence) * error
  const p = error === 0 ? 1 : 2 * normalTails(Math.abs(estimate) / error).upper
  return { estimate, lower: estimate - half, upper: estimate + half, confidence, p }
}

interface Components {
  area: number
  /** For each positive item the share of negatives it beats, and the other way round. */
  positives: number[]
  negatives: number[]
}

function components(truth: readonly boolean[], scores: Sample): Components {
  checkPairs(truth, scores, 'Labels and scores')
  checkSample(scores, 'The list of scores', 2)
  const ofKind = (kind: boolean) => [...scores].filter((_, i) => truth[i] === kind)
  const positive = ofKind(true)
  const negative = ofKind(false)
  if (positive.length < 2 || negative.length < 2)
    throw new RangeError(
      `There are ${positive.length} positive and ${negative.length} negative items; an area under the curve needs two of each.`,
    )
  const together = midranks([...positive, ...negative])
  const amongPositive = midranks(positive)
  const amongNegative = midranks(negative)
  const positives = positive.map(
    (_, i) => ((together[i] ?? 0) - (amongPositive[i] ?? 0)) / negative.length,
  )
  const negatives = negative.map(
    (_, i) =>
      1 - ((together[positive.length + i] ?? 0) - (amongNegative[i] ?? 0)) / positive.length,
  )
  return { area: mean(positives), positives, negatives }
}

/** Covariance of two means of n paired values. */
function covariance(x: number[], y: number[]): number {
  const centreX = mean(x)
  const centreY = mean(y)
  const sum = x.reduce((total, value, i) => total + (value - centreX) * ((y[i] ?? 0) - centreY), 0)
  return sum / (x.length - 1) / x.length
}
