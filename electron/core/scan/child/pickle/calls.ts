import {
  CALL,
  CONSTANT,
  EMPTY_TUPLE,
  IMPORT,
  LITERAL,
  NEW,
  NODE,
  NONE,
  OBJECT,
  PERSISTENT,
  payloadOf,
  TUPLE,
  tagOf,
  UNKNOWN,
} from './arena'
import { callEvidence } from './evidence'
import { type Callee, callDetail, type Origin } from './imports'
import type { Machine } from './machine'
import { python3Name } from './python2-names'

/**
 * Calls of one callee that are told with their arguments; the others are one fact with a count.
 * A model calls the same harmless constructor 400,000 times, and rules judge names, not arguments.
 */
export const SHOWN_CALLS = 16

export interface Call {
  kind: typeof CALL | typeof NEW
  callee: number
  args: number
  /** NONE when there are none. */
  keywords: number
  offset: number
  opcode: string
}

export function importValue(
  machine: Machine,
  module: string,
  attribute: string,
  origin: Origin,
): number {
  return machine.imports.resolve(machine.context, module, attribute, origin) * 8 + IMPORT
}

/** What an import opcode pushes: Unpickler.find_class, which maps Python 2 names below protocol 3. */
export function globalValue(
  machine: Machine,
  module: string,
  attribute: string,
  offset: number,
  opcode: string,
): number {
  if (machine.protocol >= 3) return importValue(machine, module, attribute, { offset, opcode })
  const [module3, attribute3] = python3Name(module, attribute)
  const mapped = module3 !== module || attribute3 !== attribute
  const written = mapped ? { written: `${module}.${attribute}` } : {}
  return importValue(machine, module3, attribute3, { offset, opcode, ...written })
}

/** Items of an argument tuple, as far as they were kept. */
export function argumentsOf(machine: Machine, args: number): number[] {
  if (tagOf(args) !== NODE) return []
  const node = machine.arena.node(args)
  return node?.kind === TUPLE ? node.items : []
}

export function tupleOf(machine: Machine, items: readonly number[]): number {
  const { stack } = machine
  const start = stack.length
  for (const item of items) stack.push(item)
  const tuple = machine.arena.sequence(TUPLE, items.length, stack, start)
  stack.length = start
  return tuple
}

/** A name for what a value is, for callees and for objects whose attributes are taken. */
export function describe(machine: Machine, value: number, depth = 0): string {
  const tag = tagOf(value)
  if (tag === IMPORT) return machine.imports.at(payloadOf(value)).name
  if (tag === OBJECT) return 'result-of.numpy.dtype'
  if (tag === NODE && depth < 4) {
    const node = machine.arena.node(value)
    if (node === undefined) return 'result-of.forgotten'
    if (node.kind === CALL || node.kind === NEW)
      return `result-of.${describe(machine, node.items[0] ?? UNKNOWN, depth + 1)}`
    if (node.kind === PERSISTENT) return 'result-of.persistent_load'
    return 'container'
  }
  if (tag === LITERAL) return 'literal'
  return tag === CONSTANT && value !== UNKNOWN ? 'literal' : 'result-of.unknown'
}

/**
 * REDUCE, OBJ and INST with arguments run a class's `__init__` on what the file says; NEWOBJ with
 * arguments its `__new__`. Without any, only an instance is made (instantiate in Modules/_pickle.c).
 */
const constructs = (call: Call): boolean =>
  call.args !== EMPTY_TUPLE || (call.keywords !== NONE && call.keywords !== UNKNOWN)

export function record(machine: Machine, callee: Callee, call: Call, resolved: boolean): void {
  callee.calls++
  const constructing = constructs(call)
  if (callee.calls > SHOWN_CALLS) {
    if (callee.calls === SHOWN_CALLS + 1) machine.imports.touch(callee)
    const first = callee.calls === SHOWN_CALLS + 1
    // Of the calls that are only counted, the one that says most stands for all.
    if (first || (constructing && !callee.constructs)) {
      callee.firstUnshown = call.offset
      callee.opcode = call.opcode
      callee.constructs = constructing
    }
    return
  }
  machine.context.add({
    kind: 'call',
    name: callee.name,
    location: { offset: call.offset, opcode: call.opcode },
    evidence: callEvidence(machine, call.kind, call.callee, call.args, call.keywords),
    ...callDetail(callee, resolved, constructing),
  })
}

/** The arguments of OBJ and INST, which are taken from the stack itself. */
export function tupleFromStack(machine: Machine, start: number): number {
  const { stack } = machine
  const count = stack.length - start
  return count === 0 ? EMPTY_TUPLE : machine.arena.sequence(TUPLE, count, stack, start)
}
