import { readEscapes } from './escapes'
import { TemplateSyntaxError } from './tree'

export interface Token {
  type: 'name' | 'string' | 'number' | 'operator'
  /** Names and operators as written, strings decoded, numbers in decimal. */
  text: string
  /** Letters or underscores were written as numbers ('\x5f') or as look-alikes. */
  escaped: boolean
  at: number
}

/** A piece of a template; `start` and `end` enclose it with its delimiters. */
export type Piece = { start: number; end: number } & (
  | { type: 'text'; text: string }
  | { type: 'output' | 'statement'; tokens: Token[] }
  | { type: 'broken'; reason: string }
)

/** jinja2/lexer.py, operators; longest first. */
const OPERATORS = ['//', '**', '==', '!=', '>=', '<=', ...'+-/*%~[](){}><=.:|,;'.split('')] as const
const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }

const SPACE = /\s+/y
const NAME = /[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}]*/uy
const NUMBER =
  /0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d+)?/y
const RAW = /\{%[-+]?\s*raw\s*([-+]?)%\}/y
const END_RAW = /\{%([-+]?)\s*endraw\s*[-+]?%\}/g

/** Splits a template at its delimiters and its tags into tokens. Linear in the length of the source. */
export function readPieces(source: string): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  let stripNext = false

  function addText(start: number, end: number, stripEnd: boolean): void {
    let text = source.slice(start, end)
    if (stripNext) text = text.trimStart()
    if (stripEnd) text = text.trimEnd()
    if (text !== '') pieces.push({ type: 'text', text, start, end })
    stripNext = false
  }

  while (at < source.length) {
    const start = nextTag(source, at)
    addText(at, start, source[start + 2] === '-')
    if (start === source.length) break
    if (source[start + 1] === '#') {
      const end = source.indexOf('#}', start + 2)
      if (end === -1) {
        pieces.push(broken(start, source.length, 'a comment is not closed'))
        break
      }
      stripNext = source[end - 1] === '-'
      at = end + 2
      continue
    }
    const raw = matchAt(RAW, source, start)
    if (raw !== undefined) {
      const bodyStart = start + raw[0].length
      END_RAW.lastIndex = bodyStart
      const end = END_RAW.exec(source)
      if (end === null) {
        pieces.push(broken(start, source.length, 'a raw block is not closed'))
        break
      }
      stripNext = raw[1] === '-'
      addText(bodyStart, end.index, end[1] === '-')
      at = END_RAW.lastIndex
      continue
    }
    const piece = readTag(source, start)
    pieces.push(piece)
    stripNext = source[piece.end - 3] === '-'
    at = piece.end
  }
  return pieces
}

function nextTag(source: string, from: number): number {
  for (let at = source.indexOf('{', from); at !== -1; at = source.indexOf('{', at + 1))
    if ('{%#'.includes(source[at + 1] ?? ' ')) return at
  return source.length
}

function broken(start: number, end: number, reason: string): Piece {
  return { type: 'broken', start, end, reason }
}

/** One '{{ … }}' or '{% … %}'. A delimiter inside brackets or quotes does not end it. */
function readTag(source: string, start: number): Piece {
  const isOutput = source[start + 1] === '{'
  const close = isOutput ? '}}' : '%}'
  const tokens: Token[] = []
  const expected: string[] = []
  let at = start + 2
  if (source[at] === '-' || source[at] === '+') at++
  try {
    while (at < source.length) {
      at += matchAt(SPACE, source, at)?.[0].length ?? 0
      if (expected.length === 0) {
        const sign = source[at] === '-' || source[at] === '+' ? 1 : 0
        if (source.startsWith(close, at + sign))
          return { type: isOutput ? 'output' : 'statement', tokens, start, end: at + sign + 2 }
      }
      if (at >= source.length) break
      const { token, end } = readToken(source, at)
      tokens.push(token)
      balance(expected, token)
      at = end
    }
    return broken(start, source.length, `'${source.slice(start, start + 2)}' is not closed`)
  } catch (error) {
    if (!(error instanceof TemplateSyntaxError)) throw error
    const end = source.indexOf(close, at)
    return broken(start, end === -1 ? source.length : end + 2, error.message)
  }
}

function balance(expected: string[], token: Token): void {
  if (token.type !== 'operator') return
  const closing = CLOSING[token.text]
  if (closing !== undefined) expected.push(closing)
  else if (')]}'.includes(token.text) && expected.pop() !== token.text)
    throw new TemplateSyntaxError(`unexpected '${token.text}'`)
}

function readToken(source: string, at: number): { token: Token; end: number } {
  const first = source[at] ?? ''
  if (first === "'" || first === '"') return readString(source, at, first)
  const name = matchAt(NAME, source, at)?.[0]
  if (name !== undefined) {
    // Python compares identifiers in NFKC: 'class' in full-width letters is class (PEP 3131).
    const text = name.normalize('NFKC')
    return { token: { type: 'name', text, escaped: text !== name, at }, end: at + name.length }
  }
  const number = matchAt(NUMBER, source, at)?.[0]
  if (number !== undefined) {
    const text = String(Number(number.replaceAll('_', '')))
    return { token: { type: 'number', text, escaped: false, at }, end: at + number.length }
  }
  const operator = OPERATORS.find((text) => source.startsWith(text, at))
  if (operator === undefined)
    throw new TemplateSyntaxError(`unexpected character ${JSON.stringify(first)}`)
  const token: Token = { type: 'operator', text: operator, escaped: false, at }
  return { token, end: at + operator.length }
}

function readString(source: string, start: number, quote: string): { token: Token; end: number } {
  for (let at = start + 1; at < source.length; at++) {
    if (source[at] === '\\') at++
    else if (source[at] === quote) {
      const { text, escaped } = readEscapes(source.slice(start + 1, at))
      return { token: { type: 'string', text, escaped, at: start }, end: at + 1 }
    }
  }
  throw new TemplateSyntaxError('a string is not closed')
}

function matchAt(pattern: RegExp, source: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at
  return pattern.exec(source) ?? undefined
}
