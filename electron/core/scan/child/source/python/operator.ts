import { attributeOfClass, callFunction } from './function'
import type { Machine } from './machine'
import { NO_ARGUMENTS } from './machine'
import type { Value } from './value'

/** Methods behind operators (Python reference 3.3.8); the reflected ones have an `r` in front. */
const METHODS: Readonly<Record<string, string>> = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '@': 'matmul',
  '/': 'truediv',
  '//': 'floordiv',
  '%': 'mod',
  '**': 'pow',
  '<<': 'lshift',
  '>>': 'rshift',
  '&': 'and',
  '^': 'xor',
  '|': 'or',
}
const COMPARISONS: Readonly<Record<string, string>> = {
  '<': 'lt',
  '<=': 'le',
  '==': 'eq',
  '!=': 'ne',
  '>': 'gt',
  '>=': 'ge',
}

/** What an operator gives that a class of this file defines; undefined when neither side has one. */
export function callOperator(
  machine: Machine,
  sign: string,
  left: Value,
  right: Value,
): Value | undefined {
  if (left.kind !== 'instance' && right.kind !== 'instance') return undefined
  const name = METHODS[sign] ?? COMPARISONS[sign]
  if (name === undefined) return undefined
  return (
    callDunder(machine, left, `__${name}__`, [right]) ??
    callDunder(machine, right, `__r${name}__`, [left])
  )
}

/** Calls a special method of an instance, when its class in this file has it. */
export function callDunder(
  machine: Machine,
  on: Value,
  name: string,
  plain: readonly Value[],
): Value | undefined {
  if (on.kind !== 'instance') return undefined
  const method = attributeOfClass(on.cls, name)
  return method?.kind === 'function'
    ? callFunction(machine, { ...method.fn, self: on }, { ...NO_ARGUMENTS, plain })
    : undefined
}
