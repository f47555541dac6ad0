import { needlesOf, subjectOf } from './compare'
import { callMethod, fieldAttributes, itemsOf } from './constants'
import { type CallArguments, combinations, firstOfEach, type Machine } from './machine'
import { isDangerous } from './names'
import { hasAddress, isSpokenNeedle } from './prose'
import {
  alternatives,
  append,
  dict,
  labelOf,
  list,
  NONE,
  number,
  OPAQUE,
  object,
  text,
  UNKNOWN,
  type Value,
  type Values,
  withNeedles,
} from './value'

/** Items of a range that are counted out; attackers build names of a few dozen characters. */
const RANGE_ITEMS = 256
/** Rounds of a loop that no conversation has. */
const MOST_ROUNDS = 10_000_000

export function callValue(
  machine: Machine,
  callee: Value,
  args: CallArguments,
  at: number,
): Values {
  switch (callee.kind) {
    case 'macro':
      return machine.invoke(callee.macro, args)
    case 'result':
      return callee.values
    case 'method':
      return callOf(machine, callee.of, callee.name, args, at)
    case 'object':
      return callObject(machine, callee, args, at)
    default:
      return [OPAQUE]
  }
}

/** `callee(args)` as evidence. */
function callLabel(label: string, args: CallArguments): string {
  const shown = args.positional.slice(0, 6).map(([first]) => labelOf(first ?? UNKNOWN))
  for (const [key, [first]] of [...args.named].slice(0, 6))
    shown.push(`${key}=${labelOf(first ?? UNKNOWN)}`)
  return `${label}(${shown.join(', ').slice(0, 400)})`
}

function callObject(
  machine: Machine,
  callee: Value & { kind: 'object' },
  args: CallArguments,
  at: number,
): Values {
  const { label, origin } = callee
  const name = /(?:^|\.|\[')(\w+)(?:'\])?$/.exec(label)?.[1] ?? ''
  const shown = callLabel(label, args)
  if (origin === 'dunder') {
    machine.report(`call.${name === '' ? 'unknown' : name}`, at, shown)
    return [object(shown, 'dunder')]
  }
  if (origin === 'root' && !label.includes('.')) return callRoot(machine, label, args, shown, at)
  if (origin === 'opaque') return [OPAQUE]
  if (isDangerous(name) && origin !== 'messages' && origin !== 'text') {
    machine.report(`call.${name}`, at, shown)
    return [object(shown, 'dunder')]
  }
  if (label === 'loop.cycle') return alternatives(args.positional.flat())
  if (label === 'raise_exception') return [NONE]
  if (label === 'loop') return [UNKNOWN]
  return [withNeedles(object(shown, origin), callee.needles)]
}

function callRoot(
  machine: Machine,
  name: string,
  args: CallArguments,
  shown: string,
  at: number,
): Values {
  if (name === 'range') return ranges(machine, args, at)
  // jinja2/utils.py: Cycler hands its items out in turn, Joiner '' once and then its separator.
  if (name === 'cycler') {
    const items = alternatives(args.positional.flat())
    return [
      dict(
        new Map<string, Values>([
          ['next', [always(items)]],
          ['current', items],
        ]),
      ),
    ]
  }
  if (name === 'joiner') {
    const separator = args.positional[0] ?? args.named.get('sep') ?? [text(', ', false)]
    return [always(alternatives([text('', false), ...separator]))]
  }
  if (name !== 'dict' && name !== 'namespace') return [object(shown, 'root')]
  const entries = new Map<string, Values>()
  for (const values of args.positional)
    for (const value of values)
      if (value.kind === 'dict') for (const [key, entry] of value.entries) entries.set(key, entry)
  for (const [key, values] of args.named) entries.set(key, values)
  return [dict(entries, name === 'namespace')]
}

const always = (values: Values): Value => ({ kind: 'result', values })

function ranges(machine: Machine, args: CallArguments, at: number): Values {
  return alternatives(
    combinations(args.positional).map((row) => {
      const bounds = row.map((value) => (value.kind === 'number' ? value.value : undefined))
      if (bounds.some((bound) => bound === undefined)) return UNKNOWN
      const [first = 0, second, third = 1] = bounds
      const from = second === undefined ? 0 : first
      const to = second ?? first
      if (third !== 0 && (to - from) / third > MOST_ROUNDS)
        machine.report('exhausting', at, `range of ${Math.abs(to - from)}`)
      if (third === 0 || (to - from) / third > RANGE_ITEMS) return object('range(…)')
      const items: Value[] = []
      for (let i = from; third > 0 ? i < to : i > to; i += third) items.push(number(i))
      machine.charge(items.length)
      return list(items)
    }),
  )
}

function callOf(
  machine: Machine,
  self: Value,
  name: string,
  args: CallArguments,
  at: number,
): Values {
  if (self.kind === 'string') return callOfString(machine, self, name, args, at)
  if (self.kind === 'dict') return callOfDict(machine, self, name, args, at)
  if (self.kind === 'list') return callOfList(self, name, args)
  if (self.kind !== 'object') return [OPAQUE]
  if (name === 'get' || name === 'pop') {
    const key = args.positional[0]?.[0]
    if (key?.kind === 'string') return machine.access(self, key, at)
  }
  return callOfText(machine, self, name, args, at)
}

function callOfString(
  machine: Machine,
  self: Value & { kind: 'string' },
  name: string,
  args: CallArguments,
  at: number,
): Values {
  if (name === 'format' || name === 'format_map') readFields(machine, self.value, args, at)
  const named = firstOfEach(args.named)
  return alternatives(
    combinations(args.positional).map((row) => {
      machine.charge(1 + self.value.length / 64)
      const result = callMethod(self.value, self.assembled, name, row, named)
      return withNeedles(result, self.needles, ...row.map((value) => value.needles))
    }),
  )
}

/** '{0.__class__}'.format(x) reads attributes, in Python itself, past the sandbox of Jinja. */
function readFields(machine: Machine, format: string, args: CallArguments, at: number): void {
  for (const { field, names } of fieldAttributes(format)) {
    let bases = args.positional[Number(field === '' ? 0 : field)] ??
      args.named.get(field) ?? [UNKNOWN]
    for (const name of names)
      bases = alternatives(bases.flatMap((base) => machine.access(base, text(name, true), at)))
  }
}

function callOfDict(
  machine: Machine,
  self: Value & { kind: 'dict' },
  name: string,
  args: CallArguments,
  at: number,
): Values {
  if (name === 'items')
    return [
      list(
        [...self.entries].map(([key, values]) =>
          list([text(key, true), values.length === 1 ? (values[0] ?? UNKNOWN) : UNKNOWN]),
        ),
      ),
    ]
  if (name === 'cycle' && self.entries.has('revindex0')) return alternatives(args.positional.flat())
  if (name === 'keys') return [list(itemsOf(self) ?? [])]
  if (name === 'values') return [list([...self.entries.values()].flat())]
  if (name === 'update') {
    for (const value of args.positional.flat())
      if (value.kind === 'dict')
        for (const [key, entry] of value.entries) self.entries.set(key, entry)
    for (const [key, values] of args.named) self.entries.set(key, values)
    return [NONE]
  }
  const key = args.positional[0] ?? [UNKNOWN]
  if (['get', 'pop', 'setdefault'].includes(name))
    return alternatives([
      ...key.flatMap((each) => machine.access(self, each, at)),
      ...(args.positional[1] ?? []),
    ])
  const method = self.entries.get(name)
  return method === undefined
    ? [UNKNOWN]
    : alternatives(method.flatMap((each) => machine.call(each, args, at)))
}

function callOfList(self: Value & { kind: 'list' }, name: string, args: CallArguments): Values {
  const [item] = args.positional
  if (name === 'append' && item !== undefined) {
    append(self, item.length === 1 ? (item[0] ?? UNKNOWN) : OPAQUE)
    return [NONE]
  }
  if (['extend', 'insert', 'reverse', 'sort', 'remove', 'clear'].includes(name)) {
    append(self, OPAQUE)
    return [NONE]
  }
  if (name === 'pop') return alternatives(self.items)
  return [name === 'copy' ? list([...self.items]) : UNKNOWN]
}

/** Methods of the text of a message, or of the time. */
function callOfText(
  machine: Machine,
  self: Value & { kind: 'object' },
  name: string,
  args: CallArguments,
  at: number,
): Values {
  const about = subjectOf(self)
  const constants = args.positional.flat()
  if (about === 'text' && name === 'replace') noteRewrite(machine, args, at)
  const looking = !['replace', 'strip', 'lstrip', 'rstrip', 'join', 'format'].includes(name)
  const needles =
    about === undefined || !looking ? [] : constants.flatMap((each) => needlesOf(each, about))
  const asks = ['startswith', 'endswith', 'find', 'rfind', 'index', 'count', 'isdigit'].includes(
    name,
  )
  const result = object(callLabel(`${self.label}.${name}`, args), asks ? 'other' : self.origin)
  return [withNeedles(result, self.needles, needles)]
}

/** A template that exchanges words which people wrote for others changes what they said. */
export function noteRewrite(machine: Machine, args: CallArguments, at: number): void {
  const [from = [], to = []] = args.positional
  for (const needle of from)
    for (const replacement of to) {
      if (needle.kind !== 'string' || replacement.kind !== 'string') continue
      const spoken = isSpokenNeedle({ text: needle.value, about: 'text' })
      const address = hasAddress(replacement.value)
      const meant = /\p{L}{2,}/u.test(replacement.value)
      if (!(spoken && meant) && !address) continue
      machine.report(
        address ? 'behaviour.rewrite.address' : 'behaviour.rewrite',
        at,
        `${labelOf(needle)} -> ${labelOf(replacement)}`,
      )
    }
}
