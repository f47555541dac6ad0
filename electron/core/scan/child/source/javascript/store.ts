import type { Machine } from './machine'
import { joinValues, originMoved, type Shape, UNDEFINED, UNKNOWN, type Value } from './value'

/** Whether whoever read it before would see more now. */
export const saysMore = (before: Value, after: Value): boolean =>
  after.taints.length > before.taints.length ||
  (after.path !== undefined && before.path === undefined) ||
  (after.code !== undefined && before.code === undefined) ||
  (after.shape !== undefined && before.shape === undefined)

/** Longest arrays that are kept, items. */
const MOST_ITEMS = 200_000

export function store(m: Machine, shape: Shape, key: string, value: Value): void {
  if (value.taints.length > 0 || value.shape !== undefined) originMoved()
  const index = shape.items !== undefined && /^\d+$/.test(key) ? Number(key) : undefined
  if (shape.items !== undefined && index !== undefined) {
    const { items } = shape
    if (index > MOST_ITEMS || index > items.length + 1024) {
      shape.exact = false
      return
    }
    const before = items[index]
    const length = items.length
    if (m.precise > 0)
      m.journal(() => {
        if (index >= length) items.length = length
        else if (before !== undefined) items[index] = before
      })
    while (items.length < index) items.push(UNDEFINED)
    items[index] =
      m.maybe > 0 && m.precise === 0 && before !== undefined ? joinValues(before, value) : value
    return
  }
  const before = shape.properties.get(key)
  if (m.precise > 0)
    m.journal(() =>
      before === undefined ? shape.properties.delete(key) : shape.properties.set(key, before),
    )
  const joins = before !== undefined && m.precise === 0 && (m.maybe > 0 || m.callDepth > 0)
  const after = joins ? joinValues(before, value) : value
  shape.properties.set(key, after)
  if (before === undefined ? value !== UNKNOWN : saysMore(before, after)) m.wake(shape.readers)
}

export function storeUnknown(m: Machine, shape: Shape, value: Value): void {
  if (value.taints.length > 0 || value.shape !== undefined) originMoved()
  const before = shape.rest
  const { exact } = shape
  if (m.precise > 0)
    m.journal(() => {
      shape.rest = before
      shape.exact = exact
    })
  shape.rest = joinValues(before, value)
  shape.exact = false
  if (saysMore(before, shape.rest)) m.wake(shape.readers)
}
