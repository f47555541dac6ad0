import type { EvidenceStep } from '@shared/scan-report/fact'
import type { Source } from '../vocabulary'
import type { Scope } from './scope'
import type { Node } from './tree'

export interface Step {
  role: EvidenceStep['role']
  label: string
  start: number
  end: number
}

/** Where a value comes from, with the way it took. */
export interface Taint {
  source: Source
  /** One named variable, the words of a command line: enough to run, too little to accuse. */
  weak: boolean
  steps: readonly Step[]
  /** It comes from another file of the delivery, or goes there; see across.ts. */
  across?:
    | { kind: 'parameter'; function: string; parameter: string; index: number; isRest: boolean }
    | { kind: 'result'; target: string; function: string }
}

export interface Parameter {
  name: string
  kind: 'plain' | 'rest' | 'keywords'
  fallback: Value | undefined
}

export interface FunctionValue {
  name: string
  node: Node
  body: Node
  parameters: readonly Parameter[]
  scope: Scope
  /** The class it is a method of. */
  owner: ClassValue | undefined
  isStatic: boolean
  /** What it gets as its first argument when it was taken off an instance. */
  self: Value | undefined
  /** Decorated as the handler of requests. */
  isHandler: boolean
  /** Decorated by a web framework: its arguments are what somebody sent. */
  isWeb: boolean
  /** Handed to an interface: all its arguments are what a visitor typed. */
  isOpen: boolean
  /** What its first argument is, where a decorator tells: `@nox.session`. */
  context: string | undefined
}

export interface ClassValue {
  name: string
  bases: readonly Value[]
  attributes: Map<string, Value>
}

export interface Arguments {
  plain: readonly Value[]
  named: ReadonlyMap<string, Value>
}

/** Marks a piece of a text that is not known. */
export const HOLE = '\ufffc'
/** Marks the name of a file that a walk over a folder gives. */
export const WALKED = '\ufffb'

/**
 * What is known of a value. 'str' and 'bytes' are exact; bytes are kept as characters 0-255. A
 * 'partial' is a text with holes. A 'ref' is something from outside this file under its dotted
 * name: `socket.socket()` is what that call gives.
 */
export type Data =
  | { kind: 'unknown' }
  | { kind: 'none' }
  | { kind: 'bool'; value: boolean }
  | { kind: 'int'; value: bigint }
  | { kind: 'float'; value: number }
  | { kind: 'str' | 'bytes' | 'partial'; value: string }
  | { kind: 'list'; items: Value[] }
  | { kind: 'dict'; entries: Map<string, Value> }
  | { kind: 'ref'; name: string }
  | { kind: 'function'; fn: FunctionValue }
  | { kind: 'class'; cls: ClassValue }
  | { kind: 'instance'; cls: ClassValue }
  | { kind: 'method'; name: string; on: Value }
  | { kind: 'native'; apply: (given: Arguments, node: Node) => Value }

export type Value = Data & {
  taints: readonly Taint[]
  /** Put together from pieces, decoded or computed: nobody reads it off the source. */
  made: boolean
  /** How a name was hidden on the way to this value. */
  hidden?: string
  /** The path of an open file, the address of a connection or answer. */
  about?: Value
  /** The argument of a function of the module, as whoever imports it gave it. */
  parameter?: { name: string; fn: Node }
}

const NO_TAINTS: readonly Taint[] = []
/** One way for each source is enough to show. */
const MOST_TAINTS = 7
const MOST_STEPS = 10
const MOST_NAME = 160

export const UNKNOWN: Value = { kind: 'unknown', taints: NO_TAINTS, made: false }

export function dataValue(data: Data, taints: readonly Taint[] = NO_TAINTS, made = false): Value {
  return { ...data, taints, made }
}

export const unknownWith = (taints: readonly Taint[]): Value =>
  taints.length === 0 ? UNKNOWN : { kind: 'unknown', taints, made: false }

export const textValue = (
  kind: 'str' | 'bytes' | 'partial',
  value: string,
  taints: readonly Taint[] = NO_TAINTS,
  made = false,
): Value => ({ kind, value, taints, made })

export const intValue = (value: bigint | number): Value => ({
  kind: 'int',
  value: BigInt(value),
  taints: NO_TAINTS,
  made: false,
})

export const boolValue = (value: boolean): Value => dataValue({ kind: 'bool', value })

export function refValue(
  name: string,
  taints: readonly Taint[] = NO_TAINTS,
  hidden?: string,
): Value {
  if (name.length > MOST_NAME) return unknownWith(taints)
  return { kind: 'ref', name, taints, made: false, ...(hidden !== undefined && { hidden }) }
}

export function listValue(items: Value[], made = false): Value {
  return { kind: 'list', items, taints: NO_TAINTS, made }
}

export function withTaints(value: Value, taints: readonly Taint[]): Value {
  const all = unionTaints(value.taints, taints)
  return all === value.taints ? value : { ...value, taints: all }
}

export function unionTaints(a: readonly Taint[], b: readonly Taint[]): readonly Taint[] {
  if (b.length === 0 || a === b) return a
  if (a.length === 0) return b
  const extra = b.filter(
    (one) => !a.some((other) => other.source === one.source && (!other.weak || one.weak)),
  )
  return extra.length === 0 ? a : [...a, ...extra].slice(0, MOST_TAINTS)
}

/** Taints of a value with what it holds; a few levels, a few hundred items. */
export function taintsOf(value: Value, depth = 3): readonly Taint[] {
  let taints = value.taints
  if (depth === 0) return taints
  const held =
    value.kind === 'list'
      ? value.items
      : value.kind === 'dict'
        ? [...value.entries.values()]
        : value.kind === 'method'
          ? [value.on]
          : []
  for (let index = 0; index < Math.min(held.length, 200); index++)
    taints = unionTaints(taints, taintsOf(held[index] ?? UNKNOWN, depth - 1))
  return taints
}

export function addStep(taints: readonly Taint[], label: string, node: Node): readonly Taint[] {
  if (taints.length === 0) return taints
  const step: Step = { role: 'step', label, start: node.from, end: node.to }
  return taints.map((taint) =>
    taint.steps.length >= MOST_STEPS || taint.steps.at(-1)?.label === label
      ? taint
      : { ...taint, steps: [...taint.steps, step] },
  )
}

/** The text of a value, holes included; undefined when nothing of it is known. */
export function textOf(value: Value): string | undefined {
  return value.kind === 'str' || value.kind === 'bytes' || value.kind === 'partial'
    ? value.value
    : undefined
}

/** The value after one of two ways was taken: what is known of either, taints of both. */
export function joined(a: Value, b: Value): Value {
  if (a === b) return a
  const taints = unionTaints(b.taints, a.taints)
  const better =
    b.kind === 'unknown' ||
    b.kind === 'none' ||
    (a.kind === 'ref' && b.kind !== 'ref' && b.kind !== 'function')
      ? a
      : b
  return better.taints === taints ? better : { ...better, taints }
}
