/** Types of metadata values (GGUF specification, gguf_metadata_value_type). */
export const VALUE_BYTES: readonly (number | undefined)[] = [
  1, // 0 uint8
  1, // 1 int8
  2, // 2 uint16
  2, // 3 int16
  4, // 4 uint32
  4, // 5 int32
  4, // 6 float32
  1, // 7 bool
  undefined, // 8 string
  undefined, // 9 array
  8, // 10 uint64
  8, // 11 int64
  8, // 12 float64
]
export const STRING = 8
export const ARRAY = 9
export const UINT32 = 4

export const VALUE_NAMES = [
  'uint8',
  'int8',
  'uint16',
  'int16',
  'uint32',
  'int32',
  'float32',
  'bool',
  'string',
  'array',
  'uint64',
  'int64',
  'float64',
] as const

export interface TensorType {
  name: string
  /** Elements of one block, and its bytes. */
  block: number
  bytes: number
}

const type = (name: string, block: number, bytes: number): TensorType => ({ name, block, bytes })

/** enum ggml_type with the block layouts of ggml-common.h; numbers of removed types stay reserved. */
export const TENSOR_TYPES: ReadonlyMap<number, TensorType> = new Map([
  [0, type('F32', 1, 4)],
  [1, type('F16', 1, 2)],
  [2, type('Q4_0', 32, 18)],
  [3, type('Q4_1', 32, 20)],
  [4, type('Q4_2', 16, 10)],
  [5, type('Q4_3', 16, 12)],
  [6, type('Q5_0', 32, 22)],
  [7, type('Q5_1', 32, 24)],
  [8, type('Q8_0', 32, 34)],
  [9, type('Q8_1', 32, 36)],
  [10, type('Q2_K', 256, 84)],
  [11, type('Q3_K', 256, 110)],
  [12, type('Q4_K', 256, 144)],
  [13, type('Q5_K', 256, 176)],
  [14, type('Q6_K', 256, 210)],
  [15, type('Q8_K', 256, 292)],
  [16, type('IQ2_XXS', 256, 66)],
  [17, type('IQ2_XS', 256, 74)],
  [18, type('IQ3_XXS', 256, 98)],
  [19, type('IQ1_S', 256, 50)],
  [20, type('IQ4_NL', 32, 18)],
  [21, type('IQ3_S', 256, 110)],
  [22, type('IQ2_S', 256, 82)],
  [23, type('IQ4_XS', 256, 136)],
  [24, type('I8', 1, 1)],
  [25, type('I16', 1, 2)],
  [26, type('I32', 1, 4)],
  [27, type('I64', 1, 8)],
  [28, type('F64', 1, 8)],
  [29, type('IQ1_M', 256, 56)],
  [30, type('BF16', 1, 2)],
  [31, type('Q4_0_4_4', 32, 18)],
  [32, type('Q4_0_4_8', 32, 18)],
  [33, type('Q4_0_8_8', 32, 18)],
  [34, type('TQ1_0', 256, 54)],
  [35, type('TQ2_0', 256, 66)],
  [39, type('MXFP4', 32, 17)],
])
