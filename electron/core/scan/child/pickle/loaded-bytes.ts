import { type ByteSource, memorySource, sliceSource } from '../byte-source'
import { IMPORT, LITERAL, payloadOf, tagOf } from './arena'
import { argumentsOf, type Call } from './calls'
import { valueEvidence } from './evidence'
import { literalExtent, readLiteral } from './literal'
import type { Machine } from './machine'
import { LARGEST_DECODED, latin1Bytes } from './nested'
import { textOf } from './python-value'

/** bytes(bytearray(_codecs.encode(…))) and the like are followed this far. */
const DEEPEST = 4

/** What a model of the format is, to the loaders that these bytes are for. */
const LOADABLE = /^(pickle|pytorch|torch|zip|keras|joblib|hdf5)/

interface Content {
  source: ByteSource
  /** Under which literals are remembered as scanned. */
  key: string
  offset: number
}

/** The bytes of a value that holds some, as far as they are written in the file. */
function contentOf(machine: Machine, value: number, depth = 0): Content | undefined {
  if (tagOf(value) === LITERAL) {
    const offset = payloadOf(value)
    const found = literalExtent(machine.window, offset)
    if (found === undefined) return undefined
    const source = sliceSource(machine.source, found.start, found.length)
    return { source, key: `${offset}`, offset }
  }
  const callee = machine.arena.calleeOf(value)
  if (callee === 0 || tagOf(callee) !== IMPORT || depth === DEEPEST) return undefined
  const { name } = machine.imports.at(payloadOf(callee))
  const args = argumentsOf(machine, machine.arena.node(value)?.items[1] ?? 0)
  const [first, encoding] = args
  if (first === undefined) return undefined
  if (/^(_codecs|codecs)\.encode$/.test(name)) {
    const codec = encoding === undefined ? 'utf-8' : textOf(machine, encoding)
    return encoded(machine, first, codec)
  }
  if (/^(builtins|__builtin__)\.(bytes|bytearray|memoryview)$/.test(name) && args.length === 1)
    return isText(machine, first) ? undefined : contentOf(machine, first, depth + 1)
  return /^_?io\.BytesIO$/.test(name) ? contentOf(machine, first, depth + 1) : undefined
}

const isText = (machine: Machine, value: number): boolean => textOf(machine, value) !== undefined

/** Python 3 writes bytes as a text and its encoding below protocol 3. */
function encoded(machine: Machine, value: number, codec: string | undefined): Content | undefined {
  if (tagOf(value) !== LITERAL || codec === undefined) return undefined
  const offset = payloadOf(value)
  const literal = readLiteral(machine.window, offset, LARGEST_DECODED)
  if (literal?.type !== 'str' || literal.cut) return undefined
  const isLatin1 = /^(latin-?_?1|iso-?8859-?1)$/i.test(codec)
  if (!isLatin1 && !/^utf-?8$/i.test(codec)) return undefined
  const bytes = isLatin1 ? latin1Bytes(literal.text) : Buffer.from(literal.text)
  if (bytes === undefined) return undefined
  // Where both are the same bytes, the literal has been scanned as it stands.
  const same = !isLatin1 || bytes.length === Buffer.byteLength(literal.text)
  return { source: memorySource(bytes), key: `${offset}${same ? '' : ':latin-1'}`, offset }
}

/**
 * A loader is called on bytes of the file. They are scanned as the file that they are; what cannot
 * be found in the file as it stands, or is no file that the loader knows, was not looked at.
 */
export function loadBytes(machine: Machine, call: Call): void {
  const { context } = machine
  const [argument] = argumentsOf(machine, call.args)
  const content = argument === undefined ? undefined : contentOf(machine, argument)
  if (content === undefined) {
    const shown = argument === undefined ? 'nothing' : valueEvidence(machine, argument)
    machine.note('pickle.computed-bytes', call.offset, shown)
    machine.problem ??= `a loader is given bytes that are computed, at byte ${call.offset}`
    return
  }
  if (machine.scanned.has(content.key)) return
  machine.scanned.add(content.key)
  if (++machine.members > context.limits.members) {
    machine.problem ??= `more than ${context.limits.members} pickles in literals`
    return
  }
  const { format } = context.scanMember(content.source, `literal@${content.offset}`)
  if (!LOADABLE.test(format))
    machine.broken('pickle.unreadable-bytes', call.offset, `a loader is given ${format} bytes`)
}
