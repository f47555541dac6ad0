import type * as acorn from 'acorn'
import { keyOf } from './keys'
import type { Machine } from './machine'
import { plainKey } from './node'
import { foundMarkup } from './page'
import type { Scope } from './scope'
import { iterated } from './text-parts'
import {
  arrayShape,
  constantValue,
  deepTaints,
  joinTaints,
  joinValues,
  objectShape,
  pathValue,
  shapeValue,
  taint,
  taintedValue,
  UNDEFINED,
  UNKNOWN,
  type Value,
  withTaints,
} from './value'

/** Escapes of characters that need none: letters, digits and punctuation of ASCII. */
const NEEDLESS_ESCAPE = /\\x[2-7][0-9a-fA-F]|\\u00[2-7][0-9a-fA-F]|\\u\{0*[2-7][0-9a-fA-F]\}/g

export function literal(node: acorn.Literal): Value {
  const { value, raw } = node
  if (typeof value !== 'string' || raw === undefined || !raw.includes('\\'))
    return constantValue(value as string | number | boolean | null | RegExp)
  const escapes = raw.match(NEEDLESS_ESCAPE)?.length ?? 0
  if (escapes === 0) return constantValue(value)
  const decoded = escapes >= 8 && escapes * 2 >= value.length
  return constantValue(
    value,
    true,
    decoded ? [taint('decoded', 'decodes escapes', node)] : undefined,
  )
}

export function array(m: Machine, node: acorn.ArrayExpression, scope: Scope): Value {
  const items: Value[] = []
  let exact = true
  for (const element of node.elements) {
    if (element === null) items.push(UNDEFINED)
    else if (element.type === 'SpreadElement') {
      const spread = iterated(m, m.evaluate(element.argument, scope), element)
      const parts = spread.shape?.items
      const text = spread.known ? spread.constant : undefined
      if (parts !== undefined) for (const part of parts.slice(0, 100_000)) items.push(part)
      else if (typeof text === 'string' && text.length <= 100_000)
        for (const character of text) items.push(constantValue(character, true, spread.taints))
      else {
        exact = false
        items.push(taintedValue(deepTaints(spread)))
      }
    } else items.push(m.evaluate(element, scope))
  }
  return shapeValue(arrayShape(items, exact))
}

export function object(m: Machine, node: acorn.ObjectExpression, scope: Scope): Value {
  const shape = objectShape()
  const self = shapeValue(shape)
  for (const property of node.properties) {
    if (property.type === 'SpreadElement') {
      const spread = m.evaluate(property.argument, scope)
      for (const [key, value] of spread.shape?.properties ?? []) shape.properties.set(key, value)
      const passed = m.call(pathValue('%spread'), [spread], UNKNOWN, property, false)
      shape.rest = withTaints(shape.rest, joinTaints(spread.taints, passed.taints))
      continue
    }
    const { key } = property.computed
      ? keyOf(m, property.key, true, scope)
      : { key: plainKey(property.key, false) }
    const value = m.evaluate(property.value, scope)
    if (
      value.code !== undefined &&
      value.code.self === UNKNOWN &&
      property.value.type !== 'Identifier'
    )
      value.code.self = self
    // React's way to write markup (dangerouslySetInnerHTML).
    if (key === '__html') foundMarkup(m, value, property)
    if (key === undefined) shape.rest = joinValues(shape.rest, value)
    else if (property.kind === 'get' && value.code !== undefined)
      shape.properties.set(key, m.invoke(value.code, [], self, property))
    else shape.properties.set(key, value)
  }
  return self
}
