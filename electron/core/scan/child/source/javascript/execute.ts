import type * as acorn from 'acorn'
import { each, loop } from './loops'
import { type Completion, Imprecise, type Machine } from './machine'
import { importDeclaration } from './modules'
import { childrenOf, type EnumNode, type Node, plainKey } from './node'
import { blockScope, declare, functionScope, lookUp, type Scope } from './scope'
import {
  constantValue,
  joinValues,
  objectShape,
  shapeValue,
  UNDEFINED,
  UNKNOWN,
  type Value,
} from './value'

export function executeNode(m: Machine, node: Node, scope: Scope): Completion {
  switch (node.type) {
    case 'ExpressionStatement':
      m.evaluate(node.expression, scope)
      return 'normal'
    case 'VariableDeclaration':
      if (isAmbient(node)) return 'normal'
      for (const { id, init } of node.declarations)
        if (init != null) m.assign(id, m.evaluate(init, scope), scope, true)
        else if (id.type === 'Identifier' && lookUp(scope, id.name) === undefined)
          declare(functionScope(scope), id.name)
      return 'normal'
    case 'FunctionDeclaration':
      return 'normal' // hoisted
    case 'ReturnStatement': {
      const value = node.argument == null ? UNDEFINED : m.evaluate(node.argument, scope)
      m.returned = m.returned === undefined ? value : joinValues(m.returned, value)
      return 'return'
    }
    case 'IfStatement':
      return branch(m, node, scope)
    case 'BlockStatement':
    case 'TSModuleBlock':
      return block(
        m,
        node.type === 'BlockStatement' ? node.body : childrenOf(node),
        blockScope(scope),
      )
    case 'ForStatement': {
      const inner = blockScope(scope)
      if (node.init != null) {
        if (node.init.type === 'VariableDeclaration') m.execute(node.init, inner)
        else m.evaluate(node.init, inner)
      }
      return loop(m, node, node.test ?? undefined, node.update ?? undefined, inner, true)
    }
    case 'WhileStatement':
      return loop(m, node, node.test, undefined, scope, true)
    case 'DoWhileStatement':
      return loop(m, node, node.test, undefined, scope, false)
    case 'ForOfStatement':
    case 'ForInStatement':
      return each(m, node, scope)
    case 'TryStatement':
      return attempt(m, node, scope)
    case 'SwitchStatement':
      return choose(m, node, scope)
    case 'ThrowStatement':
      m.thrown = m.evaluate(node.argument, scope)
      return 'throw'
    case 'BreakStatement':
    case 'ContinueStatement':
      if (node.label != null && m.precise > 0) throw new Imprecise()
      return node.type === 'BreakStatement' ? 'break' : 'continue'
    case 'LabeledStatement':
      return m.execute(node.body, scope)
    case 'ClassDeclaration': {
      const value = m.evaluate(node, scope)
      if (node.id != null) declare(scope, node.id.name).value = value
      return 'normal'
    }
    case 'ImportDeclaration':
      importDeclaration(m, node, scope)
      return 'normal'
    case 'TSImportEqualsDeclaration':
      m.assign(node.id, m.evaluate(node.moduleReference, scope), scope, true)
      return 'normal'
    case 'ExportNamedDeclaration':
      return node.declaration == null ? 'normal' : m.execute(node.declaration, scope)
    case 'ExportDefaultDeclaration':
    case 'TSExportAssignment': {
      const exported: Node =
        node.type === 'ExportDefaultDeclaration' ? node.declaration : node.expression
      const value = m.evaluate(exported, scope)
      if (
        'id' in exported &&
        exported.id?.type === 'Identifier' &&
        exported.type !== 'FunctionDeclaration'
      )
        declare(scope, exported.id.name).value = value
      return 'normal'
    }
    case 'WithStatement':
      return inObject(m, node, scope)
    case 'TSEnumDeclaration':
      declare(scope, node.id.name).value = enumeration(m, node, scope)
      return 'normal'
    case 'TSModuleDeclaration':
      namespace(m, node, scope)
      return 'normal'
    case 'EmptyStatement':
    case 'DebuggerStatement':
    case 'ExportAllDeclaration':
    case 'Identifier':
      return 'normal'
    default:
      m.evaluate(node, scope)
      return 'normal'
  }
}

/** `with (object) …`: names in it may be members of the object. */
function inObject(m: Machine, node: acorn.WithStatement, scope: Scope): Completion {
  const inner = blockScope(scope)
  inner.held = m.evaluate(node.object, scope)
  m.usesWith = true
  return m.execute(node.body, inner)
}

/** `declare const x` of TypeScript says only that something else brings it. */
const isAmbient = (node: Node): boolean => 'declare' in node && node.declare === true

/** `namespace A { export const b }` is an object with what it exports. */
function namespace(m: Machine, node: Node, scope: Scope): void {
  const inner = blockScope(scope)
  const shape = objectShape()
  for (const part of childrenOf(node)) {
    if (part.type === 'Identifier') declare(scope, part.name, shapeValue(shape))
    else if (part.type === 'TSModuleBlock') block(m, childrenOf(part), inner)
    else m.execute(part, inner)
  }
  for (const [name, { value }] of inner.names) shape.properties.set(name, value)
}

/** An object whose members count on from the last number that was given. */
function enumeration(m: Machine, node: EnumNode, scope: Scope): Value {
  const shape = objectShape()
  const inner = blockScope(scope)
  let next: Value = constantValue(0)
  for (const { id, initializer } of node.members ?? node.body?.members ?? []) {
    const value = initializer == null ? next : m.evaluate(initializer, inner)
    const key = plainKey(id, false)
    if (key !== undefined) {
      shape.properties.set(key, value)
      // Members are names for those that follow.
      declare(inner, key, value)
    }
    next = typeof value.constant === 'number' ? constantValue(value.constant + 1) : UNKNOWN
  }
  return shapeValue(shape)
}

/** Statements in order; what follows a branch that may have ended runs as 'maybe'. */
export function block(m: Machine, body: readonly Node[], scope: Scope): Completion {
  hoist(m, body, scope)
  let maybe = 0
  let ended: Completion = 'normal'
  for (const statement of body) {
    const completion = m.execute(statement, scope)
    if (completion === 'normal') continue
    if (m.precise > 0) {
      ended = completion
      break
    }
    if (completion === 'maybe') ended = 'maybe'
    // Code after the end is read as well: an exception may be all that keeps it from running.
    else if (ended === 'normal') ended = completion
    m.maybe++
    maybe++
  }
  m.maybe -= maybe
  return ended
}

/** Functions are there before the first statement, and so are the names of `let` and `class`. */
export function hoist(m: Machine, body: readonly Node[], scope: Scope): void {
  for (const statement of body) {
    const node =
      (statement.type === 'ExportNamedDeclaration' ||
        statement.type === 'ExportDefaultDeclaration') &&
      statement.declaration != null
        ? statement.declaration
        : statement
    if (node.type === 'FunctionDeclaration' && node.id != null)
      declare(scope, node.id.name).value = m.functionValue(node, scope)
    else if (node.type === 'VariableDeclaration' && !isAmbient(node))
      for (const { id } of node.declarations)
        declarePattern(id, node.kind === 'var' ? functionScope(scope) : scope)
    else if (node.type === 'ImportDeclaration') importDeclaration(m, node, scope)
  }
}

function declarePattern(pattern: acorn.Pattern, scope: Scope): void {
  if (pattern.type === 'Identifier') {
    declare(scope, pattern.name)
  } else if (pattern.type === 'ObjectPattern')
    for (const part of pattern.properties)
      declarePattern(part.type === 'RestElement' ? part.argument : part.value, scope)
  else if (pattern.type === 'ArrayPattern') {
    for (const part of pattern.elements) if (part !== null) declarePattern(part, scope)
  } else if (pattern.type === 'AssignmentPattern') declarePattern(pattern.left, scope)
  else if (pattern.type === 'RestElement') declarePattern(pattern.argument, scope)
}

function branch(m: Machine, node: acorn.IfStatement, scope: Scope): Completion {
  const test = m.evaluate(node.test, scope)
  if (m.precise > 0) {
    if (!test.known) throw new Imprecise()
    if (test.constant) return m.execute(node.consequent, scope)
    return node.alternate == null ? 'normal' : m.execute(node.alternate, scope)
  }
  m.maybe++
  const yes = m.execute(node.consequent, scope)
  const no = node.alternate == null ? 'normal' : m.execute(node.alternate, scope)
  m.maybe--
  return yes === no ? yes : 'maybe'
}

/** The scope of a handler, with what was thrown where that is seen. */
function caughtScope(m: Machine, handler: acorn.CatchClause, thrown: Value, scope: Scope): Scope {
  const inner = blockScope(scope)
  if (handler.param != null) m.assign(handler.param, thrown, inner, true)
  return inner
}

function attempt(m: Machine, node: acorn.TryStatement, scope: Scope): Completion {
  const { thrown: before } = m
  m.thrown = undefined
  const tried = m.execute(node.block, scope)
  const thrown: Value = m.thrown ?? UNKNOWN
  m.thrown = before
  if (m.precise > 0) {
    // A call that throws is not followed; only `throw` itself is known to end here.
    const caught =
      tried === 'throw' && node.handler != null
        ? m.execute(node.handler.body, caughtScope(m, node.handler, thrown, scope))
        : tried
    const last = node.finalizer == null ? 'normal' : m.execute(node.finalizer, scope)
    return last === 'normal' ? caught : last
  }
  m.maybe++
  if (node.handler != null) {
    m.execute(node.handler.body, caughtScope(m, node.handler, thrown, scope))
  }
  m.maybe--
  if (node.finalizer != null) m.execute(node.finalizer, scope)
  return tried === 'normal' ? 'normal' : 'maybe'
}

function choose(m: Machine, node: acorn.SwitchStatement, scope: Scope): Completion {
  const value = m.evaluate(node.discriminant, scope)
  const inner = blockScope(scope)
  if (m.precise > 0) {
    if (!value.known) throw new Imprecise()
    let running = false
    for (const pass of [0, 1]) {
      for (const one of node.cases) {
        if (!running && one.test != null && pass === 0) {
          const test = m.evaluate(one.test, inner)
          if (!test.known) throw new Imprecise()
          running = test.constant === value.constant
        } else if (!running && one.test == null && pass === 1) running = true
        if (!running) continue
        const ended = block(m, one.consequent, inner)
        if (ended === 'break') return 'normal'
        if (ended !== 'normal') return ended
      }
      if (running) return 'normal'
    }
    return 'normal'
  }
  m.maybe++
  for (const one of node.cases) {
    if (one.test != null) m.evaluate(one.test, inner)
    block(m, one.consequent, inner)
  }
  m.maybe--
  return 'maybe'
}
