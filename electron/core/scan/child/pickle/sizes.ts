import { IMPORT, LITERAL, NODE, payloadOf, TUPLE, tagOf } from './arena'
import { argumentsOf, type Call } from './calls'
import { callEvidence } from './evidence'
import { readLiteral } from './literal'
import type { Machine } from './machine'

/** Items or bytes beyond which no model builds a container by a call; arrays come as their bytes. */
const MOST_ITEMS = 2 ** 31

/** A number, or the product of a tuple of numbers; undefined for everything else. */
function amountOf(machine: Machine, value: number): number | undefined {
  if (tagOf(value) === LITERAL) {
    const literal = readLiteral(machine.window, payloadOf(value))
    return literal?.type === 'int' ? Number(literal.value) : undefined
  }
  const node = tagOf(value) === NODE ? machine.arena.node(value) : undefined
  if (node?.kind !== TUPLE) return undefined
  return node.items.reduce<number | undefined>((product, item) => {
    const factor = amountOf(machine, item)
    return product === undefined || factor === undefined ? undefined : product * Math.abs(factor)
  }, 1)
}

/** Whether an iterator has no end, or one that is never reached. */
function isEndless(machine: Machine, value: number): boolean {
  const callee = machine.arena.calleeOf(value)
  if (callee === 0 || tagOf(callee) !== IMPORT) return false
  const { name, role } = machine.imports.at(payloadOf(callee))
  if (role !== 'endless') return false
  const args = argumentsOf(machine, machine.arena.node(value)?.items[1] ?? 0)
  const amounts = args.map((argument) => amountOf(machine, argument) ?? 0)
  if (name.endsWith('.repeat')) return args.length < 2 || (amounts[1] ?? 0) > MOST_ITEMS
  if (!name.endsWith('.range')) return true
  const [first = 0, second, step = 1] = amounts
  const span = second === undefined ? first : second - first
  return Math.abs(span / (step === 0 ? 1 : step)) > MOST_ITEMS
}

/** Notes a call that takes more memory, or time, than any model needs: `list(range(10**12))`. */
export function noteSize(
  machine: Machine,
  role: 'allocates' | 'endless' | 'consumes',
  call: Call,
): void {
  if (role === 'endless') return
  const [first] = argumentsOf(machine, call.args)
  if (first === undefined) return
  const isHuge =
    role === 'allocates'
      ? (amountOf(machine, first) ?? 0) > MOST_ITEMS
      : argumentsOf(machine, call.args).some((argument) => isEndless(machine, argument))
  if (isHuge || (role === 'allocates' && isEndless(machine, first)))
    machine.note(
      'pickle.exhausting-call',
      call.offset,
      callEvidence(machine, call.kind, call.callee, call.args, call.keywords),
    )
}
