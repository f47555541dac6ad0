import type { Machine } from './machine'
import type { Node } from './tree'
import type { Value } from './value'

/** Words and punctuation of the grammar begin in lower case or with a sign; operands do not. */
export function isOperand(node: Node): boolean {
  const code = node.type.charCodeAt(0)
  return ((code >= 65 && code <= 90) || code > 127) && !node.type.endsWith('Op')
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 127) return false
  return true
}

/** Identifiers are compared after NFKC (PEP 3131): other letters can spell `exec`. */
export function nameAt(machine: Machine, node: Node): { name: string; disguised: boolean } {
  const written = machine.text.slice(node.from, node.to)
  if (isAscii(written)) return { name: written, disguised: false }
  const name = written.normalize('NFKC')
  return { name, disguised: name !== written }
}

/** Keys are 's' + text, 'b' + bytes or 'i' + number; a key that is not known holds '?' and a count. */
export function keyOf(value: Value): string | undefined {
  if (value.kind === 'str') return `s${value.value}`
  if (value.kind === 'bytes') return `b${value.value}`
  if (value.kind === 'int') return `i${value.value}`
  if (value.kind === 'bool') return `i${value.value ? 1 : 0}`
  return undefined
}
