import { type Builtin, first } from './builtin'
import { codecOf, MOST_TEXT, utf8Bytes, utf8Text } from './decode'
import { decodedBy, decodedTaint } from './decoded'
import { shown } from './fold-operator'
import { decodedText } from './fold-text'
import { itemsOf } from './items'
import { codePoint } from './literal'
import { fileOrigins } from './origin'
import type { Node } from './tree'
import {
  type Arguments,
  addStep,
  dataValue,
  intValue,
  listValue,
  type Taint,
  taintsOf,
  textOf,
  textValue,
  UNKNOWN,
  unionTaints,
  unknownWith,
  type Value,
} from './value'

export function bytesOf(given: Arguments, node: Node): Value {
  const value = first(given)
  if (given.plain.length === 0) return textValue('bytes', '')
  if (value.kind === 'str') return { ...value, kind: 'bytes', value: utf8Bytes(value.value) }
  if (value.kind === 'bytes') return value
  const items = itemsOf(value)
  if (
    items?.every((item) => item.kind === 'int' && item.value >= 0n && item.value < 256n) &&
    items.length > 0
  ) {
    const text = items
      .map((item) => String.fromCharCode(item.kind === 'int' ? Number(item.value) : 0))
      .join('')
    return textValue('bytes', text, decodedTaint(value, 'builds bytes from numbers', node), true)
  }
  return unknownWith(
    unionTaints(taintsOf(value), [
      { ...builtTaint('builds bytes from numbers', node), weak: true },
    ]),
  )
}

const builtTaint = (label: string, node: Node): Taint => ({
  source: 'decoded',
  weak: false,
  steps: [{ role: 'source', label, start: node.from, end: node.to }],
})

function textFrom(given: Arguments, node: Node): Value {
  const value = first(given)
  if (value.kind === 'bytes')
    return given.plain.length > 1 || given.named.has('encoding')
      ? decodedText(value, textOf(given.plain[1] ?? UNKNOWN) ?? 'utf-8', node)
      : textValue('str', utf8Text(value.value), value.taints, true)
  return shown(value)
}

function character(given: Arguments, node: Node): Value {
  const code = first(given)
  const taint: Taint = { ...builtTaint('builds text from character codes', node), weak: true }
  if (code.kind !== 'int') return unknownWith(unionTaints(taintsOf(code), [taint]))
  return textValue('str', codePoint(Number(code.value)), unionTaints(code.taints, [taint]), true)
}

/** int.from_bytes, int.to_bytes: numbers that are texts. */
function toBytes(given: Arguments, node: Node): Value {
  const [number = UNKNOWN, size = UNKNOWN, order] = given.plain
  if (number.kind !== 'int' || number.value < 0n) return unknownWith(taintsOf(number))
  const digits = number.value.toString(16)
  const length =
    size.kind === 'int' ? Math.min(Number(size.value), MOST_TEXT) : Math.ceil(digits.length / 2)
  const bytes = Buffer.from(digits.padStart(2 * Math.ceil(digits.length / 2), '0'), 'hex')
  const padded = Buffer.concat([Buffer.alloc(Math.max(0, length - bytes.length)), bytes])
  const text =
    textOf(order ?? given.named.get('byteorder') ?? UNKNOWN) === 'little'
      ? padded.reverse()
      : padded
  return textValue(
    'bytes',
    text.toString('latin1'),
    text.length < 4 ? number.taints : decodedTaint(number, 'turns a number into text', node),
    true,
  )
}

function coded(given: Arguments, node: Node): Value {
  const codec = textOf(given.plain[1] ?? given.named.get('encoding') ?? UNKNOWN) ?? 'utf-8'
  const decoder = codecOf(codec)
  return decoder === undefined
    ? decodedText(first(given), codec, node)
    : decodedBy(decoder, first(given), node)
}

function table(given: Arguments): Value {
  const [from = UNKNOWN, to = UNKNOWN] = given.plain
  if (from.kind === 'dict')
    return dataValue({
      kind: 'dict',
      entries: new Map(
        [...from.entries].map(([key, value]) => [
          key.startsWith('s') ? `i${key.slice(1).codePointAt(0) ?? 0}` : key,
          value,
        ]),
      ),
    })
  const a = [...(textOf(from) ?? '')]
  const b = [...(textOf(to) ?? '')]
  return dataValue({
    kind: 'dict',
    entries: new Map(
      a.map((letter, index) => [
        `i${letter.codePointAt(0) ?? 0}`,
        textValue('str', b[index] ?? ''),
      ]),
    ),
  })
}

/** Functions that make texts and bytes. */
export const TEXTS: readonly (readonly [string, Builtin])[] = [
  ['builtins.chr', (_, g, node) => character(g, node)],
  ['builtins.unichr', (_, g, node) => character(g, node)],
  [
    'builtins.ord',
    (_, g) => {
      const text = textOf(first(g))
      return text === undefined || first(g).kind === 'partial'
        ? unknownWith(taintsOf(first(g)))
        : { ...intValue(text.codePointAt(0) ?? 0), taints: first(g).taints }
    },
  ],
  ['builtins.str', (_, g, node) => textFrom(g, node)],
  ['builtins.repr', (_, g) => shown(first(g), 'r')],
  ['builtins.bytes', (_, g, node) => bytesOf(g, node)],
  // An empty one is filled by and by.
  [
    'builtins.bytearray',
    (_, g, node) => (g.plain.length === 0 ? listValue([], true) : bytesOf(g, node)),
  ],
  ['builtins.memoryview', (_, g) => first(g)],
  [
    'builtins.hex',
    (_, g) => (first(g).kind === 'int' ? { ...shown(first(g), 'x'), made: true } : UNKNOWN),
  ],
  [
    'builtins.input',
    (_, _g, node) => {
      return unknownWith([
        {
          source: 'input',
          weak: true,
          steps: [{ role: 'source', label: 'asks for input', start: node.from, end: node.to }],
        },
      ])
    },
  ],
  ['int.to_bytes', (_, g, node) => toBytes(g, node)],
  ['builtins.int.to_bytes', (_, g, node) => toBytes(g, node)],
  ['codecs.decode', (_, g, node) => coded(g, node)],
  ['codecs.encode', (_, g, node) => coded(g, node)],
  [
    'codecs.getdecoder',
    (_, g) =>
      dataValue({
        kind: 'native',
        apply: (more, node) =>
          listValue([coded({ plain: [first(more), first(g)], named: more.named }, node)]),
      }),
  ],
  [
    'marshal.loads',
    (_, g, node) =>
      unknownWith(
        addStep(decodedTaint(first(g), 'loads code objects', node), 'loads code objects', node),
      ),
  ],
  [
    'marshal.load',
    (_, g, node) => {
      const file = first(g)
      const path = textOf(file.about ?? UNKNOWN)
      return path === undefined || /\.py[co]$/.test(path)
        ? unknownWith(taintsOf(file))
        : unknownWith(
            addStep(
              unionTaints(taintsOf(file), fileOrigins(file.about, node)),
              'loads code objects',
              node,
            ),
          )
    },
  ],
  [
    'textwrap.dedent',
    (_, g) => {
      const text = textOf(first(g))
      const margin = /^[ \t]*\S/m.exec(text ?? '')?.[0].length
      return text === undefined || margin === undefined
        ? first(g)
        : {
            ...first(g),
            kind: first(g).kind === 'str' ? 'str' : 'partial',
            value: text
              .replaceAll(
                `\n${text.slice(text.search(/\S/) - margin + 1, text.search(/\S/))}`,
                '\n',
              )
              .trimStart(),
          }
    },
  ],
  ['urllib.parse.quote', (_, g) => first(g)],
  [
    'builtins.bytes.decode',
    (_, g, node) => decodedText(first(g), textOf(g.plain[1] ?? UNKNOWN) ?? 'utf-8', node),
  ],
  ['builtins.bytes.maketrans', (_, g) => table(g)],
  ['builtins.str.maketrans', (_, g) => table(g)],
  ['io.BytesIO', (_, g) => first(g)],
  ['io.StringIO', (_, g) => first(g)],
]
