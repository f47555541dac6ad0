import type { ParseContext } from '../../context'
import type { SourceText } from '../source-text'
import type { Sink, Source } from '../vocabulary'
import type { Machine } from './machine'
import type { Node } from './tree'
import {
  type Arguments,
  type FunctionValue,
  type Step,
  type Taint,
  taintsOf,
  type Value,
} from './value'

/**
 * What this file has to say to a join with the other files of its delivery: a function that runs or
 * sends what it is given, a function that gives what came from outside, and the calls of such functions
 * that other files have. None is a finding by itself.
 */
export interface Passage {
  name: `outlet.${Sink}` | `hands.${Source}` | `gives.${Source}` | `takes.${Sink}`
  node: { from: number; to: number }
  steps: readonly Step[]
  detail: Record<string, string | number | boolean>
}

const MOST_PASSAGES = 40
/** Origins that matter to somebody else's function. */
const TOLD = /^(input|environment|credentials|network)$/

/** An argument of a function of the module, as another file may give it. */
export const parameterTaint = (fn: FunctionValue, name: string): Taint => ({
  source: 'input',
  weak: true,
  steps: [
    { role: 'step', label: `takes it as ${name}`, start: fn.node.from, end: fn.node.from + 40 },
  ],
  across: {
    kind: 'parameter',
    function: fn.name,
    parameter: name,
    index: fn.parameters.findIndex((one) => one.name === name),
    isRest: fn.parameters.some((one) => one.name === name && one.kind === 'rest'),
  },
})

/** What a function of another file gave. */
export function resultTaint(machine: Machine, name: string, node: Node): readonly Taint[] {
  const place = placeOf(machine, name)
  if (place === undefined) return []
  const steps: Step[] = [
    { role: 'step', label: `gets it from ${place.function}`, start: node.from, end: node.to },
  ]
  return [{ source: 'input', weak: true, steps, across: { kind: 'result', ...place } }]
}

/** Values with such origins get to where they act. */
export function notePassages(
  machine: Machine,
  taints: readonly Taint[],
  sink: Sink,
  node: Node,
  label: string,
): void {
  for (const { across, steps } of taints) {
    if (across === undefined) continue
    const { kind, ...detail } = across
    note(machine, {
      name: kind === 'parameter' ? `outlet.${sink}` : `takes.${sink}`,
      node,
      steps: [...steps, { role: 'sink', label, start: node.from, end: node.to }],
      detail,
    })
  }
}

/** A function of another file is given what came from outside. */
export function noteHanded(machine: Machine, name: string, given: Arguments, node: Node): void {
  const place = placeOf(machine, name)
  if (place === undefined) return
  const all: [string | number, Value][] = [...given.plain.entries(), ...given.named]
  for (const [at, value] of all)
    for (const taint of taintsOf(value)) {
      if (taint.weak || taint.across !== undefined || !TOLD.test(taint.source)) continue
      note(machine, {
        name: `hands.${taint.source}`,
        node,
        steps: [
          ...taint.steps,
          {
            role: 'step',
            label: `hands it to ${place.function}`,
            start: node.from,
            end: node.to,
          },
        ],
        detail: { ...place, at },
      })
    }
}

/** A function of the module gives what came from outside. */
export function noteGiven(machine: Machine, fn: FunctionValue, value: Value): void {
  for (const taint of taintsOf(value))
    if (
      !taint.weak &&
      taint.across === undefined &&
      /^(network|environment|credentials)$/.test(taint.source)
    )
      note(machine, {
        name: `gives.${taint.source}`,
        node: { from: fn.node.from, to: fn.body.from },
        steps: taint.steps,
        detail: { function: fn.name },
      })
}

function note({ notes }: Machine, passage: Passage): void {
  if (notes.passages.length < MOST_PASSAGES) notes.passages.push(passage)
}

/** The module of this delivery and its function that a dotted name means. */
function placeOf(
  { notes: { imports } }: Machine,
  name: string,
): { target: string; function: string } | undefined {
  if (imports.size === 0) return undefined
  const [, dots = '', module = '', own = ''] = /^(\.*)(\w+(?:\.\w+)*)\.(\w+)$/.exec(name) ?? []
  if (own === '') return undefined
  // `from . import a` and `from ..a import f` read alike in a dotted name.
  for (const level of new Set([dots.length, Math.max(0, dots.length - 1)])) {
    const up = level < 2 ? './' : '../'.repeat(level - 1)
    const target = `${up}${module.replaceAll('.', '/')}`
    if (imports.has(target)) return { target, function: own }
  }
  return undefined
}

export function reportPassages(
  context: ParseContext,
  source: SourceText,
  passages: readonly Passage[],
): void {
  for (const { name, node, steps, detail } of passages)
    source.reportAs(context, 'content', {
      name: `across.${name}`,
      start: node.from,
      end: node.to,
      path: steps,
      detail,
    })
}
