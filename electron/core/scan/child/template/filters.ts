import { noteRewrite } from './calls'
import { needlesOf, subjectOf } from './compare'
import { callMethod, itemsOf, joined, percentFormat } from './constants'
import { type CallArguments, combinations, firstOfEach, type Machine } from './machine'
import { originOfKey } from './names'
import {
  alternatives,
  dict,
  isConstant,
  labelOf,
  list,
  number,
  OPAQUE,
  object,
  printed,
  text,
  UNKNOWN,
  type Value,
  type Values,
  withNeedles,
} from './value'

/** Filters that are methods of Python strings under another name, or the same. */
const AS_METHOD: Readonly<Record<string, string>> = {
  lower: 'lower',
  upper: 'upper',
  capitalize: 'capitalize',
  title: 'title',
  trim: 'strip',
  replace: 'replace',
  center: 'center',
}
/** Filters that print what they got, as far as an attribute name can tell. */
const IDENTITY = new Set(['safe', 'escape', 'e', 'forceescape', 'urlize', 'default', 'd'])
/** Filters that pick or order items: all items may come out. */
const PICKING = new Set(['select', 'reject', 'selectattr', 'rejectattr', 'sort', 'unique'])
/** Filters whose argument names an attribute of each item, and where it is. */
const ATTRIBUTE_ARGUMENT: Readonly<Record<string, number | undefined>> = {
  selectattr: 0,
  rejectattr: 0,
  groupby: 0,
  sum: 0,
  join: 1,
}

/**
 * What Python prints for objects that every template can reach. Attackers take single characters
 * from these texts, an underscore above all.
 */
const PRINTED_OBJECTS: readonly [RegExp, string][] = [
  [/\|(select|reject|selectattr|rejectattr)$/, '<generator object select_or_reject at 0x'],
  [/\|map$/, '<generator object sync_do_map at 0x'],
  [/^lipsum$/, '<function generate_lorem_ipsum at 0x'],
  [/^dict$/, "<class 'dict'>"],
  [/^range$/, "<class 'range'>"],
  [/^cycler$/, "<class 'jinja2.utils.Cycler'>"],
  [/^joiner$/, "<class 'jinja2.utils.Joiner'>"],
  [/^namespace$/, "<class 'jinja2.utils.Namespace'>"],
  [/^self$/, '<TemplateReference None>'],
]

export function applyFilter(
  machine: Machine,
  name: string,
  input: Values,
  args: CallArguments,
  at: number,
): Values {
  readAttributeArguments(machine, name, input, args, at)
  if (name === 'attr') {
    const names = args.positional[0] ?? args.named.get('name') ?? [UNKNOWN]
    return alternatives(
      input.flatMap((base) => names.flatMap((each) => [...attribute(machine, base, each, at)])),
    )
  }
  if (name === 'map') return mapped(machine, input, args, at)
  if (name === 'default' || name === 'd')
    return alternatives([...input, ...(args.positional[0] ?? [text('', false)])])
  if (name === 'join') return join(machine, input, args)
  if (name === 'random' || name === 'min' || name === 'max')
    return alternatives(input.flatMap((value) => itemsOf(value) ?? [derived(value, name)]))
  return alternatives(
    input.flatMap((value) =>
      combinations(args.positional).map((row) => {
        machine.charge(1)
        const result = filterOne(machine, name, value, row, args, at)
        return withNeedles(result, value.needles, ...row.map((each) => each.needles))
      }),
    ),
  )
}

/** '|attr(x)': unlike a subscript it is only ever used to reach attributes. */
function attribute(machine: Machine, base: Value, name: Value, at: number): Values {
  if (name.kind === 'string') return machine.access(base, name, at)
  machine.report('dynamic-attribute', at, `${labelOf(base)}|attr(${labelOf(name)})`)
  return [object(`${labelOf(base)}|attr(…)`, 'dunder')]
}

function filterOne(
  machine: Machine,
  name: string,
  value: Value,
  row: readonly Value[],
  args: CallArguments,
  at: number,
): Value {
  const method = Object.hasOwn(AS_METHOD, name) ? AS_METHOD[name] : undefined
  if (method !== undefined) {
    if (method === 'replace' && subjectOf(value) === 'text') noteRewrite(machine, args, at)
    const shown =
      value.kind === 'string' ? value.value : isConstant(value) ? printed(value) : undefined
    if (shown === undefined) return derived(value, name)
    const assembled = value.kind === 'string' && value.assembled
    return callMethod(shown, assembled, method, row, firstOfEach(args.named))
  }
  if (IDENTITY.has(name)) return value
  if (name === 'string') return asString(value)
  if (name === 'striptags' && value.kind === 'string')
    return text(value.value.replace(/<!--[\s\S]*?-->|<[^>]*>/g, '').trim(), true)
  if (name === 'format') {
    const named = args.named.size > 0 ? [dict(new Map(args.named))] : row
    const result = value.kind === 'string' ? percentFormat(value.value, named) : undefined
    return result === undefined ? derived(value, name) : text(result, true)
  }
  if (name === 'reverse') return reversed(value)
  if (name === 'length' || name === 'count') {
    const length = value.kind === 'string' ? value.value.length : itemsOf(value)?.length
    const counts = value.kind === 'object' && value.origin === 'messages'
    return length === undefined
      ? object(`${labelOf(value)}|length`, counts ? 'count' : 'other')
      : number(length)
  }
  if (name === 'int' || name === 'float') {
    const parsed = Number(printed(value) ?? Number.NaN)
    return Number.isNaN(parsed)
      ? derived(value, name)
      : number(name === 'int' ? Math.trunc(parsed) : parsed)
  }
  if (name === 'first' || name === 'last') {
    const items = itemsOf(value)
    return items === undefined
      ? derived(value, name)
      : (items.at(name === 'first' ? 0 : -1) ?? UNKNOWN)
  }
  if (name === 'list' || name === 'items' || name === 'dictsort') {
    const items = itemsOf(value)
    if (items === undefined) return derived(value, name)
    machine.charge(items.length)
    if (value.kind !== 'dict' || name === 'list') return list(items)
    return list(
      [...value.entries].map(([key, [first]]) => list([text(key, true), first ?? UNKNOWN])),
    )
  }
  if (PICKING.has(name)) return picked(name, value, row)
  if (name === 'tojson') {
    const shown = value.kind === 'string' ? JSON.stringify(value.value) : printed(value)
    return shown === undefined ? derived(value, name) : text(shown, false)
  }
  if (name === 'abs' && value.kind === 'number') return number(Math.abs(value.value))
  return derived(value, name)
}

/** Of constants a filter that is not computed here makes something that may be any constant. */
function derived(value: Value, name: string): Value {
  if (value.kind === 'object') return object(`${value.label}|${name}`, value.origin)
  return isConstant(value) ? OPAQUE : object(`${labelOf(value)}|${name}`)
}

function asString(value: Value): Value {
  if (value.kind === 'object') {
    const shown = PRINTED_OBJECTS.find(([pattern]) => pattern.test(value.label))?.[1]
    if (shown !== undefined) return text(shown, true)
    return value.origin === 'root' ? OPAQUE : derived(value, 'string')
  }
  const shown = printed(value)
  if (shown === undefined) return derived(value, 'string')
  return value.kind === 'string' ? value : text(shown, true)
}

function reversed(value: Value): Value {
  if (value.kind === 'string') return text([...value.value].reverse().join(''), true)
  return value.kind === 'list' ? list([...value.items].reverse()) : derived(value, 'reverse')
}

function picked(name: string, value: Value, row: readonly Value[]): Value {
  const items = itemsOf(value)
  const [key, test, wanted] = row
  if (items === undefined || (items.length === 0 && name !== 'sort')) {
    const result = object(
      `${labelOf(value)}|${name}`,
      value.kind === 'object' ? value.origin : 'other',
    )
    if (key?.kind !== 'string') return result
    // selectattr('content', 'equalto', x) and, on texts, select('equalto', x).
    const ofText = name.endsWith('attr')
      ? originOfKey(key.value) === 'text'
      : subjectOf(value) === 'text'
    const constant = name.endsWith('attr') ? wanted : test
    return ofText && constant !== undefined
      ? withNeedles(result, needlesOf(constant, 'text'))
      : result
  }
  if (name !== 'sort') return list(items)
  return list(items.toSorted((a, b) => ((printed(a) ?? '') < (printed(b) ?? '') ? -1 : 1)))
}

function join(machine: Machine, input: Values, args: CallArguments): Values {
  const separators = args.positional[0] ?? args.named.get('d') ?? [text('', false)]
  return alternatives(
    combinations([input, separators]).map(([value = UNKNOWN, separator = UNKNOWN]) => {
      machine.charge(value.kind === 'list' ? value.items.length : 1)
      const result = separator.kind === 'string' ? joined(value, separator.value) : undefined
      if (result !== undefined) return withNeedles(result, value.needles)
      const origin = value.kind === 'object' ? value.origin : partsOrigin(value)
      return object(`${labelOf(value)}|join`, origin)
    }),
  )
}

function partsOrigin(value: Value): 'text' | 'other' {
  return value.kind === 'list' && value.items.some((item) => subjectOf(item) === 'text')
    ? 'text'
    : 'other'
}

/** map(attribute='x'), map('upper'), map('attr', 'x'). */
function mapped(machine: Machine, input: Values, args: CallArguments, at: number): Values {
  const attributes = args.named.get('attribute')
  const [filter, ...rest] = args.positional
  const inner: CallArguments = { positional: rest, named: new Map(), open: args.open }
  const apply = (item: Value): Values => {
    machine.charge(1)
    if (attributes !== undefined) return readPath(machine, item, attributes, at)
    const names = (filter ?? []).filter((name) => name.kind === 'string')
    if (names.length === 0) return [UNKNOWN]
    return alternatives(
      names.flatMap((name) => applyFilter(machine, name.value, [item], inner, at)),
    )
  }
  return alternatives(
    input.map((value) => {
      const items = itemsOf(value)
      if (items === undefined || items.length === 0) {
        const [first = UNKNOWN] = apply(value)
        return object(`${labelOf(value)}|map`, first.kind === 'object' ? first.origin : 'other')
      }
      return list(
        items.map((item) => {
          const results = apply(item)
          return results.length === 1 ? (results[0] ?? UNKNOWN) : OPAQUE
        }),
      )
    }),
  )
}

/** Filters that take the name of an attribute read it: groupby('__class__'). */
function readAttributeArguments(
  machine: Machine,
  name: string,
  input: Values,
  args: CallArguments,
  at: number,
): void {
  const place = Object.hasOwn(ATTRIBUTE_ARGUMENT, name) ? ATTRIBUTE_ARGUMENT[name] : undefined
  const named = name === 'map' ? undefined : args.named.get('attribute')
  const names = named ?? (place === undefined ? undefined : args.positional[place])
  if (names === undefined) return
  for (const value of input)
    for (const item of itemsOf(value)?.slice(0, 16) ?? [value]) readPath(machine, item, names, at)
}

/** Attribute arguments may be paths: 'a.b.c' (jinja2/filters.py, make_attrgetter). */
function readPath(machine: Machine, item: Value, names: Values, at: number): Values {
  return alternatives(
    names.flatMap((name): Values => {
      if (name.kind !== 'string')
        return name.kind === 'object' ? attribute(machine, item, name, at) : [UNKNOWN]
      let found: Values = [item]
      for (const part of name.value.split('.').slice(0, 16))
        found = alternatives(
          found.flatMap((base) => machine.access(base, text(part, name.assembled), at)),
        )
      return found
    }),
  )
}
