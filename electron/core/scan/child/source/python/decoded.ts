import type { Decoder } from './decode'
import type { Node } from './tree'
import {
  addStep,
  type Taint,
  taintsOf,
  textOf,
  textValue,
  unionTaints,
  unknownWith,
  type Value,
} from './value'

/** Shorter texts are separators and flags, not payloads. */
const LEAST_LITERAL = 4

/** Origin of a value that was decoded: a literal becomes a source, anything else goes one step on. */
export function decodedTaint(
  from: Value,
  label: string,
  node: Node,
  weak = false,
): readonly Taint[] {
  const taints = addStep(taintsOf(from), label, node)
  if (taints.some((taint) => taint.source === 'decoded' && (weak || !taint.weak))) return taints
  if (from.kind === 'ref' && taints.length === 0 && /^[A-Za-z_.][\w.()[\]]*$/.test(from.name))
    return [
      {
        source: 'file',
        weak: false,
        steps: [
          {
            role: 'source',
            label: `takes ${from.name} out of another module`,
            start: node.from,
            end: node.to,
          },
          { role: 'step', label, start: node.from, end: node.to },
        ],
      },
    ]
  const text = textOf(from)
  const isLiteral =
    (text !== undefined && from.kind !== 'partial' && text.length >= LEAST_LITERAL) ||
    (from.kind === 'list' && from.items.length >= LEAST_LITERAL) ||
    from.kind === 'int'
  if (!isLiteral || taints.some((taint) => taint.source !== 'decoded')) return taints
  return unionTaints(
    [
      {
        source: 'decoded',
        weak,
        steps: [{ role: 'source', label, start: node.from, end: node.to }],
      },
    ],
    taints,
  )
}

export function decodedBy(decoder: Decoder, from: Value, node: Node): Value {
  const taints = decodedTaint(from, decoder.label, node)
  const text = textOf(from)
  if (text === undefined || from.kind === 'partial' || decoder.decode === undefined)
    return unknownWith(taints)
  const result = decoder.decode(text)
  return result === undefined
    ? unknownWith(taints)
    : textValue(/rot13|entities/.test(decoder.label) ? 'str' : 'bytes', result, taints, true)
}
