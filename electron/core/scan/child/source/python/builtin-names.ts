import { setAttribute } from './assign'
import { type Builtin, first } from './builtin'
import type { Machine } from './machine'
import { canonicalName, isSensitiveModule } from './names'
import { lookUpName } from './scope'
import { itemOf } from './subscript'
import type { Node } from './tree'
import {
  type Arguments,
  dataValue,
  refValue,
  taintsOf,
  textOf,
  UNKNOWN,
  unionTaints,
  unknownWith,
  type Value,
} from './value'

/** getattr and its relatives. A name that was put together is hidden; one in two words is odd. */
export function getAttribute(
  machine: Machine,
  on: Value,
  name: Value,
  node: Node,
  isPlain: boolean,
): Value {
  if (name.kind !== 'str') return unknownWith(unionTaints(taintsOf(on), taintsOf(name)))
  let value = on
  for (const part of name.value.split('.')) {
    const hidden = name.made
      ? `builds the name ${name.value}`
      : isPlain && on.kind === 'ref'
        ? `~names ${name.value} in a text`
        : undefined
    value = machine.attribute(value, part, node, hidden)
  }
  return value
}

function importModule(given: Arguments, whole: boolean): Value {
  const name = given.plain[0] ?? given.named.get('name') ?? UNKNOWN
  if (name.kind !== 'str') return unknownWith(taintsOf(name))
  const module = canonicalName(
    whole || given.plain.length > 3 ? name.value : (name.value.split('.')[0] ?? ''),
  )
  const hidden = name.made
    ? `builds the module name ${name.value}`
    : isSensitiveModule(module.name)
      ? `~imports ${module.name} inside an expression`
      : undefined
  return refValue(module.name, name.taints, hidden ?? module.hidden)
}

function evaluated(machine: Machine, given: Arguments): Value | undefined {
  const code = first(given)
  const text = textOf(code)?.trim()
  if (
    text === undefined ||
    code.kind === 'partial' ||
    !/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(text)
  )
    return unknownWith(taintsOf(code))
  const [name = '', ...rest] = text.split('.')
  let value = lookUpName(machine.namesAt(), name) ?? refValue(`builtins.${name}`)
  for (const part of rest)
    value = value.kind === 'ref' ? refValue(canonicalName(`${value.name}.${part}`).name) : UNKNOWN
  return value.kind === 'ref' ? { ...value, hidden: `evaluates the name ${text}` } : value
}

function dotted(name: Value): Value {
  if (name.kind !== 'str') return unknownWith(taintsOf(name))
  return refValue(
    canonicalName(name.value.replace(':', '.')).name,
    [],
    `resolves the name ${name.value}`,
  )
}

/** Functions that reach other functions by their names. */
export const NAMES: readonly (readonly [string, Builtin])[] = [
  [
    'builtins.getattr',
    (m, g, node) => getAttribute(m, first(g), g.plain[1] ?? UNKNOWN, node, g.plain.length === 2),
  ],
  [
    'builtins.object.__getattribute__',
    (m, g, node) => getAttribute(m, first(g), g.plain[1] ?? UNKNOWN, node, true),
  ],
  [
    'inspect.getattr_static',
    (m, g, node) => getAttribute(m, first(g), g.plain[1] ?? UNKNOWN, node, true),
  ],
  [
    'builtins.setattr',
    (m, g, node) => {
      const name = g.plain[1]
      const on = first(g)
      if (name?.kind === 'str' && on.kind === 'ref')
        setAttribute(m, on, name.value, g.plain[2] ?? UNKNOWN, node)
      if (name?.kind === 'str' && (on.kind === 'class' || on.kind === 'instance'))
        on.cls.attributes.set(name.value, g.plain[2] ?? UNKNOWN)
      return UNKNOWN
    },
  ],
  ['builtins.__import__', (_m, g) => importModule(g, false)],
  ['importlib.import_module', (_m, g) => importModule(g, true)],
  ['importlib.util.find_spec', (_m, g) => importModule(g, true)],
  ['pkgutil.resolve_name', (_m, g) => dotted(first(g))],
  ['pydoc.locate', (_m, g) => dotted(first(g))],
  [
    'sys.modules.get',
    (_, g) =>
      first(g).kind === 'str'
        ? refValue(textOf(first(g)) ?? '', [], 'takes a module out of sys.modules')
        : UNKNOWN,
  ],
  ['<names>.get', (m, g, node) => itemOf(m, refValue('<names>'), first(g), node, m.namesAt())],
  ['<globals>.get', (m, g, node) => itemOf(m, refValue('<globals>'), first(g), node, m.namesAt())],
  ['builtins.globals', () => refValue('<names>')],
  ['builtins.locals', () => refValue('<names>')],
  [
    'builtins.vars',
    (m, g, node) =>
      g.plain.length === 0 ? refValue('<names>') : m.attribute(first(g), '__dict__', node),
  ],
  ['builtins.eval', (m, g) => evaluated(m, g)],
  [
    'builtins.compile',
    (_, g) => {
      const code = g.plain[0] ?? g.named.get('source') ?? UNKNOWN
      return code.kind === 'unknown' ? unknownWith(taintsOf(code)) : code
    },
  ],
  [
    'builtins.type',
    (_, g) => {
      const [, bases, body] = g.plain
      if (body?.kind !== 'dict')
        return first(g).kind === 'instance' || first(g).kind === 'ref'
          ? refValue('<class>')
          : UNKNOWN
      const attributes = new Map([...body.entries].map(([key, value]) => [key.slice(1), value]))
      return dataValue({
        kind: 'class',
        cls: { name: 'type', bases: bases?.kind === 'list' ? bases.items : [], attributes },
      })
    },
  ],
  [
    'builtins.super',
    (m) => {
      const owner = m.frame.fn?.owner
      const base = owner?.bases[0]
      return base?.kind === 'class'
        ? dataValue({ kind: 'instance', cls: base.cls })
        : base?.kind === 'ref'
          ? refValue(`${base.name}()`)
          : UNKNOWN
    },
  ],
  ['builtins.staticmethod', (_, g) => first(g)],
  ['builtins.classmethod', (_, g) => first(g)],
  ['ast.parse', (_, g) => first(g)],
  ['ast.unparse', (_, g) => first(g)],
  ['ast.literal_eval', (m, g) => m.literal(first(g))],
]
