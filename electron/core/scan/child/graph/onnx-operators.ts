import { printable } from '../archive/entry-name'
import { pathProblem } from './data-path'
import { type OnnxReader, place } from './onnx-reader'

/** An attribute of a node that is a text or a number. */
export interface NodeText {
  name: string
  value: string
}

export interface NodeSight {
  domain: string
  operator: string
  name: string
  offset: number
  texts: readonly NodeText[]
}

/** Domains of the standard (onnx/defs/schema.h): every runtime implements them. */
const STANDARD = new Set([
  '',
  'ai.onnx',
  'ai.onnx.ml',
  'ai.onnx.training',
  'ai.onnx.preview',
  'ai.onnx.preview.training',
])
/** Domains of ONNX Runtime itself (include/onnxruntime/core/graph/constants.h). */
const RUNTIME =
  /^(com\.microsoft(\.(nchwc|experimental|dml|nhwc))?|com\.ms\.internal\.nhwc|com\.nvidia|org\.pytorch\.aten)$/
/** onnxruntime-extensions, a library that has to be loaded first. */
const EXTENSIONS = 'ai.onnx.contrib'
/**
 * Operators that call Python of the process that runs the model (onnxruntime-extensions, PyOp;
 * orttraining, PythonOp and PythonOpGrad).
 */
const PYTHON = /^(PyOp|PyCustomOp|PythonOp|PythonOpGrad)$/
/** Endings of libraries that the platform's loader opens. */
const LIBRARY = /\.(so(\.\d+)*|dll|dylib|pyd|node)$/i
const URL = /\b(https?|ftp|wss?|file):\/\/[^\s"'<>]+/i
/** onnxruntime: a node that stands for a graph compiled for one accelerator. */
const COMPILED = 'EPContext'

export type DomainKind = 'standard' | 'runtime' | 'extensions' | 'custom'

export function domainKind(domain: string): DomainKind {
  if (STANDARD.has(domain)) return 'standard'
  if (domain === EXTENSIONS) return 'extensions'
  return RUNTIME.test(domain) ? 'runtime' : 'custom'
}

/** What one node does that matters by itself. */
export function noteNode(reader: OnnxReader, node: NodeSight): void {
  const { domain, operator, name, offset } = node
  const kind = domainKind(domain)
  if (kind !== 'standard' && PYTHON.test(operator)) {
    const what = node.texts.find((text) => /name|module|code|func/.test(text.name))?.value ?? name
    const evidence = printable(`${domain}.${operator} (${what.slice(0, 200)})`)
    reader.context.add({
      kind: 'content',
      name: 'onnx.python-operator',
      location: { offset },
      evidence: `${evidence}${place(reader)}`,
    })
  }
  if (kind !== 'standard' && operator === COMPILED) noteCompiled(reader, node)
}

/** With embed_mode 0 the attribute is a path, which older versions of onnxruntime open unchecked. */
function noteCompiled(reader: OnnxReader, { texts, name, offset }: NodeSight): void {
  const value = (key: string) => texts.find((text) => text.name === key)?.value
  reader.context.add({
    kind: 'content',
    name: 'onnx.compiled-graph',
    location: { offset },
    evidence: printable(`${name} (${value('source') ?? 'unknown source'})`),
  })
  const path = value('ep_cache_context')
  const problem = value('embed_mode') === '0' && path !== undefined ? pathProblem(path) : undefined
  if (problem !== undefined)
    reader.context.anomaly(
      `onnx.external-path.${problem}`,
      offset,
      `${printable(path ?? '')} (compiled graph ${name}${place(reader)})`,
    )
}

/** Texts of any attribute. Honest ones are words, labels and equations. */
export function noteAttribute(
  reader: OnnxReader,
  name: string,
  value: string,
  offset: number,
): void {
  if (LIBRARY.test(value))
    reader.context.add({
      kind: 'content',
      name: 'onnx.library-path',
      location: { offset },
      evidence: printable(`${name}: ${value}`) + place(reader),
    })
  noteUrl(reader, `attribute ${name}`, value, offset)
}

export function noteUrl(reader: OnnxReader, what: string, text: string, offset: number): void {
  const url = URL.exec(text)?.[0]
  if (url === undefined) return
  reader.context.add({
    kind: 'content',
    name: 'onnx.url',
    location: { offset },
    evidence: printable(`${what}: ${url.slice(0, 300)}`),
  })
}

/** Operators by domain; those of functions that the model brings along need no library. */
export function noteOperators(reader: OnnxReader): void {
  for (const [key, { domain, name, count, offset }] of reader.operators) {
    reader.context.add({
      kind: 'metadata',
      name: domain === '' ? `op.${name}` : `op.${domain}.${name}`,
      location: { offset },
      detail: { value: count },
    })
    const kind = domainKind(domain)
    if (kind === 'standard' || reader.functions.entries.has(key)) continue
    reader.context.add({
      kind: 'content',
      name: `onnx.${kind}-domain`,
      location: { offset },
      evidence: printable(`${domain}.${name}`),
      count,
    })
  }
}
