/** Element types that inputs and outputs of models may have here. */
export const ELEMENT_TYPES = [
  'float32',
  'float64',
  'int8',
  'uint8',
  'int16',
  'uint16',
  'int32',
  'uint32',
  'int64',
  'uint64',
  'bool',
  'string',
] as const
export type ElementType = (typeof ELEMENT_TYPES)[number]

export type Elements =
  | Float32Array
  | Float64Array
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | string[]

export interface Tensor {
  type: ElementType
  shape: readonly number[]
  data: Elements
}

/** An input or output as the model declares it; null is a size that is free, or no shape at all. */
export interface TensorSpec {
  name: string
  type: ElementType
  shape: readonly (number | null)[] | null
}

export function isElementType(name: string): name is ElementType {
  return (ELEMENT_TYPES as readonly string[]).includes(name)
}

export function countOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1)
}

export function makeElements(type: ElementType, count: number): Elements {
  switch (type) {
    case 'float32':
      return new Float32Array(count)
    case 'float64':
      return new Float64Array(count)
    case 'int8':
      return new Int8Array(count)
    case 'uint8':
    case 'bool':
      return new Uint8Array(count)
    case 'int16':
      return new Int16Array(count)
    case 'uint16':
      return new Uint16Array(count)
    case 'int32':
      return new Int32Array(count)
    case 'uint32':
      return new Uint32Array(count)
    case 'int64':
      return new BigInt64Array(count)
    case 'uint64':
      return new BigUint64Array(count)
    case 'string':
      return new Array<string>(count).fill('')
  }
}

/** Writes a number as the type wants it: rounded for integers, as text for strings. */
export function setElement(data: Elements, index: number, value: number): void {
  if (data instanceof BigInt64Array) data[index] = BigInt(Math.round(value))
  else if (data instanceof BigUint64Array) data[index] = BigInt(Math.max(0, Math.round(value)))
  else if (Array.isArray(data)) data[index] = String(value)
  else if (data instanceof Float32Array || data instanceof Float64Array) data[index] = value
  else data[index] = Math.round(value)
}

/** Sentences name shapes as numpy does: [1, 3, ?]. */
export function shapeText(shape: readonly (number | null)[] | null): string {
  return shape === null ? 'any shape' : `[${shape.map((size) => size ?? '?').join(', ')}]`
}
