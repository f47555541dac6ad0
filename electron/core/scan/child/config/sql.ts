import type { ParseContext, Parser } from '../context'
import { reportShell } from '../source/shell/report-shell'
import { createSourceText, type SourceText } from '../source/source-text'
import type { CodeName } from '../source/vocabulary'
import { readText } from '../text/read-text'
import { readableToTheEnd } from '../text/text'
import { withoutComments } from '../text/without-comments'

/** Dumps of databases are longer, and data. */
const MOST_BYTES = 8 * 1024 * 1024
const MOST_FINDINGS = 100
const SYNTAX = { line: ['--'], block: [['/*', '*/'] as const], quotes: `'` }

/** A text between quotes as SQL writes it, up to a length that no command exceeds. */
const TEXT = `'((?:[^']|''){1,2000})'`

/** Statements with which a database starts programs, loads machine code and writes files for others. */
const STATEMENTS: readonly { name: CodeName; pattern: RegExp; command?: true }[] = [
  {
    name: 'hidden.process',
    pattern: new RegExp(String.raw`\bCOPY\b[^;]{1,300}?\b(?:FROM|TO)\s+PROGRAM\s+${TEXT}`, 'gi'),
    command: true,
  },
  {
    name: 'hidden.process',
    pattern: new RegExp(String.raw`\bxp_cmdshell\s+(?:N?${TEXT}|@\w+)`, 'gi'),
    command: true,
  },
  {
    name: 'hidden.process',
    pattern: new RegExp(String.raw`\bsys_(?:exec|eval)\s*\(\s*${TEXT}`, 'gi'),
    command: true,
  },
  {
    name: 'hidden.process',
    pattern: /^\s*\.(?:shell|system)\s+(\S[^\n]{0,4000})/gim,
    command: true,
  },
  { name: 'hidden.process', pattern: /\\!\s+(\S[^\n]{0,4000})/g, command: true },
  { name: 'hidden.process', pattern: /\bsp_OACreate\s+N?'wscript\.shell'/gi },
  { name: 'hidden.process', pattern: /\bjob_type\s*=>\s*'EXECUTABLE'/gi },
  {
    name: 'hidden.process',
    pattern:
      /\bLANGUAGE\s+'?pl(?:python3?|perl|sh)u?'?\b[^;]{0,1000}?\b(?:os\.(?:system|popen)|subprocess|system\()/gi,
  },
  {
    name: 'threat.persistence',
    pattern:
      /\bINTO\s+(?:OUTFILE|DUMPFILE)\s+'[^'\n]{1,300}(?:\.(?:php\d?|phtml|jspx?|aspx?|sh|py|so|dll)|\/cron[^'\n]{0,100}|authorized_keys)'/gi,
  },
  { name: 'capability.native', pattern: /\bload_extension\s*\(\s*'[^'\n]{1,300}'/gi },
]

/** SQL: data, but for the statements that reach beyond the database. */
export const parseSql: Parser = (source, context) => {
  const text = readText(source, context, MOST_BYTES)
  const lines = createSourceText(text, 'sql')
  const code = withoutComments(text, SYNTAX)
  let found = 0
  for (const { name, pattern, command } of STATEMENTS)
    for (const match of code.matchAll(pattern)) {
      context.checkpoint()
      if (++found > MOST_FINDINGS) break
      report(context, lines, name, match, command === true)
    }
  return readableToTheEnd(source, context)
}

function report(
  context: ParseContext,
  lines: SourceText,
  name: CodeName,
  match: RegExpExecArray,
  hasCommand: boolean,
): void {
  const start = match.index + (/^\s*/.exec(match[0])?.[0].length ?? 0)
  lines.report(context, {
    name,
    start,
    end: match.index + match[0].length,
    ...(hasCommand && { detail: { how: 'starts a program from SQL' } }),
  })
  const text = hasCommand ? match[1]?.replaceAll("''", "'") : undefined
  if (text !== undefined) reportShell(context, lines, { text, start, exact: false }, 'SQL')
}
