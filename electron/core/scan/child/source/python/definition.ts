import { checkDunder } from './assign'
import { docstringOf } from './attribute'
import { WEB } from './entry-points'
import type { Machine } from './machine'
import { isOperand, nameAt } from './operand'
import { createScope, type Scope } from './scope'

import { kidOf, type Node } from './tree'
import {
  type ClassValue,
  dataValue,
  type FunctionValue,
  refValue,
  textOf,
  UNKNOWN,
  type Value,
} from './value'

export function defineClass(machine: Machine, node: Node, scope: Scope): void {
  const nameNode = kidOf(node, 'VariableName')
  const list = kidOf(node, 'ArgList')
  const body = kidOf(node, 'Body')
  const bases: Value[] = []
  let keyword = ''
  for (const [index, kid] of (list?.kids ?? []).entries()) {
    if (kid.type === 'VariableName' && list?.kids[index + 1]?.type === 'AssignOp')
      keyword = machine.text.slice(kid.from, kid.to)
    else if (isOperand(kid)) {
      const value = machine.evaluate(kid, scope)
      if (keyword === '') bases.push(value)
      else if (keyword === 'metaclass' && value.kind === 'class') bases.push(value)
      keyword = ''
    }
  }
  const cls: ClassValue = {
    name: nameNode === undefined ? '' : nameAt(machine, nameNode).name,
    bases,
    attributes: new Map(),
  }
  const inner = createScope(scope, true)
  if (body !== undefined) machine.execute(body, inner)
  const text = body === undefined ? undefined : docstringOf(machine, body)
  if (text !== undefined) cls.attributes.set('__doc__', text)
  for (const [name, value] of inner.names()) {
    cls.attributes.set(
      name,
      value.kind === 'function' ? { ...value, fn: adopted(value.fn, cls) } : value,
    )
    checkDunder(machine, name, value, node)
  }
  scope.set(cls.name, dataValue({ kind: 'class', cls }))
}

/** The function of a class body becomes its method; it is in the list of functions once. */
function adopted(fn: FunctionValue, cls: ClassValue): FunctionValue {
  fn.owner ??= cls
  return fn
}

const HANDLER =
  /\.(route|get|post|put|delete|patch|websocket|api_route|endpoint|command|message_handler|callback_query_handler|message|on|slash_command)\(\)$|\.(event|on_message|tree\.command|tool)(\(\))?$|^bentoml\.api(\(\))?$/
/** Decorators that hand a context to the function: what runs there is a command. */
const CONTEXTS: readonly (readonly [RegExp, string])[] = [
  [/^nox\.session(\(\))?$/, 'nox.Session()'],
  [/^(invoke|fabric)\.task(\(\))?$/, 'invoke.Context()'],
]

/** Decorators run from the last to the first; one that is not known leaves the function as it is. */
export function decorate(machine: Machine, node: Node, scope: Scope): void {
  const definition = node.kids.find((kid) => /Definition$/.test(kid.type))
  if (definition === undefined) return
  const decorators = node.kids
    .filter((kid) => kid.type === 'Decorator')
    .map((kid) => ({ kid, value: decoratorOf(machine, kid, scope) }))
  machine.execute(definition, scope)
  const nameNode = kidOf(definition, 'VariableName')
  if (nameNode === undefined) return
  const name = nameAt(machine, nameNode).name
  let value = scope.own(name) ?? UNKNOWN
  for (const { kid, value: decorator } of decorators.reverse()) {
    if (value.kind === 'function' && decorator.kind === 'ref') {
      const about = decorator.name
      if (/staticmethod$/.test(decorator.name)) value.fn.isStatic = true
      if (HANDLER.test(decorator.name)) value.fn.isHandler = true
      if (WEB.test(decorator.name)) value.fn.isWeb = true
      value.fn.context ??= CONTEXTS.find(([pattern]) => pattern.test(about))?.[1]
    }
    // Nobody decorates with exec but to run what is below without calling it.
    if (decorator.kind === 'ref' && /^builtins\.(exec|eval)$/.test(decorator.name))
      machine.report({
        name: 'hidden.eval',
        node: kid,
        detail: { how: 'runs code by a decorator' },
      })
    const isProperty =
      decorator.kind === 'ref' && /(property|setter|getter|cached_property)$/.test(decorator.name)
    if (isProperty) continue
    const result = machine.call(decorator, { plain: [value], named: new Map() }, kid)
    if (result.kind === 'function' || result.kind === 'class')
      value =
        value.kind === 'function' && result.kind === 'function' && result.fn === value.fn
          ? value
          : result
    // @exec @input class X: what a function from outside gives is what the next one gets.
    else if (
      decorator.kind === 'ref' &&
      /^builtins\.(input|str|repr|eval|exec|compile)$/.test(decorator.name)
    )
      value = result
    // A wrapper of this file that gives a text: code for the decorator above it.
    else if (decorator.kind === 'function' && textOf(result) !== undefined) value = result
  }
  scope.set(name, value)
}

function decoratorOf(machine: Machine, node: Node, scope: Scope): Value {
  let value: Value = UNKNOWN
  for (const kid of node.kids) {
    if (kid.type === 'VariableName' && value === UNKNOWN) value = machine.evaluate(kid, scope)
    else if (kid.type === 'VariableName' || kid.type === 'PropertyName')
      value = machine.attribute(value, nameAt(machine, kid).name, kid)
    else if (kid.type === 'ArgList') {
      const [callee = kid] = node.kids.filter((one) => one.type === 'VariableName')
      const call: Node = {
        type: 'CallExpression',
        from: node.from,
        to: node.to,
        kids: [callee, kid],
      }
      if (value.kind === 'ref') {
        const { name } = value
        machine.evaluate(kid, scope)
        value = refValue(`${name}()`)
      } else value = machine.evaluate(call, scope)
    } else if (isOperand(kid) && kid.type !== 'At') value = machine.evaluate(kid, scope)
  }
  return value
}
