import { BUFFER, CALL, IMPORT, NEW, NODE, NONE, TUPLE, tagOf, UNKNOWN } from './arena'
import { globalValue, importValue, tupleFromStack } from './calls'
import type { Machine } from './machine'
import { perform } from './perform'
import { pythonValue, textOf } from './python-value'
import { u16, u32 } from './window'

/**
 * PyTorch's legacy files name a module's class as ('module', class, source file, source), and
 * persistent_load returns the class (torch/serialization.py, _legacy_load).
 */
function legacyModule(machine: Machine, id: number): number | undefined {
  if (machine.options.persistentIds !== 'expected' || tagOf(id) !== NODE) return undefined
  const node = machine.arena.node(id)
  const [kind, loaded] = node?.kind === TUPLE ? node.items : []
  if (kind === undefined || loaded === undefined || tagOf(loaded) !== IMPORT) return undefined
  return textOf(machine, kind) === 'module' ? loaded : undefined
}

/** STACK_GLOBAL: module and name are whatever two strings are on the stack. */
function stackGlobal(machine: Machine, offset: number): void {
  const { stack } = machine
  if (stack.length - machine.fence < 2) machine.underflow(offset, 2)
  const name = textOf(machine, stack.pop())
  const module = textOf(machine, stack.pop())
  if (module === undefined || name === undefined) {
    machine.broken('pickle.computed-import', offset, 'STACK_GLOBAL takes something that is no text')
    stack.push(UNKNOWN)
  } else stack.push(globalValue(machine, module, name, offset, 'STACK_GLOBAL'))
}

function callFromStack(machine: Machine, opcode: number, offset: number): void {
  const { stack } = machine
  const items = opcode === 0x92 ? 3 : 2
  if (stack.length - machine.fence < items) machine.underflow(offset, items)
  const keywords = opcode === 0x92 ? stack.pop() : NONE
  const args = stack.pop()
  const callee = stack.pop()
  const name = opcode === 0x52 ? 'REDUCE' : opcode === 0x81 ? 'NEWOBJ' : 'NEWOBJ_EX'
  const kind = opcode === 0x52 ? CALL : NEW
  stack.push(perform(machine, { kind, callee, args, keywords, offset, opcode: name }))
}

function obj(machine: Machine, offset: number): void {
  const { stack } = machine
  const at = machine.popMark(offset)
  if (stack.length - at < 1) {
    stack.length = at
    machine.underflow(offset, 1)
    return
  }
  const callee = stack.get(at)
  const args = tupleFromStack(machine, at + 1)
  stack.length = at
  stack.push(perform(machine, { kind: CALL, callee, args, keywords: NONE, offset, opcode: 'OBJ' }))
}

/** EXT1, EXT2, EXT4: a name that only the registry of the loading process knows. */
function extension(machine: Machine, opcode: number, offset: number): void {
  const argument = machine.window.peek(offset + 1, 4)
  const code =
    opcode === 0x82 ? (argument[0] ?? 0) : opcode === 0x83 ? u16(argument, 0) : u32(argument, 0)
  const name = `EXT${opcode === 0x82 ? 1 : opcode === 0x83 ? 2 : 4}`
  machine.stack.push(
    importValue(machine, 'copyreg.extension', `code${code}`, { offset, opcode: name }),
  )
}

/** The opcodes that import or call something. The caller skips their fixed argument. */
export function callOpcode(machine: Machine, opcode: number, offset: number): void {
  const { stack } = machine
  switch (opcode) {
    case 0x93:
      stackGlobal(machine, offset)
      break
    case 0x6f:
      obj(machine, offset)
      break
    case 0x51: {
      // BINPERSID
      if (stack.length === machine.fence) machine.underflow(offset, 1)
      const id = stack.pop()
      machine.addPersistentId(offset, pythonValue(machine, id))
      stack.push(legacyModule(machine, id) ?? machine.arena.persistent(id))
      break
    }
    case 0x97: // NEXT_BUFFER
      machine.note('pickle.out-of-band-buffer', offset)
      stack.push(BUFFER)
      break
    case 0x82:
    case 0x83:
    case 0x84:
      extension(machine, opcode, offset)
      break
    default: // REDUCE, NEWOBJ, NEWOBJ_EX
      callFromStack(machine, opcode, offset)
  }
}
