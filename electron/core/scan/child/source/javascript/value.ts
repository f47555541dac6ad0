import type { Source } from '../vocabulary'
import type { FunctionNode } from './node'
import type { Scope } from './scope'

/** Where a value comes from, as a chain that ends at the source. */
export interface Taint {
  /**
   * 'lost': what a computation gives that was given up for its length. 'names': names of all
   * variables of the environment, or of the files of a folder; what is read by them matters.
   */
  readonly source: Source | 'lost' | 'names'
  readonly label: string
  readonly start: number
  readonly end: number
  readonly previous: Taint | undefined
  /** Number of links, so that loops cannot make the chain grow for ever. */
  readonly length: number
  /** What was read: the name of an environment variable, a path; '*' for all of it. */
  readonly what: string
  /** The origin is not a literal but something unknown that was decoded. */
  readonly weak: boolean
}

export type Constant =
  | string
  | number
  | boolean
  | bigint
  | null
  | undefined
  | Uint8Array<ArrayBuffer>
  | RegExp

/** An object or array that several values may share. */
export interface Shape {
  readonly items: Value[] | undefined
  readonly properties: Map<string, Value>
  /** What was stored under keys that are not known. */
  rest: Value
  /** False once something unknown was put in. */
  exact: boolean
  readers: Set<FunctionRecord> | undefined
  /** Result of `deepTaints`, as long as no origin moved since. */
  origins: { version: number; taints: readonly Taint[] } | undefined
}

export interface FunctionTotals {
  runs: number
  calls: number
  /** Precise runs that had to be given up. */
  failures: number
}

export interface FunctionRecord {
  readonly node: FunctionNode
  readonly scope: Scope
  /** What `this` is in it when it is a method. */
  self: Value
  runs: number
  running: number
  /** Of all closures of the same text together. */
  readonly totals: FunctionTotals
  result: Value
  queued: boolean
}

/** What is known about a value. Everything at once: a join keeps the most telling of each. */
export interface Value {
  readonly known: boolean
  readonly constant: Constant
  /** Text of which parts are known; HOLE stands for the others. */
  readonly hint: string | undefined
  /** Way to it from a global or a module ('#fs.readFile'), calls as '()'. */
  readonly path: string | undefined
  /** The text was put together, or the path goes over such a text or a detour. */
  readonly built: boolean
  readonly taints: readonly Taint[]
  readonly shape: Shape | undefined
  readonly code: FunctionRecord | undefined
}

/** Stands for the unknown parts of a hint (U+FFFC, object replacement character). */
export const HOLE = '\ufffc'
export const LONGEST_TEXT = 1 << 20
export const LONGEST_HINT = 2048
const MOST_TAINTS = 6
const LONGEST_CHAIN = 9
const NO_TAINTS: readonly Taint[] = []

export const UNKNOWN: Value = {
  known: false,
  constant: undefined,
  hint: undefined,
  path: undefined,
  built: false,
  taints: NO_TAINTS,
  shape: undefined,
  code: undefined,
}
export const UNDEFINED: Value = { ...UNKNOWN, known: true }

export function constantValue(
  constant: Constant,
  built = false,
  taints: readonly Taint[] = NO_TAINTS,
): Value {
  if (typeof constant === 'string' && constant.length > LONGEST_TEXT)
    return hintValue(constant, taints)
  return {
    known: true,
    constant,
    hint: undefined,
    path: undefined,
    built,
    taints,
    shape: undefined,
    code: undefined,
  }
}

export function hintValue(hint: string, taints: readonly Taint[] = NO_TAINTS): Value {
  const text = hint.length > LONGEST_HINT ? hint.slice(0, LONGEST_HINT) + HOLE : hint
  return { ...UNKNOWN, hint: text, taints }
}

/** Known from its beginning only: it was longer than a text that is kept. */
export const isCut = ({ hint }: Value): boolean => hint !== undefined && hint.length > LONGEST_HINT

export const pathValue = (
  path: string,
  built = false,
  taints: readonly Taint[] = NO_TAINTS,
): Value => ({
  known: false,
  constant: undefined,
  hint: undefined,
  path,
  built,
  taints,
  shape: undefined,
  code: undefined,
})

export const taintedValue = (taints: readonly Taint[]): Value =>
  taints.length === 0 ? UNKNOWN : { ...UNKNOWN, taints }

export const withTaints = (value: Value, taints: readonly Taint[]): Value =>
  taints.length === 0 || taints === value.taints
    ? value
    : { ...value, taints: joinTaints(value.taints, taints) }

export const shapeValue = (shape: Shape, taints: readonly Taint[] = NO_TAINTS): Value => ({
  ...UNKNOWN,
  shape,
  taints,
})

export const arrayShape = (items: Value[], exact = true): Shape => ({
  items,
  properties: new Map(),
  rest: UNKNOWN,
  exact,
  readers: undefined,
  origins: undefined,
})

export const objectShape = (): Shape => ({
  items: undefined,
  properties: new Map(),
  rest: UNKNOWN,
  exact: true,
  readers: undefined,
  origins: undefined,
})

export function joinTaints(a: readonly Taint[], b: readonly Taint[]): readonly Taint[] {
  if (b.length === 0 || a === b) return a
  if (a.length === 0) return b
  let joined: Taint[] | undefined
  for (const taint of b) {
    const all = joined ?? a
    if (all.length >= MOST_TAINTS) break
    if (all.some((one) => one.source === taint.source && one.what === taint.what)) continue
    joined = [...all, taint]
  }
  return joined ?? a
}

/**
 * Counts the moves of origins: what was found in an object stays true until the next. Kept for the
 * module, because an analysis is never interrupted by another one of the same process.
 */
const moves = { version: 0, any: false }
export function originMoved(): void {
  moves.version++
}
/** A new file: no value has an origin yet. */
export function forgetOrigins(): void {
  moves.version++
  moves.any = false
}

export function taint(
  source: Taint['source'],
  label: string,
  at: { start: number; end: number },
  what = '*',
  weak = false,
): Taint {
  const { start, end } = at
  moves.any = true
  originMoved()
  return { source, label, start, end, previous: undefined, length: 1, what, weak }
}

/** The same origins with one more step of the way. */
export function stepped(
  taints: readonly Taint[],
  label: string,
  at: { start: number; end: number },
): readonly Taint[] {
  if (taints.length === 0) return taints
  const { start, end } = at
  originMoved()
  return taints.map((one) =>
    one.length >= LONGEST_CHAIN || one.start === start
      ? one
      : { ...one, label, start, end, previous: one, length: one.length + 1 },
  )
}

/** Number of decoding steps on the way. */
export function layersOf(one: Taint): number {
  let layers = 0
  for (let at: Taint | undefined = one; at !== undefined; at = at.previous)
    if (at.label.startsWith('decodes')) layers++
  return layers
}

export const textOf = (value: Value): string | undefined =>
  value.known && typeof value.constant === 'string' ? value.constant : undefined

/** The known parts of a text; undefined when nothing is known. */
export function hintOf(value: Value): string | undefined {
  if (!value.known) return value.hint
  const { constant } = value
  return typeof constant === 'object' ? undefined : String(constant)
}

/** What a variable may hold that is written twice. */
export function joinValues(a: Value, b: Value): Value {
  if (a === b || b === UNDEFINED) return a
  if (a === UNDEFINED) return b
  const taints = joinTaints(a.taints, b.taints)
  if (a.known && b.known && Object.is(a.constant, b.constant))
    return { ...a, taints, built: a.built || b.built }
  const hint = joinHints(hintOf(a), hintOf(b))
  const shape = a.shape ?? b.shape
  if (a.shape !== undefined && b.shape !== undefined && a.shape !== b.shape) merge(a.shape, b.shape)
  return {
    known: false,
    constant: undefined,
    hint,
    path: a.path ?? b.path,
    built: a.built || b.built,
    taints,
    shape,
    code: a.code ?? b.code,
  }
}

/** Texts of which one is meant: a few are kept side by side. */
const LONGEST_JOINED = 512
function joinHints(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || a === '') return b
  if (b === undefined || b === '' || a.length > LONGEST_JOINED || a.includes(b)) return a
  return `${a}${HOLE}${b}`.slice(0, LONGEST_HINT)
}

/** Longest objects that are merged property by property. */
const MOST_MERGED = 64

function merge(into: Shape, from: Shape): void {
  into.exact = false
  if (from.properties.size > MOST_MERGED) return
  for (const [key, value] of from.properties)
    if (!into.properties.has(key)) into.properties.set(key, value)
  for (const item of from.items?.slice(0, MOST_MERGED) ?? [])
    into.rest = withTaints(into.rest, item.taints)
}

/** Objects in objects that are looked through for origins, and values of all of them. */
const MOST_DEPTH = 4
const MOST_LOOKED_AT = 160

/** All origins of a value and of what it holds, to a small depth. */
export function deepTaints(value: Value): readonly Taint[] {
  const { shape } = value
  if (shape === undefined || !moves.any) return value.taints
  if (shape.origins?.version !== moves.version)
    shape.origins = { version: moves.version, taints: originsIn(shape) }
  return joinTaints(value.taints, shape.origins.taints)
}

function originsIn(root: Shape): readonly Taint[] {
  let taints: readonly Taint[] = []
  let level: Shape[] = [root]
  const met = new Set<Shape>(level)
  let count = 0
  for (let depth = 0; depth < MOST_DEPTH && level.length > 0; depth++) {
    const next: Shape[] = []
    for (const shape of level) {
      taints = joinTaints(taints, shape.rest.taints)
      for (const held of shape.items ?? shape.properties.values()) {
        if (count++ > MOST_LOOKED_AT) return taints
        taints = joinTaints(taints, held.taints)
        if (held.shape === undefined || met.has(held.shape)) continue
        met.add(held.shape)
        next.push(held.shape)
      }
    }
    level = next
  }
  return taints
}
