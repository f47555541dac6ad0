/**
 * Extensions under which a model, and no text, is expected. Not .pth: Python has path files of that
 * name, whose lines it runs.
 */
const MODEL =
  /\.(pt|ptl|bin|ckpt|onnx|safetensors|gguf|ggml|pkl|pickle|joblib|dill|h5|hdf5|keras|tflite|pb|npy|npz|mar|nemo|engine|params|pdparams|pdmodel|mlmodel|weights|t7|skops|ot|torchscript|llamafile)$/i

export const isModelName = (name: string): boolean => MODEL.test(name)

const HTML = /^\s*<(html|script|hta:)/im
/** PHP, a registry file of Windows, VBScript or JScript. */
const FOREIGN =
  /^\s*<\?php\b|^\s*Windows Registry Editor Version|^REGEDIT4|\b(?:WScript\.|CreateObject\s*\(\s*")/i
const PERL =
  /^\s*(?:use\s+(?:strict|warnings)\b|my\s+[$@%]\w+\s*=)|(?<![.\w])system\s*\(?\s*["']|\bqx\b/m

const SHELL =
  /^\s*(@echo\s+off\b|set\s+\w+=|start\s+\/|powershell(\.exe)?\s|cmd(\.exe)?\s+\/c|curl\s+\S|wget\s+\S|rm\s+-\w*[rf]|bash\s+-|sh\s+-|eval\s+["$]|chmod\s+\S|nc\s+-|sudo\s|export\s+\w+=|apt(-get)?\s|pip3?\s+install|python3?\s+-c)|\|\s*(ba|z)?sh\b|\bIEX\b|\bInvoke-(Expression|WebRequest)\b|\bNew-Object\b|^\s*\$\w+\s*=/im
const PYTHON =
  /^\s*(import\s+[\w.]+(\s*,\s*[\w.]+)*(\s+as\s+\w+)?\s*(;|#|$)|from\s+[\w.]+\s+import\s|exec\s*\(|eval\s*\(|__import__\s*\(|os\.system\s*\(|def\s+\w+\s*\(|class\s+\w+.*:\s*$)/m
const JAVASCRIPT =
  /\brequire\s*\(\s*['"]|^\s*(const|let|var)\s+[\w{[].*=|^\s*import\s+.*\s+from\s+['"]|\bmodule\.exports\b|=>\s*\{|^\s*(async\s+)?function\b|\beval\s*\(\s*atob/m

/**
 * Language of a text under the name of a model, by any line of it: where no text belongs, one line
 * of code is enough. 'script' is one that no parser here reads.
 */
export function scriptLanguage(text: string): string | undefined {
  if (HTML.test(text)) return 'html'
  if (FOREIGN.test(text)) return 'script'
  if (PYTHON.test(text)) return 'python'
  if (JAVASCRIPT.test(text)) return 'javascript'
  if (SHELL.test(text)) return 'shell'
  return PERL.test(text) ? 'script' : undefined
}
