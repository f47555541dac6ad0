import { callBack } from './callback'
import { commandThreats } from './commands'
import { foundText } from './found'
import type { Machine } from './machine'
import type { Node } from './node'
import { foundInjection, foundMarkup } from './page'
import { reportFlow } from './report-flow'
import {
  deepTaints,
  hintOf,
  joinTaints,
  type Taint,
  taint,
  taintedValue,
  textOf,
  UNKNOWN,
  type Value,
} from './value'

/** Calls that matter for who is called on what, whatever the function is. */
export function foundSpecial(
  m: Machine,
  path: string | undefined,
  args: readonly Value[],
  self: Value,
  at: Node,
): void {
  if (path === '#repl.start') {
    const input = args[0]?.shape?.properties.get('input')
    for (const one of input?.taints ?? [])
      if (one.source === 'network') reportFlow(m, one, 'eval', at, 'runs each line of it')
    if (input?.path?.startsWith('#stream.PassThrough') === true) m.see('hidden.eval', at)
  }
  if (path !== undefined && /^#stream(?:\/promises)?\.(?:default\.)?pipeline$/.test(path)) {
    const streams = args.filter((arg) => arg.code === undefined)
    const into = streams.at(-1)
    const from = streams
      .slice(0, -1)
      .reduce<Value['taints']>((all, one) => joinTaints(all, deepTaints(one)), [])
    if (into !== undefined) piped(m, into, taintedValue(from), at)
  }
  const callee = at.type === 'CallExpression' ? at.callee : undefined
  if (callee?.type !== 'MemberExpression' || callee.property.type !== 'Identifier') {
    if (path === 'addEventListener') listens(m, args, self, at)
    return
  }
  const { name } = callee.property
  if (name === 'emit') emits(m, args, at)
  if ((name === 'write' || name === 'writeln') && self.path === 'document')
    foundMarkup(m, args[0] ?? UNKNOWN, at)
  if (name === 'insertAdjacentHTML') foundMarkup(m, args[1] ?? UNKNOWN, at)
  if (
    name === 'setApprovalForAll' &&
    args[1]?.constant === true &&
    isAddress(hintOf(args[0] ?? UNKNOWN) ?? '')
  )
    m.see('threat.wallet-hijack', at)
  if (name === 'pipe') piped(m, args[0] ?? UNKNOWN, self, at)
  else if (
    name === 'on' ||
    name === 'addEventListener' ||
    name === 'once' ||
    name === 'addListener' ||
    (name === 'handle' && self.path === '#electron.ipcMain')
  )
    listens(m, args, self, at)
  else if (name === 'write' && self.path?.startsWith('%shell') === true) {
    const [text = UNKNOWN] = args
    if (text.taints.some((one) => one.source === 'network')) m.see('threat.reverse-shell', at)
    for (const threat of commandThreats(hintOf(text) ?? '')) m.see(threat, at)
  } else if (name === 'replace' || name === 'replaceAll') {
    replacesAddress(m, args, at)
    foundInjection(m, args, at)
  } else if (name === 'executeJavaScript' || name === '_compile') {
    if (args[0] !== undefined) foundText(m, args[0], 'runs it as code', at)
  } else if (name === 'executeScript' && args[0]?.shape?.properties.get('code') !== undefined) {
    foundText(m, args[0].shape.properties.get('code') ?? UNKNOWN, 'runs it in a page', at)
  } else if (name === 'post' && textOf(args[0] ?? UNKNOWN) === 'Runtime.evaluate') {
    // The debugger's protocol over node:inspector.
    const expression = args[1]?.shape?.properties.get('expression')
    if (expression !== undefined) foundText(m, expression, 'lets the debugger run it', at)
  } else if (CLIPBOARD_WRITES.test(name)) {
    const text = hintOf(args.at(-1) ?? UNKNOWN)
    if (text !== undefined && ADDRESS.test(text)) m.see('threat.wallet-hijack', at)
    // A page that tells people to paste a command it put there.
    else if (text !== undefined && name === 'writeText')
      for (const threat of commandThreats(text)) m.see(threat, at)
  }
}

const CLIPBOARD_WRITES = /^(?:writeText|setData|writeSync|setText|copySync)$/
/** One address of a currency and nothing else (Bitcoin, Ethereum, Tron). */
const ADDRESS =
  /^(?:0x[0-9a-fA-F]{40}|bc1[0-9a-z]{25,60}|[13][1-9A-HJ-NP-Za-km-z]{25,34}|T[1-9A-HJ-NP-Za-km-z]{33})$/
const ADDRESS_PATTERN = /0x\[[^\]]{3,20}\]\{40|bc1\[|\[13\]\[|T\[[^\]]{3,30}\]\{33/

function replacesAddress(m: Machine, args: readonly Value[], at: Node): void {
  const [what, by] = args
  if (what?.constant instanceof RegExp && ADDRESS_PATTERN.test(what.constant.source)) {
    const text = by === undefined ? undefined : hintOf(by)
    if (text === undefined || ADDRESS.test(text)) m.see('threat.wallet-hijack', at)
  }
}

export const isAddress = (text: string): boolean => ADDRESS.test(text)

function piped(m: Machine, into: Value, self: Value, at: Node): void {
  const network = (value: Value) => value.taints.some((one) => one.source === 'network')
  const shell = (value: Value) => value.path?.startsWith('%shell') === true
  if ((network(self) && shell(into)) || (shell(self) && network(into)))
    m.see('threat.reverse-shell', at)
  if (into.path?.startsWith('#fs.createWriteStream') === true)
    for (const [index, written] of m.written.entries())
      m.written[index] = { ...written, taints: joinTaints(written.taints, deepTaints(self)) }
  if (network(into) && !network(self))
    for (const one of self.taints)
      if (one.source !== 'decoded') reportFlow(m, one, 'network', at, 'sends it')
}

/** An event of the program's own: whoever listens gets what is handed over. */
function emits(m: Machine, [event, ...given]: readonly Value[], at: Node): void {
  const name = event === undefined ? undefined : textOf(event)
  if (name === undefined || given.every((one) => deepTaints(one).length === 0)) return
  for (const listener of m.listeners.get(name) ?? []) callBack(m, listener, given, at)
}

const KEY_LOGGERS =
  /^#(iohook|uiohook-napi|node-global-key-listener|gkm|node-key-sender|keylogger\.js)\b/

function listens(m: Machine, args: readonly Value[], self: Value, at: Node): void {
  const [first] = args
  const callback = args.find((arg) => arg.code !== undefined)
  if (callback === undefined || first === undefined) return
  if (callback === first && self.path !== undefined && KEY_LOGGERS.test(self.path)) {
    callBack(m, callback, [taintedValue([taint('input', 'reads keystrokes', at, 'keys')])], at)
    return
  }
  const event = textOf(first)
  if (event === undefined) return
  const known = m.listeners.get(event) ?? []
  if (known.length < 8) m.listeners.set(event, [...known, callback])
  const page =
    self === UNKNOWN || self.path === undefined || /^(globalThis|document)/.test(self.path)
  let origin: Taint | undefined
  if (/^key(down|press|up)$/.test(event) && page)
    origin = taint('input', 'reads keystrokes', at, 'keys')
  else if (self.path !== undefined && KEY_LOGGERS.test(self.path))
    origin = taint('input', 'reads keystrokes', at, 'keys')
  else if (/^(copy|cut|paste)$/.test(event))
    origin = taint('input', 'reads the clipboard', at, 'clipboard')
  else if (event === 'submit' && /^(?:document|globalThis)$/.test(self.path ?? ''))
    origin = taint('credentials', 'reads what is submitted', at, 'form')
  else if (event === 'fetch' && self.path === 'globalThis')
    origin = taint('credentials', 'reads what the page sends', at, 'requests')
  else if (self.path === '#electron.ipcMain') {
    const message = taint('input', 'receives a message', at, 'message')
    callBack(m, callback, [UNKNOWN, taintedValue([message])], at)
    return
  } else if (
    event === 'message' &&
    (self.path === undefined || /^(globalThis|process|Worker|#worker_threads)/.test(self.path))
  )
    origin = taint('input', 'receives a message', at, 'message')
  if (origin === undefined) return
  const { path } = self
  // A socket that listens for messages reads the network, whatever its name.
  if (path !== undefined && self.taints.some((one) => one.source === 'network')) return
  callBack(m, callback, [taintedValue([origin])], at)
}
