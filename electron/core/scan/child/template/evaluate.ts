import { compare, subjectOf } from './compare'
import { itemsOf, percentFormat, sliced } from './constants'
import { applyTest } from './jinja-tests'
import { type CallArguments, combinations, type Machine } from './machine'
import { isForeignRoot } from './names'
import { carriesMessage } from './output'
import type { Arguments, Expression } from './tree'
import {
  alternatives,
  boolean,
  combine,
  combiningCost,
  dict,
  isConstant,
  labelOf,
  list,
  MOST_CHARACTERS,
  MOST_ITEMS,
  NONE,
  number,
  OPAQUE,
  object,
  printed,
  text,
  truthOf,
  UNKNOWN,
  type Value,
  type Values,
  withNeedles,
} from './value'

/** What an expression may be, under what is known of names. Reports what it meets on the way. */
export function evaluateExpression(
  machine: Machine & { lookUp(name: string): Values; captured: Values },
  expression: Expression,
): Values {
  machine.charge(1)
  const evaluate = (each: Expression) => machine.evaluate(each)
  const { at } = expression
  switch (expression.type) {
    case 'constant':
      return [constant(expression.value, expression.assembled)]
    case 'captured':
      return machine.captured
    case 'name':
      return named(machine, expression.name, at)
    case 'list':
      return lists(expression.items.map(evaluate))
    case 'dict':
      return [dictOf(expression.entries.map(({ key, value }) => [evaluate(key), evaluate(value)]))]
    case 'attribute':
      return accessAll(machine, evaluate(expression.object), [text(expression.name, false)], at)
    case 'subscript':
      return machine.noteProse(
        accessAll(machine, evaluate(expression.object), evaluate(expression.index), at),
        at,
      )
    case 'slice':
      return slices(
        evaluate(expression.object),
        expression.parts.map((part) => (part === undefined ? undefined : evaluate(part)[0])),
      )
    case 'call': {
      const callees = evaluate(expression.callee)
      const args = machine.evaluateArguments(expression.args)
      return alternatives(callees.flatMap((callee) => machine.call(callee, args, at)))
    }
    case 'filter': {
      const input = evaluate(expression.input)
      const args = machine.evaluateArguments(expression.args)
      return machine.filter(expression.name, input, args, at)
    }
    case 'test':
      return applyTest(
        expression.name,
        evaluate(expression.input),
        machine.evaluateArguments(expression.args),
      )
    case 'unary':
      return unary(expression.operator, evaluate(expression.operand))
    case 'binary': {
      const left = evaluate(expression.left)
      const right = evaluate(expression.right)
      if (expression.operator === 'and' || expression.operator === 'or')
        return machine.noteProse(logical(expression.operator, left, right), at)
      machine.charge(combiningCost(left, right))
      if (expression.operator === '+') noteCarrier(machine, left, right, at)
      if (expression.operator === '*') noteRepetition(machine, left, right, at)
      return combine(left, right, (a, b) => arithmetic(expression.operator, a, b))
    }
    case 'concat': {
      let result: Values = [text('', false)]
      for (const part of expression.parts) {
        const values = evaluate(part)
        machine.charge(combiningCost(result, values))
        noteCarrier(machine, result, values, at)
        result = combine(result, values, concatenate)
      }
      return result
    }
    case 'compare':
      return combine(evaluate(expression.left), evaluate(expression.right), (a, b) =>
        compare(expression.operator, a, b),
      )
    case 'conditional': {
      const tests = evaluate(expression.test)
      const yes = evaluate(expression.yes)
      const no = expression.no === undefined ? [text('', false)] : evaluate(expression.no)
      const needles = tests.map((test) => test.needles)
      return machine.noteProse(
        alternatives([...yes, ...no].map((value) => withNeedles(value, ...needles))),
        at,
      )
    }
  }
}

function named(
  machine: Machine & { lookUp(name: string): Values },
  name: string,
  at: number,
): Values {
  const values = machine.lookUp(name)
  const [first] = values
  if (isForeignRoot(name) && first?.kind === 'object' && first.label === name)
    machine.report(`root.${name}`, at, name)
  return values
}

export function evaluateArguments(machine: Machine, args: Arguments): CallArguments {
  const positional = args.positional.map((each) => machine.evaluate(each))
  const named = new Map<string, Values>()
  for (const { name, value } of args.named) named.set(name, machine.evaluate(value))
  for (const spread of args.spread)
    for (const value of machine.evaluate(spread)) {
      if (value.kind === 'dict') for (const [key, entry] of value.entries) named.set(key, entry)
      else for (const item of itemsOf(value) ?? []) positional.push([item])
    }
  const open = args.spread.length > 0 || positional.length > MOST_ITEMS
  return { positional: positional.slice(0, MOST_ITEMS), named, open }
}

/** An address that goes on with what somebody wrote. */
function noteCarrier(machine: Machine, left: Values, right: Values, at: number): void {
  for (const a of left)
    for (const b of right)
      if (carriesMessage(a, b))
        machine.report('behaviour.exfiltration', at, `${labelOf(a)} + ${labelOf(b)}`)
}

/** Characters that no prompt has. */
const MOST_REPEATED = 100_000_000

function noteRepetition(machine: Machine, left: Values, right: Values, at: number): void {
  for (const a of left)
    for (const b of right) {
      const [item, count] = a.kind === 'number' ? [b, a] : [a, b]
      const repeats = item.kind === 'string' || item.kind === 'list'
      if (repeats && count.kind === 'number' && count.value > MOST_REPEATED)
        machine.report('exhausting', at, `${labelOf(item)} * ${count.value}`)
    }
}

function accessAll(machine: Machine, bases: Values, names: Values, at: number): Values {
  return alternatives(
    bases.flatMap((base) => names.flatMap((name) => [...machine.access(base, name, at)])),
  )
}

function constant(value: string | number | boolean | null, assembled: boolean): Value {
  if (value === null) return NONE
  if (typeof value === 'string') return text(value.slice(0, MOST_CHARACTERS), assembled)
  return typeof value === 'number' ? number(value) : boolean(value)
}

/** Lists of alternatives become alternatives of lists, as far as there are few. */
function lists(items: Values[]): Values {
  const forks = items.reduce((product, values) => Math.min(99, product * values.length), 1)
  if (forks <= 16) return alternatives(combinations(items).map((row) => list(row)))
  return [list(items.map((values) => (values.length === 1 ? (values[0] ?? UNKNOWN) : OPAQUE)))]
}

function dictOf(pairs: [Values, Values][]): Value {
  const entries = new Map<string, Values>()
  let needles = undefined as Value['needles']
  for (const [keys, values] of pairs)
    for (const key of keys) {
      needles ??= key.needles
      const name = printed(key) ?? `…${entries.size}`
      entries.set(name, alternatives([...values, ...(entries.get(name) ?? [])]))
    }
  return withNeedles(dict(entries), needles)
}

function slices(bases: Values, parts: (Value | undefined)[]): Values {
  return alternatives(
    bases.map((base) => {
      const result = sliced(base, parts)
      if (result !== undefined) return withNeedles(result, base.needles)
      if (base.kind === 'object') return object(`${base.label}[:]`, base.origin)
      return isConstant(base) && parts.every((part) => part === undefined || isConstant(part))
        ? OPAQUE
        : UNKNOWN
    }),
  )
}

function unary(operator: string, operands: Values): Values {
  return alternatives(
    operands.map((value) => {
      if (operator === '-')
        return value.kind === 'number' ? number(-value.value) : object(`-${labelOf(value)}`)
      const truth = truthOf(value)
      if (truth !== undefined) return withNeedles(boolean(!truth), value.needles)
      return withNeedles(object(`not ${labelOf(value)}`), value.needles)
    }),
  )
}

function logical(operator: 'and' | 'or', left: Values, right: Values): Values {
  const needles = left.map((value) => value.needles)
  const stays = left.filter((value) => truthOf(value) !== (operator === 'and'))
  const goesOn = left.some((value) => truthOf(value) !== (operator === 'or'))
  return alternatives([
    ...(goesOn ? right.map((value) => withNeedles(value, ...needles)) : []),
    ...stays,
  ])
}

function arithmetic(operator: string, a: Value, b: Value): Value {
  if (operator === '%' && a.kind === 'string') {
    const result = percentFormat(a.value, b.kind === 'list' ? b.items : [b])
    if (result !== undefined) return text(result, true)
    if (isConstant(b)) return OPAQUE
  }
  if (operator === '+' && a.kind === 'string' && b.kind === 'string') return concatenate(a, b)
  if (operator === '+' && a.kind === 'list' && b.kind === 'list')
    return list([...a.items, ...b.items])
  if (operator === '*' && a.kind === 'string' && b.kind === 'number')
    return a.value.length * b.value > MOST_CHARACTERS || b.value < 0
      ? OPAQUE
      : text(a.value.repeat(Math.trunc(b.value)), true)
  if (a.kind === 'number' && b.kind === 'number')
    return number(calculate(operator, a.value, b.value))
  return mixed(a, b, operator)
}

function calculate(operator: string, a: number, b: number): number {
  switch (operator) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    case '/':
      return a / b
    case '//':
      return Math.floor(a / b)
    case '**':
      return a ** b
    default:
      return b === 0 ? Number.NaN : ((a % b) + b) % b
  }
}

/** `a ~ b` of what Jinja prints. */
export function concatenate(a: Value, b: Value): Value {
  const [left, right] = [printed(a), printed(b)]
  if (left === undefined || right === undefined) return mixed(a, b, '~')
  if (left === '' && b.kind === 'string') return b
  if (right === '' && a.kind === 'string') return a
  return text(left + right, true)
}

/** A part that is not constant decides where the whole comes from; text of a message goes first. */
function mixed(a: Value, b: Value, operator: string): Value {
  const label = `${labelOf(a)} ${operator} ${labelOf(b)}`
  const origins = [a, b].map((value) => (value.kind === 'object' ? value.origin : undefined))
  for (const origin of ['dunder', 'opaque', 'text', 'time', 'count'] as const)
    if (origins.includes(origin)) return object(label, origin)
  // A part of what Python prints for a function, of which attackers take characters.
  if (origins.includes('root')) return object(label, 'opaque')
  if (subjectOf(a) === 'text' || subjectOf(b) === 'text') return object(label, 'text')
  return isConstant(a) && isConstant(b) ? OPAQUE : object(label)
}
