import { evaluateCall } from './call'
import { evaluateComprehension } from './comprehension'
import { decoderOf } from './decode'
import { concatenated, foldBinary, foldCompare, shown, truthOf } from './fold-operator'
import { makeFunction } from './function'
import { isAnswer, STAR_MODULES, sinkOfCall } from './knowledge'
import { isSpelledInEscapes, numberData, stringData, stringShape, unescaped } from './literal'
import type { Machine } from './machine'
import { isOperand, keyOf, nameAt } from './operand'
import { callOperator } from './operator'
import { origin } from './origin'
import { lookUpName, type Scope } from './scope'
import { evaluateSubscript } from './subscript'
import type { Node } from './tree'
import {
  boolValue,
  dataValue,
  intValue,
  joined,
  listValue,
  refValue,
  type Taint,
  taintsOf,
  textValue,
  UNKNOWN,
  unionTaints,
  unknownWith,
  type Value,
} from './value'

const OPERATORS = /^(ArithOp|BitOp|CompareOp|and|or|in|not|is|LogicOp)$/

export function evaluateNode(machine: Machine, node: Node, scope: Scope): Value {
  const { kids } = node
  switch (node.type) {
    case 'VariableName':
      return evaluateName(machine, node, scope)
    case 'String':
      return evaluateString(machine, node)
    case 'FormatString':
      return evaluateFormat(machine, node, scope)
    case 'ContinuedString':
      return concatenated(kids.map((kid) => machine.evaluate(kid, scope)))
    case 'Number':
      return dataValue(numberData(machine.text.slice(node.from, node.to)))
    case 'Boolean':
      return boolValue(machine.text[node.from] === 'T')
    case 'None':
      return dataValue({ kind: 'none' })
    case 'CallExpression':
      return evaluateCall(machine, node, scope)
    case 'MemberExpression':
      return evaluateMember(machine, node, scope)
    case 'BinaryExpression':
      return evaluateBinary(machine, node, scope)
    case 'UnaryExpression':
      return evaluateUnary(machine, node, scope)
    case 'ParenthesizedExpression':
    case 'AwaitExpression':
      return evaluateLast(machine, kids, scope)
    case 'NamedExpression': {
      const value = evaluateLast(machine, kids.slice(2), scope)
      if (kids[0] !== undefined) machine.assign(kids[0], value, scope)
      return value
    }
    case 'ConditionalExpression': {
      const [yes, , test, , no] = kids
      if (test !== undefined) machine.evaluate(test, scope)
      const a = yes === undefined ? UNKNOWN : machine.evaluate(yes, scope)
      return joined(a, no === undefined ? UNKNOWN : machine.evaluate(no, scope))
    }
    case 'LambdaExpression':
      return dataValue({ kind: 'function', fn: makeFunction(machine, node, scope) })
    case 'TupleExpression':
    case 'ArrayExpression':
    case 'SetExpression':
      return evaluateItems(machine, kids, scope)
    case 'DictionaryExpression':
      return evaluateDictionary(machine, kids, scope)
    case 'ArrayComprehensionExpression':
    case 'ComprehensionExpression':
    case 'SetComprehensionExpression':
    case 'DictionaryComprehensionExpression':
      return evaluateComprehension(machine, node, scope)
    case 'YieldExpression':
    case 'YieldStatement':
      return evaluateYield(machine, kids, scope)
    default:
      return evaluateAll(machine, kids, scope)
  }
}

function evaluateString(machine: Machine, node: Node): Value {
  const literal = machine.text.slice(node.from, node.to)
  return isSpelledInEscapes(literal)
    ? dataValue(stringData(literal), [origin('decoded', 'decodes escapes', node)], true)
    : dataValue(stringData(literal))
}

function evaluateName(machine: Machine, node: Node, scope: Scope): Value {
  const { name, disguised } = nameAt(machine, node)
  const hidden = disguised ? `writes ${name} in look-alike letters` : undefined
  const value = lookUpName(scope, name)
  if (value !== undefined) return value
  for (const star of starsOf(scope))
    if (STAR_MODULES.test(star) && isKnownCall(`${star}.${name}`))
      return refValue(`${star}.${name}`, [], hidden)
  if (name === '__file__') return dataValue({ kind: 'partial', value: '__file__' })
  if (name === '__name__') return UNKNOWN
  if (name === 'get_ipython') return refValue('IPython.get_ipython')
  return refValue(name === '__builtins__' ? 'builtins' : `builtins.${name}`, [], hidden)
}

const isKnownCall = (name: string): boolean =>
  sinkOfCall(name) !== undefined ||
  decoderOf(name) !== undefined ||
  isAnswer(name) ||
  name === 'os.environ'

function starsOf(scope: Scope): readonly string[] {
  let at = scope
  const stars = [...at.stars]
  while (at.parent !== undefined) {
    at = at.parent
    stars.push(...at.stars)
  }
  return stars
}

function evaluateLast(machine: Machine, kids: readonly Node[], scope: Scope): Value {
  let value = UNKNOWN
  for (const kid of kids) if (isOperand(kid)) value = machine.evaluate(kid, scope)
  return value
}

const MOST_YIELDED = 5000

/** What a generator yields is what its caller goes through; what is sent to it is not known. */
function evaluateYield(machine: Machine, kids: readonly Node[], scope: Scope): Value {
  const value = kids.some((kid) => kid.type === ',')
    ? evaluateItems(machine, kids, scope)
    : evaluateLast(machine, kids, scope)
  const { yielded } = machine.frame
  const items =
    kids.some((kid) => kid.type === 'from') && value.kind === 'list' ? value.items : [value]
  if (yielded.length < MOST_YIELDED) yielded.push(...items.slice(0, MOST_YIELDED))
  return UNKNOWN
}

function evaluateAll(machine: Machine, kids: readonly Node[], scope: Scope): Value {
  let taints: readonly Taint[] = []
  for (const kid of kids)
    if (isOperand(kid)) taints = unionTaints(taints, taintsOf(machine.evaluate(kid, scope)))
  return unknownWith(taints)
}

function evaluateMember(machine: Machine, node: Node, scope: Scope): Value {
  const [object, sign, property] = node.kids
  if (object === undefined) return UNKNOWN
  const on = machine.evaluate(object, scope)
  if (sign?.type === '[') return evaluateSubscript(machine, node, on, scope)
  if (property?.type !== 'PropertyName') return unknownWith(taintsOf(on))
  const { name, disguised } = nameAt(machine, property)
  return machine.attribute(
    on,
    name,
    node,
    disguised ? `writes ${name} in look-alike letters` : undefined,
  )
}

/** The left sides of a long chain are as deep as the chain is long: a loop, not recursion. */
function evaluateBinary(machine: Machine, node: Node, scope: Scope): Value {
  const spine: Node[] = []
  let at = node
  while (at.type === 'BinaryExpression') {
    spine.push(at)
    const first = at.kids[0]
    if (first === undefined) break
    at = first
  }
  let value = at.type === 'BinaryExpression' ? UNKNOWN : machine.evaluate(at, scope)
  for (const one of spine.reverse()) {
    const operators = one.kids.slice(1).filter((kid) => OPERATORS.test(kid.type))
    const operands = one.kids.slice(1).filter(isOperand)
    const right = operands.reduce((_, kid) => machine.evaluate(kid, scope), UNKNOWN)
    const first = operators[0]
    value =
      first === undefined ? unknownWith(taintsOf(value)) : applied(machine, first, value, right)
  }
  return value
}

function applied(machine: Machine, operator: Node, left: Value, right: Value): Value {
  const own = callOperator(machine, machine.text.slice(operator.from, operator.to), left, right)
  if (own !== undefined) return own
  switch (operator.type) {
    case 'and':
      return truthOf(left) === true ? right : joined(left, right)
    case 'or':
      return truthOf(left) === false ? right : truthOf(left) === true ? left : joined(right, left)
    case 'CompareOp':
      return foldCompare(machine.text.slice(operator.from, operator.to), left, right)
    case 'in':
    case 'not':
    case 'is':
      return UNKNOWN
    default:
      return foldBinary(machine.text.slice(operator.from, operator.to), left, right)
  }
}

function evaluateUnary(machine: Machine, node: Node, scope: Scope): Value {
  const value = evaluateLast(machine, node.kids.slice(1), scope)
  const sign = machine.text.slice(node.from, node.kids[0]?.to ?? node.from)
  if (value.kind === 'int' && sign === '-')
    return { ...intValue(-value.value), taints: value.taints }
  if (value.kind === 'int' && sign === '~')
    return { ...intValue(~value.value), taints: value.taints }
  if (value.kind === 'float' && sign === '-')
    return dataValue({ kind: 'float', value: -value.value })
  if (sign === 'not') {
    const truth = truthOf(value)
    return truth === undefined ? UNKNOWN : boolValue(!truth)
  }
  return unknownWith(taintsOf(value))
}

/** Values of a display or an argument list, stars unfolded where they are known. */
export function evaluateItems(machine: Machine, kids: readonly Node[], scope: Scope): Value {
  const items: Value[] = []
  let isStar = false
  for (const kid of kids) {
    if (kid.type === '*') isStar = true
    if (!isOperand(kid)) continue
    const value = machine.evaluate(kid, scope)
    if (isStar && value.kind === 'list') for (const item of value.items) items.push(item)
    else items.push(value)
    isStar = false
  }
  return listValue(items)
}

function evaluateDictionary(machine: Machine, kids: readonly Node[], scope: Scope): Value {
  const entries = new Map<string, Value>()
  let key: Value | undefined
  let isStar = false
  for (const kid of kids) {
    if (kid.type === '**') isStar = true
    if (!isOperand(kid)) continue
    const value = machine.evaluate(kid, scope)
    if (isStar) {
      if (value.kind === 'dict') for (const [name, held] of value.entries) entries.set(name, held)
      else entries.set(`?${entries.size}`, value)
      isStar = false
    } else if (key === undefined) key = value
    else {
      entries.set(keyOf(key) ?? `?${entries.size}`, value)
      key = undefined
    }
  }
  return dataValue({ kind: 'dict', entries })
}

function evaluateFormat(machine: Machine, node: Node, scope: Scope): Value {
  const literal = machine.text.slice(node.from, node.to)
  const shape = stringShape(literal)
  const parts: Value[] = []
  let from = node.from + shape.start
  const plain = (to: number) => {
    const text = unescaped(machine.text.slice(from, to), shape)
      .replaceAll('{{', '{')
      .replaceAll('}}', '}')
    if (text !== '') parts.push(textValue('str', text))
  }
  for (const kid of node.kids) {
    if (kid.type !== 'FormatReplacement') continue
    plain(kid.from)
    const value = kid.kids.filter((one) => isOperand(one) && !/^Format/.test(one.type))
    const conversion = kid.kids.find(
      (one) => one.type === 'FormatConversion' || one.type === 'FormatSpec',
    )
    const letter =
      conversion === undefined ? 's' : machine.text.slice(conversion.to - 1, conversion.to)
    parts.push(value.reduce((_, one) => shown(machine.evaluate(one, scope), letter), UNKNOWN))
    from = kid.to
  }
  plain(node.from + shape.end)
  if (parts.length === 0) return textValue('str', '')
  const only = parts.length === 1 ? parts[0] : undefined
  // A literal without a replacement was not put together.
  return only !== undefined && !only.made && only.kind === 'str' ? only : concatenated(parts)
}
