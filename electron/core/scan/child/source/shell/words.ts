import type { Part, Pipeline, Word } from './syntax'

export interface WordReader {
  readonly text: string
  /** Whether a backquote ends what is being read. */
  backquoted: boolean
  /** Parses the commands up to `close`, from an index; returns the index behind `close`. */
  commands(from: number, close: ')' | '`'): { body: Pipeline[]; next: number }
}

const NAME = /[A-Za-z_]\w*|[0-9@*#?$!-]/y
const ENDS_WORD = new Set([' ', '\t', '\n', '\r', ';', '&', '|', '<', '>', '(', ')'])
const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  e: '\x1b',
  E: '\x1b',
}

/** Reads one word (POSIX XCU 2.2, 2.6; bash's $'…' and <(…)). Returns undefined when none starts. */
export function readWord(reader: WordReader, start: number): Word | undefined {
  const { text } = reader
  const parts: Part[] = []
  let plain = ''
  let at = start
  const flush = () => {
    if (plain !== '') parts.push({ kind: 'text', text: plain, quoted: false })
    plain = ''
  }
  while (at < text.length) {
    const char = text[at] ?? ''
    if ((char === '<' || char === '>') && text[at + 1] === '(' && at === start) {
      const { body, next } = reader.commands(at + 2, ')')
      parts.push({ kind: 'command', body, file: true })
      at = next
      continue
    }
    if (ENDS_WORD.has(char) || (char === '`' && reader.backquoted)) break
    if (char === '\\') {
      const next = text[at + 1]
      if (next === '\r' && text[at + 2] === '\n') at++
      else if (next !== '\n' && next !== undefined) {
        flush()
        parts.push({ kind: 'text', text: next, quoted: true })
      }
      at += 2
    } else if (char === "'") {
      flush()
      const close = text.indexOf("'", at + 1)
      const end = close === -1 ? text.length : close
      parts.push({ kind: 'text', text: text.slice(at + 1, end), quoted: true })
      at = end + 1
    } else if (char === '"') {
      flush()
      at = readDouble(reader, at + 1, '"', parts)
    } else if (char === '$' && text[at + 1] === "'") {
      flush()
      at = readAnsi(text, at + 2, parts)
    } else if (char === '$' || char === '`') {
      flush()
      at = readExpansion(reader, at, false, parts)
    } else {
      plain += char
      at++
    }
  }
  flush()
  if (at === start) return undefined
  return { start, end: Math.min(at, text.length), parts }
}

/** Text with expansions up to `close` ('' is the end of the text); returns the index behind it. */
export function readDouble(
  reader: WordReader,
  from: number,
  close: string,
  parts: Part[],
  end = reader.text.length,
): number {
  const { text } = reader
  let plain = ''
  let at = from
  const flush = () => parts.push({ kind: 'text', text: plain, quoted: true })
  for (; at < end; ) {
    const char = text[at] ?? ''
    if (char === close) break
    if (char === '\\' && '$`"\\\n'.includes(text[at + 1] ?? ' ')) {
      if (text[at + 1] !== '\n') plain += text[at + 1] ?? ''
      at += 2
    } else if (char === '$' || char === '`') {
      if (plain !== '') flush()
      plain = ''
      at = readExpansion(reader, at, true, parts)
    } else {
      plain += char
      at++
    }
  }
  flush()
  return at + 1
}

/** `$name`, `${…}`, `$(…)`, `$((…))` or a backquote at `at`. */
function readExpansion(reader: WordReader, at: number, quoted: boolean, parts: Part[]): number {
  const { text } = reader
  if (text[at] === '`') {
    const { body, next } = reader.commands(at + 1, '`')
    parts.push({ kind: 'command', body, file: false })
    return next
  }
  if (text.startsWith('((', at + 1)) {
    const end = text.indexOf('))', at + 3)
    parts.push({ kind: 'variable', name: '((', rest: '', quoted })
    return end === -1 ? text.length : end + 2
  }
  if (text[at + 1] === '(') {
    const { body, next } = reader.commands(at + 2, ')')
    parts.push({ kind: 'command', body, file: false })
    return next
  }
  if (text[at + 1] === '{') {
    const end = closingBrace(text, at + 2)
    const inner = text.slice(at + 2, end)
    const bare = inner.replace(/^!/, '')
    NAME.lastIndex = 0
    const name = NAME.exec(bare)?.[0] ?? ''
    // ${#x} is a length, ${!x} an indirection: neither is the value of x.
    const plain = inner === bare && !(inner.startsWith('#') && inner.length > 1)
    parts.push({
      kind: 'variable',
      name: plain ? name : `${inner.slice(0, 1)}${bare}`,
      rest: plain ? inner.slice(name.length) : '',
      quoted,
    })
    return end + 1
  }
  NAME.lastIndex = at + 1
  const name = NAME.exec(text)?.[0]
  if (name === undefined) {
    // `$"…"` is a translated string; a lone '$' is itself.
    if (text[at + 1] !== '"') parts.push({ kind: 'text', text: '$', quoted })
    return at + 1
  }
  parts.push({ kind: 'variable', name, rest: '', quoted })
  return at + 1 + name.length
}

function closingBrace(text: string, from: number): number {
  let depth = 1
  for (let at = from; at < text.length; at++) {
    const char = text[at]
    if (char === '\\') at++
    else if (char === '{') depth++
    else if (char === '}' && --depth === 0) return at
    else if (char === '\n' && depth === 1 && at - from > 4096) return at
  }
  return text.length
}

/** `$'…'` (bash manual 3.1.2.4). */
function readAnsi(text: string, from: number, parts: Part[]): number {
  let end = from
  while (end < text.length && text[end] !== "'") end += text[end] === '\\' ? 2 : 1
  const raw = text.slice(from, end)
  // Letters that could be written as letters: nobody was meant to read them.
  const isSpelled =
    (raw.match(/\\(x[2-7][0-9a-fA-F]|u00[2-7][0-9a-fA-F]|[01]?[0-7]{2})/g) ?? []).length > 3
  parts.push({
    kind: 'text',
    text: unescapeAnsi(raw),
    quoted: true,
    ...(isSpelled && { spelled: true as const }),
  })
  return end + 1
}

/** What `$'…'`, `echo -e` and `printf` make of backslashes. */
export function unescapeAnsi(text: string): string {
  return text.replace(
    /\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|0?([0-7]{1,3})|([\s\S]))/g,
    (_, hex?: string, unicode?: string, octal?: string, char?: string) => {
      if (char !== undefined) return ESCAPES[char] ?? char
      const code =
        octal === undefined ? Number.parseInt(hex ?? unicode ?? '0', 16) : Number.parseInt(octal, 8)
      return String.fromCharCode(code & 0xffff)
    },
  )
}
