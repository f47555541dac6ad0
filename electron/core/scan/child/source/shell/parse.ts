import type { Command, Part, Pipeline, Redirect, Word } from './syntax'
import { ShellTooComplex } from './syntax'
import { readDouble, readWord, type WordReader } from './words'

/** Command substitutions and groups inside each other. */
const DEEPEST = 40
/** Commands of one text. */
const MOST_COMMANDS = 50_000

/** Reserved words that open a group, and those that close it (POSIX XCU 2.4). */
const OPENS: Readonly<Record<string, string>> = { '{': '}', do: 'done', if: 'fi' }
const CLOSES = new Set(['}', 'done', 'fi', 'esac'])
/** Reserved words behind which a command follows. */
const PREFIXES = new Set(['then', 'elif', 'else', 'while', 'until', '!', 'time', 'coproc'])
const REDIRECT = /(\d*)(<<<|<<-?|&>>|&>|>>|>&|<&|<>|>\||<(?!\()|>(?!\())/y
const ASSIGNMENT = /^([A-Za-z_]\w*)\+?=/

interface Heredoc {
  delimiter: string
  literal: boolean
  target: Word
}

/**
 * Reads a POSIX shell script (bash's extensions included) into pipelines, in the order of the text.
 * It is meant for scripts that hide things, not for running them: branches and loops are groups, and
 * a text with wrong syntax is read as far as it makes sense. Throws ShellTooComplex.
 */
export function parseScript(text: string): Pipeline[] {
  let depth = 0
  let commands = 0
  let heredocs: Heredoc[] = []

  const reader: WordReader = {
    text,
    backquoted: false,
    commands(from, close) {
      if (++depth > DEEPEST) throw new ShellTooComplex(`nested deeper than ${DEEPEST} levels`)
      const outer = reader.backquoted
      reader.backquoted = close === '`'
      const list = readList(from, close)
      reader.backquoted = outer
      depth--
      return { body: list.pipelines, next: list.next }
    },
  }

  /** Pipelines up to `close`: ')' or '`' of a substitution, or a closing word of a group. */
  function readList(from: number, close: string): { pipelines: Pipeline[]; next: number } {
    const pipelines: Pipeline[] = []
    let pipeline: Pipeline = { commands: [] }
    let command = emptyCommand(from)
    let at = from

    const endCommand = () => {
      command.end = Math.max(command.start, at)
      if (!isEmpty(command)) {
        if (++commands > MOST_COMMANDS)
          throw new ShellTooComplex(`more than ${MOST_COMMANDS} commands`)
        pipeline.commands.push(command)
      }
      command = emptyCommand(at)
    }
    const endPipeline = () => {
      endCommand()
      if (pipeline.commands.length > 0) pipelines.push(pipeline)
      pipeline = { commands: [] }
    }
    const group = (start: number, closing: string, next: number): void => {
      if (++depth > DEEPEST) throw new ShellTooComplex(`nested deeper than ${DEEPEST} levels`)
      const list = readList(next, closing)
      depth--
      const { defines } = command
      command = {
        ...emptyCommand(start),
        body: list.pipelines,
        ...(defines !== undefined && { defines }),
      }
      at = list.next
    }

    while (at < text.length) {
      const char = text[at] ?? ''
      if (char === close && (close === ')' || close === '`')) {
        endPipeline()
        return { pipelines, next: at + 1 }
      }
      if (char === '\n') {
        endPipeline()
        at = readHeredocs(at + 1)
      } else if (char === ' ' || char === '\t' || char === '\r') at++
      else if (char === '\\' && /^\\\r?\n/.test(text.slice(at, at + 3)))
        at += text[at + 1] === '\r' ? 3 : 2
      else if (char === '#') at = lineEnd(at)
      else if (char === ';') {
        endPipeline()
        at++
      } else if (char === '|' && text[at + 1] !== '|') {
        endCommand()
        at += text[at + 1] === '&' ? 2 : 1
      } else if (char === '|' || (char === '&' && text[at + 1] !== '>')) {
        endPipeline()
        at += text[at + 1] === char ? 2 : 1
      } else if (char === '(') {
        const first = command.words[0]
        const isFunction = command.words.length === 1 && /^\(\s*\)/.test(text.slice(at, at + 8))
        if (isFunction && first !== undefined) {
          at = text.indexOf(')', at) + 1
          command = { ...emptyCommand(first.start), defines: text.slice(first.start, first.end) }
        } else if (text[at + 1] === '(' && command.words.length === 0) {
          const end = text.indexOf('))', at)
          at = end === -1 ? text.length : end + 2
        } else if (command.words.length === 0) group(at, ')', at + 1)
        else at = skipArray(at)
      } else if (char === ')') {
        // A pattern of a case.
        command = emptyCommand(at + 1)
        at++
      } else if (!readRedirect()) {
        const word = readWord(reader, at)
        if (word === undefined) at++
        else if (!readReserved(word)) {
          at = word.end
          addWord(word)
        } else if (text.slice(word.start, word.end) === close) {
          at = word.end
          endPipeline()
          return { pipelines, next: at }
        }
      }
    }
    endPipeline()
    return { pipelines, next: at }

    function readRedirect(): boolean {
      REDIRECT.lastIndex = at
      const match = REDIRECT.exec(text)
      if (match === null) return false
      const [whole, descriptor = '', operator = ''] = match
      if (isEmpty(command)) command.start = at
      at += whole.length
      while (text[at] === ' ' || text[at] === '\t') at++
      const target = readWord(reader, at) ?? { start: at, end: at, parts: [] }
      at = Math.max(at, target.end)
      const redirect: Redirect = {
        operator: operator.startsWith('<<') && operator !== '<<<' ? '<<' : operator,
        descriptor,
        target,
      }
      if (redirect.operator === '<<') redirect.target = expectHeredoc(target)
      command.redirects.push(redirect)
      return true
    }

    /** True when the word is syntax and was consumed, or closes this list. */
    function readReserved(word: Word): boolean {
      if (command.words.length > 0 || command.assignments.length > 0) return false
      const name = text.slice(word.start, word.end)
      if (PREFIXES.has(name)) {
        at = word.end
        return true
      }
      if (name === 'function') {
        const next = /\s*([^\s(){]+)\s*(\(\s*\))?/y
        next.lastIndex = word.end
        const match = next.exec(text)
        at = match === null ? word.end : next.lastIndex
        command = { ...emptyCommand(word.start), defines: match?.[1] ?? '' }
        return true
      }
      const closing = Object.hasOwn(OPENS, name) ? OPENS[name] : undefined
      if (closing !== undefined) {
        group(word.start, closing, word.end)
        return true
      }
      if (!CLOSES.has(name)) return false
      if (name !== close) at = word.end
      return true
    }

    function addWord(word: Word): void {
      if (isEmpty(command)) command.start = word.start
      const first = word.parts[0]
      const match =
        command.words.length === 0 && first?.kind === 'text' && !first.quoted
          ? ASSIGNMENT.exec(first.text)
          : null
      if (match === null) {
        command.words.push(word)
        return
      }
      const [whole = '', name = ''] = match
      const parts = [...word.parts]
      if (first?.kind === 'text') parts[0] = { ...first, text: first.text.slice(whole.length) }
      command.assignments.push({ name, value: { ...word, parts } })
      if (text[at] === '(') at = skipArray(at)
    }
  }

  /** `name=( … )`: the values of an array are data. */
  function skipArray(from: number): number {
    const list = reader.commands(from + 1, ')')
    return list.next
  }

  function expectHeredoc(target: Word): Word {
    const raw = text.slice(target.start, target.end)
    const body: Word = { start: target.start, end: target.end, parts: [] }
    heredocs.push({
      delimiter: raw.replace(/['"\\]/g, ''),
      literal: /['"\\]/.test(raw),
      target: body,
    })
    return body
  }

  /** The bodies of here-documents stand behind the line that announces them. */
  function readHeredocs(from: number): number {
    let at = from
    const pending = heredocs
    heredocs = []
    for (const { delimiter, literal, target } of pending) {
      const start = at
      let end = text.length
      while (at < text.length) {
        const stop = lineEnd(at)
        const line = text.slice(at, stop).trim()
        if (line === delimiter) end = at
        at = stop + 1
        if (end !== text.length) break
      }
      const parts: Part[] = []
      if (literal) parts.push({ kind: 'text', text: text.slice(start, end), quoted: true })
      else readDouble(reader, start, '', parts, end)
      Object.assign(target, { start, end, parts })
    }
    return Math.min(at, text.length)
  }

  function lineEnd(from: number): number {
    const end = text.indexOf('\n', from)
    return end === -1 ? text.length : end
  }

  return readList(0, '').pipelines
}

function isEmpty({ words, assignments, redirects, body }: Command): boolean {
  return body === undefined && words.length + assignments.length + redirects.length === 0
}

function emptyCommand(at: number): Command {
  return { start: at, end: at, assignments: [], words: [], redirects: [] }
}
