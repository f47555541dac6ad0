import {
  bcaInterval,
  bootstrapSample,
  pairedBootstrap,
  percentileInterval,
} from '@shared/statistics/bootstrap'
import {
  accuracy,
  classScores,
  confusionMatrix,
  macroF1,
  macroF1Interval,
  microF1,
  topKAccuracy,
} from '@shared/statistics/classification'
import { mean } from '@shared/statistics/describe'
import { median } from '@shared/statistics/quantile'
import { createRandom } from '@shared/statistics/random'
import {
  exactMatch,
  meanAbsoluteError,
  perplexity,
  rootMeanSquaredError,
} from '@shared/statistics/regression'
import { auc, aucDifference } from '@shared/statistics/roc'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import reference from '../../fixtures/statistics/reference.json'
import { close } from './close'

const truth = ['cat', 'cat', 'cat', 'dog', 'dog', 'owl']
const predicted = ['cat', 'cat', 'dog', 'dog', 'owl', 'cat']

describe('classification', () => {
  it('is counted in a confusion matrix of all labels that occur', () => {
    expect(confusionMatrix(truth, predicted)).toEqual({
      labels: ['cat', 'dog', 'owl'],
      counts: [
        [2, 1, 0],
        [0, 1, 1],
        [1, 0, 0],
      ],
    })
  })

  it('is scored by label, over labels and over items', () => {
    const matrix = confusionMatrix(truth, predicted)
    const [cat, dog, owl] = classScores(matrix)
    expect(cat).toEqual({ label: 'cat', precision: 2 / 3, recall: 2 / 3, f1: 2 / 3, support: 3 })
    expect(dog?.f1).toBe(0.5)
    expect(owl).toMatchObject({ precision: 0, recall: 0, f1: 0, support: 1 })
    close(macroF1(matrix), (2 / 3 + 1 / 2) / 3)
    close(microF1(matrix), accuracy(truth, predicted).estimate)
  })

  it('has a macro F1 with an interval around it', () => {
    const many = Array.from({ length: 20 }, () => truth).flat()
    const answers = Array.from({ length: 20 }, () => predicted).flat()
    const interval = macroF1Interval(many, answers, { resamples: 500 })
    close(interval.estimate, macroF1(confusionMatrix(many, answers)))
    expect(interval.lower).toBeLessThan(interval.estimate)
    expect(interval.upper).toBeGreaterThan(interval.estimate)
  })

  it('counts the true class among the k highest scores, ties against the model', () => {
    const scores = [
      [0.1, 0.7, 0.2],
      [0.5, 0.3, 0.2],
      [0.4, 0.4, 0.4],
      [Number.NaN, 0, 0],
    ]
    expect(topKAccuracy([1, 1, 2, 0], scores, 1).estimate).toBe(0.25)
    expect(topKAccuracy([1, 1, 2, 0], scores, 2).estimate).toBe(0.5)
    expect(topKAccuracy([1, 1, 2, 0], scores, 3).estimate).toBe(0.75)
    expect(() => topKAccuracy([3], [[0.5, 0.5]], 1)).toThrow('Item 0 has class 3')
  })

  it('refuses lists of unlike length', () => {
    expect(() => accuracy(['a'], ['a', 'b'])).toThrow('there are 1 and 2')
    expect(() => confusionMatrix([], [])).toThrow('no items')
  })
})

describe('the area under the curve', () => {
  const { truth: labels, a, b, ...expected } = reference.auc

  it('agrees with counted pairs and DeLong, ties a half', () => {
    const area = auc(labels, a)
    close(area.estimate, expected.area)
    close(area.lower, expected.lower)
    close(area.upper, expected.upper)
    const difference = aucDifference(labels, a, b)
    close(difference.estimate, expected.difference)
    close(difference.p, expected.p)
  })

  it('turns over with the scores and does not depend on their scale', () => {
    close(
      auc(
        labels,
        a.map((score) => -score),
      ).estimate,
      1 - expected.area,
    )
    close(
      auc(
        labels,
        a.map((score) => Math.exp(3 * score)),
      ).estimate,
      expected.area,
    )
    expect(auc([true, true, false, false], [3, 4, 1, 2]).estimate).toBe(1)
    expect(aucDifference(labels, a, a).p).toBe(1)
  })

  it('needs items of both kinds', () => {
    expect(() => auc([true, true, false], [1, 2, 3])).toThrow('2 positive and 1 negative')
  })
})

describe('numbers and texts', () => {
  it('have absolute and squared errors with intervals', () => {
    const mae = meanAbsoluteError([1, 2, 3, 4], [1, 3, 5, 4], { resamples: 200 })
    const rmse = rootMeanSquaredError([1, 2, 3, 4], [1, 3, 5, 4], { resamples: 200 })
    expect(mae.estimate).toBe(0.75)
    close(rmse.estimate, Math.sqrt(5 / 4))
    expect(rmse.lower).toBeLessThanOrEqual(rmse.estimate)
    expect(exactMatch(['a', 'b'], ['a', 'B']).estimate).toBe(0.5)
  })

  it('have a perplexity per token, over documents', () => {
    const documents = [
      { negativeLogLikelihood: 10 * Math.log(8), tokens: 10 },
      { negativeLogLikelihood: 30 * Math.log(8), tokens: 30 },
    ]
    const result = perplexity(documents, { resamples: 200 })
    close(result.estimate, 8)
    close(result.upper, 8)
    expect(() => perplexity([{ negativeLogLikelihood: Number.NaN, tokens: 3 }])).toThrow(
      'Document 0',
    )
  })
})

describe('the bootstrap', () => {
  const { sample, replicates, bca, percentile } = reference.bootstrap

  it('makes of given replicates the intervals that SciPy makes', () => {
    const without = sample.map((_, left) => mean(sample.filter((__, i) => i !== left)))
    const accelerated = bcaInterval(mean(sample), replicates, without, 0.95)
    close(accelerated.lower, bca[0])
    close(accelerated.upper, bca[1])
    const plain = percentileInterval(replicates, 0.95)
    close(plain.lower, percentile[0])
    close(plain.upper, percentile[1])
  })

  it('depends on the seed alone', () => {
    const once = bootstrapSample(sample, median, { seed: 5, resamples: 500 })
    expect(bootstrapSample(sample, median, { seed: 5, resamples: 500 })).toEqual(once)
    expect(bootstrapSample(sample, mean, { seed: 6, resamples: 500 })).not.toEqual(
      bootstrapSample(sample, mean, { seed: 5, resamples: 500 }),
    )
  })

  it('has the standard error of the mean', () => {
    const spread = Math.sqrt(mean(sample.map((x) => (x - mean(sample)) ** 2)) / sample.length)
    const { standardError } = bootstrapSample(sample, mean)
    expect(standardError / spread).toBeGreaterThan(0.97)
    expect(standardError / spread).toBeLessThan(1.03)
  })

  it('covers a mean about as often as it says', () => {
    const random = createRandom(2)
    let covered = 0
    for (let seed = 0; seed < 200; seed++) {
      const drawn = Array.from({ length: 30 }, random.normal)
      const { lower, upper } = bootstrapSample(drawn, mean, { seed, resamples: 400 })
      if (lower <= 0 && upper >= 0) covered++
    }
    expect(covered).toBeGreaterThan(174)
  })

  it('gives both models the same items', () => {
    const items = Array.from({ length: 25 }, (_, i) => i % 7)
    const result = pairedBootstrap(
      items,
      items.map((x) => x + 1),
      mean,
      { resamples: 200 },
    )
    close(result.lower, -1)
    close(result.upper, -1)
  })

  it('turns over with the sign of the sample', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
        const here = bootstrapSample(sample, mean, { seed, resamples: 200 })
        const mirrored = bootstrapSample(
          sample.map((x) => -x),
          mean,
          { seed, resamples: 200 },
        )
        close(mirrored.lower, -here.upper)
        close(mirrored.upper, -here.lower)
      }),
      { numRuns: 10 },
    )
  })
})
