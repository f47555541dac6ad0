import type { Machine } from './machine'
import type { Node } from './node'
import { reportFlow } from './report-flow'
import { deepTaints, hintOf, type Taint, taint, textOf, UNKNOWN, type Value } from './value'

/** Calls that find parts of a page. */
const FINDS = /^document\.(?:querySelector|querySelectorAll|getElementById|getElementsBy\w+)$/
/** What people type passwords, cards and seeds into, and where they talk to an assistant. */
const PRIVATE_FIELD =
  /passw(?:or)?d|\bcc-?(?:num|number|exp|csc)|\bcard|\bcvv|\bcvc|mnemonic|seed-?phrase|private-?key|\botp\b|message-author-role/i

/** The fields of a page that hold what nobody should send elsewhere. */
export function fieldTaint(path: string, [first]: readonly Value[], at: Node): Taint | undefined {
  if (
    path === 'indexedDB.open' &&
    /firebase|auth|wallet|whatsapp/i.test(hintOf(first ?? UNKNOWN) ?? '')
  )
    return taint('credentials', 'reads the sessions of another page', at, 'all-forms')
  if (!FINDS.test(path) || first === undefined) return undefined
  const selector = hintOf(first) ?? ''
  if (/message-author-role|jupyter-config/.test(selector))
    return taint('credentials', 'reads a conversation', at, 'all-forms')
  if (PRIVATE_FIELD.test(selector)) return taint('credentials', 'reads a field', at, 'form')
  if (path.endsWith('All') && /^\s*(?:form|input|textarea)\s*(?:,|$)/.test(selector))
    return taint('credentials', 'reads all forms', at, 'all-forms')
  return undefined
}

/** Characters of HTML in a text that are read for scripts. */
const MOST_HTML = 1 << 16
const SCRIPTS = /<script\b([^>]{0,300})>([^<]*(?:<(?!\\?\/script)[^<]*)*)/gi

/** A text that becomes a part of a page: its scripts run there. */
export function foundMarkup(m: Machine, value: Value, at: Node): void {
  for (const one of deepTaints(value))
    if (one.source === 'input' && one.what === 'address')
      reportFlow(m, one, 'eval', at, 'puts it into the page')
  const html = (hintOf(value) ?? '').slice(0, MOST_HTML)
  if (
    /type=["']?password/i.test(html) &&
    /<form\b[^>]{0,300}\baction=["']?(?:https?:)?\/\//i.test(html)
  )
    m.see('threat.exfiltration-host', at)
  if (!html.includes('<script')) return
  for (const [, , code = ''] of html.matchAll(SCRIPTS))
    if (code.trim().length > 8) m.runText(code.replaceAll('\\/', '/'), false, at)
}

/** `html.replace('</body>', '<script>…')`: a script for every page that passes through. */
export function foundInjection(m: Machine, [what, by]: readonly Value[], at: Node): void {
  const where = what === undefined ? '' : (textOf(what) ?? '')
  const code = by === undefined ? '' : (hintOf(by) ?? '')
  if (!/^<\/?(?:head|body|html)>?$/i.test(where) || !code.includes('<script')) return
  foundMarkup(m, by ?? UNKNOWN, at)
  if (/<script[^>]{0,200}\bsrc=\\?["']?(?:https?:)?\/\//i.test(code)) m.injections.push(at)
}

/** Selectors that ask a server for each letter of a field (CSS injection). */
export const isStyleLeak = (text: string): boolean =>
  /\[\s*value\s*[\^$*]=/.test(text) && /url\(\s*["']?(?:https?:)?\/\//.test(text)
