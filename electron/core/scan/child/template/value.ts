import type { Parameter, Statement } from './tree'

/** A constant that a condition compared a message with, the time, or the number of messages. */
export interface Needle {
  text: string
  about: 'text' | 'time' | 'count'
}

/** Where a value that is not constant comes from. */
export type Origin =
  | 'other'
  | 'messages' // the list of messages, one of them, or a part of one
  | 'text' //     what somebody wrote in a message
  | 'time'
  | 'count' //    how many messages there are, or the place of one
  | 'root' //     a global of Jinja or Flask from which Python's internals are in reach
  | 'dunder' //   something that was reached through Python's internals
  | 'opaque' //   made of constants in a way that is not computed here

export interface MacroValue {
  name: string
  parameters: Parameter[]
  body: Statement[]
}

/** What an expression may be. Never mutated, but for the entries of a namespace. */
export type Value = { needles?: readonly Needle[] } & (
  | { kind: 'string'; value: string; assembled: boolean }
  | { kind: 'number'; value: number }
  | { kind: 'boolean'; value: boolean }
  | { kind: 'none' }
  | { kind: 'list'; items: Value[]; constant: boolean; depth: number }
  | { kind: 'dict'; entries: Map<string, Values>; namespace: boolean }
  | { kind: 'macro'; macro: MacroValue }
  | { kind: 'result'; values: Values } // a function that always returns the same, like caller()
  | { kind: 'method'; of: Value; name: string }
  | { kind: 'object'; label: string; origin: Origin }
)

/** The values an expression can have, newest assignment first; never empty. */
export type Values = readonly Value[]

/** Alternatives kept for one expression: months of a year fit. */
const MOST_ALTERNATIVES = 16
/** Characters of a folded string; attribute names and commands are short. */
export const MOST_CHARACTERS = 4096
export const MOST_ITEMS = 1024
/** Lists in lists. */
const MOST_DEPTH = 8
const MOST_NEEDLES = 8
const LABEL_CHARACTERS = 240

export const object = (label: string, origin: Origin = 'other'): Value => ({
  kind: 'object',
  label: label.length <= LABEL_CHARACTERS ? label : `…${label.slice(-LABEL_CHARACTERS)}`,
  origin,
})
export const UNKNOWN: Value = object('…')
export const OPAQUE: Value = object('…', 'opaque')
export const NONE: Value = { kind: 'none' }

export function text(value: string, assembled: boolean): Value {
  return value.length > MOST_CHARACTERS ? OPAQUE : { kind: 'string', value, assembled }
}
export const number = (value: number): Value => ({ kind: 'number', value })
export const boolean = (value: boolean): Value => ({ kind: 'boolean', value })
/** Lists know whether they are constant, so that lists that share their parts are not walked again. */
export function list(items: Value[]): Value {
  const depth = 1 + items.reduce((most, item) => Math.max(most, depthOf(item)), 0)
  if (items.length > MOST_ITEMS || depth > MOST_DEPTH) return OPAQUE
  return { kind: 'list', items, constant: items.every(isConstant), depth }
}

/** Appends in place, as the method of Python's list does. */
export function append(target: Value & { kind: 'list' }, item: Value): void {
  const fits = target.items.length < MOST_ITEMS && depthOf(item) + 1 < MOST_DEPTH
  const added = fits ? item : OPAQUE
  if (target.items.length < MOST_ITEMS) target.items.push(added)
  target.depth = Math.max(target.depth, depthOf(added) + 1)
  target.constant &&= isConstant(added)
}

const depthOf = (value: Value): number => (value.kind === 'list' ? value.depth : 0)
export const dict = (entries: Map<string, Values>, namespace = false): Value => ({
  kind: 'dict',
  entries,
  namespace,
})

/** Alternatives without doubles. Beyond the limit the rest becomes one opaque value, never nothing. */
export function alternatives(values: Iterable<Value>): Values {
  const kept: Value[] = []
  const seen = new Set<string>()
  for (const value of values) {
    const key = keyOf(value)
    if (key !== undefined && seen.has(key)) continue
    if (key !== undefined) seen.add(key)
    if (kept.length === MOST_ALTERNATIVES) {
      kept[MOST_ALTERNATIVES - 1] = OPAQUE
      break
    }
    kept.push(value)
  }
  return kept.length === 0 ? [UNKNOWN] : kept
}

function keyOf(value: Value): string | undefined {
  const needles = value.needles === undefined ? '' : JSON.stringify(value.needles)
  switch (value.kind) {
    case 'string':
      return `s${value.assembled}${needles}\0${value.value}`
    case 'number':
    case 'boolean':
      return `${value.kind}${value.value}${needles}`
    case 'none':
      return `none${needles}`
    case 'object':
      return `o${value.origin}${value.label}${needles}`
    default:
      return undefined
  }
}

/** Steps that combining two values takes: their pairs, and a step for 64 characters in these. */
export function combiningCost(left: Values, right: Values): number {
  const characters = left.length * charactersOf(right) + right.length * charactersOf(left)
  return left.length * right.length + characters / 64
}

function charactersOf(values: Values): number {
  return values.reduce((sum, value) => sum + (value.kind === 'string' ? value.value.length : 0), 0)
}

/** All combinations of two values, as far as alternatives go. */
export function combine(left: Values, right: Values, by: (a: Value, b: Value) => Value): Values {
  return alternatives(
    (function* () {
      for (const a of left) for (const b of right) yield withNeedles(by(a, b), a.needles, b.needles)
    })(),
  )
}

export function withNeedles(value: Value, ...more: (readonly Needle[] | undefined)[]): Value {
  const needles = mergeNeedles(value.needles, ...more)
  return needles === undefined || needles === value.needles ? value : { ...value, needles }
}

export function mergeNeedles(
  ...sets: (readonly Needle[] | undefined)[]
): readonly Needle[] | undefined {
  const given = sets.filter((set) => set !== undefined && set.length > 0)
  if (given.length <= 1) return given[0]
  const merged: Needle[] = []
  for (const needle of given.flatMap((set) => set ?? []))
    if (
      merged.length < MOST_NEEDLES &&
      !merged.some((known) => known.text === needle.text && known.about === needle.about)
    )
      merged.push(needle)
  return merged
}

/** Python's truth of a constant; undefined when it cannot be known. */
export function truthOf(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'string':
      return value.value !== ''
    case 'number':
      return value.value !== 0
    case 'boolean':
      return value.value
    case 'none':
      return false
    case 'list':
      return value.items.length > 0
    case 'dict':
      return value.namespace || value.entries.size > 0
    case 'object':
      return undefined
    default:
      return true
  }
}

/** As Jinja prints it; undefined when that cannot be known. */
export function printed(value: Value): string | undefined {
  switch (value.kind) {
    case 'string':
      return value.value
    case 'number':
      return String(value.value)
    case 'boolean':
      return value.value ? 'True' : 'False'
    case 'none':
      return 'None'
    case 'list':
    case 'dict':
      return isConstant(value) ? labelOf(value) : undefined
    default:
      return undefined
  }
}

export function isConstant(value: Value): boolean {
  if (value.kind === 'list') return value.constant
  if (value.kind === 'dict')
    return [...value.entries.values()].every((alternatives) =>
      alternatives.every((entry) => entry.kind !== 'dict' && isConstant(entry)),
    )
  return value.kind !== 'object' && value.kind !== 'method'
}

/** A short Python-like text for evidence. */
export function labelOf(value: Value, deep = 0): string {
  if (deep > 2) return '…'
  switch (value.kind) {
    case 'string':
      return `'${value.value.slice(0, 120).replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n')}'`
    case 'list':
      return `[${value.items
        .slice(0, 16)
        .map((item) => labelOf(item, deep + 1))
        .join(', ')}]`
    case 'dict':
      return value.namespace
        ? 'namespace'
        : `{${[...value.entries]
            .slice(0, 16)
            .map(
              ([key, [first]]) =>
                `'${key}': ${first === undefined ? '…' : labelOf(first, deep + 1)}`,
            )
            .join(', ')}}`
    case 'macro':
      return value.macro.name
    case 'result':
      return 'caller'
    case 'method':
      return `${labelOf(value.of, deep)}.${value.name}`
    case 'object':
      return value.label
    default:
      return printed(value) ?? '…'
  }
}

export function wasAssembled(value: Value): boolean {
  return value.kind === 'string' && value.assembled
}
