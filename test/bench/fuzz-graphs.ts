import { tflite } from '../fixtures/flatbuffer-writer'
import { dense, hdf5, kerasArchive, kerasModel, lambdaCode } from '../fixtures/keras-writer'
import { attribute, onnx } from '../fixtures/onnx-writer'
import { graphDef, kerasMetadata, savedModel } from '../fixtures/tensorflow-writer'
import { tfjs } from '../fixtures/tfjs-writer'
import type { Seed } from './fuzz-cases'

const lambda = {
  class_name: 'Lambda',
  config: { name: 'l', function: [lambdaCode('os', 'system'), null, null] },
}
const outside = { external: [['location', '../w.bin']] } as const

/** One file a format, with what its parser looks for in it. */
export const graphSamples = (): Seed[] =>
  Object.entries({
    'model.onnx': onnx({
      nodes: [
        { operator: 'If', attributes: [attribute.graph('then', { initializers: [outside] })] },
        { operator: 'PyOp', domain: 'ai.onnx.contrib', attributes: [attribute.text('name', 'f')] },
      ],
      initializers: [{ dims: [4, 4], raw: Buffer.alloc(64) }],
      sparse: [{ type: 7, raw: Buffer.alloc(8) }],
      functions: [{ name: 'f', nodes: [{ operator: 'f', domain: 'local' }] }],
      metadata: { author: 'somebody' },
    }),
    'saved_model.pb': savedModel({
      nodes: [{ operator: 'PrintV2', texts: { output_stream: 'stderr' } }],
      functions: [{ name: 'f', nodes: [{ operator: 'WriteFile' }] }],
      assets: ['vocab.txt'],
      keras: JSON.stringify(lambda),
    }),
    'frozen.pb': graphDef({ nodes: [{ operator: 'Const', constant: Buffer.alloc(80) }] }),
    'keras_metadata.pb': kerasMetadata(JSON.stringify(lambda)),
    'model.json': tfjs({
      topology: { model_config: kerasModel(dense, lambda) },
      weights: [{ name: 'w', shape: [2, 2], dtype: 'float32' }],
    }),
    'model.keras': kerasArchive(kerasModel(dense, lambda)),
    'model.h5': hdf5(JSON.stringify(kerasModel(lambda))),
    'model.tflite': tflite({ customOperators: ['FlexPyFunc', 'Mine'] }),
    'model.ubj': Buffer.from(
      '{L\0\0\0\0\0\0\0\x07learner{i\x04dataL\0\0\0\0\0\0\0\x02i\x05rates[$d#L\0\0\0\0\0\0\0\x01abcd}}',
      'latin1',
    ),
  }).map(([fileName, bytes]) => ({ name: `graph / ${fileName}`, fileName, bytes }))
