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
  const values = new Map<string, string>()
  for (const [, name = '', value = ''] of text.matchAll(
    /^(\w+)[ \t]*[:?]?=[ \t]*(\S+)[ \t]*\r?$/gm,
  ))
    values.set(name, value)
  let continued = false
  for (const line of text.split('\n')) {
    const isRecipe: boolean = line.startsWith('\t') || continued
    continued = isRecipe && /\\\s*$/.test(line)
    if (!isRecipe) kept.push(' '.repeat(line.length))
    else
      kept.push(
        line
          .replace(/^\t\s*[@+-]+/, (prefix) => ' '.repeat(prefix.length))
          .replace(
            /\$\$|\$\(([\w.-]+)\)/g,
            (whole, name: string | undefined, at: number, all: string) =>
              name === undefined
                ? ' $'
                : variable(whole, name, /^[\s;]?$/.test(all.charAt(at + whole.length)), values),
          )
          .replace(/\$[@<^*?]/g, '__'),
      )
  }
  return kept.join('\n')
}

/** One word that takes the place of the variable, as long as it fits: places in the text stay. */
function variable(
  whole: string,
  name: string,
  isWord: boolean,
  values: ReadonlyMap<string, string>,
): string {
  const value = values.get(name)
  return isWord && value !== undefined && value.length <= whole.length
    ? value.padEnd(whole.length)
    : `\${${name.replace(/[.-]/g, '_')}}`
}
