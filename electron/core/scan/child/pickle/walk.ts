import type { ByteSource } from '../byte-source'
import { COMPLETE, inconclusive, type Outcome, type ParseContext } from '../context'
import { SHOWN_CALLS } from './calls'
import { Machine, type PersistentId, type WalkOptions } from './machine'
import { type PythonValue, pythonValue } from './python-value'
import { run } from './run'

export interface WalkResult {
  /** Offset behind the STOP, or where the walk could not go on. */
  end: number
  /** Whether STOP was reached. */
  stopped: boolean
  outcome: Outcome
  protocol: number
  opcodes: number
  persistentIds: PersistentId[]
  /** What unpickling returns, as far as it can be said without running anything. */
  top: PythonValue
}

/** Walks the next pickle with a machine that may have walked others of the same file. */
export function walkWith(machine: Machine, start: number): WalkResult {
  machine.reset()
  try {
    const end = run(machine, start)
    const { stack, problem } = machine
    const top: PythonValue =
      end.stopped && stack.length > 0
        ? pythonValue(machine, stack.get(stack.length - 1))
        : { type: 'unknown' }
    return {
      end: end.offset,
      stopped: end.stopped,
      outcome: problem === null ? COMPLETE : inconclusive(problem),
      protocol: machine.protocol,
      opcodes: end.opcodes,
      persistentIds: machine.persistentIds,
      top,
    }
  } finally {
    machine.imports.flush(machine.context, SHOWN_CALLS)
  }
}

/**
 * Walks one pickle at `start` without running it and records what it imports and calls. Never
 * throws for what the bytes are, only LimitError.
 */
export function walkPickle(
  source: ByteSource,
  start: number,
  context: ParseContext,
  options: WalkOptions = {},
): WalkResult {
  return walkWith(new Machine(source, context, options), start)
}
