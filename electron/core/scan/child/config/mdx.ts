import { memorySource } from '../byte-source'
import type { Parser } from '../context'
import { parseJavaScript } from '../source/javascript'
import { readText } from '../text/read-text'
import { readableToTheEnd } from '../text/text'

const MOST_BYTES = 4 * 1024 * 1024

const ESM =
  /^(import\s+(['"{*]|[\w$]+\s*(,|from\b))|export\s+(const|let|var|default|function|async|class|\{|\*))/

/** Markdown with components (mdxjs.com, "ESM"): blocks that begin with import or export are code. */
export const parseMdx: Parser = (source, context) => {
  const text = readText(source, context, MOST_BYTES)
  const blocks: string[] = []
  let isCode = false
  let isFenced = false
  for (const line of text.split('\n')) {
    if (/^(```|~~~)/.test(line)) isFenced = !isFenced
    else if (/^\s*$|^#{1,6}\s|^[<>]/.test(line)) isCode = false
    else if (!isFenced && ESM.test(line)) isCode = true
    blocks.push(isCode && !isFenced ? line : '')
  }
  const code = blocks.join('\n')
  if (code.trim() !== '')
    context.scanMember(memorySource(Buffer.from(code)), 'code', {
      format: 'javascript',
      parse: parseJavaScript,
    })
  return readableToTheEnd(source, context)
}
