import { foundAssignment } from './assignments'
import { GLOBAL_NAMES } from './globals'
import { keyOf } from './keys'
import type { Machine } from './machine'
import { memberOf, prototypeOf } from './member'
import { type Node, plainKey } from './node'
import { declare, functionScope, lookUp, type Scope } from './scope'
import { saysMore, store, storeUnknown } from './store'
import {
  arrayShape,
  joinValues,
  objectShape,
  shapeValue,
  stepped,
  UNDEFINED,
  UNKNOWN,
  type Value,
  withTaints,
} from './value'

/** Writes a value to a name, a member or a pattern. */
export function assignTo(
  m: Machine,
  target: Node,
  value: Value,
  scope: Scope,
  declares: boolean,
): void {
  switch (target.type) {
    case 'Identifier':
      assignName(m, target.name, target, value, scope, declares)
      return
    case 'MemberExpression':
      assignMember(m, target, value, scope)
      return
    case 'AssignmentPattern': {
      const initial = m.evaluate(target.right, scope)
      const held = value === UNKNOWN || value === UNDEFINED ? initial : joinValues(value, initial)
      assignTo(m, target.left, held, scope, declares)
      return
    }
    case 'ObjectPattern':
      for (const property of target.properties) {
        if (property.type === 'RestElement') {
          assignTo(m, property.argument, value, scope, declares)
          continue
        }
        const { key, built } = property.computed
          ? keyOf(m, property.key, true, scope)
          : { key: plainKey(property.key, false), built: false }
        const part = memberOf(m, value, key, built, scope, property)
        assignTo(m, property.value, part, scope, declares)
      }
      return
    case 'ArrayPattern':
      for (const [index, element] of target.elements.entries()) {
        if (element === null) continue
        if (element.type === 'RestElement') {
          const items = value.shape?.items?.slice(index)
          const rest = items === undefined ? value : shapeValue(arrayShape(items), value.taints)
          assignTo(m, element.argument, rest, scope, declares)
        } else {
          const part = memberOf(m, value, String(index), false, scope, element)
          assignTo(m, element, part, scope, declares)
        }
      }
      return
    case 'RestElement':
      assignTo(m, target.argument, value, scope, declares)
      return
    case 'TSParameterProperty': {
      assignTo(m, target.parameter, value, scope, declares)
      const { parameter } = target
      const name = parameter.type === 'AssignmentPattern' ? parameter.left : parameter
      const { shape } = scope.self
      if (name.type === 'Identifier' && shape !== undefined) store(m, shape, name.name, value)
      return
    }
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
      assignTo(m, target.expression, value, scope, declares)
      return
    default:
      return
  }
}

function assignName(
  m: Machine,
  name: string,
  at: Node,
  value: Value,
  scope: Scope,
  declares: boolean,
): void {
  const held = withSteps(lostHere(m, value), `is kept in ${name}`, at)
  const found = lookUp(scope, name)
  if (declares && found?.scope.owner !== scope.owner) {
    declare(functionScope(scope), name, held)
    return
  }
  if (found === undefined) {
    // An assignment without a declaration makes a global.
    foundAssignment(m, name, undefined, name, held, at)
    if (!GLOBAL_NAMES.has(name)) m.globals.set(name, held)
    return
  }
  const { binding } = found
  const before = binding.value
  const outer = found.scope.owner !== scope.owner
  const joins = m.precise === 0 && (m.maybe > 0 || outer) && !(declares && before === UNDEFINED)
  const after = joins && before !== UNKNOWN ? joinValues(before, held) : held
  if (m.precise > 0) m.journal(() => (binding.value = before))
  binding.value = after
  if (saysMore(before, after)) m.wake(binding.readers)
}

/** What a loop that was given up for its length assigns may be anything. */
const lostHere = (m: Machine, value: Value): Value =>
  m.lost === undefined || m.lost.callDepth !== m.callDepth || m.precise > 0
    ? value
    : withTaints(value, m.lost.taints)

function withSteps(value: Value, label: string, at: Node): Value {
  return value.taints.length === 0 ? value : { ...value, taints: stepped(value.taints, label, at) }
}

function assignMember(
  m: Machine,
  target: Node & { type: 'MemberExpression' },
  assigned: Value,
  scope: Scope,
): void {
  const value = lostHere(m, assigned)
  const base = target.object.type === 'Super' ? scope.self : m.evaluate(target.object, scope)
  const { key, built } = keyOf(m, target.property, target.computed, scope)
  const path = base.path
  if (path !== undefined || key !== undefined)
    foundAssignment(m, key, base, path, value, target, built)
  if (key === undefined) {
    const { shape } = base
    if (shape !== undefined) storeUnknown(m, shape, value)
    return
  }
  if (path === 'globalThis') {
    // Node's loader under a global name that was put together.
    if (built && (value.path === 'require' || value.path === 'module'))
      m.see('hidden.module', target)
    if (!GLOBAL_NAMES.has(key)) m.globals.set(key, value)
    return
  }
  if (base.code !== undefined && base.shape === undefined) {
    if (key === 'prototype' && value.shape !== undefined) {
      base.code.self = value
      return
    }
    // Properties of a function, static methods: kept by its identity.
    const prototype = prototypeOf(base)
    if (prototype.shape !== undefined) store(m, prototype.shape, key, value)
    return
  }
  if (base.shape !== undefined) {
    store(m, base.shape, key, value)
    if (value.code !== undefined && value.code.self === UNKNOWN) value.code.self = base
    return
  }
  if (path === undefined) {
    if (target.object.type === 'Identifier') taintTarget(m, target.object, value, scope)
    return
  }
  let shape = m.stored.get(path)
  if (shape === undefined) {
    shape = objectShape()
    m.stored.set(path, shape)
  }
  // What a program puts over a function that is watched must not hide that function.
  if (path === 'module' || path === 'exports' || path.startsWith('%')) return
  if (path.endsWith(')') || !GLOBAL_NAMES.has(path)) shape.properties.set(key, value)
}

/** Something unknown that a tainted value is put into is tainted. */
export function taintTarget(m: Machine, target: Node, value: Value, scope: Scope): void {
  let object = target
  while (object.type === 'MemberExpression') object = object.object
  if (value.taints.length === 0 || object.type !== 'Identifier') return
  const found = lookUp(scope, object.name)
  if (found === undefined) return
  const before = found.binding.value
  found.binding.value = withTaints(before, value.taints)
  if (saysMore(before, found.binding.value)) m.wake(found.binding.readers)
}
