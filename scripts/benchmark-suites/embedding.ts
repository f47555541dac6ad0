import type { Random } from '@shared/statistics/random'
import { runnableOnnx } from '../../test/fixtures/onnx-model'
import { bytesOf, type Pair, SENTENCE_BYTES } from './sentences'

/** Rows of the table, one for all groups of three letters that fall on it; the first is that of nothing. */
const ROWS = 2048
const SIZE = 32
/** Weights of the three bytes in a row's number; primes, so that "abc" and "bca" fall apart. */
const FIRST = 7919
const SECOND = 271
/** Similarity at which two sentences are as likely to mean the same as not, and how steep it is there. */
const MIDDLE = 0.4
const STEEP = 8
/** Keeps the length of an empty sentence from being divided by. */
const TINY = 1e-6

/** Rows of a sentence: its groups of three neighbouring bytes. */
function rowsOf(text: string): number[] {
  const bytes = bytesOf(text)
  return Array.from({ length: SENTENCE_BYTES - 2 }, (_, i) => {
    const [a = 0, b = 0, c = 0] = bytes.slice(i, i + 3)
    return (a * FIRST + b * SECOND + c) % ROWS
  }).filter((row) => row !== 0)
}

/**
 * A table of vectors such that sentences that mean the same point the same way: gradient descent on pairs,
 * logistic loss over the cosine. Deterministic.
 */
export function trainEmbedding(
  pairs: readonly Pair[],
  { epochs, rate }: { epochs: number; rate: number },
  random: Random,
): Float32Array {
  const table = Float32Array.from({ length: ROWS * SIZE }, (_, i) =>
    i < SIZE ? 0 : 0.1 * random.normal(),
  )
  const examples = pairs.map(({ texts: [a, b], same }) => ({ a: rowsOf(a), b: rowsOf(b), same }))
  for (let epoch = 0; epoch < epochs; epoch++) {
    const step = rate * (1 - epoch / epochs)
    for (const { a, b, same } of random.shuffle(examples)) {
      const [u, v] = [embed(table, a), embed(table, b)]
      const cosine = u.unit.reduce((sum, one, k) => sum + one * (v.unit[k] ?? 0), 0)
      const error = 1 / (1 + Math.exp(-STEEP * (cosine - MIDDLE))) - (same ? 1 : 0)
      pull(table, a, u, v.unit, cosine, step * STEEP * error)
      pull(table, b, v, u.unit, cosine, step * STEEP * error)
    }
  }
  return table
}

interface Embedded {
  unit: Float32Array
  length: number
}

function embed(table: Float32Array, rows: readonly number[]): Embedded {
  const sum = new Float32Array(SIZE)
  for (const row of rows)
    for (let k = 0; k < SIZE; k++) sum[k] = (sum[k] ?? 0) + (table[row * SIZE + k] ?? 0)
  const length = Math.sqrt(sum.reduce((total, one) => total + one * one, 0)) + TINY
  return { unit: sum.map((one) => one / length), length }
}

/** Against the gradient of the cosine by each row of one side. */
function pull(
  table: Float32Array,
  rows: readonly number[],
  { unit, length }: Embedded,
  other: Float32Array,
  cosine: number,
  step: number,
): void {
  const change = unit.map((one, k) => (step * ((other[k] ?? 0) - cosine * one)) / length)
  for (const row of rows)
    for (let k = 0; k < SIZE; k++)
      table[row * SIZE + k] = (table[row * SIZE + k] ?? 0) - (change[k] ?? 0)
}

/** [batch, 2, 64] bytes of two sentences to the probability that they mean the same, [batch, 1]. */
export function embeddingOnnx(table: Float32Array): Buffer {
  const node = (
    operator: string,
    inputs: string[],
    output: string,
    attributes: Record<string, number | number[]> = {},
  ) => ({ operator, inputs, outputs: [output], attributes })
  const integers = (name: string, ...values: number[]) => ({
    name,
    dims: [values.length],
    data: BigInt64Array.from(values, BigInt),
  })
  const number = (name: string, value: number) => ({
    name,
    dims: [1],
    data: Float32Array.of(value),
  })
  const end = SENTENCE_BYTES
  return runnableOnnx({
    nodes: [
      node('Slice', ['sentences', 'zero', 'end0', 'two'], 'a'),
      node('Slice', ['sentences', 'one', 'end1', 'two'], 'b'),
      node('Slice', ['sentences', 'two', 'end2', 'two'], 'c'),
      node('Mul', ['a', 'first'], 'a_first'),
      node('Mul', ['b', 'second'], 'b_second'),
      node('Add', ['a_first', 'b_second'], 'ab'),
      node('Add', ['ab', 'c'], 'abc'),
      node('Mod', ['abc', 'rows'], 'row'),
      node('Gather', ['table', 'row'], 'vectors', { axis: 0 }),
      node('ReduceSum', ['vectors', 'two'], 'sum', { keepdims: 0 }),
      node('ReduceL2', ['sum'], 'length', { axes: [2], keepdims: 1 }),
      node('Add', ['length', 'tiny'], 'safe_length'),
      node('Div', ['sum', 'safe_length'], 'unit'),
      node('Gather', ['unit', 'left'], 'u', { axis: 1 }),
      node('Gather', ['unit', 'right'], 'v', { axis: 1 }),
      node('Mul', ['u', 'v'], 'products'),
      node('ReduceSum', ['products', 'two'], 'cosine', { keepdims: 0 }),
      node('Sub', ['cosine', 'middle'], 'over'),
      node('Mul', ['over', 'steep'], 'score'),
      node('Sigmoid', ['score'], 'same'),
    ],
    weights: [
      { name: 'table', dims: [ROWS, SIZE], data: table },
      integers('zero', 0),
      integers('one', 1),
      integers('two', 2),
      integers('end0', end - 2),
      integers('end1', end - 1),
      integers('end2', end),
      integers('first', FIRST),
      integers('second', SECOND),
      integers('rows', ROWS),
      integers('left', 0),
      integers('right', 1),
      number('tiny', TINY),
      number('middle', MIDDLE),
      number('steep', STEEP),
    ],
    inputs: [{ name: 'sentences', dims: ['batch', 2, SENTENCE_BYTES], type: 7 }],
    outputs: [{ name: 'same', dims: ['batch', 1] }],
    metadata: {
      description:
        'Sentence embedding of 32 numbers from groups of three letters, and the similarity of two',
      licence: 'CC0-1.0',
    },
  })
}
