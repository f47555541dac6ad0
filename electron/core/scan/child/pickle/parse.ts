import type { Fact } from '@shared/scan-report/fact'
import { type ByteSource, sliceSource } from '../byte-source'
import { COMPLETE, inconclusive, type ParseContext, type Parser } from '../context'
import { Machine } from './machine'
import { isPytorchMagic, parsePytorchLegacy } from './pytorch-legacy'
import { nextPickle } from './sniff'
import { trailingData } from './trailing-data'
import { type WalkResult, walkWith } from './walk'

/** Facts of a doubtful stretch that are held back until it is clear what it is. */
const HELD_FACTS = 1000

/** Python names, dotted; noise hardly ever forms one. */
const NAME = /^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_<][A-Za-z0-9_<>]*)*$/

const acts = (fact: Fact): boolean =>
  (fact.kind === 'import' || fact.kind === 'call' || fact.kind === 'build') && NAME.test(fact.name)

/** The same context with another place for facts. */
function redirected(context: ParseContext, add: (fact: Fact) => void): ParseContext {
  return {
    limits: context.limits,
    member: context.member,
    name: context.name,
    depth: context.depth,
    add,
    anomaly(name, offset, evidence) {
      const shown = evidence === undefined ? {} : { evidence }
      add({ kind: 'structure', name, location: { offset }, ...shown })
    },
    checkpoint: () => context.checkpoint(),
    scanMember: (source, name) => context.scanMember(source, name),
  }
}

/** Walks what follows a pickle. Undefined, and no facts, when it does not look like another one. */
function walkNext(machine: Machine, start: number): WalkResult | undefined {
  const { context } = machine
  let held: Fact[] | undefined = []
  const release = (): void => {
    for (const fact of held ?? []) context.add(fact)
    held = undefined
  }
  machine.context = redirected(context, (fact) => {
    if (acts(fact) || held?.length === HELD_FACTS) release()
    if (held === undefined) context.add(fact)
    else held.push(fact)
  })
  try {
    const walked = walkWith(machine, start)
    if (walked.stopped) release()
    return held === undefined ? walked : undefined
  } finally {
    machine.context = context
  }
}

/**
 * `pickle.load` does not know joblib's arrays: it takes their bytes for opcodes. Walks the file that
 * way too, and reports what only that way is seen.
 */
function walkAsPlainPickle(source: ByteSource, context: ParseContext, firstArray: number): void {
  let hidden = false
  const plain = redirected(context, (fact) => {
    if (!acts(fact) || (fact.location.offset ?? 0) < firstArray) return
    if (!hidden) context.anomaly('pickle.opcodes-in-array', firstArray, fact.name)
    hidden = true
    context.add(fact)
  })
  // Literals have been looked into by the first walk.
  plain.scanMember = () => ({ format: 'pickle', outcome: COMPLETE })
  walkWith(new Machine(source, plain), 0)
}

/** A stack of pickles may have padding or a broken one between: scans the next that looks whole. */
function scanBehindGap(source: ByteSource, context: ParseContext, from: number): void {
  const at = nextPickle(source, from)
  if (at !== undefined)
    context.scanMember(sliceSource(source, at, source.size - at), `pickle@${at}`)
}

/** A pickle file of any protocol: one or several pickles, joblib dumps, PyTorch before 1.6. */
export const parsePickle: Parser = (source, context) => {
  const machine = new Machine(source, context, { joblib: true })
  const first = walkWith(machine, 0)
  if (first.stopped && isPytorchMagic(first.top))
    return { ...parsePytorchLegacy(machine, first), format: 'pytorch-legacy' }
  let { outcome } = first
  let last = first
  let pickles = 1
  while (last.stopped && last.end < source.size) {
    const next = walkNext(machine, last.end)
    if (next === undefined) {
      const tail = trailingData(source, context, last.end, 'the pickle')
      if (outcome.status === 'complete') outcome = tail
      break
    }
    if (outcome.status === 'complete') outcome = next.outcome
    if (++pickles > context.limits.members) {
      outcome = inconclusive(`more than ${context.limits.members} pickles in one file`)
      break
    }
    last = next
  }
  if (first.stopped && last.end < source.size) scanBehindGap(source, context, last.end)
  if (machine.firstArray > 0) walkAsPlainPickle(source, context, machine.firstArray)
  return { ...outcome, format: machine.hasWrappers ? 'joblib' : 'pickle' }
}
