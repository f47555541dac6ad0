/** A value of the header's dictionary: what numpy.lib.format writes, and nothing else. */
export type NpyLiteral =
  | { type: 'str'; value: string }
  | { type: 'int'; value: number }
  | { type: 'bool'; value: boolean }
  | { type: 'none' }
  | { type: 'list' | 'tuple'; items: NpyLiteral[] }
  | { type: 'dict'; entries: [string, NpyLiteral][] }

/** Levels of structured types that are followed. */
const DEEPEST = 32

/**
 * Reads the header of an .npy file by a grammar of its own: strings, integers, True, False, None,
 * tuples, lists and one dictionary. undefined for anything else: a loader that evaluates headers
 * would run it.
 */
export function parseNpyLiteral(text: string): NpyLiteral | undefined {
  let at = 0

  const skipSpace = (): void => {
    while (/[ \t\r\n]/.test(text[at] ?? '')) at++
  }
  const take = (token: string): boolean => {
    skipSpace()
    if (!text.startsWith(token, at)) return false
    at += token.length
    return true
  }

  function value(depth: number): NpyLiteral | undefined {
    skipSpace()
    if (depth > DEEPEST) return undefined
    const first = text[at] ?? ''
    if (first === "'" || first === '"') return string()
    if (first === '[') return sequence('list', ']', depth)
    if (first === '(') return sequence('tuple', ')', depth)
    if (first === '{') return dict(depth)
    if (take('True')) return { type: 'bool', value: true }
    if (take('False')) return { type: 'bool', value: false }
    if (take('None')) return { type: 'none' }
    // Python 2 wrote shapes with a trailing L.
    const digits = /^-?\d{1,20}L?/.exec(text.slice(at, at + 24))?.[0]
    if (digits === undefined) return undefined
    at += digits.length
    return { type: 'int', value: Number(digits.replace('L', '')) }
  }

  function string(): NpyLiteral | undefined {
    const quote = text[at] ?? ''
    const end = text.indexOf(quote, at + 1)
    if (end === -1) return undefined
    const raw = text.slice(at + 1, end)
    // numpy escapes nothing but a quote in a field name; a backslash here is something else.
    if (raw.includes('\\') || raw.includes('\n')) return undefined
    at = end + 1
    return { type: 'str', value: raw }
  }

  function sequence(type: 'list' | 'tuple', close: string, depth: number): NpyLiteral | undefined {
    at++
    const items: NpyLiteral[] = []
    let commas = 0
    while (!take(close)) {
      if (items.length > commas) return undefined
      const item = value(depth + 1)
      if (item === undefined) return undefined
      items.push(item)
      if (take(',')) commas++
    }
    return type === 'tuple' && items.length === 1 && commas === 0 ? items[0] : { type, items }
  }

  function dict(depth: number): NpyLiteral | undefined {
    at++
    const entries: [string, NpyLiteral][] = []
    let commas = 0
    while (!take('}')) {
      if (entries.length > commas) return undefined
      const key = value(depth + 1)
      if (key?.type !== 'str' || !take(':')) return undefined
      const item = value(depth + 1)
      if (item === undefined) return undefined
      entries.push([key.value, item])
      if (take(',')) commas++
    }
    return { type: 'dict', entries }
  }

  const result = value(0)
  skipSpace()
  return at === text.length ? result : undefined
}

export interface Dtype {
  /** Bytes of one element. */
  itemBytes: number
  hasObjects: boolean
}

/** Bytes of one unit by kind, for kinds whose number is a length. 'U' counts UCS-4 characters. */
const UNIT: Readonly<Record<string, number>> = { S: 1, a: 1, U: 4, V: 1 }

/** numpy.lib.format.descr_to_dtype; undefined for a descr that it would refuse. */
export function dtypeOf(descr: NpyLiteral | undefined): Dtype | undefined {
  if (descr?.type === 'str') return simpleDtype(descr.value)
  if (descr?.type === 'tuple') {
    const [base, shape] = descr.items
    const inner = dtypeOf(base)
    const count = shape && elementCount(shape)
    if (descr.items.length !== 2 || inner === undefined || count === undefined) return undefined
    return { ...inner, itemBytes: inner.itemBytes * count }
  }
  if (descr?.type !== 'list') return undefined
  const whole: Dtype = { itemBytes: 0, hasObjects: false }
  for (const field of descr.items) {
    if (field.type !== 'tuple' || field.items.length < 2 || field.items.length > 3) return undefined
    const [, type, shape] = field.items
    const inner = dtypeOf(type)
    const count = shape === undefined ? 1 : elementCount(shape)
    if (inner === undefined || count === undefined) return undefined
    whole.itemBytes += inner.itemBytes * count
    whole.hasObjects ||= inner.hasObjects
  }
  return whole
}

function simpleDtype(text: string): Dtype | undefined {
  const match = /^([<>|=]?)([?bBhHiIlLqQefdgFDGcuSaUVOMm])(\d{0,10})(\[[\w ]{1,20}\])?$/.exec(text)
  if (match === null) return undefined
  const [, , kind = '', digits = ''] = match
  if (kind === 'O') return { itemBytes: 8, hasObjects: true }
  const number = digits === '' ? undefined : Number(digits)
  const unit = UNIT[kind]
  if (unit !== undefined) return { itemBytes: unit * (number ?? 0), hasObjects: false }
  if (kind === 'M' || kind === 'm') return { itemBytes: number ?? 8, hasObjects: false }
  const letters: Record<string, number> = {
    '?': 1,
    b: 1,
    B: 1,
    h: 2,
    H: 2,
    i: 4,
    I: 4,
    l: 8,
    L: 8,
    q: 8,
    Q: 8,
    e: 2,
    f: 4,
    d: 8,
    g: 16,
    F: 8,
    D: 16,
    G: 32,
    c: 1,
  }
  const itemBytes = number ?? letters[kind]
  return itemBytes === undefined ? undefined : { itemBytes, hasObjects: false }
}

/** Product of a shape; an integer counts as a shape of one. */
export function elementCount(shape: NpyLiteral): number | undefined {
  if (shape.type === 'int') return shape.value >= 0 ? shape.value : undefined
  if (shape.type !== 'tuple') return undefined
  let count = 1
  for (const item of shape.items) {
    if (item.type !== 'int' || item.value < 0) return undefined
    count *= item.value
  }
  return count
}
