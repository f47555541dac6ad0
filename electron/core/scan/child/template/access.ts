import { itemsOf } from './constants'
import type { Machine } from './machine'
import { isDangerous, isForeignRoot, isInternal, LOOP_PLACES, originOfKey } from './names'
import {
  alternatives,
  labelOf,
  OPAQUE,
  object,
  UNKNOWN,
  type Value,
  type Values,
  wasAssembled,
  withNeedles,
} from './value'

/** `base.name`, `base['name']`, `base[0]` and `base|attr('name')`: Jinja treats them alike. */
export function accessValue(machine: Machine, base: Value, key: Value, at: number): Values {
  machine.charge(1)
  if (key.kind !== 'string') return subscript(machine, base, key, at)
  const name = key.value.trim()
  if (isInternal(name)) return [internal(machine, base, name, key, at)]
  if (base.kind === 'dict') {
    const entry = base.entries.get(name)
    if (entry !== undefined) return entry.map((value) => withNeedles(value, base.needles))
    return [{ kind: 'method', of: base, name }]
  }
  const isRoot = base.kind === 'object' && base.origin === 'root' && !isForeignRoot(base.label)
  if (wasAssembled(key) && (isDangerous(name) || isRoot))
    machine.report('obfuscated-attribute', at, pathOf(base, name))
  if (base.kind !== 'object') return [{ kind: 'method', of: base, name }]
  return [member(base, name)]
}

function internal(machine: Machine, base: Value, name: string, key: Value, at: number): Value {
  const path = pathOf(base, name)
  machine.report(`attribute.${name.replace(/\W/g, '')}`, at, path)
  if (wasAssembled(key)) machine.report('obfuscated-attribute', at, path)
  return object(path, 'dunder')
}

function pathOf(base: Value, name: string): string {
  const label = labelOf(base)
  return /^[\p{L}_]\w*$/u.test(name) ? `${label}.${name}` : `${label}['${name}']`
}

function member(base: Value & { kind: 'object' }, name: string): Value {
  const path = pathOf(base, name)
  const { origin } = base
  if (origin === 'dunder' || origin === 'root') return object(path, origin)
  if (origin === 'opaque') return OPAQUE
  if (origin === 'messages' || origin === 'text') {
    const found = originOfKey(name)
    if (found !== undefined) return object(path, found)
    return { kind: 'method', of: base, name }
  }
  if (origin === 'time') return { kind: 'method', of: base, name }
  if (base.label === 'loop' && LOOP_PLACES.has(name)) return object(path, 'count')
  return object(path)
}

function subscript(machine: Machine, base: Value, key: Value, at: number): Values {
  const label = `${labelOf(base)}[${labelOf(key)}]`
  if (key.kind === 'number') return [withNeedles(item(base, key.value, label), base.needles)]
  if (reachesInside(base, key)) {
    machine.report('dynamic-attribute', at, label)
    return [object(label, 'dunder')]
  }
  if (base.kind === 'dict')
    return alternatives(
      [...base.entries.values()].flat().map((value) => withNeedles(value, key.needles)),
    )
  if (base.kind === 'list' && base.items.length > 0)
    return alternatives(base.items.map((value) => withNeedles(value, key.needles)))
  return [object(label, base.kind === 'object' ? base.origin : 'other')]
}

/** A subscript that is not known, of something that has no items but leads to Python's internals. */
function reachesInside(base: Value, key: Value): boolean {
  if (key.kind !== 'object') return false
  if (base.kind === 'macro') return true
  if (base.kind === 'object' && base.origin === 'root') return !isForeignRoot(base.label)
  if (base.kind === 'dict' || (base.kind === 'list' && base.items.length > 0)) return false
  const isEmpty = base.kind === 'list' || (base.kind === 'string' && base.value === '')
  // messages[messages[0].content]: what somebody wrote chooses the attribute.
  if (base.kind === 'object' && base.origin === 'messages' && key.origin === 'text') return true
  return key.origin === 'opaque' || (isEmpty && ['text', 'messages'].includes(key.origin))
}

function item(base: Value, index: number, label: string): Value {
  const items = itemsOf(base)
  if (items !== undefined && base.kind !== 'dict') return items.at(index) ?? UNKNOWN
  return object(label, base.kind === 'object' ? base.origin : 'other')
}
