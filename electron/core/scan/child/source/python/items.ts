import { fileOrigins } from './origin'
import type { Node } from './tree'
import {
  intValue,
  joined,
  listValue,
  taintsOf,
  textOf,
  textValue,
  UNKNOWN,
  unionTaints,
  unknownWith,
  type Value,
  WALKED,
} from './value'

export const MOST_ITEMS = 100_000

/** The items that a loop over a value visits; undefined when they are not known. */
export function itemsOf(value: Value): readonly Value[] | undefined {
  if (value.kind === 'list') return value.items
  if (value.kind === 'str')
    return value.value.length > MOST_ITEMS
      ? undefined
      : [...value.value].map((letter) => textValue('str', letter, value.taints))
  if (value.kind === 'bytes')
    return value.value.length > MOST_ITEMS
      ? undefined
      : [...value.value].map((letter) => ({
          ...intValue(letter.charCodeAt(0)),
          taints: value.taints,
        }))
  if (value.kind === 'dict')
    return [...value.entries.keys()].map((key) =>
      key.startsWith('s')
        ? textValue('str', key.slice(1))
        : key.startsWith('i')
          ? intValue(BigInt(key.slice(1)))
          : UNKNOWN,
    )
  return undefined
}

/** Any one item of a value whose items are not known one by one. */
export function someItem(value: Value, node?: Node): Value {
  const items = itemsOf(value)
  if (items !== undefined && items.length > 0) return items.slice(0, 50).reduce(joined)
  if (value.kind === 'ref' && value.name === '<subclasses>') return { ...value, name: '<subclass>' }
  if (value.kind === 'ref') {
    if (value.name === 'builtins.open()' && node !== undefined)
      return unknownWith(unionTaints(value.taints, fileOrigins(value.about, node)))
    const path = textOf(value.about ?? UNKNOWN)
    if (path !== undefined && /^os\.walk\(\)$/.test(value.name)) {
      const file = textValue('partial', `${WALKED}`, [])
      return listValue([
        textValue('partial', `${path}/${WALKED}`, value.taints),
        listValue([file]),
        listValue([file]),
      ])
    }
    if (
      path !== undefined &&
      /^(glob\.i?glob|os\.(listdir|scandir)|pathlib\.(r?glob|iterdir))\(\)$/.test(value.name)
    )
      return textValue(
        'partial',
        /listdir/.test(value.name) ? WALKED : `${path}/${WALKED}`,
        value.taints,
      )
    return { ...value, name: `${value.name}[]` }
  }
  return unknownWith(taintsOf(value))
}
