import type { Sink } from '../vocabulary'
import type { Machine } from './machine'
import type { Node } from './tree'
import { type Taint, textOf, type Value } from './value'

/** Says that the sink is used; under a hidden name it says so. */
export function reportUse(
  machine: Machine,
  callee: Value,
  sink: Sink,
  node: Node,
  label?: string,
): void {
  const { hidden } = callee
  const isSoft = hidden?.startsWith('~') === true
  const counts = hidden !== undefined && (!isSoft || sink === 'process' || sink === 'eval')
  if (sink === 'process' || sink === 'eval' || sink === 'network' || sink === 'file-write')
    machine.notes.marks.add(sink)
  machine.report({
    name: counts ? `hidden.${sink}` : `capability.${sink}`,
    node,
    detail: {
      ...(callee.kind === 'ref' && { calls: callee.name }),
      ...(counts && { how: hidden?.replace('~', '') ?? '' }),
      ...(label !== undefined && { label }),
    },
  })
}

export function reportFlow(
  machine: Machine,
  taint: Taint,
  sink: Sink,
  node: Node,
  label: string,
): void {
  machine.report({
    name: `flow.${taint.source}.${sink}`,
    node,
    steps: [...taint.steps, { role: 'sink', label, start: node.from, end: node.to }],
  })
}

/** Where a file that is loaded came from, when this program wrote it. */
export function writtenOf(machine: Machine, path: Value): readonly Taint[] {
  const key = pathKey(path)
  return key === undefined ? [] : (machine.notes.written.get(key) ?? [])
}

/** A path as the key of what was written: its text, or the name of what gave it. */
export function pathKey(path: Value): string | undefined {
  const text = textOf(path)
  if (text !== undefined) return text.length > 2 ? text : undefined
  return path.kind === 'ref' ? path.name : undefined
}
