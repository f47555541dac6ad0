import { MOST_TEXT } from './decode'
import {
  boolValue,
  HOLE,
  intValue,
  listValue,
  taintsOf,
  textOf,
  textValue,
  UNKNOWN,
  unionTaints,
  unknownWith,
  type Value,
} from './value'

/** Bits of a number that folding makes. */
const MOST_BITS = 200_000n
const MOST_ITEMS = 100_000

/** `left op right` for the operators of arithmetic and bits. */
export function foldBinary(operator: string, left: Value, right: Value): Value {
  const taints = unionTaints(taintsOf(left), taintsOf(right))
  if (operator === '+') return foldPlus(left, right)
  if (operator === '%' && textOf(left) !== undefined) return foldPercent(left, right)
  if (operator === '/' && isPathPiece(left)) return joinPath([left, right])
  if (operator === '*') {
    const [text, count] = left.kind === 'int' ? [right, left] : [left, right]
    if (count.kind === 'int' && text.kind !== 'int') return foldRepeat(text, count.value)
  }
  const a = integerOf(left)
  const b = integerOf(right)
  if (a !== undefined && b !== undefined) {
    const value = foldIntegers(operator, a, b)
    return value === undefined ? unknownWith(taints) : { ...intValue(value), taints, made: true }
  }
  // A value that was computed with: what came of it is still what it came from.
  return unknownWith(taints)
}

function integerOf(value: Value): bigint | undefined {
  if (value.kind === 'int') return value.value
  if (value.kind === 'bool') return value.value ? 1n : 0n
  return undefined
}

function foldIntegers(operator: string, a: bigint, b: bigint): bigint | undefined {
  switch (operator) {
    case '-':
      return a - b
    case '*':
      return bits(a) + bits(b) > MOST_BITS ? undefined : a * b
    case '//':
      return b === 0n ? undefined : floorDivide(a, b)
    case '%':
      return b === 0n ? undefined : a - floorDivide(a, b) * b
    case '**':
      return b < 0n || bits(a) * b > MOST_BITS ? undefined : a ** b
    case '<<':
      return b < 0n || bits(a) + b > MOST_BITS ? undefined : a << b
    case '>>':
      return b < 0n ? undefined : a >> b
    case '&':
      return a & b
    case '|':
      return a | b
    case '^':
      return a ^ b
    default:
      return undefined
  }
}

function bits(value: bigint): bigint {
  return BigInt((value < 0n ? -value : value).toString(16).length * 4)
}

/** Python rounds towards minus infinity. */
function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient
}

function foldPlus(left: Value, right: Value): Value {
  if (left.kind === 'list' && right.kind === 'list') {
    if (left.items.length + right.items.length > MOST_ITEMS) return unknownWith(taintsOf(left))
    return {
      ...listValue([...left.items, ...right.items], true),
      taints: unionTaints(left.taints, right.taints),
    }
  }
  const a = integerOf(left)
  const b = integerOf(right)
  if (a !== undefined && b !== undefined)
    return { ...intValue(a + b), taints: unionTaints(left.taints, right.taints) }
  return concatenated([left, right])
}

/** Texts one behind the other; what is not known leaves a hole. */
export function concatenated(parts: readonly Value[]): Value {
  let taints = UNKNOWN.taints
  let text = ''
  let isKnown = false
  let isExact = true
  let isBytes = false
  for (const part of parts) {
    taints = unionTaints(taints, taintsOf(part))
    const piece = textOf(part)
    if (piece === undefined || part.kind === 'partial') isExact = false
    if (part.kind === 'bytes') isBytes = true
    if (piece !== undefined) isKnown = true
    text += piece ?? HOLE
    if (text.length > MOST_TEXT) return unknownWith(taints)
  }
  if (!isKnown) return unknownWith(taints)
  return textValue(isExact ? (isBytes ? 'bytes' : 'str') : 'partial', text, taints, true)
}

function foldRepeat(value: Value, count: bigint): Value {
  const times = count < 0n ? 0 : Number(count)
  if (value.kind === 'list') {
    if (value.items.length * times > MOST_ITEMS) return unknownWith(taintsOf(value))
    return { ...value, items: Array.from({ length: times }, () => value.items).flat() }
  }
  const text = textOf(value)
  if (text === undefined || text.length * times > MOST_TEXT) return unknownWith(taintsOf(value))
  return {
    ...value,
    kind: value.kind === 'bytes' ? 'bytes' : value.kind === 'str' ? 'str' : 'partial',
    value: text.repeat(times),
  }
}

const isPathPiece = (value: Value): boolean => textOf(value) !== undefined

/** os.path.join and pathlib's `/`. */
export function joinPath(parts: readonly Value[]): Value {
  const pieces: Value[] = []
  for (const part of parts) {
    const text = textOf(part)
    if (text !== undefined && /^[/~]|^[A-Za-z]:[\\/]/.test(text) && part.kind !== 'partial')
      pieces.length = 0
    if (pieces.length > 0 && !textOf(pieces.at(-1) ?? UNKNOWN)?.endsWith('/'))
      pieces.push(textValue('str', '/'))
    pieces.push(part)
  }
  return concatenated(pieces)
}

/** `text % values`: %s, %d, %c, %x, %r and %(name)s; widths are not padded. */
export function foldPercent(format: Value, given: Value): Value {
  const text = textOf(format) ?? HOLE
  const items = given.kind === 'list' ? given.items : [given]
  let next = 0
  const parts: Value[] = []
  let from = 0
  const pattern = /%(?:\(([^)]*)\))?[-#0 +]*\d*(?:\.\d+)?([a-zA-Z%])/g
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    parts.push(textValue('str', text.slice(from, match.index)))
    from = pattern.lastIndex
    if (match[2] === '%') parts.push(textValue('str', '%'))
    else if (match[1] !== undefined)
      parts.push(
        given.kind === 'dict' ? shown(given.entries.get(`s${match[1]}`) ?? UNKNOWN) : UNKNOWN,
      )
    else parts.push(shown(items[next++] ?? UNKNOWN, match[2]))
  }
  parts.push(textValue('str', text.slice(from)))
  const result = concatenated(parts)
  const taints = unionTaints(format.taints, taintsOf(given))
  return { ...result, taints: unionTaints(result.taints, taints) }
}

/** A value as str() or a format shows it. */
export function shown(value: Value, conversion = 's'): Value {
  if (conversion === 'c' && value.kind === 'int')
    return {
      ...textValue('str', String.fromCodePoint(Number(value.value & 0xfffffn)), value.taints, true),
    }
  if (value.kind === 'int') {
    const radix = conversion === 'x' ? 16 : conversion === 'o' ? 8 : conversion === 'b' ? 2 : 10
    return textValue('str', value.value.toString(radix), value.taints)
  }
  if (value.kind === 'bool') return textValue('str', value.value ? 'True' : 'False')
  if (value.kind === 'none') return textValue('str', 'None')
  if (value.kind === 'float') return textValue('str', String(value.value), value.taints)
  if (conversion === 'r' && value.kind === 'str')
    return textValue('str', `'${value.value}'`, value.taints, value.made)
  return textOf(value) === undefined ? unknownWith(taintsOf(value)) : value
}

/** Comparisons of known values; unknown otherwise. */
export function foldCompare(operator: string, left: Value, right: Value): Value {
  const a = comparable(left)
  const b = comparable(right)
  if (a === undefined || b === undefined || typeof a !== typeof b) return UNKNOWN
  switch (operator) {
    case '==':
      return boolValue(a === b)
    case '!=':
      return boolValue(a !== b)
    case '<':
      return boolValue(a < b)
    case '>':
      return boolValue(a > b)
    case '<=':
      return boolValue(a <= b)
    case '>=':
      return boolValue(a >= b)
    default:
      return UNKNOWN
  }
}

function comparable(value: Value): string | bigint | undefined {
  if (value.kind === 'int' || value.kind === 'str' || value.kind === 'bytes') return value.value
  return undefined
}

/** Undefined when it is not known. */
export function truthOf(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'bool':
      return value.value
    case 'int':
      return value.value !== 0n
    case 'str':
    case 'bytes':
      return value.value !== ''
    case 'none':
      return false
    default:
      return undefined
  }
}
