import { readBytes } from '../byte-source'
import { inconclusive, type Parser } from '../context'
import { analyseTemplate } from '../template'
import { readableToTheEnd } from './text'

/** The longest published template has 50 KiB. */
const MOST_BYTES = 4 * 1024 * 1024

/** A chat template in a file of its own (chat_template.jinja). */
export const parseJinjaFile: Parser = (source, context) => {
  if (source.size > MOST_BYTES) {
    context.anomaly('limit.template-bytes', 0, `${source.size} bytes`)
    return inconclusive(`It is a template of more than ${MOST_BYTES} bytes.`)
  }
  analyseTemplate(readBytes(source, 0, source.size).toString('utf8'), context, {
    name: 'template',
    offset: 0,
  })
  return readableToTheEnd(source, context)
}
