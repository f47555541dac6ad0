import {
  BUFFER,
  CALL,
  CONSTANT,
  DICT,
  EMPTY_TUPLE,
  FALSE,
  FROZENSET,
  IMPORT,
  LIST,
  LITERAL,
  NEW,
  NODE,
  NONE,
  OBJECT,
  PERSISTENT,
  payloadOf,
  SET,
  TRUE,
  TUPLE,
  tagOf,
} from './arena'
import { type Literal, readLiteral } from './literal'
import type { Machine } from './machine'

/** Characters of one piece of evidence, and of one literal in it. */
const LONGEST = 500
const LONGEST_LITERAL = 200
/** Calls in calls in containers that are written out. */
const DEEPEST = 7

const CUT = '…'

/** Python's repr of text: printable stays, the rest is escaped, so that no control gets through. */
function quote(text: string, cut: boolean): string {
  let out = ''
  for (const character of text) {
    if (out.length >= LONGEST_LITERAL) return `'${out}${CUT}'`
    if (character === "'" || character === '\\') out += `\\${character}`
    else if (character === '\n') out += '\\n'
    else if (character === '\t') out += '\\t'
    else if (/^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u.test(character)) out += character
    else {
      const point = character.codePointAt(0) ?? 0
      const hex = point.toString(16)
      out += point < 256 ? `\\x${hex.padStart(2, '0')}` : `\\u${hex.padStart(4, '0')}`
    }
  }
  return `'${out}${cut ? CUT : ''}'`
}

function quoteBytes(bytes: Uint8Array, cut: boolean): string {
  let out = ''
  for (const byte of bytes) {
    if (out.length >= LONGEST_LITERAL) return `b'${out}${CUT}'`
    if (byte === 39 || byte === 92) out += `\\${String.fromCharCode(byte)}`
    else if (byte >= 32 && byte < 127) out += String.fromCharCode(byte)
    else if (byte === 10) out += '\\n'
    else out += `\\x${byte.toString(16).padStart(2, '0')}`
  }
  return `b'${out}${cut ? CUT : ''}'`
}

function literalText(literal: Literal | undefined): string {
  switch (literal?.type) {
    case 'str':
      return quote(literal.text, literal.cut)
    case 'bytes':
      return quoteBytes(literal.bytes, literal.cut)
    case 'bytearray':
      return `bytearray(${quoteBytes(literal.bytes, literal.cut)})`
    case 'int':
      return literal.value.toString()
    case 'float':
      return Number.isInteger(literal.value) ? `${literal.value}.0` : `${literal.value}`
    case 'bool':
      return literal.value ? 'True' : 'False'
    default:
      return CUT
  }
}

const CONSTANTS: Record<number, string> = {
  [NONE]: 'None',
  [TRUE]: 'True',
  [FALSE]: 'False',
  [EMPTY_TUPLE]: '()',
  [BUFFER]: '<out-of-band buffer>',
}

/** Writes values as Python until the budget is used up. */
class Writer {
  out = ''
  private readonly machine: Machine

  constructor(machine: Machine) {
    this.machine = machine
  }

  get full(): boolean {
    return this.out.length >= LONGEST
  }

  value(value: number, depth: number): void {
    if (this.full) return
    const tag = tagOf(value)
    if (tag === LITERAL) this.out += literalText(readLiteral(this.machine.window, payloadOf(value)))
    else if (tag === CONSTANT) this.out += CONSTANTS[value] ?? CUT
    else if (tag === IMPORT) this.out += this.machine.imports.at(payloadOf(value)).name
    else if (tag === OBJECT) this.object(payloadOf(value))
    else if (tag === NODE) this.node(value, depth)
    else this.out += CUT
  }

  private object(index: number): void {
    const object = this.machine.objects[index]
    this.out +=
      object?.type === 'dtype' ? `numpy.dtype(${quote(object.code, false)})` : 'NumpyArrayWrapper()'
  }

  private node(value: number, depth: number): void {
    const node = depth < DEEPEST ? this.machine.arena.node(value) : undefined
    if (node === undefined) {
      this.out += CUT
      return
    }
    const { kind, items, count } = node
    const [first = NONE, second = NONE, third = NONE] = items
    switch (kind) {
      case TUPLE:
        this.list('(', items, count, count === 1 ? ',)' : ')', depth)
        break
      case LIST:
        this.list('[', items, count, ']', depth)
        break
      case SET:
      case FROZENSET:
        this.list(
          kind === SET ? '{' : 'frozenset({',
          items,
          count,
          kind === SET ? '}' : '})',
          depth,
        )
        break
      case DICT:
        this.dict(items, count, depth)
        break
      case CALL:
      case NEW:
        this.call(kind, first, second, third, depth)
        break
      case PERSISTENT:
        this.out += 'persistent_load('
        this.value(first, depth + 1)
        this.out += ')'
        break
      default:
        this.out += CUT
    }
  }

  private list(open: string, items: number[], count: number, close: string, depth: number): void {
    this.out += open
    for (const [index, item] of items.entries()) {
      if (this.full) break
      if (index > 0) this.out += ', '
      this.value(item, depth + 1)
    }
    if (count > items.length) this.out += `, ${CUT}`
    this.out += close
  }

  private dict(items: number[], count: number, depth: number): void {
    this.out += '{'
    for (let at = 0; at + 1 < items.length && !this.full; at += 2) {
      if (at > 0) this.out += ', '
      this.value(items[at] ?? NONE, depth + 1)
      this.out += ': '
      this.value(items[at + 1] ?? NONE, depth + 1)
    }
    this.out += count > items.length ? `, ${CUT}}` : '}'
  }

  call(kind: number, callee: number, args: number, keywords: number, depth: number): void {
    this.value(callee, depth + 1)
    this.out += kind === NEW ? '.__new__(' : '('
    const { arena } = this.machine
    const tuple = tagOf(args) === NODE ? arena.node(args) : undefined
    if (tuple?.kind === TUPLE) this.list('', tuple.items, tuple.count, '', depth)
    else if (args !== EMPTY_TUPLE) {
      this.out += '*'
      this.value(args, depth + 1)
    }
    if (keywords !== NONE) {
      this.out += this.out.endsWith('(') ? '**' : ', **'
      this.value(keywords, depth + 1)
    }
    this.out += ')'
  }
}

const cut = (text: string): string =>
  text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}${CUT}` : text

/** `posix.system('echo hi')`, cut at 500 characters. */
export function callEvidence(
  machine: Machine,
  kind: number,
  callee: number,
  args: number,
  keywords: number,
): string {
  const writer = new Writer(machine)
  writer.call(kind, callee, args, keywords, 0)
  return cut(writer.out)
}

export function valueEvidence(machine: Machine, value: number): string {
  const writer = new Writer(machine)
  writer.value(value, 0)
  return cut(writer.out)
}
