import type { Machine } from './machine'
import { type Node, plainKey } from './node'
import type { Scope } from './scope'
import type { Value } from './value'

/** Key of a member expression: its text when known, and whether it was put together. */
export function keyOf(
  m: Machine,
  property: Node,
  computed: boolean,
  scope: Scope,
): { key: string | undefined; built: boolean; taints: Value['taints'] } {
  if (!computed) return { key: plainKey(property, false), built: false, taints: [] }
  const value = m.evaluate(property, scope)
  // Methods that the language calls by itself: Symbol.iterator, Symbol.toPrimitive.
  const symbol = value.path?.startsWith('Symbol.') === true ? value.path : undefined
  if (symbol !== undefined) return { key: `@@${symbol.slice(7)}`, built: false, taints: [] }
  const { constant } = value
  const plain = typeof constant === 'string' || typeof constant === 'number'
  return {
    key: value.known && plain ? String(constant) : undefined,
    built: value.built || value.taints.some((one) => one.source === 'decoded'),
    taints: value.taints,
  }
}
