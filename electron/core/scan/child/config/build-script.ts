import type { Parser } from '../context'
import { reportShell } from '../source/shell/report-shell'
import { createSourceText } from '../source/source-text'
import { readText } from '../text/read-text'
import { readableToTheEnd } from '../text/text'
import { type CommentSyntax, withoutComments } from '../text/without-comments'
import { quoted } from './commands'

const MOST_BYTES = 512 * 1024
const MOST_COMMANDS = 500

/** A text between quotes, of Groovy and Meson. */
const TEXT = String.raw`'(?:[^'\\\n]|\\.){0,4000}'|"(?:[^"\\\n]|\\.){0,4000}"`
const WORD = /'''([\s\S]*?)'''|"""([\s\S]*?)"""|'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"/g

/** Steps of Jenkins and tasks of Gradle: `sh 'make'`, `sh(script: "make")`, `"make".execute()`. */
const GROOVY: readonly RegExp[] = [
  new RegExp(
    String.raw`\b(?:sh|bat|powershell|pwsh|commandLine|executable)\b\s*\(?\s*(?:script\s*:\s*)?((?:'''[\s\S]{0,4000}?'''|"""[\s\S]{0,4000}?"""|${TEXT})(?:\s*,\s*(?:${TEXT}))*)`,
    'g',
  ),
  new RegExp(String.raw`(${TEXT})\s*\.execute\(\)`, 'g'),
]
/** What configuring a build with Meson starts. */
const MESON: readonly RegExp[] = [
  new RegExp(
    String.raw`\b(?:run_command|add_install_script|add_postconf_script|add_dist_script)\s*\(\s*((?:${TEXT})(?:\s*,\s*(?:${TEXT}))*)`,
    'g',
  ),
  new RegExp(String.raw`\bcommand\s*:\s*\[\s*((?:${TEXT})(?:\s*,\s*(?:${TEXT}))*)`, 'g'),
]
/** CMake: the words behind COMMAND, up to the next word in capitals or the closing bracket. */
const CMAKE =
  /\b(?:execute_process|exec_program|add_custom_command|add_custom_target)\s*\([^)]{0,2000}?\bCOMMAND\s+((?:"(?:[^"\\]|\\.){0,4000}"|(?![A-Z_]{4,}\b)[^\s()"]{1,500}|\s{1,100}){1,200})/g

/** A build script: the commands that it starts; the rest of its language is not followed. */
function parserFor(
  language: string,
  patterns: readonly RegExp[],
  syntax: CommentSyntax,
  wordsOf: (text: string) => string,
): Parser {
  return (source, context) => {
    const text = readText(source, context, MOST_BYTES)
    const lines = createSourceText(text, language)
    const code = withoutComments(text, syntax)
    let left = MOST_COMMANDS
    for (const pattern of patterns)
      for (const match of code.matchAll(pattern)) {
        context.checkpoint()
        if (left-- <= 0) break
        const command = wordsOf(match[1] ?? '')
        reportShell(context, lines, { text: command, start: match.index, exact: false }, 'step')
      }
    return readableToTheEnd(source, context)
  }
}

function literalWords(text: string): string {
  const words = [...text.matchAll(WORD)].map((word) =>
    (word.slice(1).find((part) => part !== undefined) ?? '').replace(/\\(['"$\\])/g, '$1'),
  )
  return words.length === 1 ? (words[0] ?? '') : words.map(quoted).join(' ')
}

/** Arguments of CMake: a text in quotes is one word. */
const cmakeWords = (text: string): string =>
  [...text.matchAll(/"((?:[^"\\]|\\.)*)"|[^\s"]+/g)]
    .map((word) => (word[1] === undefined ? word[0] : quoted(word[1].replace(/\\(.)/g, '$1'))))
    .join(' ')

const HASH: CommentSyntax = { line: ['#'], block: [], quotes: `'"` }

export const parseGroovy = parserFor(
  'groovy',
  GROOVY,
  { line: ['//'], block: [['/*', '*/']], quotes: `'"` },
  literalWords,
)
export const parseMeson = parserFor('meson', MESON, HASH, literalWords)
export const parseCmake = parserFor(
  'cmake',
  [CMAKE],
  { line: ['#'], block: [['#[[', ']]']], quotes: '"' },
  cmakeWords,
)
