import { printable } from '../archive/entry-name'
import { inconclusive, type Outcome, type ParseContext } from '../context'
import { isModelName } from './model-name'

/** Formats of text that are no model, whatever they are called. */
const TEXTS = new Set(['text', 'csv', 'jinja', 'json', 'yaml', 'toml', 'settings', 'xml'])
/** Formats of text that something runs. */
const CODE = new Set([
  'python',
  'javascript',
  'typescript',
  'shell',
  'html',
  'mdx',
  'script',
  'notebook',
  'dockerfile',
  'makefile',
  'gyp',
  'sql',
  'groovy',
  'meson',
  'cmake',
])
/** Formats that no loader of models reads, under any of these names. */
const OTHER = /^(7z|rar|pdf|executable\.wasm)$/
/** Names of formats that begin in a way of their own, so that a whole file is always recognised. */
const STRICT = /\.(safetensors|gguf|npy|npz|keras|h5|hdf5|tflite)$/i
/** What stands in a Git repository where the file itself lies elsewhere. */
const LFS_POINTER = /^version https:\/\/git-lfs\.github\.com\/spec\/v1\n/

/**
 * A name promises a model and the bytes are something that no loader of it takes. Loaders that go by
 * the name fail, or do what the bytes say; either way the model was not looked at. undefined where
 * name and bytes agree.
 */
export function checkPromise(
  context: ParseContext,
  format: string,
  head: string,
): Outcome | undefined {
  if (!isModelName(context.name)) return undefined
  if (format === 'empty') return inconclusive('It is empty, where its name promises a model.')
  if (CODE.has(format)) {
    context.anomaly('text.code-as-model', 0, `${format} under the name of a model`)
    return inconclusive(`It is ${format} code, where its name promises a model.`)
  }
  if (OTHER.test(format))
    context.anomaly('content.other-as-model', 0, `${format} under the name of a model`)
  if (format === 'unknown' && STRICT.test(context.name))
    context.anomaly('content.not-as-named', 0, printable(context.name.slice(-200)))
  if (!TEXTS.has(format)) return undefined
  if (LFS_POINTER.test(head))
    return inconclusive('It is a pointer of Git LFS; the model itself is not here.')
  return inconclusive('It is a text, where its name promises a model.')
}
