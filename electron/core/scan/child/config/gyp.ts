import { inconclusive, type Parser } from '../context'
import { reportShell } from '../source/shell/report-shell'
import { createSourceText } from '../source/source-text'
import { readText } from '../text/read-text'
import { readableToTheEnd } from '../text/text'

const MOST_BYTES = 1024 * 1024
/** Command expansions (gyp.gsrc.io, InputFormatReference): `<!(…)`, `<!@(…)`, `>!(…)`, `^!(…)`. */
const EXPANSION = /[<>^]!@?\(/g
const ACTION = /(["'])action\1\s*:\s*\[([^\]]{0,4096})\]/g

/** binding.gyp: node-gyp runs its command expansions while a package is installed. */
export const parseGyp: Parser = (source, context) => {
  const text = readText(source, context, MOST_BYTES)
  const lines = createSourceText(text, 'gyp')
  let whole = true
  for (const match of text.matchAll(EXPANSION)) {
    context.checkpoint()
    const start = match.index + match[0].length
    const command = text.slice(start, closing(text, start))
    // The command stands in a string, so its own quotes are escaped.
    const plain = command.replace(/\\(['"\\])/g, '$1')
    lines.reportAs(context, 'hook', {
      name: 'hook.gyp.expansion',
      start,
      end: start + command.length,
      detail: { command },
    })
    whole =
      reportShell(context, lines, { text: plain, start, exact: plain === command }, 'expansion')
        .whole && whole
  }
  for (const match of text.matchAll(ACTION)) {
    const words = [...(match[2] ?? '').matchAll(/(["'])((?:(?!\1)[^\\]|\\.)*)\1/g)].map(
      (word) => word[2] ?? '',
    )
    const command = words.join(' ')
    lines.reportAs(context, 'hook', {
      name: 'hook.gyp.action',
      start: match.index,
      end: match.index + match[0].length,
      evidence: command,
      detail: { command },
    })
    whole =
      reportShell(context, lines, { text: command, start: match.index, exact: false }, 'action')
        .whole && whole
  }
  if (!whole) return inconclusive('Its commands are too complex to be followed.')
  return readableToTheEnd(source, context)
}

/** Index of the parenthesis that closes the one before `from`, or the end of the line. */
function closing(text: string, from: number): number {
  let depth = 1
  for (let at = from; at < text.length && at - from < 65_536; at++) {
    const char = text[at]
    if (char === '(') depth++
    else if (char === ')' && --depth === 0) return at
    else if (char === '\n') return at
  }
  return Math.min(text.length, from + 65_536)
}
