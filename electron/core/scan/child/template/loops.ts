import { itemsOf } from './constants'
import {
  boolean,
  dict,
  number,
  object,
  UNKNOWN,
  type Value,
  type Values,
  withNeedles,
} from './value'

/** The variable `loop` in a loop that is followed item by item. */
export function loopOf(items: readonly Value[], index: number): Value {
  const { length } = items
  const [previous, next] = [items[index - 1], items[index + 1]]
  return dict(
    new Map<string, Values>([
      ['index', [number(index + 1)]],
      ['index0', [number(index)]],
      ['revindex', [number(length - index)]],
      ['revindex0', [number(length - index - 1)]],
      ['first', [boolean(index === 0)]],
      ['last', [boolean(index === length - 1)]],
      ['length', [number(length)]],
      ['previtem', [previous ?? UNKNOWN]],
      ['nextitem', [next ?? UNKNOWN]],
    ]),
  )
}

/** What the variable of a loop over a value may be. */
export function elementsOf(value: Value): Values {
  const items = itemsOf(value)
  if (items !== undefined) return items.length === 0 ? [UNKNOWN] : items
  if (value.kind !== 'object') return [UNKNOWN]
  // What is sent may be a list of parts; the pieces of a text that was split are texts.
  const isParts = value.origin === 'text' && !value.label.endsWith(')')
  const element = object(`${value.label}[…]`, isParts ? 'messages' : value.origin)
  return [withNeedles(element, value.needles)]
}
