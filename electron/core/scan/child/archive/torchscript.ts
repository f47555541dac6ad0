import { readBytes } from '../byte-source'
import { COMPLETE, inconclusive, type Parser } from '../context'

/** Generated code of large models is a few hundred KiB. */
const MOST_BYTES = 4 * 1024 * 1024

/** Operators that touch files when the model runs (aten/src/ATen/native/native_functions.yaml). */
const FILE_OPERATORS = /\b(?:torch|ops\.aten)\.(from_file|save|load)\(/g
/** Operators of PyTorch itself, and of libraries that many models are exported with. */
const KNOWN =
  'aten|prim|prims|quantized|quantized_decomposed|torchvision|torchaudio|torchtext|image|fbgemm|mkldnn|mkldnn_prepacked|onednn|prepacked|sparse|rnn|metal|metal_prepack|vulkan|vulkan_prepack|inductor|static_runtime|xformers|flash_attn|torch_scatter|torch_sparse|torch_cluster|torch_spline_conv|detectron2|mmcv|mmdeploy|tensorrt|torch_ipex|neuron'
/** Operators of libraries that must be loaded beside PyTorch. */
const CUSTOM_OPERATOR = new RegExp(String.raw`\bops\.(?!(?:${KNOWN})\b|_)(\w+)\.(\w+)\(`, 'g')

/** Statements and names of Python that no compiler of TorchScript writes. */
const PYTHON_ONLY =
  /^\s*(?:import\s+(?!__torch__)[\w.]+|from\s+(?!__torch__)[\w.]+\s+import\b.*)|\b(?:os|sys|subprocess|socket|shutil|importlib|ctypes|pickle)\.\w+|\b(?:exec|eval|open|__import__|compile|globals)\s*\(|\b(?:load_library|load_inline)\s*\(/gm

/** TorchScript is not Python: its interpreter knows tensor operators only. Facts for unusual ones. */
export const parseTorchScript: Parser = (source, context) => {
  const text = readBytes(source, 0, MOST_BYTES).toString('utf8')
  const note = (name: string, evidence: string, at: number) =>
    context.add({
      kind: 'content',
      name,
      location: { offset: at, line: text.slice(0, at).split('\n').length },
      evidence,
    })
  for (const match of text.matchAll(FILE_OPERATORS))
    note(`torchscript.operator.${match[1]}`, match[0], match.index)
  for (const match of text.matchAll(CUSTOM_OPERATOR))
    note(`torchscript.custom-operator`, `ops.${match[1]}.${match[2]}`, match.index)
  for (const match of text.matchAll(PYTHON_ONLY))
    note('torchscript.python', match[0].trim().slice(0, 200), match.index)
  return source.size <= MOST_BYTES
    ? COMPLETE
    : inconclusive(`Its code is longer than ${MOST_BYTES} bytes; the rest was not read.`)
}
