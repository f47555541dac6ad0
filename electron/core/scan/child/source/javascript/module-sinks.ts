import { foundText } from './found'
import { modulePath } from './globals'
import type { Machine } from './machine'
import type { Node } from './node'
import { namesDownload } from './programs'
import { reportFlow } from './report-flow'
import { SINK_OF_MODULE } from './sinks'
import {
  arrayShape,
  deepTaints,
  hintOf,
  joinTaints,
  layersOf,
  originMoved,
  pathValue,
  shapeValue,
  type Taint,
  taint,
  textOf,
  UNKNOWN,
  type Value,
} from './value'
import { foreignCode } from './wasm'

const LOADERS = new Set([
  'require',
  'import',
  '#module._load',
  'require.resolve',
  '#import-fresh',
  'process.getBuiltinModule',
  '#module.register',
])
const DATA_URL =
  /^data:(?:text|application)\/(?:javascript|ecmascript|x-javascript|typescript)?[^,]{0,80},/i

/** Calls that load modules, workers and bindings. Undefined when the path is none of them. */
export function foundModule(
  m: Machine,
  callee: Value,
  path: string,
  args: readonly Value[],
  at: Node,
): Value | undefined {
  const [first = UNKNOWN] = args
  if (path === '#module.createRequire' || path === '#module.createRequireFromPath')
    return pathValue('require')
  if (path === '%resolve') {
    originMoved()
    callee.shape?.items?.push(first)
    return UNKNOWN
  }
  const name = textOf(first)
  if (path === 'process.binding' || path === 'process._linkedBinding') {
    if (name === undefined) return undefined
    if (/^(spawn_sync|process_wrap)$/.test(name)) m.see('hidden.process', at)
    return pathValue(`process.binding(${name})`, callee.built || first.built)
  }
  if (path === 'ActiveXObject' || path === 'WScript.CreateObject')
    return pathValue(`ActiveXObject(${name ?? ''})`, callee.built, first.taints)
  if (path === 'Worker' || path === 'SharedWorker' || path === '#worker_threads.Worker')
    return worker(m, path, args, at)
  if (path === 'Blob') return joinedParts(first)
  if (path === 'URL.createObjectURL') return { ...first, path: '%blob' }
  if (!LOADERS.has(path)) return undefined
  if (path === 'require.resolve') return UNKNOWN
  const text = hintOf(first)
  if (text !== undefined && /^data:/i.test(text)) {
    dataUrl(m, first, text, at)
    return UNKNOWN
  }
  if (name !== undefined) return loaded(m, callee, path, name, first, at)
  moduleFlows(m, first, at)
  if (!at.type.startsWith('Import') || first.taints.length > 0) m.see('capability.module', at)
  if (namesDownload(m, text ?? '', args, at)) m.see('threat.download-and-run', at)
  return path === 'require' ? pathValue('%module') : UNKNOWN
}

/** A name in hex or Base64 hides which file it is, whatever the file. */
const isEncoded = (one: Taint): boolean =>
  one.source === 'decoded' && !one.weak && layersOf(one) > 0

export const isDownload = (taints: Value['taints']): boolean =>
  taints.some((one) => one.source === 'network' || one.source === 'decoded')

/** An answer or a decoded literal says which module is loaded. */
export function moduleFlows(m: Machine, value: Value, at: Node): void {
  for (const one of deepTaints(value))
    if (['network', 'decoded', 'lost'].includes(one.source) && !one.weak)
      reportFlow(m, one, 'module', at, 'loads a module of that name')
}

function loaded(
  m: Machine,
  callee: Value,
  path: string,
  name: string,
  value: Value,
  at: Node,
): Value {
  if (path === 'import' && foreignCode(name) !== undefined) m.see('threat.dependency-source', at)
  const loadedPath = modulePath(name)
  const sink = SINK_OF_MODULE.get(loadedPath)
  const built = value.built || value.taints.some((one) => one.source === 'decoded')
  const detour = callee.built || path === '#module._load'
  if (built && sink !== undefined) m.see(`hidden.${sink}`, at)
  else if (detour && (sink === 'process' || sink === 'eval')) m.see(`hidden.${sink}`, at)
  if (name.endsWith('.node')) m.see('capability.native', at)
  for (const written of m.written)
    if (isDownload(written.taints) && written.key.length > 4 && name.includes(written.key))
      m.see('threat.download-and-run', at)
  if (value.taints.some((one) => one.source === 'network' || isEncoded(one)))
    moduleFlows(m, value, at)
  const delivered = m.delivery.load(m, name, at)
  if (delivered !== undefined) return delivered
  return pathValue(loadedPath, (built || detour) && sink !== undefined)
}

/** import('data:text/javascript,…'): the URL is the program. */
function dataUrl(m: Machine, value: Value, hint: string, at: Node): void {
  const text = textOf(value)
  if (text === undefined) {
    foundText(m, value, 'imports it as a module', at)
    return
  }
  const head = DATA_URL.exec(text)?.[0]
  if (head === undefined) return
  const body = text.slice(head.length)
  const isBase64 = /;\s*base64/i.test(head)
  const decoded = isBase64 ? Buffer.from(body, 'base64').toString('utf8') : percentDecoded(body)
  const taints = isBase64
    ? joinTaints([taint('decoded', 'decodes Base64', at)], value.taints)
    : value.taints
  foundText(m, { ...value, known: true, constant: decoded, taints }, 'imports it as a module', at)
  // Code in an address has no reason but to escape notice, unless it is empty, as in feature tests.
  if (decoded.replace(/\/\*.*?\*\/|export\s+(default|\{\})|[\s;{}]/g, '').length > 8 || hint === '')
    m.see('hidden.eval', at)
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const joinedParts = (parts: Value): Value => {
  const [only] = parts.shape?.items ?? []
  return only === undefined ? shapeValue(arrayShape([], false), deepTaints(parts)) : only
}

/** A worker from text: in a browser bundlers make them of Base64, so only what it does counts there. */
function worker(m: Machine, path: string, args: readonly Value[], at: Node): Value {
  const [first = UNKNOWN, options] = args
  const evaluates = options?.shape?.properties.get('eval')?.constant === true
  const text = hintOf(first)
  if (path === '#worker_threads.Worker' && evaluates)
    foundText(m, first, 'starts a worker with it', at)
  else if (text !== undefined && /^data:/i.test(text)) {
    m.see('capability.eval', at)
    const head = DATA_URL.exec(text)?.[0]
    if (head !== undefined) {
      const body = text.slice(head.length)
      m.runText(
        /;\s*base64/i.test(head)
          ? Buffer.from(body, 'base64').toString('utf8')
          : percentDecoded(body),
        true,
        at,
      )
    }
  } else if (first.taints.length > 0) {
    m.see('capability.eval', at)
    if (first.taints.some((one) => one.source === 'network'))
      foundText(
        m,
        { ...first, taints: first.taints.filter((one) => one.source === 'network') },
        'starts a worker with it',
        at,
      )
  }
  return pathValue('Worker()')
}
