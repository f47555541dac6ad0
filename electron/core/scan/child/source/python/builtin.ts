import type { Machine } from './machine'
import type { Node } from './tree'
import { type Arguments, UNKNOWN, type Value } from './value'

/** What a function from outside gives, and what it calls; undefined where the name says it all. */
export type Builtin = (
  machine: Machine,
  given: Arguments,
  node: Node,
  callee: Value,
) => Value | undefined

/** Items of a list that a builtin makes or goes through. */
export const MOST_ITEMS = 20_000

export const first = (given: Arguments): Value => given.plain[0] ?? UNKNOWN
