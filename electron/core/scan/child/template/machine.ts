import type { Arguments, Expression } from './tree'
import { type MacroValue, OPAQUE, UNKNOWN, type Value, type Values } from './value'

/** Arguments after evaluation. */
export interface CallArguments {
  positional: Values[]
  named: ReadonlyMap<string, Values>
  /** '*' or '**' was there: more arguments than are known. */
  open: boolean
}

/** What the parts of the evaluator see of each other. */
export interface Machine {
  /** Counts work, and stops when there is too much. */
  charge(steps: number): void
  report(name: string, at: number, evidence: string): void
  evaluate(expression: Expression): Values
  evaluateArguments(args: Arguments): CallArguments
  /** `name` of `base`, by dot, subscript or filter; reports Python's internals. */
  access(base: Value, name: Value, at: number): Values
  call(callee: Value, args: CallArguments, at: number): Values
  filter(name: string, input: Values, args: CallArguments, at: number): Values
  invoke(macro: MacroValue, args: CallArguments): Values
  /** Reports constant text that a condition over messages or time selects. */
  noteProse(values: Values, at: number): Values
}

export const NO_ARGUMENTS: CallArguments = { positional: [], named: new Map(), open: false }

/** Values of which combinations are made; in longer rows what is not certain becomes opaque. */
const COMBINED = 32

/** Combinations of the alternatives of several values, at most 64. */
export function combinations(all: readonly Values[]): Value[][] {
  if (all.length > COMBINED || all.every((values) => values.length === 1))
    return [all.map(([first, second]) => (second === undefined ? (first ?? UNKNOWN) : OPAQUE))]
  let rows: Value[][] = [[]]
  for (const values of all) {
    const next: Value[][] = []
    for (const row of rows)
      for (const value of values) if (next.length < 64) next.push([...row, value])
    rows = next
  }
  return rows
}

/** The first alternative of each named argument. */
export function firstOfEach(named: ReadonlyMap<string, Values>): Map<string, Value> {
  const first = new Map<string, Value>()
  for (const [key, [value]] of named) if (value !== undefined) first.set(key, value)
  return first
}
