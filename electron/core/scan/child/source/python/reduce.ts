import { sinkOfCall } from './knowledge'
import type { Machine } from './machine'
import type { Node } from './tree'
import type { FunctionValue, Value } from './value'

/** Hooks of pickle: what they return is called when the pickle is loaded. */
const HOOKS = /^__(reduce|reduce_ex)__$/

/** __reduce__ that returns (os.system, (…)): an object that runs a command when it is loaded. */
export function checkReduce(
  machine: Machine,
  fn: FunctionValue,
  returned: Value | undefined,
): void {
  if (HOOKS.test(fn.name)) checkReduced(machine, returned, fn.node)
}

/** A callable and its arguments, as pickle takes them from a hook. */
export function checkReduced(machine: Machine, returned: Value | undefined, node: Node): void {
  if (returned?.kind !== 'list') return
  const [callee, given] = returned.items
  if (callee === undefined || (callee.kind !== 'ref' && callee.kind !== 'function')) return
  if (callee.kind === 'ref') {
    const call = sinkOfCall(callee.name)
    if (call !== undefined && /^(eval|process|native)$/.test(call.sink))
      machine.report({
        name: `hidden.${call.sink}`,
        node,
        detail: { how: `makes pickle call ${callee.name}` },
      })
  }
  if (given?.kind === 'list') machine.call(callee, { plain: given.items, named: new Map() }, node)
}
