import { type BootstrapOptions, type BootstrapResult, bootstrapIndices } from './bootstrap'
import { wilsonInterval } from './proportion'
import { checkPairs, checkSample, type Interval, type Sample } from './sample'

/** Mean absolute error, bootstrap interval over items. Unit: that of the values. */
export function meanAbsoluteError(
  truth: Sample,
  predicted: Sample,
  options: BootstrapOptions = {},
): BootstrapResult {
  const errors = errorsOf(truth, predicted).map(Math.abs)
  return bootstrapIndices(errors.length, (indices) => meanAt(errors, indices), options)
}

/** Root of the mean squared error, bootstrap interval over items. Unit: that of the values. */
export function rootMeanSquaredError(
  truth: Sample,
  predicted: Sample,
  options: BootstrapOptions = {},
): BootstrapResult {
  const squares = errorsOf(truth, predicted).map((error) => error * error)
  return bootstrapIndices(squares.length, (indices) => Math.sqrt(meanAt(squares, indices)), options)
}

/** Share of answers that equal the expected one, character for character; Wilson interval. */
export function exactMatch(
  expected: readonly string[],
  answers: readonly string[],
  confidence = 0.95,
): Interval {
  checkPairs(expected, answers, 'Expected and given answers')
  const right = expected.filter((text, i) => text === answers[i]).length
  return wilsonInterval(right, expected.length, confidence)
}

/** One document under a language model. */
export interface DocumentLikelihood {
  /** Σ −ln P of its tokens, in nats. */
  negativeLogLikelihood: number
  tokens: number
}

/**
 * Perplexity: e to the mean negative log-likelihood of a token. The interval is a bootstrap over
 * documents, because the tokens of one document are not independent.
 */
export function perplexity(
  documents: readonly DocumentLikelihood[],
  options: BootstrapOptions = {},
): BootstrapResult {
  documents.forEach(({ negativeLogLikelihood, tokens }, i) => {
    if (!(Number.isFinite(negativeLogLikelihood) && tokens > 0 && Number.isFinite(tokens)))
      throw new RangeError(
        `Document ${i} has ${tokens} tokens and a log-likelihood of ${-negativeLogLikelihood}.`,
      )
  })
  return bootstrapIndices(
    documents.length,
    (indices) => {
      let likelihood = 0
      let tokens = 0
      for (const i of indices) {
        likelihood += documents[i]?.negativeLogLikelihood ?? 0
        tokens += documents[i]?.tokens ?? 0
      }
      return Math.exp(likelihood / tokens)
    },
    options,
  )
}

function errorsOf(truth: Sample, predicted: Sample): number[] {
  checkPairs(truth, predicted, 'True and predicted values')
  checkSample(truth, 'The list of true values', 2)
  checkSample(predicted, 'The list of predicted values', 2)
  return Array.from(truth, (value, i) => (predicted[i] ?? 0) - value)
}

function meanAt(values: readonly number[], indices: Uint32Array): number {
  let sum = 0
  for (const i of indices) sum += values[i] ?? 0
  return sum / indices.length
}
