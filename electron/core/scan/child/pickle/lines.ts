import { CALL, LITERAL, NONE, UNKNOWN } from './arena'
import { globalValue, tupleFromStack } from './calls'
import { parsePythonInt, readLiteral } from './literal'
import type { Machine } from './machine'
import { inspectLiteral, inspectText, LARGEST_DECODED, LEAD, SHORTEST } from './nested'
import { perform } from './perform'
import { pythonValue } from './python-value'

const NEWLINE = 10

/** How far a literal's end is searched between two checkpoints. */
const STRIDE = 65_536

const utf8 = new TextDecoder('utf-8')

/** Offset of the next newline at or behind `from`; -1 when the source has none. */
function newlineBehind(machine: Machine, from: number): number {
  const { source, context } = machine
  const buffer = new Uint8Array(STRIDE)
  for (let at = from; at < source.size; at += STRIDE) {
    const read = source.readInto(buffer, at)
    const found = buffer.subarray(0, read).indexOf(NEWLINE)
    if (found >= 0) return at + found
    context.checkpoint()
  }
  return -1
}

/** Index of a newline in the window; moves the window when the line may go on behind it. */
function lineEnd(machine: Machine, opcode: number, from: number): number {
  const { window } = machine
  const { bytes } = window
  let at = from - window.base
  while (at < window.filled && bytes[at] !== NEWLINE) at++
  if (at < window.filled) return window.base + at
  if (window.base + window.filled >= window.source.size) return -1
  window.moveToFull(opcode)
  const found = bytes.subarray(0, window.filled).indexOf(NEWLINE, from - opcode)
  return found < 0 ? newlineBehind(machine, window.base + window.filled) : opcode + found
}

/** The key of PUT and GET: digits nearly always, but Python takes whatever int() does. */
function memoKey(machine: Machine, offset: number, end: number): number {
  const bytes = machine.window.peek(offset + 1, end - offset - 1)
  let key = 0
  for (const byte of bytes) {
    if (byte < 48 || byte > 57) {
      const parsed = parsePythonInt(Buffer.from(bytes).toString('latin1'))
      key = parsed === undefined || parsed < 0n ? Number.NaN : Number(parsed)
      break
    }
    key = key * 10 + byte - 48
  }
  if (Number.isSafeInteger(key)) return key
  machine.broken('pickle.invalid-memo-key', offset, 'a memo key is no number')
  return -1
}

function memo(machine: Machine, put: boolean, offset: number, end: number): void {
  const { stack } = machine
  if (put && stack.length === machine.fence) machine.underflow(offset, 1)
  const key = memoKey(machine, offset, end)
  if (put) {
    if (key >= 0) machine.memo.set(key, stack.get(stack.length - 1))
  } else if (key >= 0) machine.getMemo(key, offset)
  else stack.push(UNKNOWN)
}

const hasEscapes = (machine: Machine, start: number, length: number): boolean =>
  machine.window.peek(start, length).includes(0x5c)

function textLiteral(machine: Machine, offset: number, end: number, quoted: boolean): void {
  const start = offset + (quoted ? 2 : 1)
  const length = end - start - (quoted ? 1 : 0)
  const lead = machine.window.peek(start, 1)[0]
  if (length >= SHORTEST && length <= LARGEST_DECODED && hasEscapes(machine, start, length)) {
    const literal = readLiteral(machine.window, offset, end - offset)
    if (literal?.type === 'str') inspectText(machine, offset, literal.text)
  } else if (length >= SHORTEST && lead !== undefined && LEAD[lead] !== 0)
    inspectLiteral(machine, offset, start, length, true)
  if (!quoted) return
  // PyUnpickler refuses a STRING without quotes (load_string in Modules/_pickle.c).
  const quote = machine.window.peek(offset + 1, 1)[0]
  if ((quote !== 39 && quote !== 34) || end - offset < 3)
    machine.broken('pickle.invalid-literal', offset, 'a STRING is not quoted')
}

/**
 * Opcodes whose argument is one or two lines of text. Returns the offset behind them, -1 when the
 * source ends before the line does. May move the window.
 */
export function lineOpcode(machine: Machine, opcode: number, offset: number): number {
  const { window, stack } = machine
  const end = lineEnd(machine, offset, offset + 1)
  if (end < 0) return -1
  switch (opcode) {
    case 0x67: // GET
    case 0x70: // PUT
      memo(machine, opcode === 0x70, offset, end)
      return end + 1
    case 0x50: {
      // PERSID
      const id = offset * 8 + LITERAL
      machine.addPersistentId(offset, pythonValue(machine, id))
      stack.push(machine.arena.persistent(id))
      return end + 1
    }
    case 0x63: // GLOBAL
    case 0x69: {
      // INST
      const second = lineEnd(machine, offset, end + 1)
      if (second < 0) return -1
      const name = opcode === 0x63 ? 'GLOBAL' : 'INST'
      const longest = 4096
      const module = utf8.decode(window.peek(offset + 1, Math.min(longest, end - offset - 1)))
      const attribute = utf8.decode(window.peek(end + 1, Math.min(longest, second - end - 1)))
      const start = opcode === 0x69 ? machine.popMark(offset) : stack.length
      let value = globalValue(machine, module, attribute, offset, name)
      if (opcode === 0x69) {
        const args = tupleFromStack(machine, start)
        stack.length = start
        value = perform(machine, {
          kind: CALL,
          callee: value,
          args,
          keywords: NONE,
          offset,
          opcode: name,
        })
      }
      stack.push(value)
      return second + 1
    }
    default: // FLOAT, INT, LONG, STRING, UNICODE
      if (opcode === 0x53) textLiteral(machine, offset, end, true)
      else if (opcode === 0x56) textLiteral(machine, offset, end, false)
      stack.push(offset * 8 + LITERAL)
      return end + 1
  }
}
