import type { ByteSource } from '../byte-source'
import { readLiteral } from './literal'
import { FIXED_BYTES, OPCODE_BY_BYTE, TO_MARK } from './opcodes'
import { isName, isNameLine, isReadableLine, keyOf } from './trial-lines'
import { u32, u64, Window } from './window'

/** So many opcodes without a contradiction are a pickle; a file of one repeated byte may go on. */
const ENOUGH_OPCODES = 20_000
const MOST_OPCODES = 1_000_000
/** Bytes that a trial reads: lines may be long, and every jump is a read. */
const MOST_BYTES = 64 * 1024 * 1024
/** A line is looked for in steps, because most are short and every step may be a read. */
const LINE_STEPS = [256, 16_384, 1_048_576]
/** Memo keys that are remembered; with more than that every key counts as set. */
const MOST_KEYS = 200_000

export const HIGHEST_PROTOCOL = 5

export interface Trial {
  opcodes: number
  distinct: Set<number>
  imports: number
  /** EXT1, EXT2, EXT4: imports that no name is there for, so noise has them too. */
  extensions: number
  /** REDUCE, OBJ, INST, NEWOBJ, BUILD behind an import. */
  calls: number
  /** UNICODE and PERSID, which take any line of text. */
  anyLines: number
  /** STOP opcodes reached with something on the stack. */
  stops: number
  /** Offset behind the last STOP. */
  end: number
  /** 'limit': there was no contradiction as far as the trial went. */
  how: 'stopped' | 'failed' | 'source-ended' | 'limit'
}

const REDUCE = 0x52
const BUILD = 0x62
const CALLS = new Set([REDUCE, 0x81, 0x92, 0x6f, 0x69, BUILD])
const PUTS = new Set([0x71, 0x72, 0x94])
const GETS = new Set([0x68, 0x6a, 0x67])
/** Text literals: STRING, UNICODE and those with a count. */
const TEXTS = new Set([0x53, 0x56, 0x54, 0x55, 0x58, 0x8c, 0x8d])

/** What a value is, where it is not the offset of a text literal: no text, or anything. */
const NO_TEXT = -1
const ANYTHING = -2

/**
 * A walk that knows heights, marks, keys and names but no values. It ends where every unpickler of
 * CPython has raised by then, and goes on where one of them might: what it refuses runs nothing.
 */
export class TrialWalk {
  readonly trial: Trial = {
    opcodes: 0,
    distinct: new Set(),
    imports: 0,
    extensions: 0,
    calls: 0,
    anyLines: 0,
    stops: 0,
    end: 0,
    how: 'failed',
  }
  private readonly window: Window
  private readonly strictNames: boolean
  /** For each value the offset of its text literal, NO_TEXT or ANYTHING. */
  private readonly texts: number[] = []
  private marks: number[] = []
  private keys = new Set<number>()
  private bytesLeft = MOST_BYTES

  constructor(source: ByteSource, strictNames: boolean) {
    this.window = new Window(source)
    this.strictNames = strictNames
  }

  run(): Trial {
    const { trial, window } = this
    const { size } = window.source
    let offset = 0
    while (!this.isEnough()) {
      if (offset + 16 > window.base + window.filled) {
        window.moveTo(offset)
        this.bytesLeft -= window.filled
      }
      const at = offset - window.base
      if (at >= window.filled) {
        trial.how = trial.end === size ? 'stopped' : 'source-ended'
        return trial
      }
      const code = window.bytes[at] as number
      const length = this.argument(code, at, size - offset - 1)
      if (length === undefined) return trial
      if (this.bytesLeft <= 0) break
      if (offset + 1 + length > size) {
        trial.how = 'source-ended'
        return trial
      }
      if (!this.apply(code, at)) return trial
      trial.opcodes++
      trial.distinct.add(code)
      offset += 1 + length
      if (code === 0x2e) this.stop(offset)
    }
    trial.how = 'limit'
    return trial
  }

  private isEnough(): boolean {
    const { opcodes, distinct } = this.trial
    if (this.bytesLeft <= 0 || opcodes >= MOST_OPCODES) return true
    return opcodes >= ENOUGH_OPCODES && distinct.size > 1
  }

  private stop(offset: number): void {
    this.trial.stops++
    this.trial.end = offset
    this.texts.length = 0
    this.marks = []
    this.keys.clear()
  }

  /** Length of the argument; undefined when the byte is no opcode or its argument impossible. */
  private argument(code: number, at: number, left: number): number | undefined {
    const row = OPCODE_BY_BYTE[code]
    if (row === undefined) return undefined
    const { bytes, base } = this.window
    switch (row[2]) {
      case 'counted1':
        return 1 + (bytes[at + 1] as number)
      case 'counted4':
        return 4 + u32(bytes, at + 1)
      case 'counted4-signed': {
        const length = u32(bytes, at + 1)
        return length > 0x7fffffff ? undefined : 4 + length
      }
      case 'counted8':
        return 8 + u64(bytes, at + 1)
      case 'line': {
        const line = this.line(base + at + 1, left)
        if (line === undefined) return left + 1
        return this.takeLine(code, line) ? line.length + 1 : undefined
      }
      case 'two-lines':
        return this.twoLines(base + at + 1, left)
      default:
        return FIXED_BYTES[code]
    }
  }

  /** The line at `offset`, or undefined when it does not end before the source or the budget. */
  private line(offset: number, left: number): Uint8Array | undefined {
    for (let step = 0; ; step++) {
      const reach = LINE_STEPS[step] ?? (LINE_STEPS.at(-1) as number) * 4 ** (step - 2)
      const head = this.window.peek(offset, Math.min(left, reach))
      if (step > 0) this.bytesLeft -= head.length
      const end = head.indexOf(10)
      if (end >= 0) return head.subarray(0, end)
      if (head.length < reach || this.bytesLeft <= 0) return undefined
    }
  }

  private takeLine(code: number, line: Uint8Array): boolean {
    if (!isReadableLine(code, line)) return false
    if (code === 0x70) this.put(keyOf(line))
    return code !== 0x67 || this.has(keyOf(line))
  }

  private put(key: number): void {
    if (this.keys.size < MOST_KEYS) this.keys.add(key)
  }

  /** A key that was not read (NaN) may be any. */
  private has(key: number): boolean {
    const { keys } = this
    if (Number.isNaN(key)) return keys.size > 0
    return keys.has(key) || keys.has(Number.NaN) || keys.size >= MOST_KEYS
  }

  private twoLines(offset: number, left: number): number | undefined {
    const module = this.line(offset, left)
    if (module === undefined) return left + 1
    const rest = module.length + 1
    if (this.strictNames && !isNameLine(module)) return undefined
    const attribute = this.line(offset + rest, left - rest)
    if (attribute === undefined) return left + 1
    if (this.strictNames && !isNameLine(attribute)) return undefined
    return rest + attribute.length + 1
  }

  /** Effect on heights, marks, keys; false when CPython would have raised. */
  private apply(code: number, at: number): boolean {
    const row = OPCODE_BY_BYTE[code]
    if (row === undefined) return false
    const { trial, texts, marks } = this
    const { bytes } = this.window
    if (code === 0x28) return marks.push(texts.length) > 0
    if (row[5] === TO_MARK) {
      const mark = marks.pop()
      if (mark === undefined || (code === 0x6f && texts.length === mark)) return false
      texts.length = mark
    }
    if (code === 0x30 && texts.length === marks.at(-1)) return marks.pop() !== undefined
    if (texts.length - row[3] < (marks.at(-1) ?? 0)) return false
    if (code === 0x93 && !texts.slice(-2).every((text) => this.mayName(text))) return false
    const top = texts.at(-1) ?? NO_TEXT
    texts.length -= row[3]
    const pushed = this.pushes(code, at, top)
    for (let count = 0; count < row[4]; count++) texts.push(pushed)
    if (code === 0x63 || code === 0x69 || code === 0x93) trial.imports++
    if (code >= 0x82 && code <= 0x84) trial.extensions++
    if (code === 0x56 || code === 0x50) trial.anyLines++
    if (CALLS.has(code)) {
      // BUILD with nothing as its state does nothing to any object: load_build of _pickle.c.
      if (trial.imports + trial.extensions > 0) trial.calls++
      else if (code !== BUILD) return false
    }
    if (PUTS.has(code)) this.put(this.key(code, bytes, at))
    if (code === 0x68 || code === 0x6a) return this.has(this.key(code, bytes, at))
    return code !== 0x80 || (bytes[at + 1] as number) <= HIGHEST_PROTOCOL
  }

  /** DUP, PUT and the like leave what they find; what comes from the memo can be anything. */
  private pushes(code: number, at: number, top: number): number {
    if (TEXTS.has(code)) return this.window.base + at
    if (PUTS.has(code) || code === 0x70 || code === 0x32 || code === BUILD) return top
    return GETS.has(code) ? ANYTHING : NO_TEXT
  }

  /** Whether STACK_GLOBAL may take a value for a module or an attribute. */
  private mayName(text: number): boolean {
    if (text === NO_TEXT) return false
    if (text === ANYTHING || !this.strictNames) return true
    const literal = readLiteral(this.window, text)
    return literal?.type === 'str' && (literal.cut || isName(literal.text))
  }

  private key(code: number, bytes: Uint8Array, at: number): number {
    if (code === 0x94) return this.keys.size
    return code === 0x72 || code === 0x6a ? u32(bytes, at + 1) : (bytes[at + 1] as number)
  }
}
