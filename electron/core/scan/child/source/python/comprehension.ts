import { truthOf } from './fold-operator'
import { itemsOf, MOST_ITEMS, someItem } from './items'
import type { Machine } from './machine'
import { isOperand, keyOf } from './operand'
import { createScope, type Scope } from './scope'
import type { Node } from './tree'
import {
  dataValue,
  HOLE,
  joined,
  listValue,
  type Taint,
  taintsOf,
  textValue,
  UNKNOWN,
  unionTaints,
  unknownWith,
  type Value,
} from './value'

interface Clause {
  targets: Node[]
  source: Node
  conditions: Node[]
}

/** [x for y in z if w]; the same code for lists, sets, dicts and generators. */
export function evaluateComprehension(machine: Machine, node: Node, scope: Scope): Value {
  const at = node.kids.findIndex((kid) => kid.type === 'for' || kid.type === 'async')
  const results = node.kids.slice(0, at).filter(isOperand)
  const clauses = clausesOf(node.kids.slice(at))
  const inner = createScope(scope)
  const isDict = node.type === 'DictionaryComprehensionExpression'
  const items: Value[] = []
  const entries = new Map<string, Value>()
  let taints: readonly Taint[] = []
  let isComplete = true

  const result = () => {
    const [first = UNKNOWN, second] = results.map((one) => machine.evaluate(one, inner))
    if (isDict) entries.set(keyOf(first) ?? `?${entries.size}`, second ?? UNKNOWN)
    else items.push(first)
  }
  const level = (depth: number): void => {
    const clause = clauses[depth]
    if (clause === undefined) {
      result()
      return
    }
    const source = machine.evaluate(clause.source, inner)
    const known = itemsOf(source)
    const visit = (item: Value): void => {
      bind(machine, clause.targets, item, inner)
      let holds = true
      for (const condition of clause.conditions)
        if (truthOf(machine.evaluate(condition, inner)) === false) holds = false
      if (holds) level(depth + 1)
    }
    if (known !== undefined && known.length > 0 && machine.spend(known.length * 4)) {
      for (const item of known.slice()) {
        if (items.length >= MOST_ITEMS || !machine.spend(4)) {
          isComplete = false
          break
        }
        visit(item)
      }
      return
    }
    if (known?.length === 0) {
      // Nothing is gone through; what stands there is looked at all the same.
      const { length } = items
      visit(UNKNOWN)
      items.length = length
      return
    }
    isComplete = false
    taints = unionTaints(taints, taintsOf(source))
    visit(someItem(source, clause.source))
  }
  level(0)
  if (isDict) return dataValue({ kind: 'dict', entries }, taints)
  if (isComplete) return { ...listValue(items, true), taints }
  const one = items.reduce(joined, UNKNOWN)
  // One unknown item stands for any number of them.
  return one.kind === 'partial'
    ? textValue('partial', one.value, unionTaints(taints, taintsOf(one)))
    : dataValue({ kind: 'list', items: [withHole(one)] }, taints)
}

const withHole = (value: Value): Value =>
  value.kind === 'str' ? { ...value, kind: 'partial', value: HOLE } : value

/** for a, b in c if d for e in f … */
export function clausesOf(kids: readonly Node[]): Clause[] {
  const clauses: Clause[] = []
  let clause: Clause | undefined
  let part = ''
  for (const kid of kids) {
    if (kid.type === 'for') part = 'for'
    else if (kid.type === 'in') part = 'in'
    else if (kid.type === 'if') part = 'if'
    else if (!isOperand(kid)) continue
    else if (part === 'for') {
      if (clause === undefined || clause.source !== NOWHERE) {
        clause = { targets: [], source: NOWHERE, conditions: [] }
        clauses.push(clause)
      }
      clause.targets.push(kid)
    } else if (part === 'in' && clause !== undefined) clause.source = kid
    else if (part === 'if' && clause !== undefined) clause.conditions.push(kid)
  }
  return clauses
}

const NOWHERE: Node = { type: 'None', from: 0, to: 0, kids: [] }

/** Assigns one item to the targets of a loop: several names take it apart. */
export function bind(machine: Machine, targets: readonly Node[], item: Value, scope: Scope): void {
  const [only] = targets
  if (targets.length === 1 && only !== undefined) {
    machine.assign(only, item, scope)
    return
  }
  const parts = item.kind === 'list' ? item.items : undefined
  targets.forEach((target, index) => {
    machine.assign(target, parts?.[index] ?? unknownWith(taintsOf(item)), scope)
  })
}
