import type { Random } from '@shared/statistics/random'

/** A network of one hidden layer: softmax(relu(x W1 + b1) W2 + b2), or without softmax for a number. */
export interface Network {
  inputs: number
  hidden: number
  outputs: number
  w1: Float32Array
  b1: Float32Array
  w2: Float32Array
  b2: Float32Array
}

export interface Example {
  x: Float32Array
  /** Class, or the target of a regression. */
  y: number
}

export interface Training {
  hidden: number
  /** Classes; 1 is a regression with squared error. */
  outputs: number
  epochs: number
  /** Falls to 0 in a straight line. */
  rate: number
}

/**
 * Stochastic gradient descent, one example a step. Deterministic: the same seed gives the same weights on the
 * same Node, so that what is shipped can be made again.
 */
export function train(examples: readonly Example[], training: Training, random: Random): Network {
  const { hidden, outputs, epochs, rate } = training
  const inputs = examples[0]?.x.length ?? 0
  const network: Network = {
    inputs,
    hidden,
    outputs,
    // He et al. 2015: deviations that keep the variance through a rectifier.
    w1: Float32Array.from(
      { length: inputs * hidden },
      () => random.normal() * Math.sqrt(2 / inputs),
    ),
    b1: new Float32Array(hidden),
    w2: Float32Array.from(
      { length: hidden * outputs },
      () => random.normal() * Math.sqrt(2 / hidden),
    ),
    b2: new Float32Array(outputs),
  }
  for (let epoch = 0; epoch < epochs; epoch++) {
    const step = rate * (1 - epoch / epochs)
    for (const example of random.shuffle(examples)) descend(network, example, step)
  }
  return network
}

function descend(
  { hidden, outputs, w1, b1, w2, b2 }: Network,
  { x, y }: Example,
  step: number,
): void {
  const activity = new Float32Array(hidden)
  activity.set(b1)
  x.forEach((value, i) => {
    if (value !== 0)
      for (let j = 0; j < hidden; j++) add(activity, j, value * at(w1, i * hidden + j))
  })
  for (let j = 0; j < hidden; j++) if (at(activity, j) < 0) activity[j] = 0
  const error = gradientOf(forward(activity, w2, b2), y)
  for (let j = 0; j < hidden; j++) {
    const value = at(activity, j)
    if (value === 0) continue
    let back = 0
    for (let k = 0; k < outputs; k++) {
      back += at(error, k) * at(w2, j * outputs + k)
      add(w2, j * outputs + k, -step * at(error, k) * value)
    }
    add(b1, j, -step * back)
    x.forEach((input, i) => {
      if (input !== 0) add(w1, i * hidden + j, -step * back * input)
    })
  }
  for (let k = 0; k < outputs; k++) add(b2, k, -step * at(error, k))
}

function forward(activity: Float32Array, w2: Float32Array, b2: Float32Array): Float32Array {
  const output = Float32Array.from(b2)
  activity.forEach((value, j) => {
    if (value !== 0)
      for (let k = 0; k < b2.length; k++) add(output, k, value * at(w2, j * b2.length + k))
  })
  return output
}

/** Of cross entropy over a softmax, and of half the squared error: in both the answer less the truth. */
function gradientOf(output: Float32Array, y: number): Float32Array {
  if (output.length === 1) return Float32Array.of(at(output, 0) - y)
  const largest = Math.max(...output)
  const weights = output.map((value) => Math.exp(value - largest))
  const sum = weights.reduce((total, value) => total + value, 0)
  return weights.map((value, k) => value / sum - (k === y ? 1 : 0))
}

const at = (values: Float32Array, index: number) => values[index] ?? 0
const add = (values: Float32Array, index: number, value: number) => {
  values[index] = at(values, index) + value
}
