import { decodedTaint } from './decoded'
import { sinkOfCall } from './knowledge'
import type { Machine } from './machine'
import { canonicalName } from './names'
import { isOperand, keyOf } from './operand'
import { callDunder } from './operator'
import { environmentValue } from './origin'
import { lookUpName, moduleOf, type Scope } from './scope'
import type { Node } from './tree'
import {
  HOLE,
  intValue,
  joined,
  listValue,
  refValue,
  taintsOf,
  textOf,
  textValue,
  UNKNOWN,
  unionTaints,
  unknownWith,
  type Value,
} from './value'

export function evaluateSubscript(machine: Machine, node: Node, on: Value, scope: Scope): Value {
  const inside = node.kids.slice(2, node.kids.at(-1)?.type === ']' ? -1 : undefined)
  if (inside.some((kid) => kid.type === ':')) return sliced(machine, node, on, inside, scope)
  const keys = inside.filter(isOperand).map((kid) => machine.evaluate(kid, scope))
  const [key = UNKNOWN] = keys
  return keys.length > 1 ? unknownWith(taintsOf(on)) : itemOf(machine, on, key, node, scope)
}

/** `on[key]`, also as `on.get(key)` and operator.itemgetter give it. */
export function itemOf(machine: Machine, on: Value, key: Value, node: Node, scope: Scope): Value {
  switch (on.kind) {
    case 'list':
      return itemAt(on, on.items, key)
    case 'dict': {
      const name = keyOf(key)
      const held = name === undefined ? undefined : on.entries.get(name)
      if (held !== undefined) return held
      // A key that is not known may be any of them.
      return name === undefined
        ? [...on.entries.values()].slice(0, 50).reduce(joined, unknownWith(taintsOf(on)))
        : unknownWith(on.taints)
    }
    case 'str':
    case 'bytes': {
      if (key.kind !== 'int') return unknownWith(taintsOf(on))
      const index = Number(key.value) < 0 ? on.value.length + Number(key.value) : Number(key.value)
      const letter = on.value[index]
      if (letter === undefined) return unknownWith(on.taints)
      return on.kind === 'bytes'
        ? { ...intValue(letter.charCodeAt(0)), taints: on.taints }
        : textValue('str', letter, on.taints, true)
    }
    case 'partial':
      return textValue('partial', HOLE, on.taints)
    case 'ref':
      return itemOfRef(machine, on, key, node, scope)
    case 'instance':
      return callDunder(machine, on, '__getitem__', [key]) ?? unknownWith(taintsOf(on))
    default:
      return unknownWith(taintsOf(on))
  }
}

function itemAt(on: Value, items: readonly Value[], key: Value): Value {
  if (key.kind !== 'int') return items.slice(0, 50).reduce(joined, unknownWith(on.taints))
  const index = Number(key.value) < 0 ? items.length + Number(key.value) : Number(key.value)
  return items[index] ?? unknownWith(taintsOf(on))
}

function itemOfRef(
  machine: Machine,
  on: Value & { kind: 'ref' },
  key: Value,
  node: Node,
  scope: Scope,
): Value {
  const name = textOf(key)
  const isExact = key.kind === 'str'
  if (on.name === 'os.environ' || on.name === 'os.environb')
    return environmentValue(isExact ? name : undefined, node)
  if (on.name === '<names>' && isExact && name !== undefined) {
    const own = lookUpName(scope, name) ?? moduleOf(scope).own(name)
    if (own !== undefined) return own
    return refValue(
      name === '__builtins__' ? 'builtins' : `builtins.${name}`,
      [],
      `looks ${name} up in a table of names`,
    )
  }
  if (on.name === 'sys.modules' && isExact && name !== undefined)
    return refValue(
      name,
      [],
      key.made ? `builds the name ${name}` : `takes ${name} out of sys.modules`,
    )
  if (on.name === '<globals>' && isExact && name !== undefined) {
    const known = [`os.${name}`, `builtins.${name}`].find((one) => sinkOfCall(one) !== undefined)
    return refValue(
      name === '__builtins__' ? 'builtins' : (known ?? canonicalName(name).name),
      [],
      `takes ${name} out of __globals__`,
    )
  }
  if (on.name.endsWith('.__dict__') && isExact && name !== undefined)
    return machine.attribute(
      { ...on, name: on.name.slice(0, -9) },
      name,
      node,
      `takes ${name} out of __dict__`,
    )
  if (on.name === 'builtins' && isExact && name !== undefined)
    return machine.attribute(on, name, node, `takes ${name} out of __builtins__`)
  if (on.name === '<object>' || on.name === '<bases>') return { ...on, name: '<object>' }
  if (on.name === '<subclasses>') return refValue('<subclass>', on.taints, on.hidden)
  return {
    ...refValue(`${on.name}[]`, taintsOf(on)),
    ...(on.about !== undefined && { about: on.about }),
  }
}

function sliced(
  machine: Machine,
  node: Node,
  on: Value,
  inside: readonly Node[],
  scope: Scope,
): Value {
  const bounds: (Value | undefined)[] = [undefined, undefined, undefined]
  let at = 0
  for (const kid of inside) {
    if (kid.type === ':') at++
    else if (isOperand(kid)) bounds[Math.min(at, 2)] = machine.evaluate(kid, scope)
  }
  const [start, end, step] = bounds
  const indices = [start, end, step].map((bound) =>
    bound?.kind === 'int' ? Number(bound.value) : undefined,
  )
  const isKnown = [start, end, step].every(
    (bound) => bound === undefined || bound.kind === 'int' || bound.kind === 'none',
  )
  if (!isKnown || (on.kind !== 'list' && on.kind !== 'str' && on.kind !== 'bytes')) {
    const text = textOf(on)
    return text === undefined ? unknownWith(taintsOf(on)) : textValue('partial', HOLE, taintsOf(on))
  }
  const stride = indices[2] ?? 1
  if (on.kind === 'list')
    return {
      ...listValue(takeSlice(on.items, indices[0], indices[1], stride)),
      taints: on.taints,
      made: on.made,
    }
  const letters = takeSlice([...on.value], indices[0], indices[1], stride)
  const value = textValue(on.kind, letters.join(''), on.taints, true)
  // Text that is read backwards or with gaps was meant not to be read.
  return stride === 1
    ? value
    : {
        ...value,
        taints: unionTaints(
          decodedTaint(
            on,
            stride === -1 ? 'reverses the text' : 'picks every other letter',
            node,
            stride === -1,
          ),
          on.taints,
        ),
      }
}

/** A slice as Python takes it. */
export function takeSlice<T>(
  items: readonly T[],
  start: number | undefined,
  end: number | undefined,
  step: number,
): T[] {
  const length = items.length
  if (step === 0) return []
  const clamp = (value: number | undefined, fallback: number): number => {
    if (value === undefined) return fallback
    const at = value < 0 ? value + length : value
    return step > 0 ? Math.min(Math.max(at, 0), length) : Math.min(Math.max(at, -1), length - 1)
  }
  const from = clamp(start, step > 0 ? 0 : length - 1)
  const to = clamp(end, step > 0 ? length : -1)
  const out: T[] = []
  for (let at = from; step > 0 ? at < to : at > to; at += step) {
    const item = items[at]
    if (item !== undefined) out.push(item)
  }
  return out
}
