import { compare } from './compare'
import { type CallArguments, combinations } from './machine'
import {
  alternatives,
  boolean,
  labelOf,
  object,
  UNKNOWN,
  type Value,
  type Values,
  withNeedles,
} from './value'

/** Tests that compare (jinja2/tests.py); all others ask what a value is. */
const COMPARING: Readonly<Record<string, string>> = {
  eq: '==',
  equalto: '==',
  sameas: '==',
  ne: '!=',
  in: 'in',
  lt: '<',
  lessthan: '<',
  le: '<=',
  gt: '>',
  greaterthan: '>',
  ge: '>=',
}

export function applyTest(name: string, input: Values, args: CallArguments): Values {
  const operator = Object.hasOwn(COMPARING, name) ? COMPARING[name] : undefined
  const [right] = args.positional
  if (operator === undefined || right === undefined) {
    const [first = UNKNOWN] = input
    const known =
      first.kind !== 'object' && input.length === 1 ? testConstant(name, first) : undefined
    if (known !== undefined) return [boolean(known)]
    return [withNeedles(object(`${labelOf(first)} is ${name}`), first.needles)]
  }
  return alternatives(
    combinations([input, right]).map(([a = UNKNOWN, b = UNKNOWN]) =>
      withNeedles(compare(operator, a, b), a.needles, b.needles),
    ),
  )
}

function testConstant(name: string, value: Value): boolean | undefined {
  if (name === 'string') return value.kind === 'string'
  if (name === 'none') return value.kind === 'none'
  return name === 'number' ? value.kind === 'number' : undefined
}
