import { parseGzip, parseZlib } from './archive/gzip'
import { parseJoblibZfile } from './archive/joblib-zfile'
import { parseTar } from './archive/tar'
import { parseZip, parseZipTail } from './archive/zip'
import { parseZstd } from './archive/zstd'
import { lookForSecrets } from './config/secrets'
import { COMPLETE, inconclusive, type Parser } from './context'
import { executableParser } from './executable'
import { parseHdf5 } from './graph/hdf5-keras'
import { parseOnnx } from './graph/onnx'
import { parseOnnxTensor } from './graph/onnx-tensor-file'
import {
  parseGraphDef,
  parseKerasMetadata,
  parseMetaGraph,
  parseSavedModel,
} from './graph/tensorflow'
import { parseTextGraph } from './graph/text-graph'
import { parseTflite } from './graph/tflite'
import { parseUbjson } from './graph/ubjson'
import { mediaParser } from './media/images'
import { parsePickle } from './pickle'
import { sourceEngine } from './source-engine'
import { parseGguf } from './tensor/gguf'
import { parseNpy } from './tensor/npy'
import { parseSafetensors } from './tensor/safetensors'
import { parseJinjaFile } from './text/jinja-file'
import { parseJsonFile } from './text/json-file'
import { inUtf8 } from './text/read-text'
import { parseText } from './text/text'

const PARSERS: Readonly<Record<string, Parser>> = {
  empty: () => COMPLETE,
  pickle: parsePickle,
  zip: parseZip,
  tar: parseTar,
  gzip: parseGzip,
  zlib: parseZlib,
  zstd: parseZstd,
  'joblib-zfile': parseJoblibZfile,
  npy: parseNpy,
  safetensors: parseSafetensors,
  gguf: parseGguf,
  onnx: parseOnnx,
  'onnx-tensor': parseOnnxTensor,
  'tensorflow-saved-model': parseSavedModel,
  'tensorflow-graph': parseGraphDef,
  'tensorflow-meta-graph': parseMetaGraph,
  'tensorflow-text-graph': parseTextGraph,
  'keras-metadata': parseKerasMetadata,
  hdf5: parseHdf5,
  tflite: parseTflite,
  'xgboost-ubj': parseUbjson,
  lightgbm: parseText,
  json: parseJsonFile,
  jinja: parseJinjaFile,
  text: parseText,
  csv: parseText,
}

const SOURCE_FORMATS = [
  'javascript',
  'typescript',
  'python',
  'notebook',
  'shell',
  'dockerfile',
  'makefile',
  'yaml',
  'toml',
  'settings',
  'requirements',
  'gyp',
  'html',
  'mdx',
  'xml',
  'sql',
  'groovy',
  'meson',
  'cmake',
] as const

/** Text that is not source code, and may hold secrets all the same. */
const TEXTS = new Set(['json', 'jinja', 'text', 'csv'])

/** Formats whose bytes tell what they are, and that nothing here reads further. */
const RECOGNISED: Readonly<Record<string, string>> = {
  bzip2: 'A bzip2 stream',
  xz: 'An xz stream',
  lzma: 'An LZMA stream',
  lz4: 'An LZ4 stream',
  '7z': 'A 7-Zip archive',
  rar: 'A RAR archive',
  'pytorch-mobile': 'A PyTorch Mobile model',
  executorch: 'An ExecuTorch program',
  onnxruntime: 'A model in the format of ONNX Runtime',
  'xgboost-binary': 'An XGBoost model of the old binary format',
  sqlite: 'An SQLite database',
  parquet: 'A Parquet file',
  arrow: 'An Arrow file',
  pdf: 'A PDF document',
  script: 'A script',
}

/** Parser of a format that `detect` names. */
export function parserOf(format: string): Parser {
  const parser = PARSERS[format]
  if (parser !== undefined) return TEXTS.has(format) ? withSecrets(parser) : parser
  const language = SOURCE_FORMATS.find((one) => one === format)
  if (language !== undefined)
    return withSecrets((source, context) =>
      sourceEngine().SOURCE_PARSERS[language](source, context),
    )
  const executable = executableParser(format)
  if (executable !== undefined) return executable
  if (format.startsWith('image.') || format.startsWith('audio.')) return mediaParser(format)
  const label = RECOGNISED[format]
  return () =>
    inconclusive(
      label === undefined
        ? 'No parser knows this content.'
        : `${label} is recognised but not parsed yet.`,
    )
}

/** Parser of the second of two formats that the same bytes have. */
export function secondParserOf(format: string): Parser {
  return format === 'zip' ? parseZipTail : parserOf(format)
}

/** Text in two-byte characters is read as UTF-8; secrets count whatever the language is. */
function withSecrets(parse: Parser): Parser {
  return (source, context) => {
    const text = inUtf8(source)
    lookForSecrets(text, context)
    return parse(text, context)
  }
}
