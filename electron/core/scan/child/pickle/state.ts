import { CALL, DICT, IMPORT, LITERAL, NODE, NONE, payloadOf, TUPLE, tagOf, UNKNOWN } from './arena'
import { argumentsOf, record, tupleOf } from './calls'
import { valueEvidence } from './evidence'
import { isDataFormula } from './formula'
import type { Machine } from './machine'
import { textOf } from './python-value'

/**
 * Attributes of an instance that unpickling itself calls: BUILD `__setstate__`, APPENDS `extend` and
 * `append`, ADDITEMS `add` (load_build, do_append and load_additems of Modules/_pickle.c). A method
 * stands in a class; only a file that wants it called puts a function in the state.
 */
const CALLED = new Set(['__setstate__', 'append', 'extend', 'add', '__reduce_ex__'])

/** Entries of a state that is a dictionary; undefined when some of it is not known. */
function entriesOf(machine: Machine, state: number): [string, number][] | undefined {
  const node = tagOf(state) === NODE ? machine.arena.node(state) : undefined
  if (node?.kind !== DICT || node.count !== node.items.length) return undefined
  const entries: [string, number][] = []
  for (let at = 0; at + 1 < node.items.length; at += 2) {
    const key = textOf(machine, node.items[at] ?? UNKNOWN)
    if (key === undefined) return undefined
    entries.push([key, node.items[at + 1] ?? UNKNOWN])
  }
  return entries
}

/**
 * BUILD on an object: what its class makes of the state. Most keep it as attributes; these run it.
 * `callee` is the class of the object, or the function that made it.
 */
export function judgeState(
  machine: Machine,
  target: number,
  callee: number,
  state: number,
  offset: number,
): void {
  if (tagOf(callee) !== IMPORT) return
  const { module, attribute, role } = machine.imports.at(payloadOf(callee))
  if (role === 'partial') changePartial(machine, target, state, offset)
  else if (role === 'bytes-io') keepBytes(machine, target, state)
  else if (/^scipy\.stats(\.|$)/.test(module)) readDistribution(machine, state, attribute, offset)
  else if (/^statsmodels(\.|$)/.test(module)) readFormula(machine, state, offset)
  if (machine.arena.holdsValue(state)) noteMethods(machine, state, offset)
}

/** functools.partial.__setstate__((function, arguments, keywords, attributes)). */
function changePartial(machine: Machine, target: number, state: number, offset: number): void {
  const { arena, imports } = machine
  const before = argumentsOf(machine, arena.node(target)?.items[1] ?? UNKNOWN)[0]
  const [func = UNKNOWN, args = UNKNOWN, keywords = NONE] = argumentsOf(machine, state)
  arena.setArguments(target, tupleOf(machine, [func, ...argumentsOf(machine, args)]), keywords)
  if (func === before && func !== UNKNOWN) return
  machine.note('pickle.changed-partial', offset, valueEvidence(machine, target))
  if (tagOf(func) === IMPORT)
    record(
      machine,
      imports.at(payloadOf(func)),
      { kind: CALL, callee: func, args, keywords, offset, opcode: 'BUILD' },
      true,
    )
}

/** BytesIO.__setstate__((bytes, position, attributes)): the same as BytesIO(bytes). */
function keepBytes(machine: Machine, target: number, state: number): void {
  const [content] = argumentsOf(machine, state)
  if (content !== undefined) machine.arena.setArguments(target, tupleOf(machine, [content]), NONE)
}

/**
 * Three functions that hand their parameters back, as scipy makes them of the names of its shapes
 * (parse_arg_template in scipy/stats/_distn_infrastructure.py).
 */
const NAMES = String.raw`[\w, ]*`
const DEFAULTS = String.raw`[\w, =.]*(?:moments='mv')?`
const TEMPLATE = new RegExp(
  String.raw`^(?:\s*def _parse_args(?:_rvs|_stats)?\(self,${DEFAULTS}\):\s*return (?:\(${NAMES}\),${NAMES}|self\._argcheck_rvs\(${NAMES}size=size\))\s*?\n)+\s*$`,
)

/** rv_generic.__setstate__ runs exec(self._parse_arg_template): the text has to be scipy's own. */
function readDistribution(
  machine: Machine,
  state: number,
  attribute: string,
  offset: number,
): void {
  const entries = entriesOf(machine, state)
  if (entries === undefined) {
    // Instances of other classes of the package have states of all kinds.
    if (/_gen$|^rv_(?!frozen)/.test(attribute))
      machine.broken('pickle.unread-state', offset, `the state of ${attribute} cannot be read`)
    return
  }
  const template = entries.find(([key]) => key === '_parse_arg_template')?.[1]
  if (template === undefined || template === NONE) return
  const text = textOf(machine, template)
  if (text === undefined || !TEMPLATE.test(text))
    machine.note('pickle.code-in-state', offset, valueEvidence(machine, template))
}

/** ModelData.__setstate__ hands `formula` to patsy, which evaluates it as Python. */
function readFormula(machine: Machine, state: number, offset: number): void {
  const formula = entriesOf(machine, state)?.find(([key]) => key === 'formula')?.[1]
  if (formula === undefined || formula === NONE) return
  const text = textOf(machine, formula)
  if (text === undefined ? tagOf(formula) === LITERAL : !isDataFormula(text))
    machine.note('pickle.code-in-state', offset, valueEvidence(machine, formula))
}

function noteMethods(machine: Machine, state: number, offset: number): void {
  const states = tagOf(state) === NODE ? machine.arena.node(state) : undefined
  // (attributes, slots) where a class has __slots__.
  for (const part of states?.kind === TUPLE ? states.items : [state])
    for (const [key, value] of entriesOf(machine, part) ?? [])
      if (CALLED.has(key) && (tagOf(value) === IMPORT || machine.arena.calleeOf(value) !== 0))
        machine.note('pickle.method-in-state', offset, `${key} = ${valueEvidence(machine, value)}`)
}
