import { itemsOf, someItem } from './items'
import { sinkOfCall } from './knowledge'
import type { Machine } from './machine'
import { isOperand, keyOf, nameAt } from './operand'
import { checkAssignment } from './patch'
import type { Scope } from './scope'
import type { Node } from './tree'
import {
  joined,
  type Taint,
  taintsOf,
  textValue,
  UNKNOWN,
  unionTaints,
  unknownWith,
  type Value,
} from './value'

/** Gives a value to a target: a name, an attribute, an item, or several of them. */
export function assignTo(machine: Machine, target: Node, value: Value, scope: Scope): void {
  switch (target.type) {
    case 'VariableName':
      scope.set(nameAt(machine, target).name, value)
      return
    case 'MemberExpression':
      assignMember(machine, target, value, scope)
      return
    case 'TupleExpression':
    case 'ArrayExpression':
    case 'ParenthesizedExpression':
      takeApart(machine, target.kids.slice(1, -1), value, scope)
      return
    default:
      if (isOperand(target)) machine.evaluate(target, scope)
  }
}

/** x, *y = value */
export function takeApart(
  machine: Machine,
  group: readonly Node[],
  value: Value,
  scope: Scope,
): void {
  const targets = group.filter(isOperand)
  const starAt = group.findIndex((kid) => kid.type === '*')
  const star = starAt < 0 ? undefined : group.slice(starAt).find(isOperand)
  const items = itemsOf(value)
  const before = star === undefined ? targets.length : targets.indexOf(star)
  targets.forEach((target, index) => {
    const fromEnd = targets.length - index
    const item =
      items === undefined
        ? someItem(value)
        : target === star
          ? {
              ...unknownWith(taintsOf(value)),
              kind: 'list' as const,
              items: items.slice(before, items.length - (fromEnd - 1)),
            }
          : items[index < before || star === undefined ? index : items.length - fromEnd]
    machine.assign(target, item ?? UNKNOWN, scope)
  })
}

function assignMember(machine: Machine, target: Node, value: Value, scope: Scope): void {
  const [object, sign, property] = target.kids
  if (object === undefined) return
  const on = machine.evaluate(object, scope)
  if (sign?.type === '.' && property?.type === 'PropertyName') {
    const name = nameAt(machine, property).name
    setAttribute(machine, on, name, value, target)
    return
  }
  const keys = target.kids
    .slice(2, -1)
    .filter(isOperand)
    .map((kid) => machine.evaluate(kid, scope))
  const [key = UNKNOWN] = keys
  if (on.kind === 'dict') on.entries.set(keyOf(key) ?? `?${on.entries.size}`, value)
  else if (on.kind === 'list') {
    if (key.kind === 'int' && Number(key.value) >= 0 && Number(key.value) < on.items.length)
      on.items[Number(key.value)] = value
    else if (on.items.length < 1000) on.items.push(value)
  } else if (on.kind === 'bytes' && object.type === 'VariableName')
    scope.set(nameAt(machine, object).name, withByte(on, key, value))
  else if (on.kind === 'ref') {
    if (/^(builtins|.*\.__dict__)$/.test(on.name) && key.kind === 'str')
      setAttribute(
        machine,
        { ...on, name: on.name.replace(/\.__dict__$/, '') },
        key.value,
        value,
        target,
      )
    else if (on.name === 'sys.modules' || on.name === '<names>')
      checkAssignment(machine, on.name, key, value, target)
    // A store from outside that gets a value holds it: os.environ, a JSON document, a header table.
    else if (object.type === 'VariableName' && taintsOf(value).length > 0)
      scope.set(nameAt(machine, object).name, {
        ...on,
        taints: unionTaints(on.taints, taintsOf(value)),
      })
  } else if (on.kind === 'unknown' && object.type === 'VariableName' && taintsOf(value).length > 0)
    scope.set(nameAt(machine, object).name, {
      ...on,
      taints: unionTaints(on.taints, taintsOf(value)),
    })
}

/** Longer ones are copied too often when a loop goes over them. */
const MOST_BYTES = 4096

/** A bytearray with one byte changed. */
function withByte(on: Value & { value: string }, key: Value, value: Value): Value {
  const index = key.kind === 'int' ? Number(key.value) : -1
  const taints = unionTaints(on.taints, taintsOf(value))
  if (value.kind !== 'int' || index < 0 || index >= on.value.length || on.value.length > MOST_BYTES)
    return unknownWith(taints)
  const byte = String.fromCharCode(Number(value.value & 0xffn))
  return {
    ...textValue('bytes', on.value.slice(0, index) + byte + on.value.slice(index + 1), taints),
    made: true,
  }
}

export function setAttribute(
  machine: Machine,
  on: Value,
  name: string,
  value: Value,
  node: Node,
): void {
  if (on.kind === 'instance' || on.kind === 'class') {
    const old = on.cls.attributes.get(name)
    on.cls.attributes.set(name, old === undefined ? value : joined(old, value))
    if (/^__\w+__$/.test(name)) checkDunder(machine, name, value, node)
  } else if (on.kind === 'ref') {
    if (value.kind === 'function') {
      if (/^on_\w+$/.test(name)) value.fn.isOpen = true
      else if (!on.name.endsWith(')')) callReplacement(machine, `${on.name}.${name}`, value, node)
    }
    checkAssignment(machine, `${on.name}.${name}`, undefined, value, node)
  }
}

/** Names under which functions are given what matters. */
const KEYWORDS = [
  'api_key',
  'token',
  'password',
  'headers',
  'data',
  'json',
  'messages',
  'prompt',
  'key',
]

/** What replaces a function of somebody else gets what was meant for that one. */
function callReplacement(
  machine: Machine,
  replaced: string,
  value: Value & { kind: 'function' },
  node: { from: number; to: number },
): void {
  const taint: Taint = {
    source: 'input',
    weak: true,
    steps: [{ role: 'source', label: `is meant for ${replaced}`, start: node.from, end: node.to }],
  }
  const plain = value.fn.parameters
    .filter(({ kind }) => kind === 'plain')
    .map(() => unknownWith([taint]))
  const named = new Map(KEYWORDS.map((key) => [key, unknownWith([taint])]))
  machine.call(value, { plain, named }, { ...value.fn.node, ...node })
}

/** An operator of a class that is a function which runs things: indexing with it runs its index. */
export function checkDunder(
  machine: Machine,
  name: string,
  value: Value,
  node: { from: number; to: number },
): void {
  if (value.kind !== 'ref' || !/^__\w+__$/.test(name)) return
  const call = sinkOfCall(value.name)
  if (call !== undefined && (call.sink === 'eval' || call.sink === 'process'))
    machine.report({
      name: `hidden.${call.sink}`,
      node,
      detail: { how: `makes ${value.name} the ${name} of a class` },
    })
}
