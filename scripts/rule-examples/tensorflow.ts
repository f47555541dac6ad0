import {
  attribute,
  externalLink,
  filter,
  numbers,
  virtualDataset,
  writeHdf5,
} from '../../test/fixtures/hdf5-writer'
import { dense, kerasModel } from '../../test/fixtures/keras-writer'
import { pickle } from '../../test/fixtures/pickle-writer'
import { integer } from '../../test/fixtures/protobuf-writer'
import { type SavedModelShape, savedModel } from '../../test/fixtures/tensorflow-writer'
import { type TfjsShape, tfjs } from '../../test/fixtures/tfjs-writer'
import { bytes, type PackExamples, pair, text } from './draft'
import { ELF } from './elf'

const saved = (note: string, shape: SavedModelShape = {}) =>
  bytes('saved_model.pb', note, savedModel(shape))
const operator = (name: string, note: string, texts: Record<string, string> = {}) =>
  saved(note, { nodes: [{ operator: name, texts }] })
const computes = operator('MatMul', 'A graph that computes.')
const web = (note: string, shape: TfjsShape = {}) =>
  text('model.json', note, `${JSON.stringify(JSON.parse(tfjs(shape).toString()), null, 2)}\n`)
const shard = web('The weights lie beside the model.')
const weight = { name: 'w', shape: [2], dtype: 'float32' }
const keras = (note: string, layer: object) =>
  text('config.json', note, `${JSON.stringify(kerasModel(layer), null, 2)}\n`)
const layer = (className: string, config: object, module = 'keras.layers') => ({
  module,
  class_name: className,
  config,
  registered_name: null,
})
const shards = (second: string, note: string) =>
  text(
    'model.safetensors.index.json',
    note,
    `${JSON.stringify(
      {
        metadata: { total_size: 32 },
        weight_map: { 'a.weight': 'model-00001-of-00002.safetensors', 'b.weight': second },
      },
      null,
      2,
    )}\n`,
  )
const denseLayer = keras('A layer of Keras that computes.', dense)

export const tensorflowRules: PackExamples = {
  'tensorflow.calls-python': pair(
    operator('PyFunc', 'The graph calls a Python function.'),
    computes,
  ),
  'tensorflow.writes-file': pair(operator('WriteFile', 'The graph writes a file.'), computes),
  'tensorflow.reads-file': pair(operator('ReadFile', 'The graph reads a file.'), computes),
  'tensorflow.network': pair(
    operator('DebugIdentityV2', 'The graph sends what it computes to a server.'),
    computes,
  ),
  'tensorflow.native-code': pair(
    operator('XlaCustomCall', 'The graph calls compiled code.'),
    computes,
  ),
  'tensorflow.checkpoint': pair(operator('SaveV2', 'A node that saving adds.'), computes),
  'tensorflow.prints': pair(
    operator('PrintV2', 'A node writes to the log.', { output_stream: 'stderr' }),
    computes,
  ),
  'tensorflow.custom-operator': pair(
    operator('IO>FileRead', 'The operator belongs to another library.'),
    computes,
  ),
  'tensorflow.url': pair(
    operator('MatMul', 'An attribute of a node is an address.', {
      source: 'https://models.invalid/a',
    }),
    operator('MatMul', 'An attribute of a node is a name.', { source: 'somebody' }),
  ),
  'tensorflow.asset-path': pair(
    saved('An asset lies outside the folder of the model.', { assets: ['../../../etc/passwd'] }),
    saved('An asset lies in the folder of the model.', { assets: ['vocab.txt'] }),
  ),
  'tensorflow.asset-path-unusual': pair(
    saved('A backslash separates folders on Windows only.', { assets: ['data\\vocab.txt'] }),
    saved('A slash separates folders everywhere.', { assets: ['data/vocab.txt'] }),
  ),
  'tensorflow.asset-file': pair(
    saved('The model needs a vocabulary.', { assets: ['vocab.txt'] }),
    computes,
  ),
  'tensorflow.embedded-file': pair(
    saved('A constant of the graph is a program.', {
      nodes: [{ operator: 'Const', constant: ELF }],
    }),
    saved('A constant of the graph is eight numbers.', {
      nodes: [{ operator: 'Const', constant: Buffer.alloc(8, 7) }],
    }),
  ),
  'tensorflow.malformed': pair(
    bytes(
      'saved_model.pb',
      'The last field is longer than the file.',
      Buffer.concat([savedModel({ nodes: [{ operator: 'MatMul' }] }), Buffer.from([0x12, 0x7f])]),
    ),
    computes,
  ),
  'tensorflow.unusual': pair(
    bytes(
      'saved_model.pb',
      'A field that no version of the format knows.',
      Buffer.concat([savedModel({ nodes: [{ operator: 'MatMul' }] }), integer(99, 1)]),
    ),
    computes,
  ),
  'tfjs.shard-path': pair(
    web('The weights lie outside the folder of the model.', { paths: ['../../etc/passwd'] }),
    shard,
  ),
  'tfjs.shard-url': pair(
    web('The weights come from a server.', { paths: ['https://models.invalid/w.bin'] }),
    shard,
  ),
  'tfjs.shard-path-unusual': pair(
    web('A backslash separates folders on Windows only.', { paths: ['data\\w.bin'] }),
    web('A slash separates folders everywhere.', { paths: ['data/w.bin'] }),
  ),
  'tfjs.shard': pair(shard, web('A model without weights.', { manifest: [] })),
  'tfjs.damaged': pair(
    web('A tensor has a negative size.', { weights: [{ ...weight, shape: [-1] }] }),
    web('A tensor of two numbers.', { weights: [weight] }),
  ),
  'keras.lambda-name': pair(
    keras(
      'A Lambda layer calls a function by its name.',
      layer('Lambda', { name: 'l', function: 'preprocess' }),
    ),
    denseLayer,
  ),
  'keras.torch-module': pair(
    keras(
      'A layer holds a pickled module of PyTorch.',
      layer('TorchModuleWrapper', { name: 't', module: 'gAQu' }),
    ),
    denseLayer,
  ),
  'keras.machinery': pair(
    keras(
      'Keras’ own loader is called with what stands beside it.',
      layer('load_model', { name: 'l' }, 'keras.src.saving.saving_api'),
    ),
    denseLayer,
  ),
  'keras.dangerous-reference': pair(
    keras(
      'Loading the model imports os.system.',
      layer('system', { command: 'echo harmless' }, 'os'),
    ),
    denseLayer,
  ),
  'keras.custom-object': pair(
    keras('A class that its package has registered.', {
      class_name: 'Mine',
      config: { name: 'm' },
      registered_name: 'my_package>Mine',
    }),
    denseLayer,
  ),
  'keras.foreign-module': pair(
    keras('Keras imports the module to find the class.', layer('Mine', {}, 'my_package.layers')),
    denseLayer,
  ),
  'index.shard-path': pair(
    shards('../../../etc/passwd', 'The second shard is read from outside the folder.'),
    shards('model-00002-of-00002.safetensors', 'Both shards lie beside the index.'),
  ),
  'index.shard-path-unusual': pair(
    shards('parts\\two.safetensors', 'A backslash is a folder on Windows only.'),
    shards('parts/two.safetensors', 'A folder below.'),
  ),
  'keras.tensorflow-function': pair(
    keras(
      'A layer reads a file when the model runs.',
      layer('TFOpLambda', { name: 'r', function: 'io.read_file' }),
    ),
    keras('A layer adds two tensors.', layer('TFOpLambda', { name: 'a', function: 'math.add' })),
  ),
  'keras.vocabulary-path': pair(
    keras(
      'A layer reads its words from a file.',
      layer('StringLookup', { name: 's', vocabulary: '/etc/passwd' }),
    ),
    keras(
      'A layer brings its words along.',
      layer('StringLookup', { name: 's', vocabulary: ['a', 'b'] }),
    ),
  ),
  'keras.saved-model-layer': pair(
    keras(
      'A layer loads a SavedModel.',
      layer('TFSMLayer', { name: 's', filepath: '/tmp/no-such-model' }),
    ),
    denseLayer,
  ),
  'hdf5.outside-data': pair(
    bytes(
      'model.h5',
      'A group of the file is a group of another file.',
      writeHdf5(externalLink('/etc/passwd')),
    ),
    bytes('model.h5', 'Numbers in the file itself.', writeHdf5(...numbers(Buffer.alloc(64)))),
  ),
  'hdf5.virtual-dataset': pair(
    bytes('model.h5', 'The numbers lie in other files.', writeHdf5(...virtualDataset())),
    bytes('model.h5', 'The numbers lie here.', writeHdf5(...numbers(Buffer.alloc(64)))),
  ),
  'hdf5.pickled-attribute': pair(
    bytes(
      'model.h5',
      'PyTables unpickles this attribute.',
      writeHdf5(attribute('title', pickle(2).value({ epochs: 3, loss: 0.5 }).stop().bytes())),
    ),
    bytes('model.h5', 'A text.', writeHdf5(attribute('title', 'weights of a model'))),
  ),
  'hdf5.trailing-data': pair(
    bytes(
      'model.h5',
      'A program stands behind the end.',
      Buffer.concat([writeHdf5(attribute('title', 'weights')), ELF]),
    ),
    bytes('model.h5', 'Nothing stands behind it.', writeHdf5(attribute('title', 'weights'))),
  ),
  'hdf5.embedded-file': pair(
    bytes('model.h5', 'The numbers are a program.', writeHdf5(...numbers(ELF))),
    bytes('model.h5', 'The numbers are numbers.', writeHdf5(...numbers(Buffer.alloc(64)))),
  ),
  'hdf5.plugin-filter': pair(
    bytes('model.h5', 'Blosc is a plug-in.', writeHdf5(filter(32001))),
    bytes('model.h5', 'Deflate is part of HDF5.', writeHdf5(filter(1))),
  ),
}
