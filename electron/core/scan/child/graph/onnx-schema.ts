import { BYTES, FIXED32, FIXED64, type MessageType, VARINT } from './wire'

const V = [VARINT]
const B = [BYTES]
/** Repeated numbers come packed or one by one, whatever the schema says. */
const VS = [VARINT, BYTES]

const of = (name: string, fields: MessageType['fields']): MessageType => ({ name, fields })

/** Field numbers of onnx/onnx.proto (version 1.19, IR version 12). */
export const MODEL = of('ModelProto', {
  1: V, //  ir_version
  2: B, //  producer_name
  3: B, //  producer_version
  4: B, //  domain
  5: V, //  model_version
  6: B, //  doc_string
  7: B, //  graph
  8: B, //  opset_import
  14: B, // metadata_props
  20: B, // training_info
  25: B, // functions
  26: B, // configuration
})

export const GRAPH = of('GraphProto', {
  1: B, //  node
  2: B, //  name
  5: B, //  initializer
  10: B, // doc_string
  11: B, // input
  12: B, // output
  13: B, // value_info
  14: B, // quantization_annotation
  15: B, // sparse_initializer
  16: B, // metadata_props
})

export const NODE = of('NodeProto', {
  1: B, //  input
  2: B, //  output
  3: B, //  name
  4: B, //  op_type
  5: B, //  attribute
  6: B, //  doc_string
  7: B, //  domain
  8: B, //  overload
  9: B, //  metadata_props
  10: B, // device_configurations
})

export const ATTRIBUTE = of('AttributeProto', {
  1: B, //  name
  2: [FIXED32], // f
  3: V, //  i
  4: B, //  s
  5: B, //  t
  6: B, //  g
  7: [FIXED32, BYTES], // floats
  8: VS, // ints
  9: B, //  strings
  10: B, // tensors
  11: B, // graphs
  13: B, // doc_string
  14: B, // tp
  15: B, // type_protos
  20: V, // type
  21: B, // ref_attr_name
  22: B, // sparse_tensor
  23: B, // sparse_tensors
})

export const TENSOR = of('TensorProto', {
  1: VS, // dims
  2: V, //  data_type
  3: B, //  segment
  4: [FIXED32, BYTES], // float_data
  5: VS, // int32_data
  6: B, //  string_data
  7: VS, // int64_data
  8: B, //  name
  9: B, //  raw_data
  10: [FIXED64, BYTES], // double_data
  11: VS, // uint64_data
  12: B, // doc_string
  13: B, // external_data
  14: V, // data_location
  16: B, // metadata_props
})

export const SPARSE = of('SparseTensorProto', { 1: B, 2: B, 3: VS })
export const ENTRY = of('StringStringEntryProto', { 1: B, 2: B })
export const OPERATOR_SET = of('OperatorSetIdProto', { 1: B, 2: V })
/** initialization, algorithm, and two bindings of names. */
export const TRAINING = of('TrainingInfoProto', { 1: B, 2: B, 3: B, 4: B })

export const FUNCTION = of('FunctionProto', {
  1: B, //  name
  2: V, //  since_version, until IR version 8
  3: V, //  status, the same
  4: B, //  input
  5: B, //  output
  6: B, //  attribute (names)
  7: B, //  node
  8: B, //  doc_string
  9: B, //  opset_import
  10: B, // domain
  11: B, // attribute_proto
  12: B, // value_info
  13: B, // overload
  14: B, // metadata_props
})

export interface DataType {
  name: string
  /** Of one element; undefined for strings. */
  bits: number | undefined
}

const type = (name: string, bits?: number): DataType => ({ name, bits })

/** TensorProto.DataType by number. */
export const DATA_TYPES: Readonly<Record<number, DataType>> = {
  1: type('float32', 32),
  2: type('uint8', 8),
  3: type('int8', 8),
  4: type('uint16', 16),
  5: type('int16', 16),
  6: type('int32', 32),
  7: type('int64', 64),
  8: type('string'),
  9: type('bool', 8),
  10: type('float16', 16),
  11: type('float64', 64),
  12: type('uint32', 32),
  13: type('uint64', 64),
  14: type('complex64', 64),
  15: type('complex128', 128),
  16: type('bfloat16', 16),
  17: type('float8e4m3fn', 8),
  18: type('float8e4m3fnuz', 8),
  19: type('float8e5m2', 8),
  20: type('float8e5m2fnuz', 8),
  21: type('uint4', 4),
  22: type('int4', 4),
  23: type('float4e2m1', 4),
  24: type('float8e8m0', 8),
  25: type('uint2', 2),
  26: type('int2', 2),
}
