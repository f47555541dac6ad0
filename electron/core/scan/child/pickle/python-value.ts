import {
  CONSTANT,
  DICT,
  EMPTY_TUPLE,
  FALSE,
  IMPORT,
  LIST,
  LITERAL,
  NODE,
  NONE,
  OBJECT,
  payloadOf,
  TRUE,
  TUPLE,
  tagOf,
} from './arena'
import { readLiteral } from './literal'
import type { Machine } from './machine'

/** A value of a pickle as far as parsers need to read it: ids, keys, shapes. */
export type PythonValue =
  | { type: 'none' }
  | { type: 'bool'; value: boolean }
  | { type: 'int'; value: bigint }
  | { type: 'float'; value: number }
  | { type: 'str'; value: string }
  | { type: 'bytes'; length: number }
  | { type: 'import'; name: string }
  | { type: 'dtype'; itemBytes: number; hasObjects: boolean }
  /** `count` items in all; `items` holds those that were kept. A dict's are key, value, key, … */
  | { type: 'tuple' | 'list' | 'dict'; items: PythonValue[]; count: number }
  | { type: 'unknown' }

const UNREADABLE: PythonValue = { type: 'unknown' }

/** Containers in containers that are followed. */
const DEEPEST = 8

/** Longest text that counts as a key; beyond it the value is unknown. */
const LONGEST_TEXT = 4096

function literalValue(machine: Machine, offset: number): PythonValue {
  const literal = readLiteral(machine.window, offset, LONGEST_TEXT)
  switch (literal?.type) {
    case 'str':
      return literal.cut ? UNREADABLE : { type: 'str', value: literal.text }
    case 'bytes':
    case 'bytearray':
      return { type: 'bytes', length: literal.length }
    case 'int':
    case 'bool':
    case 'float':
      return literal
    default:
      return UNREADABLE
  }
}

function constantValue(value: number): PythonValue {
  if (value === NONE) return { type: 'none' }
  if (value === TRUE || value === FALSE) return { type: 'bool', value: value === TRUE }
  return value === EMPTY_TUPLE ? { type: 'tuple', items: [], count: 0 } : UNREADABLE
}

export function pythonValue(machine: Machine, value: number, depth = 0): PythonValue {
  switch (tagOf(value)) {
    case LITERAL:
      return literalValue(machine, payloadOf(value))
    case CONSTANT:
      return constantValue(value)
    case IMPORT:
      return { type: 'import', name: machine.imports.at(payloadOf(value)).name }
    case OBJECT: {
      const object = machine.objects[payloadOf(value)]
      return object?.type === 'dtype'
        ? { type: 'dtype', itemBytes: object.itemBytes, hasObjects: object.hasObjects }
        : UNREADABLE
    }
    case NODE: {
      const node = depth < DEEPEST ? machine.arena.node(value) : undefined
      const type = node?.kind === TUPLE ? 'tuple' : node?.kind === LIST ? 'list' : 'dict'
      if (node === undefined || (type === 'dict' && node.kind !== DICT)) return UNREADABLE
      const items = node.items.map((item) => pythonValue(machine, item, depth + 1))
      return { type, items, count: node.count }
    }
    default:
      return UNREADABLE
  }
}

/** The text of a value that is a str literal. */
export function textOf(machine: Machine, value: number): string | undefined {
  if (tagOf(value) !== LITERAL) return undefined
  const literal = readLiteral(machine.window, payloadOf(value), LONGEST_TEXT)
  return literal?.type === 'str' ? literal.text : undefined
}

/** A value of a dict by its key. */
export function entryOf(dict: PythonValue, key: string): PythonValue | undefined {
  if (dict.type !== 'dict') return undefined
  for (let at = 0; at + 1 < dict.items.length; at += 2) {
    const found = dict.items[at]
    if (found?.type === 'str' && found.value === key) return dict.items[at + 1]
  }
  return undefined
}

/** A non-negative integer that JavaScript can count with. */
export function countOf(value: PythonValue | undefined): number | undefined {
  if (value?.type !== 'int' || value.value < 0n || value.value > 2n ** 53n) return undefined
  return Number(value.value)
}
