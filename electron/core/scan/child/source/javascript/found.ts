import type { Machine } from './machine'
import type { Node } from './node'
import { reportFlow } from './report-flow'
import { deepTaints, isCut, objectShape, pathValue, textOf, UNKNOWN, type Value } from './value'

/** Code that every bundler writes to reach the global object, or to ask what the engine can do. */
const ORDINARY_CODE =
  /^\s*(?:["']use strict["'];?\s*)?(?:return\s*\(?\s*(?:this|globalThis|eval|0|1|true|typeof \w+)\s*\)?|this|globalThis|require|module|process|debugger|undefined|void 0)?[;\s/]*$/

/** eval, Function, vm …: what they are given. */
export function foundEval(
  m: Machine,
  callee: Value,
  path: string,
  args: readonly Value[],
  at: Node,
): Value {
  const isFunction = path === 'Function' || path === 'AsyncFunction'
  const value = (isFunction ? args.at(-1) : args[0]) ?? UNKNOWN
  const text = textOf(value)
  if (text === '' && isFunction) return UNKNOWN
  if (text !== undefined && ORDINARY_CODE.test(text) && text.trim() !== 'debugger') {
    const words = /(\w+)\W*$/.exec(text)?.[1] ?? ''
    const named = words === 'this' ? 'globalThis' : words
    const result = /^(globalThis|require|module|process|eval)$/.test(named)
      ? pathValue(named, callee.built)
      : UNKNOWN
    // A way to the global object that goes over a constructor chain escapes a sandbox.
    if (callee.built && /process|require/.test(text)) m.see('hidden.eval', at)
    return isFunction ? returning(result) : result
  }
  if (text === 'debugger' || (text !== undefined && /^\s*debugger\s*;?\s*$/.test(text)))
    m.see('threat.anti-analysis', at)
  // `new x.constructor(y)` copies an object of any class: there only a literal tells.
  const isText =
    text !== undefined ||
    (at.type !== 'NewExpression' &&
      (value.hint !== undefined ||
        value.taints.some((one) => one.source === 'decoded' || one.source === 'network')))
  const isPlain = value.path === undefined && value.shape === undefined && value.code === undefined
  const called = at.type === 'NewExpression' || at.type === 'CallExpression' ? at.callee : undefined
  // `Function.constructor` is Function again: nobody writes it but to hide the name.
  const detour =
    called !== undefined &&
    /^Function\s*\.\s*constructor$/.test(m.text.slice(called.start, called.end).slice(0, 60))
  // `eval` itself under a name in pieces: whatever it is given, the name was hidden.
  if (callee.built && (path === 'eval' || detour ? args.length > 0 : isText && isPlain))
    m.see('hidden.eval', at)
  // Put together out of pieces, and nothing but a way to start programs.
  if (value.built && text !== undefined && /\bchild_process\b/.test(text)) m.see('hidden.eval', at)
  // Bytecode in the place of what the text says (V8's code cache).
  const cached = path === '#vm.Script' ? args[1]?.shape?.properties.get('cachedData') : undefined
  if (cached?.taints.some((one) => one.source === 'file' && NO_CODE.test(one.what)) === true)
    m.see('hidden.eval', at)
  const code = value.code !== undefined && value.path === undefined
  if (code) return UNKNOWN
  const told = path === '#vm.SourceTextModule' ? literalOnly(value) : value
  const result = foundText(m, told, 'runs it as code', at)
  return isFunction ? returning(result) : result
}

/** That class is there behind a flag of Node alone: a loader of modules gives it what it loaded. */
const literalOnly = (value: Value): Value => ({
  ...value,
  taints: value.taints.filter((one) => one.source !== 'network' && !one.weak),
})

function returning(value: Value): Value {
  const shape = objectShape()
  shape.properties.set('%result', value)
  return { ...pathValue('%function'), shape }
}

/** Files that hold no code, whoever made them: pictures, fonts, texts, licences. */
const NO_CODE =
  /\.(?:txt|md|png|jpe?g|gif|ico|svg|bmp|webp|woff2?|ttf|otf|eot|pdf|bin|dat|db|log|lock|wav|mp[34]|zip|gz|jsc|css|csv|ini|tmp|ya?ml|map)$|(?:^|[\\/\ufffc])(?:LICEN[CS]E|README|CHANGELOG)$/i

/** A text that runs as code, however it got there. */
export function foundText(m: Machine, value: Value, label: string, at: Node): Value {
  m.see('capability.eval', at)
  for (const one of deepTaints(value)) {
    if (one.source === 'input' && !/^(?:message|argument|address)$/.test(one.what)) continue
    if (one.source === 'file' && NO_CODE.test(one.what)) m.see('hidden.eval', at)
    if (one.source === 'environment' && one.what === '*') continue
    // Code that the page keeps between visits.
    const kept = one.source === 'credentials' && one.what === 'storage'
    reportFlow(m, kept ? { ...one, source: 'input' } : one, 'eval', at, label)
  }
  const text = textOf(value)
  if (text === undefined) {
    if (isCut(value)) m.limit('limit.source-text')
    return UNKNOWN
  }
  const hides = value.taints.some((one) => one.source === 'decoded')
  return m.runText(text, hides, at)
}
