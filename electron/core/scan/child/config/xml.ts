import { inconclusive, type Parser } from '../context'
import { createSourceText } from '../source/source-text'
import { readText } from '../text/read-text'
import { readableToTheEnd } from '../text/text'
import { reportEntities } from './entity'

/** PMML models reach some megabytes. */
const MOST_BYTES = 64 * 1024 * 1024
const STYLESHEET = /<\?xml-stylesheet[^>]{0,500}href\s{0,20}=\s{0,20}["'](javascript:|https?:)/i

/** XML is data, but for what a reader does with its declarations: external entities and entity bombs. */
export const parseXml: Parser = (source, context) => {
  const text = readText(source, context, MOST_BYTES)
  const lines = createSourceText(text, 'xml')
  if (!reportEntities(lines, context))
    return inconclusive('It declares more entities than any document needs.')
  const sheet = STYLESHEET.exec(text)
  if (sheet !== null)
    lines.reportAs(context, 'content', {
      name: 'xml.remote-stylesheet',
      start: sheet.index,
      end: sheet.index + sheet[0].length,
    })
  return readableToTheEnd(source, context)
}
