import type { Parser } from '../context'
import { reportShell } from '../source/shell/report-shell'
import { createSourceText } from '../source/source-text'
import { readText } from '../text/read-text'
import { readableToTheEnd } from '../text/text'

const MOST_BYTES = 1024 * 1024
const MOST_COMMANDS = 500

/** Steps of Jenkins and tasks of Gradle whose text is a command: `sh 'make'`, `sh(script: "make")`. */
const STEPS =
  /\b(?:sh|bat|powershell|pwsh|commandLine|executable)\b\s*\(?\s*(?:script\s*:\s*)?((?:'''[\s\S]{0,20000}?'''|"""[\s\S]{0,20000}?"""|'(?:[^'\\\n]|\\.){0,4000}'|"(?:[^"\\\n]|\\.){0,4000}")(?:\s*,\s*(?:'(?:[^'\\\n]|\\.){0,4000}'|"(?:[^"\\\n]|\\.){0,4000}"))*)/g
/** `"command".execute()`. */
const EXECUTED = /('(?:[^'\\\n]|\\.){1,4000}'|"(?:[^"\\\n]|\\.){1,4000}")\s*\.execute\(\)/g
const WORD = /'''([\s\S]*?)'''|"""([\s\S]*?)"""|'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"/g

/** A Jenkinsfile or a build of Gradle: the commands that it starts; the rest of Groovy is not followed. */
export const parseGroovy: Parser = (source, context) => {
  const text = readText(source, context, MOST_BYTES)
  const lines = createSourceText(text, 'groovy')
  // A comment holds no step; an address behind quotes has two slashes as well.
  const code = text.replace(/(^|\s)\/\/[^\n]*|\/\*[\s\S]{0,20000}?\*\//g, (part) =>
    part.replace(/[^\n]/g, ' '),
  )
  let left = MOST_COMMANDS
  for (const pattern of [STEPS, EXECUTED])
    for (const match of code.matchAll(pattern)) {
      context.checkpoint()
      if (left-- <= 0) break
      const words = [...(match[1] ?? '').matchAll(WORD)].map((word) =>
        (word.slice(1).find((part) => part !== undefined) ?? '').replace(/\\(['"$\\])/g, '$1'),
      )
      const command = words.length === 1 ? (words[0] ?? '') : words.map(quote).join(' ')
      reportShell(context, lines, { text: command, start: match.index, exact: false }, 'step')
    }
  return readableToTheEnd(source, context)
}

const quote = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
