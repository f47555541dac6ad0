import type * as acorn from 'acorn'
import type { Machine } from './machine'
import { childrenOf, isFunctionNode, type Node } from './node'
import { isStyleLeak } from './page'
import { telling, textBudget } from './telling'

/** Sinks that make a wrapper around a common function an attack. */
const ACTS = /^(?:capability\.(?:network|process|eval)|flow\.|hidden\.)/

/** The same beside a hook of the loader, whose own way to compile what it loaded is not meant. */
const ACTS_ASIDE = /^(?:capability\.(?:network|process)|flow\.|hidden\.|threat\.)/

/** Modules that are worth replacing. */
const AIMS =
  /['"`](?:node:)?(?:https?|http2|crypto|fs|child_process|net|tls|dns|axios|node-fetch|ws|ethers|openai|@anthropic-ai\/sdk|@huggingface\/\w+|web3|@solana\/[\w.-]+)['"`]/

/** What shows only when all of the text has been read. */
export function wholeTextFindings(m: Machine, program: acorn.Program): void {
  const seen = [...m.seen.values()]
  for (const loop of m.endless)
    if (
      seen.some(
        (one) =>
          one.name === 'capability.process' && one.start >= loop.start && one.end <= loop.end,
      )
    )
      m.see('threat.fork-bomb', loop)
  for (const wrapper of m.wrappers)
    if (
      seen.some(
        (one) =>
          ACTS.test(one.name) &&
          one.start >= wrapper.from &&
          one.end <= wrapper.to &&
          !(one.name === 'capability.network' && m.relays.has(one.start)),
      )
    )
      m.see('threat.loader-patch', wrapper)
  const remote = /\.loadURL\s*\(\s*['"`]https?:\/\/(?!localhost|127\.)/.test(m.text)
  for (const window of m.openWindows) if (remote) m.see('threat.security-off', window)
  if (/\brespondWith\b/.test(m.text))
    for (const injection of m.injections) m.see('threat.loader-patch', injection)
  if (isWorm(m.text) && seen.some((one) => one.name === 'capability.process'))
    m.see('threat.persistence', { start: 0, end: 80 })
  // Loaders of other languages, aliases and measurements hook in and do nothing else.
  // In a bundle of a compiler what another part can do says nothing about the hook.
  const isBundle = m.text.length > BUNDLE_CHARACTERS
  const acts = seen.some(
    ({ name }) => ACTS_ASIDE.test(name) && !(isBundle && name.startsWith('capability.')),
  )
  for (const hook of m.hooks) {
    const aims = AIMS.test(m.text.slice(hook.from, Math.min(hook.to, hook.from + 20_000)))
    m.see(acts || aims ? 'threat.import-hook' : 'capability.module', hook)
  }
  shapesOf(m, program)
}

/** Longer files are bundles of many modules. */
const BUNDLE_CHARACTERS = 100_000

/** Gives a package an install script and publishes it: that is how a worm spreads over npm. */
const isWorm = (text: string): boolean =>
  /\bnpm['"]?[\s,['"]{1,6}publish\b/.test(text) &&
  /\b(?:post|pre)install['"]?\]?\s*[:=](?!=)/.test(text) &&
  /writeFile/.test(text)

/** Forms that only tools which hide code give it. One walk without recursion. */
function shapesOf(m: Machine, program: acorn.Program): void {
  const stack: Node[] = [program]
  const budget = textBudget(m)
  // No limit of its own: a tree has no more nodes than its text has characters.
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    m.step()
    if (node.type === 'WhileStatement' || node.type === 'ForStatement') {
      rotation(m, node)
      dispatcher(m, node)
    } else if (node.type === 'CallExpression') {
      packed(m, node)
      debuggerTimer(m, node)
    } else if (node.type === 'IfStatement') gate(m, node)
    else if (node.type === 'Identifier') confusable(m, node)
    else if (node.type === 'TemplateLiteral') {
      if (isStyleLeak(m.text.slice(node.start, Math.min(node.end, node.start + 2000))))
        m.see('threat.keylogger', node)
    } else if (node.type === 'Literal' || node.type === 'TemplateElement') telling(m, node, budget)
    for (const child of childrenOf(node)) stack.push(child)
  }
}

/** while (true) { try { … parseInt(…) … } catch { a.push(a.shift()) } } of obfuscator.io. */
function rotation(m: Machine, node: acorn.WhileStatement | acorn.ForStatement): void {
  if (node.end - node.start > 20_000) return
  const text = m.text.slice(node.start, node.end)
  const rotates =
    /\[?['"]?(?:\\x70\\x75\\x73\\x68|push)['"]?\]?\(\s*[\w$]+\s*\[?\.?['"]?(?:\\x73\\x68\\x69\\x66\\x74|shift)['"]?\]?\(\s*\)\s*\)/.test(
      text,
    )
  if (
    rotates &&
    (/parseInt/.test(text) || /^while\s*\(\s*--\s*[\w$]+\s*\)/.test(text) || /0x/.test(text))
  )
    m.see('obfuscation.string-array', node)
}

/** A loop around a switch whose order a string of numbers gives: '3|0|2|1'.split('|'). */
function dispatcher(m: Machine, node: acorn.WhileStatement | acorn.ForStatement): void {
  const { body } = node
  const [first] = body.type === 'BlockStatement' ? body.body : [body]
  if (first?.type !== 'SwitchStatement' || first.cases.length < 3) return
  const { discriminant } = first
  if (discriminant.type !== 'MemberExpression' || discriminant.property.type !== 'UpdateExpression')
    return
  const texts = first.cases.every(
    (one) =>
      one.test == null ||
      (one.test.type === 'Literal' &&
        typeof one.test.value === 'string' &&
        /^(\d+|0x[0-9a-f]+)$/.test(one.test.value)),
  )
  if (texts) m.see('obfuscation.control-flow', first)
}

/** eval(function(p,a,c,k,e,d){…}('…'.split('|'))) of Dean Edwards. */
function packed(m: Machine, node: acorn.CallExpression): void {
  if (node.callee.type !== 'Identifier' || node.callee.name !== 'eval') return
  const [argument] = node.arguments
  if (argument?.type !== 'CallExpression' || !isFunctionNode(argument.callee)) return
  const names = argument.callee.params.map((one) => (one.type === 'Identifier' ? one.name : ''))
  if (names.join('').startsWith('packe') || names.join('').startsWith('pack'))
    m.see('obfuscation.packed', node)
}

/** setInterval(function () { debugger }, …) stops whoever looks. */
function debuggerTimer(m: Machine, node: acorn.CallExpression): void {
  const [callback] = node.arguments
  if (
    node.callee.type !== 'Identifier' ||
    node.callee.name !== 'setInterval' ||
    callback === undefined
  )
    return
  if (
    isFunctionNode(callback) &&
    callback.end - callback.start < 2000 &&
    callback.body.type === 'BlockStatement'
  ) {
    if (callback.body.body.some((one) => one.type === 'DebuggerStatement'))
      m.see('threat.anti-analysis', node)
  }
}

const MACHINE_SIGNS =
  /vmware|virtualbox|vbox|qemu|sandboxie|cuckoo|wireshark|procmon|xenserver|hyper-?v|parallels|\bsandbox\b|malware|analyst|any\.?run/i
const DATE = /Date\.now\(\)|new Date(?:\(\))?(?!\w)/

/** A condition that asks where or when it runs, around something that acts. */
function gate(m: Machine, node: acorn.IfStatement): void {
  const test = m.text.slice(node.test.start, Math.min(node.test.end, node.test.start + 600))
  const asksMachine =
    MACHINE_SIGNS.test(test) &&
    /hostname|userInfo|username|cpus\(|\bmodel\b|networkInterfaces|execSync|manufacturer/i.test(
      test,
    )
  const fixedDate =
    /new Date\(\s*['"\d]|1[5-9]\d{11}|1[5-9]\d{8}(?!\d)|Date\.UTC\(|getFullYear\(\)|getMonth\(\)|getDate\(\)/.test(
      test,
    )
  const asksDate = DATE.test(test) && fixedDate && /[<>]/.test(test)
  if (!asksMachine && !asksDate) return
  const acts = [...m.seen.values()].some(
    (one) =>
      /^(?:capability\.(?:process|eval)|flow\.(?:network|decoded|credentials|environment)|hidden\.|threat\.)/.test(
        one.name,
      ) &&
      (asksMachine || (one.start >= node.start && one.end <= node.end)),
  )
  const leaves =
    asksMachine &&
    /process\.exit|return|throw/.test(
      m.text.slice(
        node.consequent.start,
        Math.min(node.consequent.end, node.consequent.start + 200),
      ),
    )
  const removes =
    asksDate && m.removals.some((one) => one.start >= node.start && one.end <= node.end)
  if (acts || leaves || removes) m.see('threat.anti-analysis', node.test)
}

/** A name that mixes Latin letters with letters of Cyrillic or Greek that look like them. */
function confusable(m: Machine, node: acorn.Identifier): void {
  if (!/[\u0080-\uffff]/.test(node.name)) return
  if (
    /[a-zA-Z]/.test(node.name) &&
    /[\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u0501\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u03bf\u0391\u0392\u0395]/.test(
      node.name,
    )
  )
    m.see('threat.trojan-source', node)
  if (/[\u3164\uffa0\u115f\u1160\u200c\u200d]/.test(node.name)) m.see('obfuscation.invisible', node)
}
