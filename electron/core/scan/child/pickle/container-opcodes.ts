import { DICT, FROZENSET, LIST } from './arena'
import { noteItems } from './build'
import { tupleFromStack } from './calls'
import type { Machine } from './machine'

/** APPENDS, SETITEMS, ADDITEMS: what is above the mark goes into what is below it. */
function extend(machine: Machine, opcode: number, offset: number): void {
  const { stack, arena } = machine
  const at = machine.popMark(offset)
  if (at - machine.fence < 1) {
    stack.length = at
    machine.underflow(offset, 1)
    return
  }
  const target = stack.get(at - 1)
  noteItems(machine, target, offset, opcode === 0x75 ? 'SETITEMS' : 'APPENDS')
  arena.append(target, stack.length - at, stack, at)
  stack.length = at
}

/** APPEND (one item) and SETITEM (two). */
function add(machine: Machine, items: 1 | 2, offset: number): void {
  const { stack, arena } = machine
  if (stack.length - machine.fence <= items) machine.underflow(offset, items + 1)
  const at = stack.length - items
  const target = stack.get(at - 1)
  noteItems(machine, target, offset, items === 1 ? 'APPEND' : 'SETITEM')
  arena.append(target, items, stack, at)
  stack.length = at
}

/** What TUPLE, LIST, DICT and FROZENSET make of the items above the mark. */
function collect(machine: Machine, opcode: number, at: number): number {
  const { stack, arena } = machine
  if (opcode === 0x74) return tupleFromStack(machine, at)
  const count = stack.length - at
  if (opcode === 0x91) return arena.sequence(FROZENSET, count, stack, at)
  const container = arena.container(opcode === 0x6c ? LIST : DICT)
  arena.append(container, count, stack, at)
  return container
}

/** The opcodes that fill a container or take everything above a mark. None has an argument. */
export function containerOpcode(machine: Machine, opcode: number, offset: number): void {
  const { stack } = machine
  switch (opcode) {
    case 0x61: // APPEND
      add(machine, 1, offset)
      break
    case 0x73: // SETITEM
      add(machine, 2, offset)
      break
    case 0x65: // APPENDS
    case 0x75: // SETITEMS
    case 0x90: // ADDITEMS
      extend(machine, opcode, offset)
      break
    case 0x31: // POP_MARK
      stack.length = machine.popMark(offset)
      break
    default: {
      // TUPLE, LIST, DICT, FROZENSET
      const at = machine.popMark(offset)
      const value = collect(machine, opcode, at)
      stack.length = at
      stack.push(value)
    }
  }
}
