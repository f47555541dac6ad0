import type * as acorn from 'acorn'
import { foundLoop } from './assignments'
import { type Completion, Imprecise, type Machine } from './machine'
import type { Node } from './node'
import { attemptPrecisely } from './precise'
import { blockScope, type Scope } from './scope'
import { namesIn } from './sources'
import { constantValue, deepTaints, joinValues, taint, taintedValue, type Value } from './value'

/** Turns of a loop that are followed one by one; the budget of steps ends most of them earlier. */
const MOST_TURNS = 100_000

export function loop(
  m: Machine,
  node: acorn.ForStatement | acorn.WhileStatement | acorn.DoWhileStatement,
  test: acorn.Expression | undefined,
  update: acorn.Expression | undefined,
  scope: Scope,
  testsFirst: boolean,
): Completion {
  const endless = foundLoop(m, node)
  const run = (): Completion => {
    for (let turn = 0; turn < MOST_TURNS; turn++) {
      if (turn > 0 || testsFirst) {
        const held = test === undefined ? constantValue(true) : m.evaluate(test, scope)
        if (!held.known) throw new Imprecise()
        if (!held.constant) return 'normal'
      }
      const ended = m.execute(node.body, scope)
      if (ended === 'break') return 'normal'
      if (ended === 'return' || ended === 'throw') return ended
      if (update !== undefined) m.evaluate(update, scope)
    }
    m.ranOut = true
    throw new Imprecise()
  }
  if (m.precise > 0) return run()
  const precisely = endless ? undefined : attemptPrecisely(m, run)
  if (precisely !== undefined) return precisely
  const before = m.lost
  if (!endless && m.ranOut) m.lost = lostAt(m, node)
  m.maybe++
  // Twice: what the first turn leaves behind meets the beginning of the second.
  let ended: Completion = 'normal'
  for (let turn = 0; turn < 2; turn++) {
    if (test !== undefined) m.evaluate(test, scope)
    ended = m.execute(node.body, scope)
    if (update !== undefined) m.evaluate(update, scope)
  }
  m.maybe--
  m.lost = before
  return ended === 'normal' ? 'normal' : 'maybe'
}

const lostAt = (m: Machine, node: Node): Machine['lost'] => ({
  taints: [taint('lost', 'computes for long', node)],
  callDepth: m.callDepth,
})

export function each(
  m: Machine,
  node: acorn.ForOfStatement | acorn.ForInStatement,
  scope: Scope,
): Completion {
  const right = m.evaluate(node.right, scope)
  const inner = blockScope(scope)
  const target =
    node.left.type === 'VariableDeclaration' ? node.left.declarations[0]?.id : node.left
  const declares = node.left.type === 'VariableDeclaration'
  const turn = (value: Value): Completion => {
    if (target !== undefined) m.assign(target, value, inner, declares)
    return m.execute(node.body, inner)
  }
  const elements = elementsOf(right, node.type === 'ForInStatement')
  const run = (): Completion => {
    if (elements === undefined) throw new Imprecise()
    for (const element of elements) {
      const ended = turn(element)
      if (ended === 'break') return 'normal'
      if (ended === 'return' || ended === 'throw') return ended
    }
    return 'normal'
  }
  if (m.precise > 0) return run()
  if (elements !== undefined) {
    const precisely = attemptPrecisely(m, run)
    if (precisely !== undefined) return precisely
  }
  const before = m.lost
  if (elements !== undefined && m.ranOut) m.lost = lostAt(m, node)
  m.maybe++
  let value: Value = taintedValue(deepTaints(right))
  if (node.type === 'ForInStatement') value = taintedValue(namesIn(right, node.right))
  for (const element of elements?.slice(0, 64) ?? []) value = joinValues(value, element)
  turn(value)
  turn(value)
  m.maybe--
  m.lost = before
  return 'normal'
}

function elementsOf(value: Value, keys: boolean): Value[] | undefined {
  const { shape } = value
  if (shape?.exact === true && shape.items !== undefined && shape.items.length <= 10_000)
    return keys ? shape.items.map((_, index) => constantValue(String(index))) : [...shape.items]
  if (keys && shape?.exact === true && shape.items === undefined && shape.properties.size <= 1000)
    return [...shape.properties.keys()].map((key) => constantValue(key))
  const { constant } = value
  if (!keys && value.known && typeof constant === 'string' && constant.length <= 100_000)
    return [...constant].map((one) => constantValue(one, true, value.taints))
  if (!keys && value.known && constant instanceof Uint8Array && constant.length <= 100_000)
    return [...constant].map((one) => constantValue(one, true, value.taints))
  return undefined
}
