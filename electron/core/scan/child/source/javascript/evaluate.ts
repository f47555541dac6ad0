import type * as acorn from 'acorn'
import { taintTarget } from './assign'
import { evaluateClass } from './class'
import { isClientRead, namedOrigin, namedSecret } from './conventions'
import { GLOBAL_NAMES, GLOBAL_OBJECTS, modulePath } from './globals'
import { keyOf } from './keys'
import { array, literal, object } from './literals'
import { Imprecise, type Machine } from './machine'
import { memberOf } from './member'
import { argumentTaints, callMethod } from './methods'
import { childrenOf, type Node } from './node'
import { foldBinary } from './operators'
import { heldObjects, lookUp, type Scope } from './scope'
import { isWholeEnvironment, pathSource } from './sources'
import { asText, concatenate, tagged, templateText } from './text-parts'
import {
  constantValue,
  deepTaints,
  joinTaints,
  joinValues,
  pathValue,
  taint,
  taintedValue,
  textOf,
  UNDEFINED,
  UNKNOWN,
  type Value,
  withTaints,
} from './value'

/** What an expression gives, as far as it can be known without running it. */
export function evaluateNode(m: Machine, node: Node, scope: Scope): Value {
  switch (node.type) {
    case 'Identifier':
      return identifier(m, node, scope)
    case 'Literal':
      return literal(node)
    case 'TemplateLiteral':
      return templateText(m, node, scope)
    case 'MemberExpression':
      return member(m, node, scope).value
    case 'CallExpression':
      return call(m, node, scope)
    case 'NewExpression': {
      const callee = m.evaluate(node.callee, scope)
      return m.call(callee, argumentsOf(m, node.arguments, scope), UNKNOWN, node, true)
    }
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
    case 'FunctionDeclaration':
      return m.functionValue(node, scope)
    case 'ClassExpression':
    case 'ClassDeclaration':
      return evaluateClass(m, node, scope)
    case 'ThisExpression':
      return scope.self
    case 'BinaryExpression':
      return binary(m, node, scope)
    case 'LogicalExpression': {
      const left = m.evaluate(node.left, scope)
      if (m.precise > 0 && !left.known && left.shape === undefined && left.code === undefined)
        throw new Imprecise()
      if (m.precise > 0 && left.known) {
        const { constant } = left
        const takesRight =
          node.operator === '&&'
            ? Boolean(constant)
            : node.operator === '||'
              ? !constant
              : constant == null
        return takesRight ? m.evaluate(node.right, scope) : left
      }
      m.maybe++
      const right = m.evaluate(node.right, scope)
      m.maybe--
      if (node.operator === '&&')
        return isWholeEnvironment(left) ? right : withTaints(right, left.taints)
      return left === UNKNOWN || (left.known && !left.constant) ? right : joinValues(left, right)
    }
    case 'ConditionalExpression': {
      const test = m.evaluate(node.test, scope)
      if (test.known && m.precise > 0)
        return m.evaluate(test.constant ? node.consequent : node.alternate, scope)
      m.maybe++
      const yes = m.evaluate(node.consequent, scope)
      const no = m.evaluate(node.alternate, scope)
      m.maybe--
      return joinValues(yes, no)
    }
    case 'UnaryExpression':
      return unary(m, node, scope)
    case 'UpdateExpression': {
      const before = m.evaluate(node.argument, scope)
      const after =
        before.known && typeof before.constant === 'number'
          ? constantValue(before.constant + (node.operator === '++' ? 1 : -1))
          : UNKNOWN
      m.assign(node.argument, after, scope, false)
      return node.prefix ? after : before
    }
    case 'AssignmentExpression':
      return assignment(m, node, scope)
    case 'SequenceExpression': {
      let last = UNKNOWN
      for (const part of node.expressions) last = m.evaluate(part, scope)
      return last
    }
    case 'ArrayExpression':
      return array(m, node, scope)
    case 'ObjectExpression':
      return object(m, node, scope)
    case 'YieldExpression': {
      const given = node.argument == null ? UNDEFINED : m.evaluate(node.argument, scope)
      const all = node.delegate
        ? (given.shape?.items ?? [taintedValue(deepTaints(given))])
        : [given]
      if ((m.yielded?.length ?? MOST_YIELDED) + all.length < MOST_YIELDED + 1)
        m.yielded?.push(...all.slice(0, MOST_YIELDED))
      return given
    }
    case 'AwaitExpression':
      return node.argument == null ? UNKNOWN : m.evaluate(node.argument, scope)
    case 'ChainExpression':
    case 'ParenthesizedExpression':
      return m.evaluate(node.expression, scope)
    case 'SpreadElement':
      return taintedValue(deepTaints(m.evaluate(node.argument, scope)))
    case 'TaggedTemplateExpression': {
      const tag = m.evaluate(node.tag, scope)
      if (tag.code !== undefined && tag.path === undefined)
        return m.call(tag, tagged(m, node.quasi, scope), UNKNOWN, node, false)
      const text = templateText(m, node.quasi, scope)
      if (tag.path === 'String.raw') return text
      return m.call(tag, [text], UNKNOWN, node, false)
    }
    case 'ImportExpression': {
      const source = m.evaluate(node.source, scope)
      return m.call(pathValue('import'), [source], UNKNOWN, node, false)
    }
    case 'MetaProperty':
      return node.meta.name === 'import' ? pathValue('import.meta') : UNKNOWN
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
    case 'TSSatisfiesExpression':
    case 'TSInstantiationExpression':
    case 'JSXExpressionContainer':
    case 'Decorator':
      return m.evaluate(node.expression, scope)
    case 'TSExternalModuleReference':
      return pathValue(modulePath(String((node.expression as acorn.Literal).value)))
    default: {
      if (ERASED_TYPE.test(node.type)) return UNKNOWN
      // JSX and whatever else has parts: each may do something.
      for (const part of childrenOf(node)) m.evaluate(part, scope)
      return UNKNOWN
    }
  }
}

/** Values of one run of a generator that are kept. */
const MOST_YIELDED = 10_000

/** Declarations of TypeScript without a body: nothing of them is left when it runs. */
const ERASED_TYPE = /^TS(?!Module|Enum)/

function identifier(m: Machine, node: acorn.Identifier, scope: Scope): Value {
  const { name } = node
  const found = lookUp(scope, name)
  if (found !== undefined) {
    const { binding } = found
    if (scope.owner !== undefined && found.scope.owner !== scope.owner) {
      binding.readers ??= new Set()
      binding.readers.add(scope.owner)
    }
    return binding.value === UNDEFINED && m.precise === 0 ? UNKNOWN : binding.value
  }
  const stored = m.globals.get(name)
  if (stored !== undefined) return stored
  if (name === 'undefined') return UNDEFINED
  if (name === 'NaN') return constantValue(Number.NaN)
  if (name === 'Infinity') return constantValue(Number.POSITIVE_INFINITY)
  if (!GLOBAL_NAMES.has(name)) return m.usesWith ? heldMember(m, name, scope, node) : UNKNOWN
  // Written with Unicode escapes, which no honest tool does to these names.
  const built = node.end - node.start !== name.length && m.text.slice(node.start, node.end) !== name
  const source = pathSource(name, node)
  return pathValue(
    GLOBAL_OBJECTS.has(name) ? 'globalThis' : name,
    built && m.text[node.start] === '\\',
    source === undefined ? [] : [source],
  )
}

/** A name that is declared nowhere, inside of `with`. */
function heldMember(m: Machine, name: string, scope: Scope, at: Node): Value {
  for (const object of heldObjects(scope)) {
    if (object.path === undefined && object.shape?.properties.has(name) !== true) continue
    // Modules have any name; an object of settings has those that it shows.
    return memberOf(m, object, name, false, scope, at)
  }
  return UNKNOWN
}

/** Numbers carry no origin on; only that nothing is known of them for their length. */
const lostOf = (taints: Value['taints']): Value =>
  taints.length === 0 ? UNKNOWN : taintedValue(taints.filter((one) => one.source === 'lost'))

/** Objects of which a member that is not known may be anything that acts. */
const NAMED_BY = /^(?:globalThis|process|module|#(?:child_process|vm|fs|module))$/

export function member(
  m: Machine,
  node: acorn.MemberExpression,
  scope: Scope,
): { self: Value; key: string | undefined; built: boolean; value: Value } {
  const self = node.object.type === 'Super' ? scope.self : m.evaluate(node.object, scope)
  const { key, built, taints } = keyOf(m, node.property, node.computed, scope)
  if (key === undefined && self.path !== undefined && NAMED_BY.test(self.path))
    for (const one of taints) if (one.source === 'lost') m.limit('limit.source-steps')
  const value = memberOf(m, self, key, built, scope, node, taints)
  if (key === undefined)
    return { self, key, built, value: withTaints(value, lostOf(taints).taints) }
  if (value.path === undefined && value.code === undefined && value.shape === undefined) {
    const secret = namedSecret(node, key)
    if (secret !== undefined && !value.known)
      return { self, key, built, value: taintedValue([secret]) }
  }
  const { constant } = value
  // Names in a table, one place at a time: what is called is not to be seen where it is called.
  const tabled =
    node.property.type === 'Literal' &&
    self.shape?.items !== undefined &&
    self.shape.items.length > 1
  const hidden = tabled && value.known && typeof constant === 'string'
  return { self, key, built, value: hidden ? { ...value, built: true } : value }
}

export function argumentsOf(
  m: Machine,
  nodes: readonly (acorn.Expression | acorn.SpreadElement)[],
  scope: Scope,
): Value[] {
  const args: Value[] = []
  for (const node of nodes) {
    if (node.type !== 'SpreadElement') {
      args.push(m.evaluate(node, scope))
      continue
    }
    const spread = m.evaluate(node.argument, scope)
    const items = spread.shape?.items
    if (items !== undefined && items.length <= 10_000) for (const item of items) args.push(item)
    else args.push(taintedValue(deepTaints(spread)))
  }
  return args
}

/** Methods that put what they are given into the object that has them: FormData, Map, URL. */
const PUTS_IN = /^(?:append|set|add|push|enqueue|field|attach)$/

function call(m: Machine, node: acorn.CallExpression, scope: Scope): Value {
  const { callee } = node
  if (callee.type === 'MemberExpression') {
    const { self, key, value } = member(m, callee, scope)
    const args = argumentsOf(m, node.arguments, scope)
    // A function of everybody that is looked for by its properties, and given decoded text.
    if (
      key === undefined &&
      self.path === 'globalThis' &&
      args.some(
        (arg) =>
          arg.taints.some((one) => one.source === 'decoded' && !one.weak) ||
          CODE_TEXT.test(textOf(arg) ?? ''),
      )
    )
      m.see('hidden.eval', node)
    if (
      key === undefined &&
      self.path === '#child_process' &&
      textOf(args[0] ?? UNKNOWN) !== undefined
    )
      return m.call(pathValue('#child_process.exec', true), args, UNKNOWN, node, false)
    if (key !== undefined && PUTS_IN.test(key) && value.code === undefined)
      taintTarget(m, callee.object, taintedValue(argumentTaints(args)), scope)
    if (value.code === undefined && value.path === undefined) {
      const origin = namedOrigin(callee, key, self, args, node)
      if (origin !== undefined) return taintedValue([origin])
    }
    const done = key === undefined ? undefined : callMethod(m, self, key, value, args, node, scope)
    return done ?? m.call(value, args, self, node, false)
  }
  if (callee.type === 'Super') {
    argumentsOf(m, node.arguments, scope)
    return UNKNOWN
  }
  const target = m.evaluate(callee, scope)
  if (target === UNKNOWN && isClientRead(callee, m.text))
    return taintedValue([taint('network', 'is sent by a client', node, 'request')])
  return m.call(target, argumentsOf(m, node.arguments, scope), UNKNOWN, node, false)
}

/** `f<T>(x)` of TypeScript is two comparisons to JavaScript when nothing else in it has a type. */
function genericCall(m: Machine, node: acorn.BinaryExpression, scope: Scope): Value | undefined {
  const { left, right } = node
  if (
    node.operator !== '>' ||
    left.type !== 'BinaryExpression' ||
    left.operator !== '<' ||
    left.right.type !== 'Identifier' ||
    m.precise > 0 ||
    !m.text.slice(left.end, right.start).trimEnd().endsWith('(')
  )
    return undefined
  const callee = m.evaluate(left.left, scope)
  if (callee.path === undefined && callee.code === undefined) return undefined
  const args = right.type === 'SequenceExpression' ? right.expressions : [right]
  return m.call(callee, argumentsOf(m, args, scope), UNKNOWN, right, false)
}

function binary(m: Machine, node: acorn.BinaryExpression, scope: Scope): Value {
  if (node.operator !== '+') {
    if (node.left.type === 'PrivateIdentifier') return m.evaluate(node.right, scope)
    const generic = genericCall(m, node, scope)
    if (generic !== undefined) return generic
    const left = m.evaluate(node.left, scope)
    const right = m.evaluate(node.right, scope)
    const folded =
      left.known && right.known
        ? foldBinary(node.operator, left.constant, right.constant)
        : undefined
    const taints = joinTaints(left.taints, right.taints)
    return folded === undefined
      ? exact(m, lostOf(taints))
      : constantValue(folded.value, true, taints)
  }
  // Long sums lean to the left: a loop, so that thousands of terms need no stack.
  const terms: Node[] = []
  let at: Node = node
  while (at.type === 'BinaryExpression' && at.operator === '+') {
    terms.push(at.right)
    at = at.left
  }
  let sum = asText(m, m.evaluate(at, scope), at)
  for (const term of terms.reverse())
    sum = concatenate(sum, asText(m, m.evaluate(term, scope), term))
  return exact(m, sum)
}

/** A precise run that computes with something unknown has nothing to find. */
function exact(m: Machine, value: Value): Value {
  if (m.precise > 0 && !value.known) throw new Imprecise()
  return value
}

function unary(m: Machine, node: acorn.UnaryExpression, scope: Scope): Value {
  const value = m.evaluate(node.argument, scope)
  if (node.operator === 'void') return UNDEFINED
  if (node.operator === 'typeof' && !value.known && value.path === undefined) {
    if (value.shape !== undefined && value.code === undefined) return constantValue('object')
    if (value.code !== undefined && value.shape === undefined) return constantValue('function')
  }
  if (!value.known || typeof value.constant === 'object' || typeof value.constant === 'bigint')
    return UNKNOWN
  switch (node.operator) {
    case '-':
      return constantValue(-Number(value.constant))
    case '+':
      return constantValue(Number(value.constant))
    case '!':
      return constantValue(!value.constant)
    case '~':
      return constantValue(~Number(value.constant))
    case 'typeof':
      return constantValue(typeof value.constant)
    default:
      return UNKNOWN
  }
}

/** A text of one call is code, whoever is given it. */
const CODE_TEXT = /^\s*[\w$.]+\([^()]*\)(?:\.\w+\([^()]*\))*\s*;?\s*$/
const REQUIRE_CACHE = /^require\s*\.\s*cache\s*\[/

function assignment(m: Machine, node: acorn.AssignmentExpression, scope: Scope): Value {
  const right = m.evaluate(node.right, scope)
  if (node.operator === '=') {
    m.assign(node.left, right, scope, false)
    // What everybody who asks for that module gets from now on.
    if (
      node.left.type === 'MemberExpression' &&
      REQUIRE_CACHE.test(m.text.slice(node.left.start, node.left.start + 40))
    )
      m.wrappers.push({
        start: node.start,
        end: node.end,
        from: node.right.start,
        to: node.right.end,
      })
    return right
  }
  const left = m.evaluate(node.left, scope)
  const operator = node.operator.slice(0, -1)
  let value: Value
  if (operator === '+') value = exact(m, concatenate(left, right))
  else if (operator === '||' || operator === '??' || operator === '&&')
    value = left === UNKNOWN ? right : joinValues(left, right)
  else {
    const folded =
      left.known && right.known ? foldBinary(operator, left.constant, right.constant) : undefined
    value = folded === undefined ? exact(m, UNKNOWN) : constantValue(folded.value, true)
  }
  m.assign(node.left, value, scope, false)
  return value
}
