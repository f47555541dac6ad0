import { bind } from './comprehension'
import { evaluateItems } from './expression'
import { truthOf } from './fold-operator'
import { itemsOf, someItem } from './items'
import type { Machine } from './machine'
import { isOperand } from './operand'
import type { Scope } from './scope'
import { kidOf, type Node } from './tree'

/** Loops are gone through item by item only when they are short; most such loops decode something. */
const MOST_TURNS = 4096
const MOST_LOOP_CHARACTERS = 1500

export function executeWhile(machine: Machine, node: Node, scope: Scope): void {
  const test = node.kids.find((kid) => isOperand(kid) && kid.type !== 'Body')
  const body = kidOf(node, 'Body')
  if (test === undefined || body === undefined) return
  const first = truthOf(machine.evaluate(test, scope))
  const isEndless = first === true && /^(Number|Boolean)$/.test(test.type)
  if (first === true && !isEndless && node.to - node.from < MOST_LOOP_CHARACTERS) {
    for (let turn = 0; turn < MOST_TURNS; turn++) {
      machine.execute(body, scope)
      if (truthOf(machine.evaluate(test, scope)) !== true || !machine.spend(body.to - body.from))
        break
    }
    return
  }
  if (isEndless) machine.frame.endless++
  scope.branches([() => machine.execute(body, scope)])
  if (isEndless) machine.frame.endless--
  for (const kid of node.kids) if (kid.type === 'Body' && kid !== body) machine.execute(kid, scope)
}

export function executeFor(machine: Machine, node: Node, scope: Scope): void {
  const inAt = node.kids.findIndex((kid) => kid.type === 'in')
  const body = kidOf(node, 'Body')
  if (body === undefined) return
  const targets = node.kids.slice(0, inAt).filter(isOperand)
  const sources = node.kids.slice(inAt + 1).filter((kid) => isOperand(kid) && kid.type !== 'Body')
  const [only] = sources
  const source =
    sources.length === 1 && only !== undefined
      ? machine.evaluate(only, scope)
      : evaluateItems(machine, sources, scope)
  const items = itemsOf(source)
  const size = body.to - body.from
  if (
    items !== undefined &&
    items.length > 0 &&
    items.length <= MOST_TURNS &&
    size < MOST_LOOP_CHARACTERS &&
    machine.spend(items.length * 8)
  ) {
    // A copy: the body may change what it goes through.
    for (const [turn, item] of items.slice().entries()) {
      if (turn > 0 && !machine.spend(size)) break
      bind(machine, targets, item, scope)
      machine.execute(body, scope)
    }
    return
  }
  const isEndless =
    source.kind === 'ref' && /^itertools\.(count|repeat|cycle)\(\)$/.test(source.name)
  if (isEndless) machine.frame.endless++
  scope.branches([
    () => {
      bind(machine, targets, someItem(source, only), scope)
      machine.execute(body, scope)
    },
  ])
  if (isEndless) machine.frame.endless--
  for (const kid of node.kids) if (kid.type === 'Body' && kid !== body) machine.execute(kid, scope)
}
