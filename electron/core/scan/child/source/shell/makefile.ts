import { inconclusive, type Parser } from '../../context'
import { readText } from '../../text/read-text'
import { readableToTheEnd } from '../../text/text'
import { createSourceText } from '../source-text'
import { reportShell } from './report-shell'

const MOST_BYTES = 1024 * 1024

/** A makefile: its recipes, and the `$(shell …)` that run whenever it is read. */
export const parseMakefile: Parser = (source, context) => {
  const text = readText(source, context, MOST_BYTES)
  const lines = createSourceText(text, 'make')
  const { whole } = reportShell(
    context,
    lines,
    { text: recipesOf(text), start: 0, exact: true },
    'recipe',
  )
  for (const match of text.matchAll(/\$\(shell\s+([^\n]*)\)/g)) {
    context.checkpoint()
    const start = match.index + match[0].length - (match[1]?.length ?? 0) - 1
    reportShell(context, lines, { text: match[1] ?? '', start, exact: true }, 'shell')
  }
  if (!whole) return inconclusive('Its commands are too complex to be followed.')
  return readableToTheEnd(source, context)
}

/** The text with everything but recipe lines blanked; make's variables read as unknown ones of a shell. */
function recipesOf(text: string): string {
  const kept: string[] = []
  let continued = false
  for (const line of text.split('\n')) {
    const isRecipe: boolean = line.startsWith('\t') || continued
    continued = isRecipe && /\\\s*$/.test(line)
    if (!isRecipe) kept.push(' '.repeat(line.length))
    else
      kept.push(
        line
          .replace(/^\t\s*[@+-]+/, (prefix) => ' '.repeat(prefix.length))
          .replace(/\$\$/g, ' $')
          .replace(/\$\(([\w.-]+)\)/g, (_, name: string) => `\${${name.replace(/[.-]/g, '_')}}`)
          .replace(/\$[@<^*?]/g, '__'),
      )
  }
  return kept.join('\n')
}
