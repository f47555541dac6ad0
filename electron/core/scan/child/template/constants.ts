import {
  boolean,
  list,
  NONE,
  number,
  OPAQUE,
  printed,
  text,
  type Value,
  wasAssembled,
} from './value'

/** Methods of Python strings and filters of Jinja that are computed here; all of constants only. */

type TextFunction = (self: string, args: readonly Value[]) => Value | string | undefined

const string = (value: Value | undefined): string | undefined =>
  value?.kind === 'string' ? value.value : undefined
const integer = (value: Value | undefined): number | undefined =>
  value?.kind === 'number' ? Math.trunc(value.value) : undefined

function strip(self: string, characters: Value | undefined, start: boolean, end: boolean): string {
  const set = string(characters)
  const cut = (character: string) =>
    set === undefined ? /\s/.test(character) : set.includes(character)
  let from = 0
  let to = self.length
  if (start) while (from < to && cut(self[from] ?? '')) from++
  if (end) while (to > from && cut(self[to - 1] ?? '')) to--
  return self.slice(from, to)
}

function capitalise(self: string): string {
  return self.slice(0, 1).toUpperCase() + self.slice(1).toLowerCase()
}

function titled(self: string): string {
  return self
    .toLowerCase()
    .replace(/\p{L}+/gu, (word) => word.slice(0, 1).toUpperCase() + word.slice(1))
}

function replace(self: string, args: readonly Value[]): string | undefined {
  const [from, to] = [string(args[0]), string(args[1])]
  if (from === undefined || to === undefined) return undefined
  if (self.length * (to.length + 1) > 65_536) return undefined
  const count = integer(args[2]) ?? -1
  if (count < 0) return self.replaceAll(from, () => to)
  const parts = self.split(from)
  return (
    parts.slice(0, count + 1).join(to) +
    parts
      .slice(count + 1)
      .map((part) => from + part)
      .join('')
  )
}

function split(self: string, args: readonly Value[], fromEnd: boolean): Value | undefined {
  const separator = string(args[0])
  const most = integer(args[1]) ?? -1
  if (separator === '') return undefined
  const parts =
    separator === undefined ? self.split(/\s+/).filter((p) => p !== '') : self.split(separator)
  if (most >= 0 && parts.length > most + 1) {
    const glue = separator ?? ' '
    if (fromEnd)
      parts.splice(0, parts.length - most, parts.slice(0, parts.length - most).join(glue))
    else parts.splice(most, parts.length - most, parts.slice(most).join(glue))
  }
  return list(parts.map((part) => text(part, true)))
}

function padded(self: string, args: readonly Value[], side: 'start' | 'end'): string | undefined {
  const width = integer(args[0])
  if (width === undefined || width > 4096) return undefined
  const fill = string(args[1]) ?? ' '
  return side === 'start' ? self.padStart(width, fill) : self.padEnd(width, fill)
}

/** %(name)s or %s: flags, width, precision, conversion (Python, printf-style formatting). */
const CONVERSION = /%(?:\(([^)]*)\))?[-+ #0]*(\*|\d+)?(?:\.(\*|\d+))?[hlL]?([a-zA-Z%]?)/g

/** Python's printf formatting, as far as strings and integers need it; undefined for the rest. */
export function percentFormat(self: string, args: readonly Value[]): string | undefined {
  let next = 0
  let failed = false
  const [only] = args
  const mapping = args.length === 1 && only?.kind === 'dict' ? only.entries : undefined
  const result = self.replace(
    CONVERSION,
    (_, key: string | undefined, width = '', precision = '', conversion: string) => {
      if (conversion === '%') return '%'
      const values = key === undefined ? undefined : mapping?.get(key)
      const argument =
        key === undefined ? args[next++] : values?.length === 1 ? values[0] : undefined
      const shown = argument === undefined ? undefined : printed(argument)
      const known = 'sdriucxoa'.includes(conversion) && conversion !== ''
      if (shown === undefined || !known || width === '*' || precision === '*') {
        failed = true
        return ''
      }
      return converted(conversion, argument, shown)
        .slice(0, conversion === 's' && precision !== '' ? Number(precision) : undefined)
        .padStart(Math.min(Number(width || 0), 256))
    },
  )
  return failed || result.length > 65_536 ? undefined : result
}

function converted(conversion: string, argument: Value | undefined, shown: string): string {
  const value = argument?.kind === 'number' ? argument.value : undefined
  if (conversion === 'c' && value !== undefined) return codePoint(value)
  if (conversion === 'x' && value !== undefined) return value.toString(16)
  if (conversion === 'o' && value !== undefined) return value.toString(8)
  return (conversion === 'r' || conversion === 'a') && argument?.kind === 'string'
    ? `'${shown}'`
    : shown
}

/** A replacement field of str.format: index or name, then its attributes, then its format. */
const FIELD = /\{\{|\}\}|\{([^{}:!.[]*)((?:\.[^{}:!.[]+|\[[^\]{}]*\])*)(?:![rsa])?(?::([^{}]*))?\}/g

/** Attributes that the fields of a format string reach: '{0.__class__}' reads them like code. */
export function fieldAttributes(format: string): { field: string; names: string[] }[] {
  return [...format.matchAll(FIELD)]
    .filter((match) => match[2] !== undefined && match[2] !== '')
    .map((match) => ({
      field: match[1] ?? '',
      names: (match[2] ?? '').split(/[.[\]]+/).filter((name) => name !== ''),
    }))
}

function format(
  self: string,
  args: readonly Value[],
  named: ReadonlyMap<string, Value>,
): string | undefined {
  let automatic = 0
  let failed = false
  const result = self.replace(
    FIELD,
    (whole, field: string, path: string, spec: string | undefined) => {
      if (whole === '{{' || whole === '}}') return whole.slice(1)
      if (path !== '') failed = true
      const key = field === '' ? String(automatic++) : field
      const argument = /^\d+$/.test(key) ? args[Number(key)] : named.get(key)
      if (argument?.kind === 'number' && spec === 'c') return codePoint(argument.value)
      const shown = argument === undefined ? undefined : printed(argument)
      if (shown === undefined || (spec !== undefined && !/^s?$/.test(spec))) failed = true
      return shown ?? ''
    },
  )
  return failed ? undefined : result
}

function codePoint(value: number): string {
  return value >= 0 && value <= 0x10ffff ? String.fromCodePoint(Math.trunc(value)) : ''
}

const METHODS: Readonly<Record<string, TextFunction>> = {
  lower: (self) => self.toLowerCase(),
  casefold: (self) => self.toLowerCase(),
  upper: (self) => self.toUpperCase(),
  capitalize: capitalise,
  title: titled,
  swapcase: (self) =>
    [...self].map((c) => (c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase())).join(''),
  strip: (self, args) => strip(self, args[0], true, true),
  lstrip: (self, args) => strip(self, args[0], true, false),
  rstrip: (self, args) => strip(self, args[0], false, true),
  replace,
  split: (self, args) => split(self, args, false),
  rsplit: (self, args) => split(self, args, true),
  splitlines: (self) => list(self.split(/\r\n|\r|\n/).map((line) => text(line, true))),
  join: (self, args) => (args[0] === undefined ? undefined : joined(args[0], self)),
  removeprefix: (self, args) => {
    const prefix = string(args[0]) ?? ''
    return self.startsWith(prefix) ? self.slice(prefix.length) : self
  },
  removesuffix: (self, args) => {
    const suffix = string(args[0]) ?? ''
    return suffix !== '' && self.endsWith(suffix) ? self.slice(0, -suffix.length) : self
  },
  center: (self, args) =>
    padded(
      padded(self, [number((self.length + (integer(args[0]) ?? 0)) / 2)], 'end') ?? self,
      args,
      'start',
    ),
  ljust: (self, args) => padded(self, args, 'end'),
  rjust: (self, args) => padded(self, args, 'start'),
  zfill: (self, args) => padded(self, [args[0] ?? NONE, text('0', false)], 'start'),
  encode: (self) => self,
  decode: (self) => self,
  startswith: (self, args) => compareWith(args, (part) => self.startsWith(part)),
  endswith: (self, args) => compareWith(args, (part) => self.endsWith(part)),
  find: (self, args) => compareWith(args, (part) => self.indexOf(part)),
  index: (self, args) => compareWith(args, (part) => self.indexOf(part)),
  count: (self, args) => compareWith(args, (part) => self.split(part).length - 1),
}

function compareWith(
  args: readonly Value[],
  by: (part: string) => boolean | number,
): Value | undefined {
  const part = string(args[0])
  if (part === undefined) return undefined
  const result = by(part)
  return typeof result === 'number' ? number(result) : boolean(result)
}

/** A method of a constant string. OPAQUE when it exists, or might, and is not computed here. */
export function callMethod(
  self: string,
  wasOne: boolean,
  name: string,
  args: readonly Value[],
  named: ReadonlyMap<string, Value>,
): Value {
  const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined
  const result = name === 'format' ? format(self, args, named) : method?.(self, args)
  if (result === undefined) return OPAQUE
  if (typeof result !== 'string') return result
  // Whatever leaves a string as it was has assembled nothing.
  return text(result, wasOne || result !== self)
}

/** What is joined, with `separator`; of a dict its keys. undefined when a part is not constant. */
export function joined(parts: Value, separator: string): Value | undefined {
  const items = itemsOf(parts)
  if (items === undefined) return undefined
  const texts: string[] = []
  for (const item of items) {
    const part = printed(item)
    if (part === undefined) return undefined
    texts.push(part)
  }
  return text(texts.join(separator), texts.length > 1 || items.some(wasAssembled))
}

/** What a loop over a constant meets; undefined when that cannot be known. */
export function itemsOf(value: Value): Value[] | undefined {
  if (value.kind === 'list') return value.items
  if (value.kind === 'string' && value.value.length <= 1024)
    return [...value.value].map((character) => text(character, true))
  // Keys that were written as keyword arguments are not seen as strings: dict(__class__=1)|first.
  if (value.kind === 'dict') return [...value.entries.keys()].map((key) => text(key, true))
  return undefined
}

/** Python's slice of a constant; undefined when a part is not an integer. */
export function sliced(value: Value, parts: readonly (Value | undefined)[]): Value | undefined {
  const [start, stop, step] = parts.map((part) =>
    part === undefined || part.kind === 'none' ? undefined : integer(part),
  )
  if (
    parts.some(
      (part, i) =>
        part !== undefined && part.kind !== 'none' && [start, stop, step][i] === undefined,
    )
  )
    return undefined
  const items =
    value.kind === 'string' ? [...value.value] : value.kind === 'list' ? value.items : undefined
  if (items === undefined || step === 0) return undefined
  const picked: (string | Value)[] = []
  const by = step ?? 1
  const wrap = (index: number) => (index < 0 ? index + items.length : index)
  const low = by > 0 ? 0 : -1
  const high = by > 0 ? items.length : items.length - 1
  const clamp = (index: number) => Math.max(low, Math.min(high, wrap(index)))
  const from = start === undefined ? (by > 0 ? 0 : items.length - 1) : clamp(start)
  const to = stop === undefined ? (by > 0 ? items.length : -1) : clamp(stop)
  for (let i = from; by > 0 ? i < to : i > to; i += by) {
    const item = items[i]
    if (item !== undefined) picked.push(item)
  }
  if (value.kind === 'string') return text(picked.join(''), true)
  return list(picked as Value[])
}
