import type { Fact } from '@shared/scan-report/fact'

interface Evidence {
  framework: string
  confidence: number
  sentence: string
}

const evidence = (framework: string, confidence: number, sentence: string): Evidence => ({
  framework,
  confidence,
  sentence,
})

/** What a format by itself says about the framework. */
const BY_FORMAT: Readonly<Record<string, Evidence>> = {
  'pytorch-zip': evidence('pytorch', 0.99, 'a zip archive with data.pkl, as torch.save writes it'),
  torchscript: evidence('pytorch', 0.99, 'a TorchScript archive'),
  'pytorch-legacy': evidence('pytorch', 0.99, 'the magic number of torch.save before 1.6'),
  'pytorch-tar': evidence('pytorch', 0.99, 'the tar format of PyTorch 0.1'),
  'pytorch-mobile': evidence('pytorch', 0.95, 'a PyTorch Mobile flatbuffer'),
  executorch: evidence('pytorch', 0.95, 'an ExecuTorch program'),
  gguf: evidence('llama.cpp', 0.97, 'a GGUF file'),
  onnx: evidence('onnx', 0.85, 'a protobuf message with the fields of an ONNX model'),
  'onnx-tensor': evidence('onnx', 0.6, 'a protobuf message with the fields of an ONNX tensor'),
  onnxruntime: evidence('onnx', 0.9, 'a model in the format of ONNX Runtime'),
  'tensorflow-saved-model': evidence(
    'tensorflow',
    0.9,
    'a protobuf message with the fields of a SavedModel',
  ),
  'tensorflow-graph': evidence(
    'tensorflow',
    0.7,
    'a protobuf message with the fields of a GraphDef',
  ),
  tflite: evidence('tensorflow', 0.97, 'a TensorFlow Lite flatbuffer'),
  tfjs: evidence('tensorflow.js', 0.95, 'modelTopology and weightsManifest'),
  keras: evidence('keras', 0.9, 'an archive with config.json and metadata.json'),
  'keras-metadata': evidence('keras', 0.9, 'the Keras metadata of a SavedModel'),
  'keras-config': evidence('keras', 0.8, 'a configuration with class_name and config'),
  joblib: evidence('scikit-learn', 0.4, 'written by joblib, which scikit-learn recommends'),
  npy: evidence('numpy', 0.6, 'a NumPy array'),
  npz: evidence('numpy', 0.6, 'an archive of NumPy arrays'),
  'xgboost-json': evidence('xgboost', 0.95, 'a JSON document with a learner'),
  'xgboost-ubj': evidence('xgboost', 0.95, 'a UBJSON document with a learner'),
  'xgboost-binary': evidence('xgboost', 0.8, 'the old binary format of XGBoost'),
  lightgbm: evidence('lightgbm', 0.97, 'the text format of LightGBM'),
  safetensors: evidence('hugging-face', 0.5, 'a safetensors file'),
  'tokenizer-config': evidence('hugging-face', 0.8, 'a tokenizer configuration'),
  'model-config': evidence('hugging-face', 0.8, 'a model configuration'),
  'weight-index': evidence('hugging-face', 0.85, 'an index of weight shards'),
}

/** HDF5 is Keras where the name says so; the content is not read further. */
const BY_NAME: readonly [RegExp, string, Evidence][] = [
  [
    /\.(keras|h5|hdf5)$/i,
    'hdf5',
    evidence('keras', 0.6, 'an HDF5 file with a name that Keras uses'),
  ],
  [/\.msgpack$/i, 'unknown', evidence('flax', 0.4, 'a name that Flax uses')],
]

/** Names of tensors that only one framework gives. */
const BY_TENSOR: readonly [RegExp, Evidence][] = [
  [
    /(^|\.)(running_mean|num_batches_tracked)$/,
    evidence('pytorch', 0.8, 'names of PyTorch batch norm buffers'),
  ],
  [
    /\.(q_proj|k_proj|v_proj|o_proj|gate_proj)\.weight$/,
    evidence('pytorch', 0.75, 'layer names of transformers models in PyTorch'),
  ],
  [/(^|\/)kernel:0$/, evidence('tensorflow', 0.8, 'variable names of TensorFlow')],
  [/(^|[./])(kernel|embedding|scale)$/, evidence('flax', 0.4, 'parameter names of Flax')],
]

/** The value of `format` in a safetensors file's metadata. */
const BY_METADATA: Readonly<Record<string, Evidence>> = {
  pt: evidence('pytorch', 0.95, 'metadata of a safetensors file: format pt'),
  tf: evidence('tensorflow', 0.95, 'metadata of a safetensors file: format tf'),
  flax: evidence('flax', 0.95, 'metadata of a safetensors file: format flax'),
  mlx: evidence('mlx', 0.95, 'metadata of a safetensors file: format mlx'),
}

/**
 * Framework facts from the format, the facts and the name of a file; pickles have added their own.
 * One fact a framework, with the best evidence.
 */
export function frameworkFacts(format: string, facts: readonly Fact[], path: string): Fact[] {
  const found = new Map<string, Evidence>()
  const offer = (next: Evidence | undefined) => {
    if (next !== undefined && next.confidence > (found.get(next.framework)?.confidence ?? 0))
      found.set(next.framework, next)
  }
  offer(BY_FORMAT[format])
  for (const [name, onFormat, next] of BY_NAME)
    if (format === onFormat && name.test(path)) offer(next)
  for (const fact of facts) {
    if (fact.kind === 'tensor')
      for (const [name, next] of BY_TENSOR) if (name.test(fact.name)) offer(next)
    if (fact.kind === 'metadata' && fact.name === 'format')
      offer(BY_METADATA[String(fact.detail?.value)])
  }
  return [...found.values()].map(({ framework, confidence, sentence }) => ({
    kind: 'framework',
    name: framework,
    location: {},
    evidence: sentence,
    detail: { confidence },
  }))
}
