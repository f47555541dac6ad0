import type { ParseContext } from '../../context'
import type { SourceText } from '../source-text'
import type { Machine } from './machine'
import type { Node } from './tree'

/** Imports of one file that are worth following. */
const MOST_IMPORTS = 30

/** What nearly every file imports and no delivery brings along: the standard library and big packages. */
const ELSEWHERE =
  /^(__future__|_\w+|abc|argparse|array|ast|asyncio|atexit|base64|binascii|bisect|builtins|bz2|calendar|cmath|codecs|collections|concurrent|configparser|contextlib|copy|csv|ctypes|dataclasses|datetime|decimal|difflib|dis|email|enum|errno|fnmatch|fractions|functools|gc|getpass|glob|gzip|hashlib|heapq|hmac|html|http|importlib|inspect|io|ipaddress|itertools|json|keyword|linecache|locale|logging|lzma|marshal|math|mimetypes|multiprocessing|numbers|operator|os|pathlib|pickle|pkgutil|platform|pprint|pty|queue|random|re|sched|secrets|select|shlex|shutil|signal|site|socket|socketserver|sqlite3|ssl|stat|statistics|string|struct|subprocess|sys|sysconfig|tarfile|tempfile|textwrap|threading|time|timeit|token|tokenize|traceback|types|typing|typing_extensions|unicodedata|unittest|urllib|uuid|warnings|weakref|xml|zipfile|zipimport|zlib|accelerate|aiohttp|boto3|click|cv2|datasets|diffusers|django|fastapi|flask|gradio|httpx|huggingface_hub|jax|joblib|keras|matplotlib|mlflow|networkx|numpy|onnx|onnxruntime|pandas|peft|PIL|pydantic|pytest|requests|rich|safetensors|scipy|seaborn|setuptools|six|sklearn|streamlit|sympy|tensorflow|timm|tokenizers|torch|torchaudio|torchvision|tqdm|transformers|wandb|yaml)$/

/** `import a.b`, `from .a import b` and `from . import b` as paths without an ending. */
export function noteImports(
  machine: Machine,
  from: string,
  names: readonly { path: string }[],
  node: Node,
): void {
  const modules = /[^.]/.test(from) ? [from] : names.map(({ path }) => `${from}${path}`)
  const { imports } = machine.notes
  for (const module of modules) {
    const [, dots = '', rest = ''] = /^(\.*)(.*)$/.exec(module) ?? []
    if (dots === '' && ELSEWHERE.test(rest.split('.')[0] ?? '')) continue
    const up = dots.length < 2 ? './' : '../'.repeat(dots.length - 1)
    const target = `${up}${rest.replaceAll('.', '/')}`
    if (imports.size < MOST_IMPORTS && target.length < 200 && !imports.has(target))
      imports.set(target, node)
  }
}

/** No finding by itself: a hook that starts this file starts what it imports as well. */
export function reportImports(
  context: ParseContext,
  source: SourceText,
  imports: ReadonlyMap<string, Node>,
): void {
  for (const [target, { from, to }] of imports)
    source.reportAs(context, 'content', {
      name: 'imports.file',
      start: from,
      end: to,
      evidence: target,
      detail: { target },
    })
}
