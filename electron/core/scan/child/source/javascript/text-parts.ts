import type * as acorn from 'acorn'
import type { Machine } from './machine'
import type { Node } from './node'
import { foldBinary } from './operators'
import type { Scope } from './scope'
import {
  arrayShape,
  constantValue,
  deepTaints,
  HOLE,
  hintOf,
  hintValue,
  joinTaints,
  LONGEST_HINT,
  shapeValue,
  taintedValue,
  type Value,
} from './value'

/** `a + b`. */
export function concatenate(a: Value, b: Value): Value {
  const taints = joinTaints(deepTaints(a), deepTaints(b))
  if (a.known && b.known) {
    const folded = foldBinary('+', a.constant, b.constant)
    if (folded !== undefined) {
      const together = a.constant !== '' && b.constant !== ''
      return constantValue(folded.value, a.built || b.built || together, taints)
    }
  }
  // A loop that appends must not copy a long text at every turn.
  if (a.hint !== undefined && a.hint.length >= LONGEST_HINT)
    return taints === a.taints ? a : { ...a, taints }
  return partial([a, b], taints)
}

export function templateText(m: Machine, node: acorn.TemplateLiteral, scope: Scope): Value {
  const parts: Value[] = []
  for (const [index, quasi] of node.quasis.entries()) {
    parts.push(constantValue(quasi.value.cooked ?? quasi.value.raw))
    const expression = node.expressions[index]
    if (expression !== undefined) parts.push(asText(m, m.evaluate(expression, scope), expression))
  }
  return joinText(parts, '')
}

/** An object with a conversion of its own is what that gives. */
export function asText(m: Machine, value: Value, at: Node): Value {
  const { shape } = value
  if (shape === undefined || shape.items !== undefined) return value
  for (const name of ['@@toPrimitive', 'toString', 'valueOf']) {
    const own = shape.properties.get(name)?.code
    if (own !== undefined && own.running === 0) return m.invoke(own, [], value, at)
  }
  return value
}

/** What `[...value]` gives of an object that says so itself. */
export function iterated(m: Machine, value: Value, at: Node): Value {
  const own = value.shape?.properties.get('@@iterator')?.code
  return own === undefined ? value : m.invoke(own, [], value, at)
}

/** What a function gets as a tag: the texts, also as they are written, and the expressions. */
export function tagged(m: Machine, node: acorn.TemplateLiteral, scope: Scope): Value[] {
  const cooked = node.quasis.map(({ value }) => constantValue(value.cooked ?? undefined))
  const strings = shapeValue(arrayShape(cooked))
  const raw = node.quasis.map(({ value }) => constantValue(value.raw))
  strings.shape?.properties.set('raw', shapeValue(arrayShape(raw)))
  return [strings, ...node.expressions.map((one) => m.evaluate(one, scope))]
}

/** `parts.join(separator)`. */
export function joinText(parts: readonly Value[], separator: string): Value {
  let taints: Value['taints'] = []
  for (const part of parts) taints = joinTaints(taints, deepTaints(part))
  const texts: string[] = []
  for (const part of parts) {
    const { constant } = part
    if (!part.known || (typeof constant === 'object' && constant !== null)) break
    texts.push(constant === undefined || constant === null ? '' : String(constant))
  }
  if (texts.length === parts.length) {
    const built = texts.filter((text) => text !== '').length > 1 || parts.some((part) => part.built)
    return constantValue(texts.join(separator), built, taints)
  }
  return partial(parts, taints, separator)
}

function partial(parts: readonly Value[], taints: Value['taints'], separator = ''): Value {
  let hint = ''
  let known = false
  for (const [index, part] of parts.entries()) {
    const text = hintOf(part)
    if (text !== undefined) known = true
    hint += (index === 0 ? '' : separator) + (text ?? pathHint(part))
    if (hint.length > 8192) break
  }
  return known ? hintValue(hint, taints) : taintedValue(taints)
}

/** The home folder is a part of a path that matters: '~'. */
function pathHint(value: Value): string {
  const { path } = value
  return path === '#os.homedir()' ||
    path === 'process.env.HOME' ||
    path === 'process.env.USERPROFILE'
    ? '~'
    : HOLE
}
