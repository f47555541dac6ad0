import { taintsOfArguments } from './function'
import { itemsOf } from './items'
import { keyOf } from './operand'
import {
  type Arguments,
  dataValue,
  intValue,
  joined,
  listValue,
  taintsOf,
  textValue,
  UNKNOWN,
  unionTaints,
  unknownWith,
  type Value,
} from './value'

const MOST_ITEMS = 100_000

/** Methods of lists, tuples, sets and dicts. Those that change it change the one value. */
export function callContainer(on: Value, name: string, given: Arguments): Value {
  const [first = UNKNOWN, second] = given.plain
  if (on.kind === 'list') return callList(on, name, first, second)
  if (on.kind === 'dict') return callDict(on, name, given)
  return unknownWith(unionTaints(taintsOf(on), taintsOfArguments(given)))
}

function callList(
  on: Value & { kind: 'list' },
  name: string,
  first: Value,
  second: Value | undefined,
): Value {
  const { items } = on
  if (items.length > MOST_ITEMS) return unknownWith(taintsOf(on))
  switch (name) {
    case 'append':
    case 'add':
      items.push(first)
      return UNKNOWN
    case 'insert':
      items.splice(first.kind === 'int' ? Number(first.value) : 0, 0, second ?? UNKNOWN)
      return UNKNOWN
    case 'extend':
    case 'update': {
      const more = itemsOf(first)
      if (more === undefined) items.push(unknownWith(taintsOf(first)))
      else if (items.length + more.length <= MOST_ITEMS) items.push(...more.slice(0, 10_000))
      return UNKNOWN
    }
    case 'pop':
      return (first.kind === 'int' && first.value === 0n ? items.shift() : items.pop()) ?? UNKNOWN
    case 'reverse':
      items.reverse()
      return UNKNOWN
    case 'copy':
      return { ...on, items: [...items] }
    case 'clear':
      items.length = 0
      return UNKNOWN
    case 'index': {
      const at = items.findIndex(
        (item) => keyOf(item) !== undefined && keyOf(item) === keyOf(first),
      )
      return at < 0 ? UNKNOWN : intValue(at)
    }
    default:
      return unknownWith(taintsOf(on))
  }
}

function callDict(on: Value & { kind: 'dict' }, name: string, given: Arguments): Value {
  const [first = UNKNOWN, second = UNKNOWN] = given.plain
  const { entries } = on
  switch (name) {
    case 'get':
    case 'pop':
    case 'setdefault': {
      const key = keyOf(first)
      const held = key === undefined ? undefined : entries.get(key)
      if (held !== undefined) return held
      return key === undefined ? [...entries.values()].slice(0, 50).reduce(joined, second) : second
    }
    case 'update':
      if (first.kind === 'dict') for (const [key, value] of first.entries) entries.set(key, value)
      else if (first !== UNKNOWN) entries.set(`?${entries.size}`, first)
      for (const [key, value] of given.named) entries.set(`s${key}`, value)
      return UNKNOWN
    case 'items':
      return listValue(
        [...entries].map(([key, value]) =>
          listValue([key.startsWith('s') ? textValue('str', key.slice(1)) : UNKNOWN, value]),
        ),
      )
    case 'values':
      return listValue([...entries.values()])
    case 'keys':
      return dataValue(on)
    case 'copy':
      return { ...on, entries: new Map(entries) }
    default:
      return unknownWith(taintsOf(on))
  }
}
