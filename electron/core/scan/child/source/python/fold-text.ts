import { codecOf, MOST_TEXT, utf8Bytes, utf8Text } from './decode'
import { decodedBy, decodedTaint } from './decoded'
import { concatenated, shown } from './fold-operator'
import type { Node } from './tree'
import {
  type Arguments,
  boolValue,
  HOLE,
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

const MOST_PARTS = 100_000

/** Methods of str and bytes on a known text; undefined for a method that folding does not know. */
export function foldTextMethod(
  on: Value,
  name: string,
  given: Arguments,
  node: Node,
): Value | undefined {
  const text = textOf(on)
  if (text === undefined) return undefined
  const kind = on.kind === 'bytes' ? 'bytes' : on.kind === 'str' ? 'str' : 'partial'
  const first = given.plain[0]
  const taints = unionTaints(
    on.taints,
    given.plain.reduce<readonly Taint[]>((all, one) => unionTaints(all, taintsOf(one)), []),
  )
  const same = (value: string, made = true) =>
    value.length > MOST_TEXT ? unknownWith(taints) : textValue(kind, value, taints, made || on.made)
  const argument = (index: number) => textOf(given.plain[index] ?? UNKNOWN)
  switch (name) {
    case 'lower':
    case 'casefold':
      return same(text.toLowerCase(), on.made)
    case 'upper':
      return same(text.toUpperCase(), on.made)
    case 'swapcase':
      return same(
        [...text].map((c) => (c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase())).join(''),
      )
    case 'title':
    case 'capitalize':
      return same(text.slice(0, 1).toUpperCase() + text.slice(1).toLowerCase())
    case 'strip':
      return same(stripped(text, argument(0), true, true), on.made)
    case 'lstrip':
      return same(stripped(text, argument(0), true, false), on.made)
    case 'rstrip':
      return same(stripped(text, argument(0), false, true), on.made)
    case 'removeprefix':
      return same(
        text.startsWith(argument(0) ?? HOLE) ? text.slice((argument(0) ?? '').length) : text,
      )
    case 'removesuffix':
      return same(
        text.endsWith(argument(0) ?? HOLE)
          ? text.slice(0, text.length - (argument(0) ?? '').length)
          : text,
      )
    case 'expandtabs':
    case 'format_map':
    case 'ljust':
    case 'rjust':
    case 'center':
    case 'zfill':
      return same(text)
    case 'replace':
      return replaced(on, text, given, same)
    case 'join':
      return first === undefined ? undefined : joined(on, first)
    case 'split':
    case 'rsplit':
    case 'splitlines':
      return splitBy(name, text, given, same)
    case 'encode':
      return encoded(on, argument(0) ?? 'utf-8')
    case 'decode':
      return decodedText(on, argument(0) ?? 'utf-8', node)
    case 'format':
      return formatted(text, given)
    case 'hex':
      return kind === 'bytes'
        ? textValue('str', Buffer.from(text, 'latin1').toString('hex'), taints, true)
        : undefined
    case 'translate':
      return translated(on, text, first, node)
    case 'startswith':
      return argument(0) === undefined || kind === 'partial'
        ? UNKNOWN
        : boolValue(text.startsWith(argument(0) ?? ''))
    case 'endswith':
      return argument(0) === undefined || kind === 'partial'
        ? UNKNOWN
        : boolValue(text.endsWith(argument(0) ?? ''))
    case 'index':
    case 'find':
      return argument(0) === undefined || kind === 'partial'
        ? UNKNOWN
        : intValue(text.indexOf(argument(0) ?? ''))
    case 'count':
    case 'isdigit':
    case 'isalpha':
    case 'isspace':
    case 'rfind':
      return UNKNOWN
    default:
      return undefined
  }
}

function stripped(
  text: string,
  letters: string | undefined,
  left: boolean,
  right: boolean,
): string {
  const drop = new Set(letters === undefined ? ' \t\r\n\f\v' : letters)
  let from = 0
  let to = text.length
  if (left) while (from < to && drop.has(text[from] ?? '')) from++
  if (right) while (to > from && drop.has(text[to - 1] ?? '')) to--
  return text.slice(from, to)
}

function replaced(
  on: Value,
  text: string,
  given: Arguments,
  same: (value: string) => Value,
): Value {
  const from = textOf(given.plain[0] ?? UNKNOWN)
  const to = textOf(given.plain[1] ?? UNKNOWN)
  if (from === undefined || to === undefined) return unknownWith(taintsOf(on))
  if (from === '') return unknownWith(taintsOf(on))
  const pieces = text.split(from)
  if (text.length + pieces.length * to.length > MOST_TEXT) return unknownWith(taintsOf(on))
  return same(pieces.join(to))
}

function joined(separator: Value, parts: Value): Value {
  const text = textOf(parts)
  const items =
    parts.kind === 'list'
      ? parts.items
      : parts.kind === 'str'
        ? [...(text ?? '')].map((c) => textValue('str', c))
        : undefined
  if (items === undefined || items.length > MOST_PARTS)
    return unknownWith(unionTaints(taintsOf(parts), separator.taints))
  const withSeparators: Value[] = []
  for (const item of items) {
    if (withSeparators.length > 0) withSeparators.push(separator)
    withSeparators.push(item)
  }
  if (items.length === 0)
    return textValue(separator.kind === 'bytes' ? 'bytes' : 'str', '', parts.taints)
  const result = concatenated(withSeparators)
  return { ...result, taints: unionTaints(result.taints, parts.taints) }
}

function splitBy(
  name: string,
  text: string,
  given: Arguments,
  same: (value: string) => Value,
): Value {
  const separator = textOf(given.plain[0] ?? UNKNOWN)
  const pieces =
    name === 'splitlines'
      ? text.split(/\r\n|\r|\n/)
      : separator === undefined || separator === ''
        ? text.trim().split(/\s+/)
        : text.split(separator)
  return pieces.length > MOST_PARTS ? same(text) : listValue(pieces.map((piece) => same(piece)))
}

function encoded(on: Value, codec: string): Value {
  const text = textOf(on) ?? ''
  if (on.kind !== 'str' || !/^(utf[-_]?8|ascii|latin[-_]?1|iso-?8859-?1)$/i.test(codec))
    return on.kind === 'str' || on.kind === 'partial' ? { ...on, kind: 'partial', value: text } : on
  return { ...on, kind: 'bytes', value: /utf|ascii/i.test(codec) ? utf8Bytes(text) : text }
}

/** bytes.decode(codec); Python 2's str.decode('base64') as well. */
export function decodedText(on: Value, codec: string, node: Node): Value {
  const text = textOf(on)
  const decoder = codecOf(codec)
  if (decoder !== undefined) return decodedBy(decoder, on, node)
  if (text === undefined || on.kind === 'partial') return unknownWith(taintsOf(on))
  if (on.kind === 'str') return on
  if (/^utf[-_]?16/i.test(codec)) {
    const little = Buffer.from(text, 'latin1')
    const even = little.subarray(0, little.length & ~1)
    return {
      ...on,
      kind: 'str',
      value: (/be$/i.test(codec) ? even.swap16() : even).toString('utf16le').replace(/^\ufeff/, ''),
    }
  }
  if (/escape/i.test(codec)) return unknownWith(decodedTaint(on, 'decodes escapes', node))
  return { ...on, kind: 'str', value: /^(latin|iso|cp1252)/i.test(codec) ? text : utf8Text(text) }
}

/** str.format: {}, {0}, {name}, {0.attribute} and {0[key]}; format specs are not applied. */
export function formatted(format: string, given: Arguments): Value {
  const parts: Value[] = []
  const pattern = /\{\{|\}\}|\{([^{}]*)\}/g
  let from = 0
  let next = 0
  for (let match = pattern.exec(format); match !== null; match = pattern.exec(format)) {
    parts.push(textValue('str', format.slice(from, match.index)))
    from = pattern.lastIndex
    const field = match[1]
    if (field === undefined) {
      parts.push(textValue('str', match[0].slice(0, 1)))
      continue
    }
    const [, name = '', rest = '', conversion = ''] =
      /^([^.[!:]*)([^!:]*)(?:![a-z])?(?::.*?([a-z]?))?$/s.exec(field) ?? []
    const value =
      name === ''
        ? given.plain[next++]
        : /^\d+$/.test(name)
          ? given.plain[Number(name)]
          : given.named.get(name)
    const known = value ?? UNKNOWN
    parts.push(rest === '' ? shown(known, conversion || 's') : reached(known, rest))
  }
  parts.push(textValue('str', format.slice(from)))
  return concatenated(parts)
}

/** `{0[key]}` of a list or dict. */
function reached(value: Value, rest: string): Value {
  const key = /^\[([^\]]*)\]$/.exec(rest)?.[1]
  if (key === undefined) return unknownWith(taintsOf(value))
  if (value.kind === 'list') return shown(value.items[Number(key)] ?? UNKNOWN)
  if (value.kind === 'dict')
    return shown(value.entries.get(`s${key}`) ?? value.entries.get(`i${key}`) ?? UNKNOWN)
  return unknownWith(taintsOf(value))
}

/** str.translate with a table of maketrans or a dict of character numbers. */
function translated(on: Value, text: string, table: Value | undefined, node: Node): Value {
  if (table?.kind !== 'dict' || on.kind === 'partial') return unknownWith(taintsOf(on))
  const out = [...text].map((letter) => {
    const to = table.entries.get(`i${letter.codePointAt(0)}`)
    if (to === undefined) return letter
    return to.kind === 'int'
      ? String.fromCodePoint(Number(to.value & 0xfffffn))
      : (textOf(to) ?? '')
  })
  return {
    ...on,
    kind: on.kind === 'bytes' ? 'bytes' : 'str',
    value: out.join(''),
    made: true,
    taints: decodedTaint(on, 'translates characters', node),
  }
}
