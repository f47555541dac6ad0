import { callBack } from './callback'
import { foundWiping } from './files'
import { foundEval } from './found'
import { foundHandlers } from './handlers'
import { foldLibrary } from './library'
import type { Machine } from './machine'
import { prototypeOf } from './member'
import { fromFolded } from './methods'
import { foundModule, moduleFlows } from './module-sinks'
import { foundClient, foundRequest } from './network'
import type { Node } from './node'
import { fieldTaint } from './page'
import { foundProcess, ranDownload } from './programs'
import { foldGlobal } from './pure-functions'
import { DESTRUCTIVE, SCRIPT_ELEMENT, SINK_OF } from './sinks'
import {
  ACTION_INPUT,
  type CallSource,
  callSource,
  holdsEnvironment,
  isSecretName,
  isSecretPath,
  WHOLE_ENVIRONMENT,
} from './sources'
import { foundSpecial } from './special'
import {
  type Constant,
  deepTaints,
  hintOf,
  joinTaints,
  pathValue,
  stepped,
  type Taint,
  taint,
  taintedValue,
  textOf,
  UNKNOWN,
  type Value,
  withTaints,
} from './value'
import { foundImports } from './wasm'
import { foundWrite } from './writes'

/** A call of anything: the language's own functions, libraries, functions of the text. */
export function callAnything(
  m: Machine,
  callee: Value,
  args: readonly Value[],
  self: Value,
  at: Node,
  isNew: boolean,
): Value {
  const { path, code } = callee
  if (args.some((arg) => arg.path === '%polluting') && MERGES.test(calleeText(m, at)))
    m.see('threat.prototype-pollution', at)
  if (path === undefined && code !== undefined) {
    if (!isNew) return m.invoke(code, args, self, at)
    const instance =
      callee.shape === undefined ? prototypeOf(callee) : { ...callee, code: undefined }
    m.invoke(code, args, instance, at)
    return instance
  }
  foundSpecial(m, path, args, self, at)
  if (path !== undefined) return callPath(m, callee, path, args, self, at)
  const taints = passing(args, at)
  let all = joinTaints(stepped(self.taints, 'is called on it', at), taints)
  for (const arg of args)
    if (arg.code !== undefined && (self.taints.length > 0 || taints.length > 0)) {
      const handed = taintedValue(
        stepped(joinTaints(self.taints, taints), 'is handed to a callback', at),
      )
      all = joinTaints(all, deepTaints(callBack(m, arg, [handed], at)))
    }
  return isNew && callee.shape !== undefined ? { ...callee, code: undefined } : taintedValue(all)
}

/** Functions that copy keys into objects, by what people call them. */
const MERGES = /merge|extend|assign|defaults|deep|clone|set\w*$/i
const calleeText = (m: Machine, at: Node): string =>
  at.type === 'CallExpression' ? m.text.slice(at.callee.start, at.callee.end).slice(-60) : ''

/** Origins of what is passed, the whole environment included. */
function passing(args: readonly Value[], at: Node): Value['taints'] {
  let taints: Value['taints'] = []
  for (const arg of args) {
    taints = joinTaints(taints, deepTaints(arg))
    if (arg.path !== undefined && WHOLE_ENVIRONMENT.has(arg.path))
      taints = joinTaints(taints, [taint('environment', 'reads the environment', at)])
  }
  return stepped(taints, 'passes through a call', at)
}

function callPath(
  m: Machine,
  callee: Value,
  path: string,
  args: readonly Value[],
  self: Value,
  at: Node,
): Value {
  if (args.every((arg) => arg.known) && args.length <= 100_000) {
    const folded = foldGlobal(
      path,
      args.map((arg): Constant => arg.constant),
    )
    if (folded !== undefined) {
      let taints: Value['taints'] = []
      for (const arg of args) taints = joinTaints(taints, arg.taints)
      return fromFolded(folded, taints, at)
    }
  }
  const library = foldLibrary(m, callee, path, args, at)
  if (library !== undefined) return library
  // An address of a file reads as its path.
  if (path === '#vscode.Uri.file' && args[0] !== undefined) return args[0]
  const asModule = foundModule(m, callee, path, args, at)
  if (asModule !== undefined) return asModule
  if (path === 'setTimeout' || path === 'setInterval' || path === 'setImmediate') {
    const [first] = args
    if (first?.code !== undefined) {
      m.maybe++
      m.invoke(first.code, args.slice(2), UNKNOWN, at)
      m.maybe--
      return UNKNOWN
    }
    if (first?.path !== undefined) m.call(first, args.slice(2), UNKNOWN, at, false)
    const text =
      first !== undefined &&
      (first.hint !== undefined ||
        typeof first.constant === 'string' ||
        first.taints.some((one) => one.source === 'decoded' || one.what === 'address'))
    return text ? foundEval(m, callee, path, args, at) : UNKNOWN
  }
  // A module without a name that starts programs under names of child_process.
  if (STARTS.test(path) && textOf(args[0] ?? UNKNOWN) !== undefined)
    return m.call(pathValue('#child_process.exec', true), args, UNKNOWN, at, false)
  // The class of something unknown, called with code, is Function.
  if (path === '%class' && RETURNS.test(textOf(args[0] ?? UNKNOWN) ?? ''))
    return foundEval(m, pathValue('Function', true), 'Function', args, at)
  foundHandlers(m, path, args, at)
  if (/^(?:chrome|browser)\.scripting\.executeScript$/.test(path)) {
    const injection = args[0]?.shape?.properties
    const run = injection?.get('func') ?? injection?.get('function')
    const given = injection?.get('args')?.shape?.items ?? []
    // What the function gives in the tab arrives here.
    if (run !== undefined) return taintedValue(deepTaints(callBack(m, run, given, at)))
  }
  foundClient(m, path, args, at)
  if (/^(?:CoinHive|CoinImp|Client)\.(?:Anonymous|User|Token)$/.test(path))
    m.see('threat.crypto-miner', at)
  if (/^WebAssembly\.(?:instantiate|instantiateStreaming|Instance)$/.test(path))
    foundImports(m, args, at)
  // Modules that are there to load code from an address.
  if (
    /^#(?:require-from-(?:url|web)|remote-require|import-http|url-import)\b/.test(path) &&
    /^https?:/.test(hintOf(args[0] ?? UNKNOWN) ?? '')
  )
    m.see('threat.download-and-run', at)
  if (path === '#inspector.open' && /^(?:0\.0\.0\.0|::)$/.test(hintOf(args[1] ?? UNKNOWN) ?? ''))
    m.see('threat.security-off', at)
  if (path === '#winreg' && args.some(isRunKey)) m.see('threat.persistence', at)
  if (
    path === 'process.dlopen' &&
    /\.(?!node$|so(?:\.\d+)*$|dll$|dylib$)\w+$/.test(hintOf(args[1] ?? UNKNOWN) ?? '')
  )
    m.see('hidden.native', at)
  if (
    /^ActiveXObject\((?:WScript\.Shell|Shell\.Application)\)\.(?:Run|Exec|ShellExecute)$/.test(path)
  )
    m.see('hidden.process', at)
  foundWiping(m, path, args, at)
  const sink = SINK_OF.get(path)
  let result: Value | undefined
  if (sink === 'eval') result = foundEval(m, callee, path, args, at)
  else if (sink === 'process') result = foundProcess(m, path, args, at)
  else if (sink === 'network')
    foundRequest(m, path, ENDS.test(path) ? [...args, taintedValue(self.taints)] : args, at)
  else if (sink === 'module') for (const arg of args) moduleFlows(m, arg, at)
  else if (sink === 'file-write') foundWrite(m, path, args, at)
  else if (sink === 'native') ranDownload(m, hintOf(args.at(-1) ?? UNKNOWN) ?? '', args, at)
  if (DESTRUCTIVE.has(path)) foundWrite(m, path, args, at)
  if (sink !== undefined && sink !== 'eval') m.see(`capability.${sink}`, at)
  if (sink !== undefined && sink !== 'eval' && callee.built) m.see(`hidden.${sink}`, at)
  return result ?? resultOf(m, callee, path, args, self, at)
}

/** A socket to a host that the page itself was loaded from, or that is configured. */
function isOwnServer(path: string, address: Value | undefined): boolean {
  if (address === undefined || (path !== 'WebSocket' && path !== 'EventSource')) return false
  const hint = address.known ? undefined : address.hint
  return (
    hint !== undefined &&
    /^[\ufffc\w]*:\/\/\ufffc/.test(hint) &&
    !address.taints.some((one) => one.source === 'decoded')
  )
}

const STARTS = /^%module\.(?:exec|execSync|execFile|execFileSync|spawnSync)$/
const RETURNS = /^\s*return\s+\w|^\s*\w+(?:\.\w+)*\(.*\)\s*;?\s*$/

/** The key of the registry whose programs start at every login. */
const isRunKey = ({ shape }: Value): boolean =>
  /currentversion\\run/i.test(hintOf(shape?.properties.get('key') ?? UNKNOWN) ?? '')

/** Calls that send what was put into the object before. */
const ENDS = /\(\)\.(?:submit|send|end)$/

/** Where instances of a cloud ask for the keys of their role. */
const CLOUD_KEYS =
  /169\.254\.169\.254\/.*security-credentials|169\.254\.170\.2|metadata\.google\.internal\/.*token|100\.100\.100\.200\/.*ram/

function originOf(
  { source, label, what }: CallSource,
  path: string,
  where: string | undefined,
  first: Value | undefined,
  at: Node,
): Taint {
  if (source === 'network' && where !== undefined && CLOUD_KEYS.test(where))
    return taint('credentials', 'asks the cloud for keys', at, 'cloud')
  // An input of an action is a secret by its name, as a variable is.
  if (label === ACTION_INPUT) {
    const name = (where ?? '').toUpperCase().replace(/[^A-Z0-9]+/g, '_')
    return taint(isSecretName(name) ? 'environment' : 'names', label, at, name)
  }
  if (source === 'names') return taint('names', label, at, where ?? '*')
  if (source === 'file') {
    const listed = first?.taints.find((one) => one.source === 'names' && isSecretPath(one.what))
    const secret = listed?.what ?? (where !== undefined && isSecretPath(where) ? where : undefined)
    if (secret !== undefined) return taint('credentials', 'reads a file with secrets', at, secret)
    return taint('file', label, at, where ?? '*')
  }
  const file = source === 'network' && /\.wasm(?:[?#]|$)/.test(where ?? '') ? where : undefined
  const unknown = source === 'decoded' && first?.known !== true
  return taint(source, label, at, what ?? file ?? '*', unknown || isOwnServer(path, first))
}

/** Calls that make a text of an object and of all that it holds. */
const SERIALISES = /^(?:JSON\.stringify|#util\.inspect|#querystring\.stringify|#v8\.serialize)$/

function resultOf(
  m: Machine,
  callee: Value,
  path: string,
  args: readonly Value[],
  self: Value,
  at: Node,
): Value {
  let taints = joinTaints(stepped(self.taints, 'is called on it', at), passing(args, at))
  if (SERIALISES.test(path) && args[0] !== undefined && holdsEnvironment(args[0]))
    taints = joinTaints(taints, [taint('environment', 'reads the environment', at)])
  const source = callSource(path)
  if (source !== undefined) {
    const where = args[0] === undefined ? undefined : hintOf(args[0])
    const own = originOf(source, path, where, args[0], at)
    taints = [own, ...(/^(?:network|file|names|credentials)$/.test(source.source) ? [] : taints)]
    for (const [index, arg] of args.entries()) {
      if (arg.code === undefined) continue
      // What is handed to a callback, in the place where the library puts it.
      const given: Value[] = []
      for (let place = 0; place <= (source.callback ?? 0); place++)
        given.push(
          source.every === true || place === (source.callback ?? 0)
            ? pathValue('%answer', false, [own])
            : UNKNOWN,
        )
      if (index > 0 || source.callback === 0) callBack(m, arg, given, at)
    }
  } else if (path.startsWith('document.') || path === 'indexedDB.open') {
    const field = fieldTaint(path, args, at)
    if (field !== undefined) taints = [field, ...taints]
    for (const arg of args)
      if (arg.code !== undefined && taints.length > 0) callBack(m, arg, [taintedValue(taints)], at)
  } else if (SINK_OF.get(path) === 'native') taints = []
  else if (taints.length > 0 || self.taints.length > 0)
    for (const arg of args)
      if (arg.code !== undefined) {
        const handed = taintedValue(stepped(taints, 'is handed to a callback', at))
        taints = joinTaints(taints, deepTaints(callBack(m, arg, [handed], at)))
      }
  if (path === 'document.createElement' && /^script$/i.test(textOf(args[0] ?? UNKNOWN) ?? ''))
    return pathValue(SCRIPT_ELEMENT, callee.built)
  const short = path.length > 160 ? '%deep' : path
  // An answer in an answer: the callbacks and readers of what came from the network.
  return withTaints(pathValue(`${short}()`, callee.built), taints)
}
