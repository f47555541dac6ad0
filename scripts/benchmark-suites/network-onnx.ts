import { runnableOnnx } from '../../test/fixtures/onnx-model'
import type { Network } from './train'

/** The network as ONNX: [batch, inputs] to probabilities of the classes, or to one number. */
export function networkOnnx(network: Network, description: string): Buffer {
  const { inputs, hidden, outputs, w1, b1, w2, b2 } = network
  const classes = outputs > 1
  const last = classes ? 'scores' : 'y'
  return runnableOnnx({
    nodes: [
      { operator: 'Gemm', inputs: ['x', 'w1', 'b1'], outputs: ['sum'] },
      { operator: 'Relu', inputs: ['sum'], outputs: ['activity'] },
      { operator: 'Gemm', inputs: ['activity', 'w2', 'b2'], outputs: [last] },
      ...(classes
        ? [{ operator: 'Softmax', inputs: ['scores'], outputs: ['y'], attributes: { axis: 1 } }]
        : []),
    ],
    weights: [
      { name: 'w1', dims: [inputs, hidden], data: w1 },
      { name: 'b1', dims: [hidden], data: b1 },
      { name: 'w2', dims: [hidden, outputs], data: w2 },
      { name: 'b2', dims: [outputs], data: b2 },
    ],
    inputs: [{ name: 'x', dims: ['batch', inputs] }],
    outputs: [{ name: 'y', dims: ['batch', outputs] }],
    metadata: { description, licence: 'CC0-1.0' },
  })
}
