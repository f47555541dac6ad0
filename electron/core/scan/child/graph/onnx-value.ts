import type { OnnxReader } from './onnx-reader'
import { DATA_TYPES } from './onnx-schema'
import { BYTES, type Range, VARINT, type WireField } from './wire'

const NAME_BYTES = 200
const MOST_DIMENSIONS = 16

/**
 * An input or output of the model as a metadata fact: 'float32 [1, 3, height, width]'. ValueInfoProto
 * is name 1 and type 2; TypeProto has tensor_type 1; that has elem_type 1 and shape 2; a shape is
 * dims 1, each of them a number 1 or a name 2 (onnx.proto). Other types are named by their number.
 */
export function describeValue(reader: OnnxReader, range: Range, role: 'input' | 'output'): void {
  const { wire, context } = reader
  const child = (parent: Range, number: number): WireField | undefined => {
    let found: WireField | undefined
    wire.each(parent, (field) => {
      if (field.number === number) found = field
    })
    return found
  }
  const nested = (parent: Range | undefined, number: number) => {
    const field = parent === undefined ? undefined : child(parent, number)
    return field?.wire === BYTES ? field : undefined
  }
  const name = nested(range, 1)
  const type = nested(range, 2)
  const tensor = nested(type, 1)
  const element = tensor === undefined ? undefined : child(tensor, 1)
  const shape = nested(tensor, 2)
  const dims: string[] = []
  if (shape !== undefined)
    wire.each(shape, (dimension) => {
      if (dimension.number !== 1 || dimension.wire !== BYTES || dims.length > MOST_DIMENSIONS)
        return
      const size = child(dimension, 1)
      const symbol = nested(dimension, 2)
      if (size?.wire === VARINT) dims.push(String(size.value))
      else dims.push(symbol === undefined ? '?' : wire.text(symbol, 64))
    })
  const dtype = element?.wire === VARINT ? DATA_TYPES[element.value]?.name : undefined
  const value = `${dtype ?? 'other'}${shape === undefined ? '' : ` [${dims.join(', ')}]`}`
  context.add({
    kind: 'metadata',
    name: `${role}.${name === undefined ? '' : wire.text(name, NAME_BYTES)}`,
    location: { offset: range.start },
    detail: { value },
  })
}
