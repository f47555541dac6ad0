import { Tensor as OrtTensor } from 'onnxruntime-common'
import { LaunchFailure } from '../failure'
import { type Elements, isElementType, type Tensor } from '../tensor'

/** Both ONNX engines speak the tensors of onnxruntime-common. */
export function toOrt(tensors: ReadonlyMap<string, Tensor>): Record<string, OrtTensor> {
  return Object.fromEntries(
    Array.from(tensors, ([name, { type, data, shape }]) => [
      name,
      new OrtTensor(type, data as Float32Array, [...shape]),
    ]),
  )
}

export function fromOrt(output: Record<string, OrtTensor>): Map<string, Tensor> {
  return new Map(
    Object.entries(output).map(([name, { type, data, dims }]) => {
      if (!isElementType(type))
        throw new LaunchFailure('bad-output', `The output "${name}" is of the type ${type}.`)
      return [name, { type, shape: dims, data: data as Elements }]
    }),
  )
}
