import { isUtf8 } from 'node:buffer'
import { isModelName, scriptLanguage } from './model-name'

/** Source languages by what a name ends in. A name only ever adds suspicion to readable text. */
const SOURCE_NAMES: Readonly<Record<string, string>> = {
  py: 'python',
  pyw: 'python',
  pyi: 'python',
  pyx: 'python',
  js: 'javascript',
  mjs: 'javascript',
  cjs: 'javascript',
  jsx: 'javascript',
  ts: 'typescript',
  mts: 'typescript',
  cts: 'typescript',
  tsx: 'typescript',
  sh: 'shell',
  bash: 'shell',
  zsh: 'shell',
  bat: 'shell',
  cmd: 'shell',
  ps1: 'shell',
  ipynb: 'notebook',
  // A path file of site-packages: Python runs its lines that begin with import.
  pth: 'python',
  psm1: 'shell',
  ksh: 'shell',
  fish: 'shell',
  dockerfile: 'dockerfile',
  containerfile: 'dockerfile',
  mk: 'makefile',
  yaml: 'yaml',
  yml: 'yaml',
  toml: 'toml',
  ini: 'settings',
  cfg: 'settings',
  env: 'settings',
  gyp: 'gyp',
  gypi: 'gyp',
  html: 'html',
  htm: 'html',
  xhtml: 'html',
  hta: 'html',
  svg: 'html',
  vue: 'html',
  svelte: 'html',
  astro: 'html',
  mdx: 'mdx',
  xml: 'xml',
  pmml: 'xml',
  xsd: 'xml',
  plist: 'xml',
  sql: 'sql',
  psql: 'sql',
  groovy: 'groovy',
  gradle: 'groovy',
  jenkinsfile: 'groovy',
  cmake: 'cmake',
}

/** Files that tools find by their whole name. */
const WHOLE_NAMES: readonly (readonly [RegExp, string])[] = [
  [/^(dockerfile|containerfile)(\.[\w.-]+)?$/i, 'dockerfile'],
  [/^mlproject$/i, 'yaml'],
  [/^cmakelists\.txt$/i, 'cmake'],
  [/^meson(\.build|_options\.txt|\.options)$/i, 'meson'],
  [/^jenkinsfile(\.[\w.-]+)?$/i, 'groovy'],
  [/^(gnu)?makefile(\.(am|in|inc))?$/i, 'makefile'],
  [
    /^(.*[-_.])?(requirements|constraints)([-_.].*)?\.(txt|in|pip)$|^requires\.txt$/i,
    'requirements',
  ],
  [/^(pipfile|poetry\.lock|uv\.lock|cargo\.lock|cargo\.toml)$/i, 'toml'],
  [
    /^\.?(npmrc|yarnrc|pypirc|pydistutils\.cfg|gitconfig|gitmodules)$|^pip\.(conf|ini)$|^\.env(\..+)?$|\.(service|timer|desktop)$|^supervisord?\.conf$/i,
    'settings',
  ],
  [/^\.?(condarc|mambarc)$|^\.(clang-format|clang-tidy)$/i, 'yaml'],
  [
    /^\.(bashrc|bash_profile|bash_login|bash_logout|profile|zshrc|zprofile|zshenv|envrc|xprofile)$/i,
    'shell',
  ],
]
/** Hooks of Git have no extension (githooks(5)). */
const GIT_HOOK = /(^|\/)(hooks|\.husky|\.githooks)\/((pre|post)-[a-z-]+|commit-msg|update)$/
/** Documents for people: whatever stands in them is shown, not run. */
const PROSE_NAMES = new Set(['md', 'markdown', 'rst', 'adoc', 'tex', 'log', 'diff', 'patch'])
/** Names that mean code also in front of a harmless one: 'setup.py.txt'. */
const CODE_NAMES: Readonly<Record<string, true>> = {
  py: true,
  js: true,
  mjs: true,
  cjs: true,
  ts: true,
  sh: true,
  ps1: true,
  bat: true,
}
const JINJA_NAMES = new Set(['jinja', 'jinja2', 'j2'])

const SHEBANGS: readonly [RegExp, string][] = [
  [/^#!.*\bpython/, 'python'],
  [/^#!.*\b(node|deno|bun)\b/, 'javascript'],
  [/^#!.*\b(ba|z|da|k|c|fi)?sh\b/, 'shell'],
  [/^#!/, 'script'],
]

/** Lines that prose does not have. */
const PYTHON_LINE =
  /^(from [\w.]+ import [\w*(]|import [\w.]+( as \w+)?(, [\w.]+)*\s*(#.*)?$|def \w+\(.*\).*:\s*(#.*)?$|class \w+(\(.*\))?:\s*$|@\w[\w.]*(\(.*\))?$|if __name__ == )/
const SCRIPT_LINE =
  /^(import .* from ['"]|(const|let|var) [\w{[].*=|export (default|const|function|class)\b|(async )?function \w*\(|module\.exports\b|.*\brequire\(['"])/

/**
 * Format of the readable text whose first bytes are `head`, or undefined when it is not text.
 * `whole` says that `head` is all there is.
 */
export function textFormat(head: Buffer, whole: boolean, name: string): string | undefined {
  const inUtf16 = isUtf16(head)
  if (!inUtf16 && !isReadable(head, whole)) return undefined
  const text = (inUtf16 ? utf16Text(head) : head.toString('utf8')).replace(/^\ufeff/, '')
  const extension = extensionOf(name)
  if (isModelName(name)) {
    const shebang = SHEBANGS.find(([pattern]) => pattern.test(text))?.[1]
    const language = shebang ?? (/^\s*[{[]/.test(text) ? undefined : scriptLanguage(text))
    if (language !== undefined && !/^tree\nversion=v\d/.test(text)) return language
  }
  const source =
    sourceByName(name, extension) ?? SHEBANGS.find(([shebang]) => shebang.test(text))?.[1]
  if (source !== undefined) return source
  if (looksLikeTextGraph(text)) return 'tensorflow-text-graph'
  if (JINJA_NAMES.has(extension) || looksLikeJinja(text)) return 'jinja'
  if (/^\s*[{[]/.test(text)) return 'json'
  if (/^tree\nversion=v\d/.test(text)) return 'lightgbm'
  if (/^\s*(<!doctype html|<html[\s>]|<svg[\s>])/i.test(text)) return 'html'
  if (/^\s*<\?xml\s/.test(text)) return /<svg[\s>]/i.test(text) ? 'html' : 'xml'
  return (
    sourceByContent(text) ??
    configByContent(text, extension) ??
    (looksLikeCsv(text) ? 'csv' : 'text')
  )
}

/** The last part of a name; of 'setup.py.txt' the one before, which is what a person would restore. */
function extensionOf(name: string): string {
  const [, inner, last = ''] = /(?:\.([a-z0-9]+))?\.([a-z0-9]+)$/i.exec(name) ?? []
  const hidden = inner?.toLowerCase()
  if (
    hidden !== undefined &&
    /^(txt|bak|orig|disabled)$/i.test(last) &&
    Object.hasOwn(CODE_NAMES, hidden)
  )
    return hidden
  return last.toLowerCase()
}

function sourceByName(name: string, extension: string): string | undefined {
  const base = name.split(/[/\\!]/).at(-1) ?? ''
  const whole = WHOLE_NAMES.find(([pattern]) => pattern.test(base))?.[1]
  if (whole !== undefined) return whole
  if (GIT_HOOK.test(name)) return 'shell'
  return Object.hasOwn(SOURCE_NAMES, extension) ? SOURCE_NAMES[extension] : undefined
}

/** Configuration whose name does not tell: only what prose never looks like. */
function configByContent(text: string, extension: string): string | undefined {
  if (PROSE_NAMES.has(extension)) return undefined
  if (/^```/m.test(text)) return undefined
  if (/^FROM\s+\S+/im.test(text) && /^(RUN|CMD|ENTRYPOINT|COPY)\s/m.test(text)) return 'dockerfile'
  if (/^#cloud-config\b/.test(text)) return 'yaml'
  if (/^(%YAML|%TAG|---\s*\n)/.test(text) && /^[\w"'.-]+:(\s|$)/m.test(text)) return 'yaml'
  return /(^|[\s[{,])!(!|<tag:yaml\.org,2002:)(python|ruby|java)\W/m.test(text) ? 'yaml' : undefined
}

/** The first bytes of UTF-16 as text; a pair that is cut at the end does not matter. */
function utf16Text(head: Buffer): string {
  return new TextDecoder(head[0] === 0xfe ? 'utf-16be' : 'utf-16le').decode(head)
}

/** How a graph or a SavedModel begins in the text format of protobuf (saved_model.pbtxt, *.pbtxt). */
const looksLikeTextGraph = (text: string): boolean =>
  /^\s*(?:#[^\n]*\n\s*)*(?:node|meta_graphs|saved_model_schema_version|graph_def|meta_info_def|library|versions)\s*[:{]/.test(
    text,
  ) && /\bop\s*:\s*["']|\bnode\s*:?\s*\{/.test(text)

function looksLikeJinja(text: string): boolean {
  return (
    /^\s*\{[%{#]/.test(text) ||
    (/\{%-?\s*(for|if|set|macro)\b/.test(text) && /\bmessages?\b|\bbos_token\b/.test(text))
  )
}

/** At least two such lines that make up a tenth of the text: a README with an example is text. */
function sourceByContent(text: string): string | undefined {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  const share = (pattern: RegExp) => lines.filter((line) => pattern.test(line)).length
  const enough = Math.max(2, lines.length / 10)
  if (/^```/m.test(text)) return undefined
  if (share(PYTHON_LINE) >= enough) return 'python'
  return share(SCRIPT_LINE) >= enough || isOneScript(text) ? 'javascript' : undefined
}

/** How a program in a line or two begins, and what only programs have. */
const SCRIPT_HEAD =
  /^\s*(?:["']use strict["'];?\s*)?(?:(?:const|let|var)\s+[\w$[{][^=\n]{0,80}=|[;!]?\(\s*(?:async\s*)?(?:function\b|\(?\w*\)?\s*=>)|!function\b|(?:async\s+)?function\s+\w+\s*\(|require\(\s*['"]|(?:global|globalThis|process|module)[.[])/
const SCRIPT_PART = /\brequire\(\s*['"`]|\bfunction\s*\w*\(|=>\s*[({\w]|\beval\(/

const isOneScript = (text: string): boolean =>
  SCRIPT_HEAD.test(text.slice(0, 400)) && SCRIPT_PART.test(text.slice(0, 8192))

function looksLikeCsv(text: string): boolean {
  const counts = text
    .split(/\r?\n/, 5)
    .slice(0, -1)
    .map((line) => line.split(',').length)
  return counts.length >= 2 && (counts[0] ?? 0) > 1 && counts.every((n) => n === counts[0])
}

export function isUtf16(head: Buffer): boolean {
  return (
    head.length % 2 === 0 && head.length >= 2 && [0xfffe, 0xfeff].includes(head.readUInt16BE(0))
  )
}

/**
 * Readable: no control characters but white space and escape, and UTF-8; or, for text in an old
 * 8-bit encoding, nearly all of it ASCII.
 */
export function isReadable(bytes: Buffer, whole: boolean): boolean {
  let high = 0
  for (const byte of bytes) {
    if (byte >= 0x80) high++
    else if (byte < 0x20 ? !isWhiteSpace(byte) : byte === 0x7f) return false
  }
  if (high === 0) return true
  return isUtf8(whole ? bytes : withoutCutCharacter(bytes)) || high <= bytes.length / 20
}

/** TAB, LF, VT, FF, CR and ESC (terminal colours in logs). */
function isWhiteSpace(byte: number): boolean {
  return (byte >= 9 && byte <= 13) || byte === 27
}

/** Cuts an UTF-8 sequence that the end of a window split. */
export function withoutCutCharacter(bytes: Buffer): Buffer {
  for (let back = 1; back <= Math.min(4, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if ((byte & 0xc0) === 0x80) continue
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
    return length > back ? bytes.subarray(0, bytes.length - back) : bytes
  }
  return bytes
}
