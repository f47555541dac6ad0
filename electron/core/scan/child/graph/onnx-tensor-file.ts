import type { ParseContext, Parser } from '../context'
import { COMPLETE, inconclusive } from '../context'
import { createReader } from './onnx-reader'
import { readTensor } from './onnx-tensor'

/**
 * A file with one TensorProto, as onnx stores test inputs (input_0.pb). Few things tell it from
 * other messages, so it counts as read only when shape, type and data agree.
 */
export const parseOnnxTensor: Parser = (source, context) => {
  let doubts = 0
  const watching: ParseContext = {
    ...context,
    anomaly(name, offset, evidence) {
      doubts++
      context.anomaly(name, offset, evidence)
    },
  }
  readTensor(createReader(source, watching), { start: 0, end: source.size }, 'initializer')
  return doubts === 0 ? COMPLETE : inconclusive('It is not quite a tensor of ONNX.')
}
