import { IMPORT, NODE, NONE, OBJECT, payloadOf, TUPLE, tagOf } from './arena'
import { valueEvidence } from './evidence'
import { arrayBehindWrapper, NO_ARRAY } from './joblib'
import type { Machine } from './machine'
import { countOf, pythonValue } from './python-value'
import { judgeState } from './state'

/** A change of an import itself (a module, a class, sys.modules) instead of a new object. */
function changedImport(
  machine: Machine,
  target: number,
  change: string,
  offset: number,
  opcode: string,
): void {
  const name = machine.imports.at(payloadOf(target)).name
  machine.context.add({
    kind: 'build',
    name,
    location: { offset, opcode },
    evidence: `${name}${change}`.slice(0, 500),
  })
}

/** APPEND, APPENDS, SETITEM, SETITEMS and ADDITEMS call methods of their target. */
export function noteItems(machine: Machine, target: number, offset: number, opcode: string): void {
  if (tagOf(target) === IMPORT) changedImport(machine, target, '[…] = …', offset, opcode)
}

/** The flags of a numpy dtype's state: bit 0 (NPY_ITEM_HASOBJECT, ndarraytypes.h) means objects. */
const DTYPE_FLAGS = 7

/**
 * BUILD. Returns where the stream goes on when array bytes follow it (joblib), or one of the
 * constants of joblib.ts, nearly always NO_ARRAY.
 */
export function build(machine: Machine, target: number, state: number, offset: number): number {
  const tag = tagOf(target)
  if (tag === IMPORT) {
    const change = `.__setstate__(${valueEvidence(machine, state)})`
    changedImport(machine, target, change, offset, 'BUILD')
    return NO_ARRAY
  }
  if (tag !== OBJECT) {
    const callee = machine.arena.calleeOf(target)
    if (callee !== 0) judgeState(machine, target, callee, state, offset)
    return NO_ARRAY
  }
  const object = machine.objects[payloadOf(target)]
  if (object?.type === 'dtype') {
    const node = tagOf(state) === NODE ? machine.arena.node(state) : undefined
    const flags =
      node?.kind === TUPLE ? pythonValue(machine, node.items[DTYPE_FLAGS] ?? NONE) : undefined
    if (((countOf(flags) ?? 0) & 1) === 1) object.hasObjects = true
    return NO_ARRAY
  }
  if (object?.type !== 'wrapper' || machine.options.joblib !== true) return NO_ARRAY
  return arrayBehindWrapper(machine, pythonValue(machine, state), offset)
}
