import type * as acorn from 'acorn'
import { callBack } from './callback'
import { foundText } from './found'
import { joinPath } from './globals'
import type { Machine } from './machine'
import { foundRequest } from './network'
import type { Node } from './node'
import { foundMarkup } from './page'
import { reportFlow } from './report-flow'
import { SCRIPT_ELEMENT } from './sinks'
import { isAddress } from './special'
import { deepTaints, hintOf, stepped, taint, taintedValue, type Value } from './value'

/** Functions that everybody uses: a wrapper that also sends or runs something is an attack. */
const EVERYBODYS =
  /^(?:fetch|eval|require|JSON\.(?:parse|stringify)|XMLHttpRequest\.prototype\.\w+|(?:Array|String|Object|Function|Promise|RegExp|HTMLFormElement|HTMLInputElement|EventTarget|FormData|Document|Storage|Element)\.prototype\.\w+|console\.\w+|process\.(?:stdout|stderr)\.write|#https?\.(?:request|get)|#fs\.\w+|#child_process\.\w+|#crypto\.\w+|#(?:@solana\/web3\.js|ethers|bitcoinjs-lib|web3|tronweb|bip39)\.[\w.]+|navigator\.\w+\.\w+|crypto\.\w+\.?\w*|localStorage\.setItem|document\.\w+|Buffer\.\w+)$/

/** An assignment to something outside the text. `path` is that of the object, or of a bare name. */
export function foundAssignment(
  m: Machine,
  key: string | undefined,
  base: Value | undefined,
  path: string | undefined,
  value: Value,
  at: Node,
  built = false,
): void {
  const full =
    path === undefined
      ? undefined
      : base === undefined
        ? path
        : key === undefined
          ? `${path}.*`
          : joinPath(path, key)
  if (full !== undefined) toPath(m, full, path ?? '', key, value, at, built)
  if (key === undefined) return
  if (key === 'to' && base?.shape === undefined && isAddress(hintOf(value) ?? ''))
    m.see('threat.wallet-hijack', at)
  if ((key === 'onmessage' || key === 'ondata') && value.code !== undefined && base !== undefined) {
    const own = base.taints.filter((one) => one.source === 'network')
    const given =
      own.length > 0
        ? stepped(own, 'is handed to a callback', at)
        : [taint('input', 'receives a message', at, 'message')]
    callBack(m, value, [taintedValue(given)], at)
  } else if (/^onkey(down|press|up)$/.test(key) && value.code !== undefined)
    callBack(m, value, [taintedValue([taint('input', 'reads keystrokes', at, 'keys')])], at)
  else if (
    key.startsWith('on') &&
    value.code !== undefined &&
    base !== undefined &&
    base.taints.length > 0
  )
    callBack(m, value, [taintedValue(stepped(base.taints, 'is handed to a callback', at))], at)
}

function toPath(
  m: Machine,
  full: string,
  path: string,
  key: string | undefined,
  value: Value,
  at: Node,
  built: boolean,
): void {
  if (full === 'process.env.NODE_TLS_REJECT_UNAUTHORIZED' && String(value.constant) === '0')
    m.see('threat.security-off', at)
  if (path === '%proto' && key !== undefined && key !== 'constructor')
    m.see('threat.prototype-pollution', at)
  if (path === 'Object.prototype' && value.code === undefined && (value.known || built))
    m.see('threat.prototype-pollution', at)
  const wrapper = value.code?.node
  const isCode = wrapper !== undefined
  // Files of that name hold no code, and are compiled all the same.
  if (
    isCode &&
    /^(?:require\.extensions|#module\._extensions)\.\.(?:txt|md|png|jpe?g|gif|ico|svg|woff2?|bin|dat|css|map|lock)$/.test(
      full,
    ) &&
    /\._compile\b/.test(m.text.slice(wrapper.start, Math.min(wrapper.end, wrapper.start + 2000)))
  )
    m.see('hidden.eval', at)
  if (
    isCode &&
    /^#module\.(?:_load|_resolveFilename|_extensions\..*|prototype\.(?:require|_compile))$/.test(
      full,
    )
  )
    m.hooks.push({ start: at.start, end: at.end, from: wrapper.start, to: wrapper.end })
  if (isCode && /^ethereum\.(?:request|send|sendAsync)$/.test(full))
    m.see('threat.wallet-hijack', at)
  // Numbers that are drawn so are known beforehand.
  if (
    isCode &&
    /^#crypto\.(?:randomBytes|randomUUID|randomFill(?:Sync)?|webcrypto\.getRandomValues)$/.test(
      full,
    )
  )
    m.see('threat.loader-patch', at)
  if (wrapper !== undefined && EVERYBODYS.test(full))
    m.wrappers.push({ start: at.start, end: at.end, from: wrapper.start, to: wrapper.end })
  if (full === 'onmessage' && isCode)
    callBack(m, value, [taintedValue([taint('input', 'receives a message', at, 'message')])], at)
  const element = path.startsWith('document.createElement') || path === 'Image()'
  const loads = element && (key === 'src' || key === 'href')
  if (loads || /^location(?:\.href)?$/.test(full)) {
    if (deepTaints(value).length > 0 || hintOf(value) !== undefined)
      foundRequest(m, loads ? '%beacon' : 'fetch', [value], at)
    if (loads && /^(?:https?:)?\/\/\w/.test(hintOf(value) ?? '')) m.see('capability.network', at)
    // The address of a text that was fetched: the text runs.
    if (path === SCRIPT_ELEMENT && value.path === '%blob') {
      const told = value.taints.filter((one) => one.source === 'network')
      if (told.length > 0) foundText(m, { ...value, taints: told }, 'runs it as a script', at)
    }
    if (path !== 'Image()' && element)
      for (const one of value.taints)
        if (one.source === 'decoded' && !one.weak)
          reportFlow(m, one, 'module', at, 'loads a script from it')
  }
  if (key === 'innerHTML' || key === 'outerHTML' || key === 'srcdoc') foundMarkup(m, value, at)
  if (element && (key === 'text' || key === 'textContent' || key === 'innerHTML')) {
    const told = value.taints.filter(
      (one) =>
        one.source === 'decoded' ||
        (one.source === 'network' && (key === 'text' || path === SCRIPT_ELEMENT)) ||
        (one.source === 'input' && path === SCRIPT_ELEMENT),
    )
    if (told.length > 0)
      foundText(m, { ...value, taints: told }, 'puts it into the page as a script', at)
  }
}

/** Whether a loop never ends. It is remembered: programs that it starts are a fork bomb. */
export function foundLoop(
  m: Machine,
  node: acorn.ForStatement | acorn.WhileStatement | acorn.DoWhileStatement,
): boolean {
  const { test } = node
  const endless =
    test == null ||
    (test.type === 'Literal' && Boolean(test.value)) ||
    (test.type === 'UnaryExpression' &&
      test.operator === '!' &&
      test.argument.type === 'Literal' &&
      !test.argument.value)
  if (!endless) return false
  const text = m.text.slice(node.start, Math.min(node.end, node.start + 20_000))
  if (/\b(?:break|return|await|throw|yield|process\.exit)\b/.test(text)) return false
  m.endless.push({ start: node.start, end: node.end })
  return true
}
