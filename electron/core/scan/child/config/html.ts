import { memorySource } from '../byte-source'
import { inconclusive, type Parser } from '../context'
import { parseJavaScript } from '../source/javascript'
import { addressOf, isExfiltrationHost } from '../source/shell/places'
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
const LOADS = /^(script|iframe|form|embed|object|img)$/
const SVG = /^\s*(<\?xml[^>]{0,200}>\s*)?(<!doctype svg[^>]{0,500}>\s*)?<svg[\s>]/i

/** A page or a vector image: its scripts and event handlers go through the parser of JavaScript. */
export const parseHtml: Parser = (source, context) => {
  const text = readText(source, context, MOST_BYTES)
  const page = withoutComments(text)
  const lowerCase = page.toLowerCase()
  const lines = createSourceText(text, 'html')
  const isImage = SVG.test(page.slice(0, 4096))
  let scripts = 0
  let active: number | undefined
  let scriptEnd = 0

  for (const tag of tagsOf(page)) {
    context.checkpoint()
    // What looks like a tag inside a script is a part of it.
    if (tag.start < scriptEnd) continue
    if (tag.name === 'script' || tag.name === 'svg:script') {
      active ??= tag.start
      const close = lowerCase.indexOf('</script', tag.end)
      scriptEnd = close === -1 ? page.length : close
      const body = page.slice(tag.end, scriptEnd)
      if (!DATA_TYPES.test(tag.attributes.get('type') ?? ''))
        run(isImage ? unescapeEntities(body.replace(/<!\[CDATA\[|\]\]>/g, '')) : body, tag.start)
    }
    readAttributes(tag)
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
      if (/^on[a-z]{3,}$/.test(key)) run(value, start)
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
