import { memorySource } from '../byte-source'
import { inconclusive, type Parser } from '../context'
import { parseJavaScript } from '../source/javascript'
import { type Address, addressOf, isExfiltrationHost } from '../source/shell/places'
import { createSourceText } from '../source/source-text'
import { readText } from '../text/read-text'
import { readableToTheEnd } from '../text/text'
import { reportEntities } from './entity'
import { type Tag, tagsOf, unescapeEntities, withoutComments } from './tags'

const MOST_BYTES = 32 * 1024 * 1024
/** Scripts of one page that are parsed. */
const MOST_SCRIPTS = 1000
/** Types of script elements that hold data or templates. */
const DATA_TYPES = /json|text\/(template|html|x-|plain)|importmap|x-shader/i
const URL_ATTRIBUTE = /^(href|src|xlink:href|action|formaction|data|srcdoc)$/
/** Another host than the one that the page comes from. */
const FOREIGN = /^\s*(?:https?:)?\/\/(?!localhost\b|127\.)/i
const LOADS = /^(script|iframe|form|embed|object|img)$/
/** Documents and scripts that an address holds itself (RFC 2397). */
const DATA_ADDRESS =
  /^data:(text\/html|application\/xhtml\+xml|image\/svg\+xml|text\/javascript|application\/javascript)((?:;[^;,]*)*),([\s\S]*)$/i
const DATA_ATTRIBUTE = /^(href|src|xlink:href|data)$/
/** A page of Visual Basic Script that starts a program (Windows Script Host). */
const VBSCRIPT_RUN = /createobject\(\s*"(wscript\.shell|shell\.application)"\s*\)/i
/** Code in front of the page in a component of Astro. */
const FRONT_MATTER = /^---\r?\n([\s\S]*?)\n---/
const SVG = /^\s*(<\?xml[^>]{0,200}>\s*)?(<!doctype svg[^>]{0,500}>\s*)?<svg[\s>]/i

const isVisualBasic = ({ attributes }: Tag): boolean =>
  /vbs/i.test(attributes.get('language') ?? '') || /vbscript/i.test(attributes.get('type') ?? '')

/** Modules from there are nobody's: a bare address, or one that anybody on the way may change. */
const isStrangeModule = (address: Address): boolean =>
  isExfiltrationHost(address) ||
  (/^http:/i.test(address.url) && !/^(localhost|127\.|\[::1)/.test(address.host))

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** A page or a vector image: its scripts and event handlers go through the parser of JavaScript. */
export const parseHtml: Parser = (source, context) => {
  const text = readText(source, context, MOST_BYTES)
  const page = withoutComments(text)
  const lowerCase = page.toLowerCase()
  const lines = createSourceText(text, 'html')
  const isImage = SVG.test(page.slice(0, 4096))
  let scripts = 0
  let active: number | undefined
  let form: Tag | undefined
  let base: Tag | undefined
  let scriptEnd = 0

  const front = FRONT_MATTER.exec(text)?.[1]
  if (front !== undefined && /^\s*(import\s|const\s|let\s|await\s)/m.test(front)) run(front, 4)
  for (const tag of tagsOf(page)) {
    context.checkpoint()
    // What looks like a tag inside a script is a part of it.
    if (tag.start < scriptEnd) continue
    if (tag.name === 'script' || tag.name === 'svg:script') {
      active ??= tag.start
      const close = lowerCase.indexOf('</script', tag.end)
      scriptEnd = close === -1 ? page.length : close
      const body = page.slice(tag.end, scriptEnd)
      const type = tag.attributes.get('type') ?? ''
      if (type === 'importmap') readImportMap(body, tag)
      else if (isVisualBasic(tag)) {
        if (VBSCRIPT_RUN.test(body))
          lines.report(context, { name: 'hidden.process', start: tag.start, end: scriptEnd })
      } else if (!DATA_TYPES.test(type))
        run(isImage ? unescapeEntities(body.replace(/<!\[CDATA\[|\]\]>/g, '')) : body, tag.start)
    }
    readAttributes(tag)
    readTarget(tag)
  }
  // An image that runs code is no image; a page is meant to.
  if (isImage && active !== undefined)
    lines.reportAs(context, 'content', { name: 'svg.script', start: active, end: active + 120 })
  if (!reportEntities(lines, context))
    return inconclusive('It declares more entities than any document needs.')
  return readableToTheEnd(source, context)

  function readAttributes({ name, attributes, start, end }: Tag): void {
    for (const [key, value] of attributes) {
      const url = value.replace(/\s/g, '').toLowerCase()
      const isScriptUrl = URL_ATTRIBUTE.test(key) && /^(javascript|vbscript):/.test(url)
      if (/^(on[a-z]{3,}|@[a-z][\w.-]*|v-on:[\w.-]+)$/.test(key)) run(value, start)
      else if (key === 'srcdoc') openPage(value, 'html', start)
      else if (key === 'to' && /^\s*javascript:/i.test(value))
        run(value.replace(/^[^:]*:/, ''), start)
      else if (DATA_ATTRIBUTE.test(key) && DATA_ADDRESS.test(value)) openData(value, start)
      else if (isScriptUrl) run(value.replace(/^[^:]*:/, ''), start)
      else if (LOADS.test(name) && URL_ATTRIBUTE.test(key)) {
        const address = addressOf(value)
        if (address !== undefined && isExfiltrationHost(address))
          lines.report(context, { name: 'threat.exfiltration-host', start, end })
      }
    }
    const refresh =
      attributes.get('http-equiv') === 'refresh' ? attributes.get('content') : undefined
    if (refresh !== undefined && /url\s*=\s*['"]?(javascript|data):/i.test(refresh))
      lines.reportAs(context, 'content', { name: 'html.script-refresh', start, end })
  }

  /** Passwords that a form of the page posts to another host; scripts that a base turns away. */
  function readTarget(tag: Tag): void {
    const { name, attributes, start, end } = tag
    if (name === 'form') form = FOREIGN.test(attributes.get('action') ?? '') ? tag : undefined
    else if (name === 'base') base = FOREIGN.test(attributes.get('href') ?? '') ? tag : undefined
    else if (
      name === 'input' &&
      form !== undefined &&
      /^password$/i.test(attributes.get('type') ?? '')
    ) {
      lines.report(context, { name: 'threat.exfiltration-host', start: form.start, end: form.end })
      form = undefined
    } else if (name === 'script' && base !== undefined) {
      const address = attributes.get('src')
      if (address !== undefined && !/^(?:[a-z]+:|\/\/)/i.test(address.trim()))
        lines.report(context, { name: 'threat.dependency-source', start, end })
    }
  }

  /** Where a page takes its modules from: an address without a name, or without TLS. */
  function readImportMap(body: string, { start, end }: Tag): void {
    for (const [, url = ''] of body.matchAll(/"((?:https?:)?\/\/[^"\s]{1,500})"/g)) {
      const address = addressOf(url)
      if (address !== undefined && isStrangeModule(address))
        lines.report(context, { name: 'threat.dependency-source', start, end, evidence: url })
    }
  }

  /** A document that an attribute holds, whole or as a data: address. */
  function openData(value: string, at: number): void {
    const [, type = '', parameters = '', body = ''] = DATA_ADDRESS.exec(value) ?? []
    const code = /;\s*base64/i.test(parameters)
      ? Buffer.from(body.replace(/#[^#]*$/, ''), 'base64').toString('utf8')
      : percentDecoded(body)
    if (/javascript/i.test(type)) run(code, at)
    else openPage(code, 'html', at)
  }

  function openPage(text: string, format: 'html', at: number): void {
    if (text.trim() === '' || ++scripts > MOST_SCRIPTS) return
    const name = `page at line ${lines.placeOf(at).line}`
    context.scanMember(memorySource(Buffer.from(text)), name, { format, parse: parseHtml })
  }

  function run(code: string, at: number): void {
    active ??= at
    if (code.trim() === '' || ++scripts > MOST_SCRIPTS) return
    context.scanMember(
      memorySource(Buffer.from(code)),
      `script at line ${lines.placeOf(at).line}`,
      { format: 'javascript', parse: parseJavaScript },
    )
  }
}
