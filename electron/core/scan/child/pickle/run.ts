import { DICT, EMPTY_TUPLE, FALSE, LIST, LITERAL, NONE, SET, TRUE } from './arena'
import { build } from './build'
import { callOpcode } from './call-opcodes'
import { SHOWN_CALLS } from './calls'
import { containerOpcode } from './container-opcodes'
import { NO_ARRAY, OBJECT_ARRAY, TOO_LONG } from './joblib'
import { lineOpcode } from './lines'
import { Machine } from './machine'
import { inspectLiteral, LEAD, SHORTEST } from './nested'
import { FIXED_BYTES } from './opcodes'
import { u32, u64 } from './window'

/** Bytes that are always in the window behind an opcode, unless the source ends. */
const AHEAD = 64

/** Opcodes between two calls of `checkpoint`: well under a millisecond. */
const CHECKPOINT_MASK = 0xffff

/** Highest protocol of CPython 3.14. */
const HIGHEST_PROTOCOL = 5

/** Counts of BINSTRING and LONG4 are signed. */
const LARGEST_SIGNED = 0x7fffffff

export interface RunEnd {
  /** Behind the STOP, or where the walk gave up. */
  offset: number
  stopped: boolean
  opcodes: number
}

function truncated(machine: Machine, offset: number, opcodes: number): RunEnd {
  machine.broken('pickle.truncated', offset, 'the pickle ends in the middle, without STOP')
  return { offset: Math.min(offset, machine.source.size), stopped: false, opcodes }
}

/** joblib hands the file to `pickle.load` for an array of objects; that knows no inline arrays. */
function objectArray(machine: Machine, start: number): number {
  machine.inner ??= new Machine(machine.source, machine.context)
  const { inner } = machine
  inner.context = machine.context
  inner.reset()
  const end = run(inner, start)
  inner.imports.flush(machine.context, SHOWN_CALLS)
  if (inner.problem !== null) machine.problem ??= inner.problem
  return end.stopped ? end.offset : TOO_LONG
}

/** Walks one pickle. The loop does per opcode what Lib/pickle.py does, on numbers. */
export function run(machine: Machine, start: number): RunEnd {
  const { window, source, stack, marks, memo, arena, context } = machine
  const { bytes } = window
  const { size } = source
  window.moveTo(start)
  let { base, filled } = window
  let base8 = base * 8 + LITERAL
  let i = 0
  let opcodes = 0
  /** Index in the window at which the current frame ends. */
  let frameAt = Number.POSITIVE_INFINITY
  for (;;) {
    if (i + AHEAD > filled) {
      if (base + filled < size) {
        frameAt -= i
        window.moveTo(base + i)
        base = window.base
        base8 = base * 8 + LITERAL
        filled = window.filled
        i = 0
      }
      if (i >= filled || i + 1 + (FIXED_BYTES[bytes[i] as number] as number) > filled)
        return truncated(machine, base + i, opcodes)
    }
    if (i >= frameAt) {
      if (i > frameAt) machine.splitByFrame(base + i)
      frameAt = Number.POSITIVE_INFINITY
    }
    if ((++opcodes & CHECKPOINT_MASK) === 0) context.checkpoint()
    const opcode = bytes[i] as number
    /** Bytes of payload behind the argument; `i` is moved to their start first. */
    let payload = 0
    let text = false
    let jump = NO_ARRAY
    switch (opcode) {
      // Literals with a count: remembered by the offset of their opcode, never copied.
      case 0x8c: // SHORT_BINUNICODE
      case 0x55: // SHORT_BINSTRING
        stack.push(base8 + i * 8)
        payload = bytes[i + 1] as number
        text = true
        i += 2
        break
      case 0x43: // SHORT_BINBYTES
      case 0x8a: // LONG1
        stack.push(base8 + i * 8)
        payload = bytes[i + 1] as number
        i += 2
        break
      case 0x58: // BINUNICODE
      case 0x54: // BINSTRING
        stack.push(base8 + i * 8)
        payload = u32(bytes, i + 1)
        text = true
        i += 5
        break
      case 0x42: // BINBYTES
      case 0x8b: // LONG4
        stack.push(base8 + i * 8)
        payload = u32(bytes, i + 1)
        i += 5
        break
      case 0x8d: // BINUNICODE8
      case 0x8e: // BINBYTES8
      case 0x96: // BYTEARRAY8
        stack.push(base8 + i * 8)
        payload = u64(bytes, i + 1)
        text = opcode === 0x8d
        i += 9
        break

      // Literals of fixed size.
      case 0x47: // BINFLOAT
      case 0x4a: // BININT
      case 0x4b: // BININT1
      case 0x4d: // BININT2
        stack.push(base8 + i * 8)
        i += 1 + (FIXED_BYTES[opcode] as number)
        break
      case 0x4e: // NONE
        stack.push(NONE)
        i++
        break
      case 0x88: // NEWTRUE
        stack.push(TRUE)
        i++
        break
      case 0x89: // NEWFALSE
        stack.push(FALSE)
        i++
        break
      case 0x98: // READONLY_BUFFER
        if (stack.length === machine.fence) machine.underflow(base + i, 1)
        i++
        break

      // Memo.
      case 0x94: // MEMOIZE: the key is the number of entries, whatever keys PUT has used
        if (stack.length === machine.fence) machine.underflow(base + i, 1)
        memo.set(memo.count, stack.get(stack.length - 1))
        i++
        break
      case 0x71: // BINPUT
        if (stack.length === machine.fence) machine.underflow(base + i, 1)
        memo.set(bytes[i + 1] as number, stack.get(stack.length - 1))
        i += 2
        break
      case 0x72: // LONG_BINPUT
        if (stack.length === machine.fence) machine.underflow(base + i, 1)
        memo.set(u32(bytes, i + 1), stack.get(stack.length - 1))
        i += 5
        break
      case 0x68: // BINGET
        machine.getMemo(bytes[i + 1] as number, base + i)
        i += 2
        break
      case 0x6a: // LONG_BINGET
        machine.getMemo(u32(bytes, i + 1), base + i)
        i += 5
        break

      // Tuples and containers.
      case 0x28: // MARK
        marks.push(stack.length)
        machine.fence = stack.length
        i++
        break
      case 0x29: // EMPTY_TUPLE
        stack.push(EMPTY_TUPLE)
        i++
        break
      case 0x85: // TUPLE1
        if (stack.length - machine.fence < 1) machine.underflow(base + i, 1)
        stack.push(arena.tuple1(stack.pop()))
        i++
        break
      case 0x86: {
        // TUPLE2
        if (stack.length - machine.fence < 2) machine.underflow(base + i, 2)
        const second = stack.pop()
        stack.push(arena.tuple2(stack.pop(), second))
        i++
        break
      }
      case 0x87: {
        // TUPLE3
        if (stack.length - machine.fence < 3) machine.underflow(base + i, 3)
        const third = stack.pop()
        const second = stack.pop()
        stack.push(arena.tuple3(stack.pop(), second, third))
        i++
        break
      }
      case 0x5d: // EMPTY_LIST
        stack.push(arena.container(LIST))
        i++
        break
      case 0x7d: // EMPTY_DICT
        stack.push(arena.container(DICT))
        i++
        break
      case 0x8f: // EMPTY_SET
        stack.push(arena.container(SET))
        i++
        break
      case 0x31: // POP_MARK
      case 0x61: // APPEND
      case 0x64: // DICT
      case 0x65: // APPENDS
      case 0x6c: // LIST
      case 0x73: // SETITEM
      case 0x74: // TUPLE
      case 0x75: // SETITEMS
      case 0x90: // ADDITEMS
      case 0x91: // FROZENSET
        containerOpcode(machine, opcode, base + i)
        i++
        break

      // Stack.
      case 0x30: // POP: at a mark it takes the mark, as load_pop of Modules/_pickle.c
        if (stack.length > machine.fence) stack.length--
        else if (marks.length > 0) machine.popMark(base + i)
        else machine.broken('pickle.stack-underflow', base + i, 'POP on an empty stack')
        i++
        break
      case 0x32: // DUP
        if (stack.length === machine.fence) machine.underflow(base + i, 1)
        stack.push(stack.get(stack.length - 1))
        i++
        break

      // Imports and calls.
      case 0x51: // BINPERSID
      case 0x52: // REDUCE
      case 0x6f: // OBJ
      case 0x81: // NEWOBJ
      case 0x82: // EXT1
      case 0x83: // EXT2
      case 0x84: // EXT4
      case 0x92: // NEWOBJ_EX
      case 0x93: // STACK_GLOBAL
      case 0x97: // NEXT_BUFFER
        callOpcode(machine, opcode, base + i)
        i += 1 + (FIXED_BYTES[opcode] as number)
        break
      case 0x62: {
        // BUILD
        if (stack.length - machine.fence < 2) machine.underflow(base + i, 2)
        const state = stack.pop()
        jump = build(machine, stack.get(stack.length - 1), state, base + i)
        i++
        if (jump !== NO_ARRAY) {
          // The array is read from the file itself, which stands behind the frame.
          if (i < frameAt && frameAt < Number.POSITIVE_INFINITY) machine.splitByFrame(base + i)
          frameAt = Number.POSITIVE_INFINITY
        }
        break
      }

      // Lines of text: protocol 0.
      case 0x46: // FLOAT
      case 0x49: // INT
      case 0x4c: // LONG
      case 0x50: // PERSID
      case 0x53: // STRING
      case 0x56: // UNICODE
      case 0x63: // GLOBAL
      case 0x67: // GET
      case 0x69: // INST
      case 0x70: {
        // PUT
        const after = lineOpcode(machine, opcode, base + i)
        if (after < 0) return truncated(machine, base + i, opcodes)
        frameAt += base - window.base
        base = window.base
        base8 = base * 8 + LITERAL
        filled = window.filled
        if (after - base <= filled) i = after - base
        else jump = after
        break
      }

      // Structure.
      case 0x80: // PROTO
        machine.protocol = bytes[i + 1] as number
        if (machine.protocol > HIGHEST_PROTOCOL)
          machine.broken('pickle.unsupported-protocol', base + i, 'no such pickle protocol')
        i += 2
        break
      case 0x95: // FRAME
        machine.frame(base + i, u64(bytes, i + 1))
        i += 9
        frameAt = machine.frameEnd - base
        break
      case 0x2e: // STOP
        machine.stop(base + i)
        return { offset: base + i + 1, stopped: true, opcodes }
      default:
        machine.broken(
          'pickle.invalid-opcode',
          base + i,
          `byte 0x${opcode.toString(16).padStart(2, '0')} is no pickle opcode`,
        )
        return { offset: base + i, stopped: false, opcodes }
    }

    if (payload !== 0) {
      if (payload >= SHORTEST && (LEAD[bytes[i] as number] as number) !== 0)
        inspectLiteral(
          machine,
          base + i - 1 - (FIXED_BYTES[opcode] as number),
          base + i,
          payload,
          text,
        )
      if (payload <= filled - i) i += payload
      else {
        jump = base + i + payload
        if (payload > LARGEST_SIGNED && (opcode === 0x54 || opcode === 0x8b))
          machine.broken('pickle.invalid-literal', base + i, 'a literal has a negative length')
        if (jump > size) return truncated(machine, base + i, opcodes)
      }
    }
    if (jump !== NO_ARRAY) {
      if (jump === OBJECT_ARRAY) jump = objectArray(machine, base + i)
      if (jump === TOO_LONG) return { offset: base + i, stopped: false, opcodes }
      frameAt += base - jump
      window.moveTo(jump)
      base = window.base
      base8 = base * 8 + LITERAL
      filled = window.filled
      i = 0
    }
  }
}
