import { BYTES, FIXED32, type MessageType, VARINT } from './wire'

const V = [VARINT]
const B = [BYTES]
const of = (name: string, fields: MessageType['fields']): MessageType => ({ name, fields })
const texts = (...numbers: number[]): MessageType['fields'] =>
  Object.fromEntries(numbers.map((number) => [number, B]))

/** Field numbers of tensorflow/core/protobuf and tensorflow/core/framework (TensorFlow 2.18). */
export const SAVED_MODEL = of('SavedModel', { 1: V, 2: B })
/** meta_info_def, graph_def, saver_def, collection_def, signature_def, asset_file_def, object_graph_def */
export const META_GRAPH = of('MetaGraphDef', texts(1, 2, 3, 4, 5, 6, 7))
/** meta_graph_version, stripped_op_list, any_info, tags, versions of TensorFlow, …, function_aliases */
export const META_INFO = of('MetaInfoDef', { ...texts(1, 2, 3, 4, 5, 6, 8), 7: V })
/** node, library, version, versions, debug_info */
export const GRAPH_DEF = of('GraphDef', { ...texts(1, 2, 4, 5), 3: V })
/** name, op, input, device, attr, experimental_debug_info, experimental_type */
export const NODE_DEF = of('NodeDef', texts(1, 2, 3, 4, 5, 6, 7))
/** key and value of a map field */
export const MAP_ENTRY = of('MapEntry', texts(1, 2))
/** list, s, i, f, b, type, shape, tensor, placeholder, func */
export const ATTR_VALUE = of('AttrValue', {
  ...texts(1, 2, 7, 8, 9, 10),
  3: V,
  4: [FIXED32],
  5: V,
  6: V,
})
/** function, gradient, registered_gradients */
export const LIBRARY = of('FunctionDefLibrary', texts(1, 2, 3))
/** signature, node_def, ret, attr, control_ret, arg_attr, resource_arg_unique_id */
export const FUNCTION_DEF = of('FunctionDef', texts(1, 3, 4, 5, 6, 7, 8))
/** tensor_info, filename */
export const ASSET_FILE = of('AssetFileDef', texts(1, 2))
/** nodes, concrete_functions */
export const OBJECT_GRAPH = of('SavedObjectGraph', texts(1, 2))
export const SAVED_OBJECT = of(
  'SavedObject',
  texts(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15),
)
/** identifier, version, metadata (JSON) */
export const USER_OBJECT = of('SavedUserObject', texts(1, 2, 3))
/** nodes; then version, node_id, node_path, identifier, metadata (Keras, saved_metadata.proto) */
export const KERAS_METADATA = of('SavedMetadata', texts(1))
export const KERAS_NODE = of('SavedObject', { ...texts(1, 3, 4, 5), 2: V })
