import type { Machine } from './machine'
import { isOperand, nameAt } from './operand'
import { createScope, type Scope } from './scope'
import { kidOf, type Node } from './tree'
import {
  type Arguments,
  type ClassValue,
  dataValue,
  type FunctionValue,
  listValue,
  type Parameter,
  type Taint,
  taintsOf,
  UNKNOWN,
  unionTaints,
  unknownWith,
  type Value,
} from './value'

/** def and lambda; default values are evaluated where the function is made. */
export function makeFunction(
  machine: Machine,
  node: Node,
  scope: Scope,
  owner?: ClassValue,
): FunctionValue {
  const nameNode = node.type === 'LambdaExpression' ? undefined : kidOf(node, 'VariableName')
  const list = kidOf(node, 'ParamList')
  const body =
    node.type === 'LambdaExpression' ? node.kids.filter(isOperand).at(-1) : kidOf(node, 'Body')
  const fn: FunctionValue = {
    name: nameNode === undefined ? 'lambda' : nameAt(machine, nameNode).name,
    node,
    body: body ?? node,
    parameters: list === undefined ? [] : parametersOf(machine, list, scope),
    scope,
    owner,
    isStatic: false,
    self: undefined,
    isHandler: false,
    isWeb: false,
    isOpen: false,
    context: undefined,
  }
  machine.notes.functions.push(fn)
  return fn
}

function parametersOf(machine: Machine, list: Node, scope: Scope): Parameter[] {
  const parameters: Parameter[] = []
  let kind: Parameter['kind'] = 'plain'
  let awaits = false
  for (const kid of list.kids) {
    if (kid.type === '*') kind = 'rest'
    else if (kid.type === '**') kind = 'keywords'
    else if (kid.type === 'AssignOp') awaits = true
    else if (kid.type === ',') {
      kind = 'plain'
      awaits = false
    } else if (awaits && isOperand(kid)) {
      const last = parameters.at(-1)
      if (last !== undefined) last.fallback = machine.evaluate(kid, scope)
      awaits = false
    } else if (kid.type === 'VariableName')
      parameters.push({ name: nameAt(machine, kid).name, kind, fallback: undefined })
  }
  return parameters
}

/** Bodies up to this many characters are decoders and wrappers: each call of one is followed. */
const SMALL_BODY = 300
const MOST_PLAIN_CALLS = 6

/** Calls a function of this file with its body; the result joins all that it returns. */
export function callFunction(machine: Machine, fn: FunctionValue, given: Arguments): Value {
  const plain = fn.self === undefined ? given.plain : [fn.self, ...given.plain]
  const size = fn.node.to - fn.node.from
  const before = machine.notes.results.get(fn.node)
  const weight = weightOf(given)
  if (before !== undefined) {
    // Nothing in these arguments can change what was seen when the body ran before.
    if (weight === 'none' && before.count >= (fn.self === undefined ? 1 : 2)) return before.value
    if (weight === 'plain' && size > SMALL_BODY && before.count >= MOST_PLAIN_CALLS)
      return before.value
  }
  if (machine.isActive(fn.node) || !machine.spend(size))
    return unknownWith(taintsOfArguments(given))
  const scope = createScope(fn.scope)
  bindParameters(fn.parameters, plain, given.named, scope)
  const returned = machine.within(fn, scope, machine.frame.atImport, () =>
    runBody(machine, fn, scope),
  )
  const value = returned ?? UNKNOWN
  machine.notes.results.set(fn.node, { value, count: (before?.count ?? 0) + 1 })
  return value
}

/** How much arguments say: nothing, constants, or something with an origin or an effect. */
function weightOf(given: Arguments): 'none' | 'plain' | 'much' {
  let weight: 'none' | 'plain' = 'none'
  for (const value of [...given.plain, ...given.named.values()]) {
    if (taintsOf(value).length > 0) return 'much'
    if (/^(unknown|none|bool|float|instance|class)$/.test(value.kind)) continue
    if (
      /^(function|native)$/.test(value.kind) ||
      value.made ||
      (value.kind === 'ref' && value.name.startsWith('builtins.'))
    )
      return 'much'
    weight = 'plain'
  }
  return weight
}

export function runBody(machine: Machine, fn: FunctionValue, scope: Scope): void {
  if (fn.node.type === 'LambdaExpression') machine.frame.returned = machine.evaluate(fn.body, scope)
  else machine.execute(fn.body, scope)
}

function bindParameters(
  parameters: readonly Parameter[],
  plain: readonly Value[],
  named: ReadonlyMap<string, Value>,
  scope: Scope,
): void {
  let next = 0
  for (const { name, kind, fallback } of parameters) {
    if (kind === 'rest') {
      scope.set(name, listValue(plain.slice(next)))
      next = plain.length
    } else if (kind === 'keywords')
      scope.set(
        name,
        dataValue({
          kind: 'dict',
          entries: new Map([...named].map(([key, value]) => [`s${key}`, value])),
        }),
      )
    else scope.set(name, plain[next++] ?? named.get(name) ?? fallback ?? UNKNOWN)
  }
}

export function taintsOfArguments(given: Arguments): readonly Taint[] {
  let taints: readonly Taint[] = []
  for (const value of given.plain) taints = unionTaints(taints, taintsOf(value))
  for (const value of given.named.values()) taints = unionTaints(taints, taintsOf(value))
  return taints
}

/** An attribute as the class or its bases in this file have it; a base from elsewhere by its name. */
export function attributeOfClass(
  cls: ClassValue,
  name: string,
  seen = new Set<ClassValue>(),
): Value | undefined {
  if (seen.has(cls)) return undefined
  seen.add(cls)
  const own = cls.attributes.get(name)
  if (own !== undefined) return own
  for (const base of cls.bases)
    if (base.kind === 'class') {
      const inherited = attributeOfClass(base.cls, name, seen)
      if (inherited !== undefined) return inherited
    }
  return undefined
}

/** A class is called: its __init__ runs on the instance. */
export function instantiate(
  machine: Machine,
  cls: ClassValue,
  given: Arguments,
  node: Node,
): Value {
  const instance = dataValue({ kind: 'instance', cls })
  for (const name of ['__new__', '__init__', '__post_init__']) {
    const method = attributeOfClass(cls, name)
    if (method?.kind === 'function') callFunction(machine, { ...method.fn, self: instance }, given)
    else if (method !== undefined && method.kind !== 'unknown') machine.call(method, given, node)
  }
  return { ...instance, taints: taintsOfArguments(given) }
}
