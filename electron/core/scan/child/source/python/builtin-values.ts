import { type Builtin, first, MOST_ITEMS } from './builtin'
import { decodedTaint } from './decoded'
import { truthOf } from './fold-operator'
import { taintsOfArguments } from './function'
import { itemsOf, someItem } from './items'
import { keyOf } from './operand'
import {
  type Arguments,
  dataValue,
  intValue,
  listValue,
  taintsOf,
  textOf,
  UNKNOWN,
  unknownWith,
  type Value,
} from './value'

function integer(given: Arguments): Value {
  const value = first(given)
  const base = given.plain[1] ?? given.named.get('base')
  if (value.kind === 'int') return value
  if (value.kind === 'bool') return intValue(value.value ? 1 : 0)
  if (value.kind === 'float')
    return Number.isFinite(value.value) ? intValue(BigInt(Math.trunc(value.value))) : UNKNOWN
  const text = textOf(value)?.trim().replaceAll('_', '').toLowerCase()
  const radix = base?.kind === 'int' ? Number(base.value) : 10
  if (text === undefined || value.kind === 'partial' || text.length > 20_000) return UNKNOWN
  try {
    if (radix === 16 && /^(0x)?[0-9a-f]+$/.test(text))
      return { ...intValue(BigInt(`0x${text.replace(/^0x/, '')}`)), taints: value.taints }
    if (radix === 2 && /^(0b)?[01]+$/.test(text))
      return { ...intValue(BigInt(`0b${text.replace(/^0b/, '')}`)), taints: value.taints }
    if (radix === 8 && /^(0o)?[0-7]+$/.test(text))
      return { ...intValue(BigInt(`0o${text.replace(/^0o/, '')}`)), taints: value.taints }
    if (radix === 10 && /^[+-]?\d+$/.test(text))
      return { ...intValue(BigInt(text)), taints: value.taints }
    const number = text.length < 12 ? Number.parseInt(text, radix) : Number.NaN
    return Number.isNaN(number) ? UNKNOWN : intValue(number)
  } catch {
    return UNKNOWN
  }
}

function range(given: Arguments): Value {
  const bounds = given.plain.map((one) => (one.kind === 'int' ? Number(one.value) : undefined))
  if (bounds.some((one) => one === undefined) || bounds.length === 0) return UNKNOWN
  const [start = 0, end = 0, step = 1] = bounds.length === 1 ? [0, bounds[0]] : bounds
  const count = step === 0 ? 0 : Math.ceil((end - start) / step)
  if (count > MOST_ITEMS) return UNKNOWN
  return listValue(
    Array.from({ length: Math.max(0, count) }, (_, index) => intValue(start + index * step)),
  )
}

function listOf(given: Arguments): Value {
  const value = first(given)
  if (given.plain.length === 0) return listValue([])
  const items = itemsOf(value)
  return items === undefined
    ? unknownWith(taintsOf(value))
    : { ...listValue([...items]), taints: value.taints }
}

function dictOf(given: Arguments): Value {
  const entries = new Map<string, Value>()
  const value = first(given)
  if (value.kind === 'dict') for (const [key, held] of value.entries) entries.set(key, held)
  else if (value.kind === 'list') {
    for (const item of value.items.slice(0, MOST_ITEMS))
      if (item.kind === 'list')
        entries.set(keyOf(item.items[0] ?? UNKNOWN) ?? `?${entries.size}`, item.items[1] ?? UNKNOWN)
  } else if (given.plain.length > 0) entries.set('?', value)
  for (const [key, held] of given.named) entries.set(`s${key}`, held)
  return dataValue({ kind: 'dict', entries })
}

function zip(given: Arguments): Value | undefined {
  const columns = given.plain.map((one) => itemsOf(one))
  const known = columns.filter((column) => column !== undefined)
  if (known.length !== columns.length || columns.length === 0)
    return unknownWith(taintsOfArguments(given))
  const length = Math.min(...known.map((column) => column.length), MOST_ITEMS)
  return listValue(
    Array.from({ length }, (_, row) => listValue(known.map((column) => column[row] ?? UNKNOWN))),
  )
}

/** Numbers, lists and dicts. */
export const VALUES: readonly (readonly [string, Builtin])[] = [
  ['builtins.int', (_, g) => integer(g)],
  ['builtins.list', (_, g) => listOf(g)],
  ['builtins.tuple', (_, g) => listOf(g)],
  ['builtins.set', (_, g) => listOf(g)],
  ['builtins.frozenset', (_, g) => listOf(g)],
  ['builtins.iter', (_, g) => first(g)],
  ['builtins.dict', (_, g) => dictOf(g)],
  ['builtins.range', (_, g) => range(g)],
  ['builtins.xrange', (_, g) => range(g)],
  [
    'builtins.reversed',
    (_, g, node) => {
      const items = itemsOf(first(g))
      return items === undefined
        ? unknownWith(taintsOf(first(g)))
        : {
            ...listValue([...items].reverse(), true),
            taints: decodedTaint(first(g), 'reverses the text', node, true),
          }
    },
  ],
  [
    'builtins.enumerate',
    (_, g) => {
      const items = itemsOf(first(g))
      return items === undefined
        ? listValue([listValue([UNKNOWN, someItem(first(g))])])
        : listValue(
            items.slice(0, MOST_ITEMS).map((item, index) => listValue([intValue(index), item])),
          )
    },
  ],
  ['builtins.zip', (_, g) => zip(g)],
  ['builtins.sum', (_, g) => unknownWith(taintsOf(first(g)))],
  [
    'builtins.len',
    (_, g) => {
      const text = textOf(first(g))
      const value = first(g)
      return text !== undefined && value.kind !== 'partial'
        ? intValue(text.length)
        : value.kind === 'list'
          ? intValue(value.items.length)
          : UNKNOWN
    },
  ],
  [
    'builtins.bool',
    (_, g) => {
      const truth = truthOf(first(g))
      return truth === undefined ? UNKNOWN : dataValue({ kind: 'bool', value: truth })
    },
  ],
  [
    'itertools.chain',
    (_, g) =>
      listValue(
        g.plain.flatMap((one) => itemsOf(one) ?? [unknownWith(taintsOf(one))]).slice(0, MOST_ITEMS),
      ),
  ],
  [
    'itertools.cycle',
    (_, g) => {
      const items = itemsOf(first(g))
      return items === undefined || items.length === 0
        ? unknownWith(taintsOf(first(g)))
        : listValue(
            Array.from({ length: 4096 }, (_, index) => items[index % items.length] ?? UNKNOWN),
          )
    },
  ],
  [
    'dataclasses.field',
    (m, g, node) => {
      const factory = g.named.get('default_factory')
      return factory === undefined
        ? (g.named.get('default') ?? UNKNOWN)
        : m.call(factory, { plain: [], named: new Map() }, node)
    },
  ],
  ['builtins.slice', () => UNKNOWN],
  ['array.array', (_, g) => g.plain[1] ?? UNKNOWN],
]
