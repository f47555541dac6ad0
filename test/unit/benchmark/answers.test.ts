import type { Prediction } from '@shared/benchmark/accuracy'
import { confusionOf, metricValue } from '@shared/benchmark/metrics'
import { worstOf } from '@shared/benchmark/worst'
import { describe, expect, test } from 'vitest'
import { readAnswer } from '../../../electron/core/benchmark/child/accuracy/read-answer'

const classes = ['cat', 'dog', 'emu']
const answer = (row: number[], expected = 'dog', type: 'float32' | 'int64' = 'float32') =>
  readAnswer(0, expected, row, type, { task: 'classification', classes })
const prediction = (of: Partial<Prediction>): Prediction => ({
  item: 0,
  expected: 'a',
  predicted: 'a',
  score: 1,
  correct: true,
  rank: 1,
  ...of,
})

describe('an answer of scores', () => {
  test('is the class with the largest one; the rank is that of the expected class', () => {
    expect(answer([0.7, 0.2, 0.1])).toMatchObject({
      predicted: 'cat',
      score: 0.7,
      correct: false,
      rank: 2,
    })
  })
  test('is taken for logits where it does not add up to 1', () => {
    expect(answer([1, 3, 1])).toMatchObject({ predicted: 'dog', score: 0.787, correct: true })
  })
  test('may be the number of the class itself', () => {
    expect(answer([2], 'emu', 'int64')).toMatchObject({
      predicted: 'emu',
      correct: true,
      rank: null,
    })
  })
  test('of one number is the probability of the second of two classes', () => {
    const options = { task: 'classification' as const, classes: ['no', 'yes'] }
    expect(readAnswer(0, 'yes', [0.8], 'float32', options)).toMatchObject({
      predicted: 'yes',
      score: 0.8,
    })
    expect(readAnswer(0, 'yes', [-2], 'float32', options)).toMatchObject({
      predicted: 'no',
      score: 0.1192,
    })
  })
  test('of another length than there are classes is bad output', () => {
    expect(() => answer([0.5, 0.5])).toThrow('2 scores, the suite has 3 classes')
  })
  test('of equal scores is the first of them, and the others come behind it', () => {
    expect(answer([0.4, 0.4, 0.2])).toMatchObject({ predicted: 'cat', rank: 2 })
  })
})

describe('an answer of a number', () => {
  const options = { task: 'regression' as const, classes: undefined }
  test('is compared with the target', () => {
    expect(readAnswer(3, '2.5', [2], 'float32', options)).toEqual({
      item: 3,
      expected: 2.5,
      predicted: 2,
      score: -0.5,
      correct: null,
      rank: null,
    })
  })
  test('needs a target that is one', () => {
    expect(() => readAnswer(3, 'much', [2], 'float32', options)).toThrow(
      'label of item 3 is no number',
    )
  })
})

describe('a metric', () => {
  const two = [
    prediction({ item: 0, expected: '0', predicted: '0', score: 0.1 }),
    prediction({ item: 1, expected: '0', predicted: '1', score: 0.6, correct: false, rank: 2 }),
    prediction({ item: 2, expected: '1', predicted: '1', score: 0.9 }),
    prediction({ item: 3, expected: '1', predicted: '0', score: 0.4, correct: false, rank: 2 }),
  ]
  test.each([
    ['accuracy', 0.5],
    ['top-5', 1],
    ['macro-f1', 0.5],
    // Of the four pairs, 0.4 against 0.6 is the only one in the wrong order.
    ['auc', 0.75],
  ] as const)('%s of four answers is %d', (metric, value) => {
    expect(metricValue(metric, two)).toBeCloseTo(value)
  })
  test.each([
    ['mae', 1.5],
    ['rmse', Math.sqrt(2.5)],
  ] as const)('%s of two errors is %d', (metric, value) => {
    const numbers = [
      prediction({ expected: 1, predicted: 2 }),
      prediction({ expected: 3, predicted: 1 }),
    ]
    expect(metricValue(metric, numbers)).toBeCloseTo(value)
  })
  test('perplexity is per token, not per text', () => {
    const texts = [
      prediction({ score: 3 * Math.log(0.5), tokens: 3 }),
      prediction({ score: Math.log(0.5), tokens: 1 }),
    ]
    expect(metricValue('perplexity', texts)).toBeCloseTo(2)
  })
  test('of classes that are not two has no area under a curve', () => {
    expect(() => metricValue('auc', [...two, prediction({ expected: '2' })])).toThrow('3 classes')
  })
  test('of texts where numbers belong is refused', () => {
    expect(() => metricValue('mae', two)).toThrow('Item 0 has a label that is no number')
  })
})

test('a confusion matrix has the cells that are not empty', () => {
  const confusion = confusionOf([
    prediction({ expected: 'a', predicted: 'a' }),
    prediction({ expected: 'a', predicted: 'b', correct: false }),
    prediction({ expected: 'b', predicted: 'b' }),
  ])
  expect(confusion).toEqual({
    classes: ['a', 'b'],
    cells: [
      [0, 0, 1],
      [0, 1, 1],
      [1, 1, 1],
    ],
  })
})

test('the worst answers are those the model was surest of, of two classes at either end of the scale', () => {
  const wrong = (item: number, score: number, predicted: string) =>
    prediction({ item, expected: predicted === 'a' ? 'b' : 'a', predicted, score, correct: false })
  expect(
    worstOf([wrong(0, 0.6, 'b'), wrong(1, 0.05, 'a'), wrong(2, 0.9, 'b'), prediction({ item: 3 })]),
  ).toEqual([1, 2, 0])
})
