import { callBack } from './callback'
import type { Machine } from './machine'
import type { Node } from './node'
import { joinText } from './text-parts'
import {
  arrayShape,
  constantValue,
  deepTaints,
  hintOf,
  hintValue,
  joinTaints,
  joinValues,
  originMoved,
  shapeValue,
  taint,
  taintedValue,
  UNDEFINED,
  UNKNOWN,
  type Value,
} from './value'

/** Elements over which a callback is run one by one. */
const MOST_ELEMENTS = 20_000

const argumentTaints = (args: readonly Value[]): Value['taints'] =>
  args.reduce<Value['taints']>((all, arg) => joinTaints(all, deepTaints(arg)), [])

/** `[…].method(…)`; undefined when the method is not one that is followed. */
export function arrayMethod(
  m: Machine,
  self: Value,
  items: Value[],
  method: string,
  args: readonly Value[],
  at: Node,
): Value | undefined {
  const shape = self.shape
  if (shape === undefined) return undefined
  const [first] = args
  const weak = m.maybe > 0 && m.precise === 0
  const taints = () => joinTaints(deepTaints(self), [])
  switch (method) {
    case 'join': {
      const separator =
        first === undefined || first.constant === undefined ? ',' : String(first.constant)
      const joined = joinText(items, separator)
      if (!shape.exact)
        return hintValue(hintOf(joined) ?? '\ufffc', joinTaints(taints(), joined.taints))
      const short =
        items.length >= 4 &&
        items.every((one) => typeof one.constant === 'string' && one.constant.length <= 2)
      return short && separator === '' && !joined.taints.some((one) => one.source === 'decoded')
        ? constantValue(
            joined.constant,
            true,
            joinTaints([taint('decoded', 'joins single characters', at)], joined.taints),
          )
        : joined
    }
    case 'reverse': {
      if (weak) return self
      m.journal(() => items.reverse())
      items.reverse()
      const reversed = [taint('decoded', 'reverses a literal', at)]
      const single =
        items.length > 3 &&
        items.every((one) => typeof one.constant === 'string' && one.constant.length === 1)
      if (!single) return self
      return shapeValue(arrayShape(items.map((one) => constantValue(one.constant, true, reversed))))
    }
    case 'push':
    case 'unshift':
      originMoved()
      if (items.length + args.length > 200_000) shape.exact = false
      else if (method === 'push') {
        const { length } = items
        m.attemptSteps -= args.length
        m.journal(() => (items.length = length))
        // A copy: an array may be pushed onto itself.
        for (const arg of [...args]) items.push(arg)
      } else {
        m.journal(() => items.splice(0, args.length))
        items.unshift(...args)
      }
      if (weak) shape.exact = false
      if (argumentTaints(args).length > 0) m.wake(shape.readers)
      return constantValue(items.length)
    case 'shift':
    case 'pop': {
      if (weak) {
        shape.exact = false
        return joinAll(items, shape.rest)
      }
      const taken = method === 'shift' ? items.shift() : items.pop()
      if (taken === undefined) return shape.exact ? UNDEFINED : shape.rest
      m.journal(() => (method === 'shift' ? items.unshift(taken) : items.push(taken)))
      return taken
    }
    case 'slice': {
      if (!args.every((arg) => arg.known)) return self
      const part = items.slice(
        Number(first?.constant ?? 0),
        args[1] === undefined ? undefined : Number(args[1].constant),
      )
      return shapeValue(arrayShape(part, shape.exact), self.taints)
    }
    case 'sort': {
      const sorted = sortedItems(m, items, first, at)
      if (sorted === undefined || weak) {
        shape.exact = false
        return self
      }
      const before = [...items]
      m.journal(() => items.splice(0, items.length, ...before))
      items.splice(0, items.length, ...sorted)
      return self
    }
    case 'flat': {
      const flat = items.flatMap((item) => item.shape?.items ?? [item])
      return flat.length > 200_000
        ? taintedValue(taints())
        : shapeValue(arrayShape(flat, shape.exact), self.taints)
    }
    case 'splice':
      shape.exact = false
      return joinAll(items, shape.rest)
    case 'concat': {
      const all = [...items]
      let exact = shape.exact
      for (const arg of args) {
        if (arg.shape?.items !== undefined) {
          for (const item of arg.shape.items) all.push(item)
          exact &&= arg.shape.exact
        } else all.push(arg)
      }
      return all.length > 200_000
        ? taintedValue(taints())
        : shapeValue(arrayShape(all, exact), self.taints)
    }
    case 'indexOf': {
      const at0 = items.findIndex(
        (one) => one.known && first?.known === true && one.constant === first.constant,
      )
      return shape.exact && first?.known === true && items.every((one) => one.known)
        ? constantValue(at0)
        : UNKNOWN
    }
    case 'at': {
      const index = Number(first?.constant)
      return items.at(Number.isInteger(index) ? index : 0) ?? UNDEFINED
    }
    case 'map':
    case 'forEach':
    case 'filter':
    case 'flatMap':
    case 'find':
    case 'some':
    case 'every':
      return overElements(m, self, items, method, first, at)
    case 'reduce': {
      if (first === undefined || items.length > MOST_ELEMENTS) return taintedValue(taints())
      const elements = args[1] === undefined ? items.slice(1) : items
      let sum = args[1] ?? items[0] ?? UNDEFINED
      for (const [index, item] of elements.slice(0, shape.exact ? MOST_ELEMENTS : 8).entries())
        sum = callBack(m, first, [sum, item, constantValue(index)], at)
      return sum
    }
    default:
      return undefined
  }
}

/** Longest lists that are sorted. */
const MOST_SORTED = 2000

function sortedItems(
  m: Machine,
  items: readonly Value[],
  by: Value | undefined,
  at: Node,
): Value[] | undefined {
  if (items.length > MOST_SORTED) return undefined
  if (by === undefined)
    return items.every((one) => one.known)
      ? [...items].sort((a, b) => (String(a.constant) < String(b.constant) ? -1 : 1))
      : undefined
  let known = true
  const sorted = [...items].sort((a, b) => {
    const order = known ? callBack(m, by, [a, b], at).constant : undefined
    known &&= typeof order === 'number'
    return Number(order ?? 0)
  })
  return known ? sorted : undefined
}

const joinAll = (items: readonly Value[], rest: Value): Value =>
  items.slice(0, 32).reduce((all, item) => joinValues(all, item), rest)

function overElements(
  m: Machine,
  self: Value,
  items: readonly Value[],
  method: string,
  callback: Value | undefined,
  at: Node,
): Value {
  const shape = self.shape
  if (callback === undefined) return UNKNOWN
  const exact = shape?.exact === true
  const constants = exact && items.length <= MOST_ELEMENTS && items.every((item) => item.known)
  const results: Value[] = []
  const most = constants ? items.length : 16
  for (const [index, item] of items.slice(0, most).entries())
    results.push(callBack(m, callback, [item, constantValue(index), self], at))
  if (shape !== undefined && shape.rest !== UNKNOWN)
    results.push(callBack(m, callback, [shape.rest], at))
  if (items.length === 0 && self.taints.length > 0)
    results.push(callBack(m, callback, [taintedValue(self.taints)], at))
  if (method === 'map' || method === 'flatMap')
    return shapeValue(arrayShape(results, exact && results.length === items.length), self.taints)
  if (method === 'filter') {
    if (!constants || !results.every((one) => one.known))
      return shapeValue(arrayShape([...items], false), self.taints)
    return shapeValue(
      arrayShape(items.filter((_, index) => Boolean(results[index]?.constant))),
      self.taints,
    )
  }
  if (method === 'find') {
    const index = results.findIndex((one) => one.known && Boolean(one.constant))
    return items[index] ?? joinAll(items, UNKNOWN)
  }
  return UNKNOWN
}
