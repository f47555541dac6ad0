import { itemsOf } from './constants'
import { boolean, labelOf, type Needle, object, type Value, withNeedles } from './value'

/** A count of messages from which on a condition waits for a conversation to go on. */
const LATE_MESSAGE = 3
/** Characters of a needle that are kept. */
const NEEDLE_CHARACTERS = 200

/**
 * A comparison. Where a message or the time is compared with a constant, the result carries that
 * constant as a needle, and hands it on to whatever depends on the result.
 */
export function compare(operator: string, left: Value, right: Value): Value {
  const about = subjectOf(left) ?? subjectOf(right)
  const constant = subjectOf(left) === undefined ? left : right
  const known = constantResult(operator, left, right)
  if (known !== undefined) return boolean(known)
  const result = object(`${labelOf(left)} ${operator} ${labelOf(right)}`)
  return about === undefined ? result : withNeedles(result, needlesOf(constant, about))
}

export function subjectOf(value: Value | undefined): Needle['about'] | undefined {
  if (value?.kind === 'method') return subjectOf(value.of)
  if (value?.kind !== 'object') return undefined
  // A message itself is a dict: 'tool_calls' in message asks for a key, not for what was said.
  if (value.origin === 'text') return 'text'
  return value.origin === 'time' || value.origin === 'count' ? value.origin : undefined
}

export function needlesOf(constant: Value, about: Needle['about']): Needle[] {
  if (constant.kind === 'string')
    return constant.value.trim() === ''
      ? []
      : [{ text: constant.value.slice(0, NEEDLE_CHARACTERS), about }]
  if (constant.kind === 'number' && about === 'time')
    return [{ text: String(constant.value), about }]
  // The first messages are the business of every template: who speaks first, and is there a system.
  if (constant.kind === 'number' && about === 'count')
    return constant.value >= LATE_MESSAGE ? [{ text: `message ${constant.value}`, about }] : []
  if (constant.kind !== 'list' && constant.kind !== 'dict') return []
  return (itemsOf(constant) ?? [])
    .slice(0, 8)
    .flatMap((item) => (item.kind === 'string' ? needlesOf(item, about) : []))
}

function constantResult(operator: string, left: Value, right: Value): boolean | undefined {
  if (operator === 'in' || operator === 'not in') {
    const found = contains(right, left)
    return found === undefined ? undefined : found === (operator === 'in')
  }
  const a = scalar(left)
  const b = scalar(right)
  if (a === undefined || b === undefined) return undefined
  if (operator === '==') return a === b
  if (operator === '!=') return a !== b
  if (typeof a !== typeof b || a === null || b === null) return undefined
  if (operator === '<') return a < b
  if (operator === '<=') return a <= b
  return operator === '>' ? a > b : a >= b
}

function contains(container: Value, item: Value): boolean | undefined {
  const wanted = scalar(item)
  if (wanted === undefined) return undefined
  if (container.kind === 'string')
    return typeof wanted === 'string' ? container.value.includes(wanted) : undefined
  if (container.kind === 'dict') return container.entries.has(String(wanted))
  if (container.kind !== 'list' || !container.constant) return undefined
  return container.items.some((each) => scalar(each) === wanted)
}

function scalar(value: Value): string | number | boolean | null | undefined {
  if (value.kind === 'none') return null
  return value.kind === 'string' || value.kind === 'number' || value.kind === 'boolean'
    ? value.value
    : undefined
}
