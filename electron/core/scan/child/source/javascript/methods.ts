import { arrayMethod } from './arrays'
import { callBack } from './callback'
import { mapKey } from './collections'
import type { Machine } from './machine'
import { memberOf } from './member'
import type { Node } from './node'
import type { Scope } from './scope'
import { SINK_OF } from './sinks'
import { store, storeUnknown } from './store'
import { foldStringMethod } from './strings'
import {
  arrayShape,
  type Constant,
  constantValue,
  deepTaints,
  hintOf,
  hintValue,
  joinTaints,
  type Shape,
  shapeValue,
  stepped,
  taint,
  taintedValue,
  UNKNOWN,
  type Value,
} from './value'

/** Elements over which a callback is run one by one. */
const MOST_ELEMENTS = 20_000

/** `self.method(...)` of the language's own objects; undefined when it is something else. */
export function callMethod(
  m: Machine,
  self: Value,
  method: string,
  callee: Value,
  args: readonly Value[],
  at: Node,
  scope: Scope,
): Value | undefined {
  if (callee.code !== undefined) return undefined
  if ((method === 'call' || method === 'apply' || method === 'bind') && self.path !== 'Reflect')
    return indirect(m, self, method, args, at)
  if (self.known) {
    const { constant } = self
    if (constant instanceof RegExp && method === 'test' && SECRET_FILES.test(constant.source))
      m.seeksSecrets = true
    if (typeof constant === 'string') return stringMethod(m, self, constant, method, args, at)
    if (constant instanceof Uint8Array) return bytesMethod(self, constant, method, args, at)
    if (
      (typeof constant === 'number' || typeof constant === 'bigint') &&
      method === 'toString' &&
      args.length <= 1
    ) {
      const radix = Number(args[0]?.constant ?? 10)
      if (radix >= 2 && radix <= 36) return constantValue(constant.toString(radix), true)
    }
  }
  if (self.path === 'Set()' && self.shape !== undefined && /^(?:add|delete|clear)$/.test(method)) {
    self.shape.exact = false
    if (args[0] !== undefined) storeUnknown(m, self.shape, args[0])
    return self
  }
  if (self.path === 'Map()' && self.shape !== undefined) {
    const done = mapMethod(m, self, self.shape, method, args)
    if (done !== undefined) return done
  }
  // A comment in a function of nothing else is read to be run, or to be shown.
  if (method === 'toString' && self.code !== undefined && self.path === undefined) {
    const { node } = self.code
    const empty = node.body.type === 'BlockStatement' && node.body.body.length === 0
    const own = empty ? [taint('decoded', 'decodes a comment', at)] : undefined
    if (node.end - node.start <= MOST_ELEMENTS)
      return constantValue(m.text.slice(node.start, node.end), true, own)
  }
  if (self.shape?.items !== undefined) {
    const done = arrayMethod(m, self, self.shape.items, method, args, at)
    if (done !== undefined) return done
  }
  if (method === 'then' || method === 'catch' || method === 'finally') {
    const callback = args[0]
    if (callback === undefined || method !== 'then') return self
    const result = callBack(m, callback, [withStep(self, 'arrives', at)], at)
    return result === UNKNOWN ? taintedValue(self.taints) : result
  }
  if (self.hint !== undefined && self.path === undefined) return hintMethod(self, method, args)
  if (callee.path !== undefined) return undefined
  // What a decoder makes of each element of something unknown is decoded.
  if ((method === 'map' || method === 'reduce') && args[0]?.code !== undefined && m.precise === 0) {
    const given = taintedValue(deepTaints(self))
    const result = callBack(m, args[0], [given, given], at)
    return taintedValue(joinTaints(given.taints, deepTaints(result)))
  }
  // Anything else that is called on something tainted gives it to its callbacks and its result.
  const taints = joinTaints(self.taints, argumentTaints(args))
  const own = memberOf(m, self, method, false, scope, at)
  if (own.path !== undefined || taints.length === 0) return undefined
  for (const arg of args)
    if (arg.code !== undefined)
      callBack(m, arg, [handed(self.taints, at), handed(self.taints, at)], at)
  return undefined
}

/** Patterns that ask a file name whether it is that of a file with secrets. */
const SECRET_FILES = /\\\.env|\bid_(?:rsa|ed25519)|\bpem\b|keystore|\bwallet|\\\.npmrc|\\\.aws/

function mapMethod(
  m: Machine,
  self: Value,
  shape: Shape,
  method: string,
  [first, second]: readonly Value[],
): Value | undefined {
  const key = first === undefined ? undefined : mapKey(first)
  if (method === 'get')
    return key === undefined
      ? taintedValue(deepTaints(self))
      : (shape.properties.get(key) ?? shape.rest)
  if (method !== 'set' || second === undefined) return undefined
  if (key === undefined) storeUnknown(m, shape, second)
  else store(m, shape, key, second)
  return self
}

const handed = (taints: Value['taints'], at: Node): Value =>
  taintedValue(stepped(taints, 'is handed to a callback', at))

const withStep = (value: Value, label: string, at: Node): Value =>
  value.taints.length === 0 ? value : { ...value, taints: stepped(value.taints, label, at) }

export const argumentTaints = (args: readonly Value[]): Value['taints'] =>
  args.reduce<Value['taints']>((all, arg) => joinTaints(all, deepTaints(arg)), [])

/** Function.prototype.call, apply and bind. */
function indirect(
  m: Machine,
  self: Value,
  method: 'call' | 'apply' | 'bind',
  args: readonly Value[],
  at: Node,
): Value | undefined {
  if (self.code === undefined && self.path === undefined) return undefined
  if (method === 'bind') {
    // What is bound already is passed whenever it is called.
    if (args.length > 1 && self.path !== undefined && SINK_OF.has(self.path))
      m.call(self, args.slice(1), UNKNOWN, at, false)
    return self
  }
  const bound = /^(.*)\.bind$/.exec(self.path ?? '')?.[1]
  if (bound !== undefined && SINK_OF.has(bound))
    m.call({ ...self, path: bound, built: true }, boundArguments(method, args), UNKNOWN, at, false)
  const passed = method === 'call' ? args.slice(1) : (args[1]?.shape?.items ?? args.slice(1))
  const owner = args[0] ?? UNKNOWN
  // [].slice.call(x), String.prototype.split.call(x, …): the method of what it is called on.
  const generic = /^(Array|String)\.prototype\.(\w+)$/.exec(self.path ?? '')?.[2]
  if (generic !== undefined && (owner.known || owner.shape?.items !== undefined)) {
    const result = owner.known
      ? stringMethod(m, owner, String(owner.constant), generic, passed, at)
      : arrayMethod(m, owner, owner.shape?.items ?? [], generic, passed, at)
    if (result !== undefined) return result
  }
  return m.call(self, passed, owner, at, false)
}

/** `F.bind.apply(F, [self, a, b])`: what F is called with in the end. */
const boundArguments = (method: 'call' | 'apply', args: readonly Value[]): readonly Value[] =>
  method === 'apply' ? (args[1]?.shape?.items ?? []).slice(1) : args.slice(2)

function stringMethod(
  m: Machine,
  self: Value,
  text: string,
  method: string,
  args: readonly Value[],
  at: Node,
): Value {
  const taints = joinTaints(self.taints, argumentTaints(args))
  if (args.every((arg) => arg.known)) {
    const folded = foldStringMethod(
      text,
      method,
      args.map((arg) => arg.constant),
    )
    if (folded !== undefined) return fromFolded(folded, taints, at)
  }
  const [what, by] = args
  if (method === 'replace' && by?.code !== undefined && what?.constant instanceof RegExp) {
    const replaced = replaceByCallback(m, text, what.constant, by, at)
    if (replaced !== undefined)
      return constantValue(
        replaced,
        true,
        joinTaints(taints, [taint('decoded', 'decodes by a callback', at)]),
      )
  }
  const parts = args.map(hintOf)
  const hint =
    method === 'concat' ? [text, ...parts].map((part) => part ?? '\ufffc').join('') : text
  return hintValue(hint, taints)
}

/** text.replace(/./g, c => …) where the callback is pure. */
function replaceByCallback(
  m: Machine,
  text: string,
  pattern: RegExp,
  by: Value,
  at: Node,
): string | undefined {
  // Only patterns of one character: they cannot backtrack.
  if (
    text.length > MOST_ELEMENTS ||
    !/^(\.|\[[^\]]*\]|\\[wdsSWD]|\w)(\{\d\})?$/.test(pattern.source)
  )
    return undefined
  const matches = [...text.matchAll(new RegExp(pattern.source, 'g'))]
  let result = ''
  let from = 0
  for (const match of matches) {
    const value = callBack(m, by, [constantValue(match[0])], at)
    if (!value.known || typeof value.constant === 'object') return undefined
    result += text.slice(from, match.index) + String(value.constant)
    from = match.index + match[0].length
  }
  return result + text.slice(from)
}

export function fromFolded(
  folded: { value: Constant | Constant[]; decodes?: string },
  before: Value['taints'],
  at: Node,
): Value {
  let taints = before
  if (folded.decodes !== undefined) {
    const decoded = stepped(before, folded.decodes, at)
    taints = decoded.some((one) => one.source === 'decoded')
      ? decoded
      : joinTaints([taint('decoded', folded.decodes, at)], decoded)
  }
  const { value } = folded
  if (!Array.isArray(value)) return constantValue(value, true, taints)
  return shapeValue(arrayShape(value.map((item) => constantValue(item, true, taints))))
}

function bytesMethod(
  self: Value,
  bytes: Uint8Array<ArrayBuffer>,
  method: string,
  args: readonly Value[],
  at: Node,
): Value {
  const encoding = args[0]?.constant
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  // Base64 that the source makes itself from text in the open hides nothing.
  if (method === 'toString' && encoding === 'base64') return taintedValue(self.taints)
  if (method === 'toString')
    return constantValue(
      buffer.toString(
        typeof encoding === 'string' && Buffer.isEncoding(encoding) ? encoding : 'utf8',
      ),
      true,
      stepped(self.taints, 'becomes text', at),
    )
  if (method === 'slice' || method === 'subarray')
    return constantValue(
      bytes.subarray(Number(args[0]?.constant ?? 0), Number(args[1]?.constant ?? bytes.length)),
      true,
      self.taints,
    )
  if (method === 'map' || method === 'forEach') return taintedValue(self.taints)
  return taintedValue(self.taints)
}

/** Methods of a text of which parts are known. */
function hintMethod(self: Value, method: string, args: readonly Value[]): Value | undefined {
  const hint = self.hint ?? ''
  if (method === 'toString' || method === 'trim') return self
  if (method === 'concat')
    return hintValue(hint + args.map((arg) => hintOf(arg) ?? '\ufffc').join(''), self.taints)
  return method === 'replace' || method === 'toLowerCase' ? self : undefined
}
