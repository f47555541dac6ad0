import { inconclusive, type ParseContext, type Parser } from '../../context'
import { readText } from '../../text/read-text'
import { readableToTheEnd } from '../../text/text'
import { createSourceText, type SourceText } from '../source-text'
import { reportShell } from './report-shell'
import { originValue, type Value } from './stream'

/** Far beyond any Dockerfile. */
const MOST_BYTES = 1024 * 1024

interface Instruction {
  keyword: string
  /** Range of what stands behind the keyword. */
  start: number
  end: number
}

/** A Dockerfile: what its commands do when the image is built, and what a container starts with. */
export const parseDockerfile: Parser = (source, context) => {
  const text = readText(source, context, MOST_BYTES)
  const lines = createSourceText(text, 'dockerfile')
  const commands = text.replace(/[^\n]/g, ' ').split('')
  const files = new Map<string, Value>()
  for (const instruction of instructionsOf(text)) {
    context.checkpoint()
    const { keyword, start, end } = instruction
    if (keyword === 'RUN') takeCommand(text, instruction, commands)
    if (/^(RUN|CMD|ENTRYPOINT|HEALTHCHECK|SHELL)$/.test(keyword))
      readList(context, lines, instruction, files)
    if (keyword === 'ADD') noteAdded(text.slice(start, end), files)
    if (keyword === 'ADD' && /\bhttp:\/\//i.test(text.slice(start, end)))
      lines.reportAs(context, 'content', { name: 'docker.add-without-tls', start, end })
  }
  // All RUNs are one script, so that a file which one loads and another starts is seen.
  const all = commands.join('')
  const followed = reportShell(context, lines, { text: all, start: 0, exact: true }, 'RUN', files)
  for (const file of followed.files.filter((path) => !/^\/?(usr|bin|opt|etc|sbin)\//.test(path))) {
    const start = Math.max(0, text.indexOf(file))
    lines.reportAs(context, 'hook', {
      name: 'hook.docker.run',
      start,
      end: start + file.length,
      evidence: `RUN ${file}`,
      detail: { target: file },
    })
  }
  if (!followed.whole) return inconclusive('Its commands are too complex to be followed.')
  return readableToTheEnd(source, context)
}

/** Instructions with their continued lines (docs.docker.com/reference/dockerfile, "Format"). */
function* instructionsOf(text: string): Generator<Instruction> {
  const escapeMark = /^#\s*escape\s*=\s*`/im.test(text.slice(0, 500)) ? '`' : '\\'
  for (let at = 0; at < text.length; ) {
    let end = lineEnd(text, at)
    const head = /^[ \t]*(?:ONBUILD[ \t]+)?([A-Za-z]+)[ \t]+/.exec(
      text.slice(at, Math.min(end, at + 80)),
    )
    if (head === null) {
      at = end + 1
      continue
    }
    while (end < text.length && continues(text, at, end, escapeMark)) end = lineEnd(text, end + 1)
    const heredoc = /<<-?\s*["']?(\w+)["']?/.exec(text.slice(at, end))?.[1]
    if (heredoc !== undefined) {
      const close = new RegExp(`^\\s*${heredoc}[ \\t]*\\r?$`, 'm').exec(text.slice(end))
      end = close === null ? text.length : end + close.index + close[0].length
    }
    yield { keyword: (head[1] ?? '').toUpperCase(), start: at + head[0].length, end }
    at = end + 1
  }
}

/** A line goes on behind an escape; comments and blank lines in between do not end it. */
function continues(text: string, start: number, end: number, mark: string): boolean {
  const lineStart = Math.max(start, text.lastIndexOf('\n', end - 1) + 1)
  const last = text.slice(lineStart, end).trim()
  if (last.endsWith(mark)) return true
  return lineStart > start && (last === '' || last.startsWith('#'))
}

/** `ADD https://… /path`: a file from the network that a RUN may start. */
function noteAdded(body: string, files: Map<string, Value>): void {
  const words = body
    .trim()
    .split(/\s+/)
    .filter((word) => !word.startsWith('--'))
  const target = words.at(-1) ?? ''
  const urls = words.slice(0, -1).filter((word) => /^(https?|ftp):/.test(word))
  if (/--checksum=/.test(body)) return
  for (const url of urls) {
    const name = url.split('/').at(-1) ?? ''
    files.set(target.endsWith('/') ? `${target}${name}` : target, originValue('network', [url]))
  }
}

/** Copies the command of a RUN, without options and comments, to its place in an empty text. */
function takeCommand(text: string, { start, end }: Instruction, commands: string[]): void {
  const body = text.slice(start, end)
  if (/^\s*\[/.test(body)) return
  const options = /^(\s*--[\w-]+(=\S+)?)*\s*/.exec(body)?.[0].length ?? 0
  // A comment line inside a continued command is removed as a whole, its end as well.
  const code = body.replace(/(?<=\n)[ \t]*#[^\n]*(\n|$)/g, (line) => ' '.repeat(line.length))
  const heredoc = /^<<-?\s*["']?\w+["']?[ \t]*\r?\n/.exec(body.slice(options))?.[0].length ?? 0
  const from = options + heredoc
  for (let index = from; index < code.length; index++) commands[start + index] = code[index] ?? ' '
}

/** `["sh", "-c", "…"]`, or a CMD and ENTRYPOINT in shell form. */
function readList(
  context: ParseContext,
  lines: SourceText,
  { keyword, start, end }: Instruction,
  files: Map<string, Value>,
): void {
  const body = lines.text
    .slice(start, end)
    .replace(/\\\r?\n/g, ' ')
    .trim()
  const list = stringList(body)
  if (list === undefined && (keyword === 'RUN' || keyword === 'SHELL')) return
  const text = list === undefined ? body.replace(/^(.*\s)?CMD\s+/, '') : list.map(quote).join(' ')
  reportShell(context, lines, { text, start, exact: false }, keyword, files)
}

function stringList(body: string): string[] | undefined {
  const at = body.indexOf('[')
  if (at === -1 || !/^(--\S+\s+)*(CMD\s+)?$/.test(body.slice(0, at))) return undefined
  try {
    const value: unknown = JSON.parse(body.slice(at))
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : undefined
  } catch {
    return undefined
  }
}

const quote = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end === -1 ? text.length : end
}
