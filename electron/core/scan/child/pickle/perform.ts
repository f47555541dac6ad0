import {
  CALL,
  DICT,
  EMPTY_TUPLE,
  IMPORT,
  NEW,
  NODE,
  NONE,
  OBJECT,
  payloadOf,
  tagOf,
  UNKNOWN,
} from './arena'
import { NUMPY_OBJECTS, numpyDtype } from './array-objects'
import { argumentsOf, type Call, describe, importValue, record, tupleOf } from './calls'
import { callEvidence } from './evidence'
import { loadBytes } from './loaded-bytes'
import type { Machine } from './machine'
import { textOf } from './python-value'
import { isInstanceMaker, itemOf, type Role } from './roles'
import { noteSize } from './sizes'

/** partial(partial(…)) and the like are followed this far. */
const DEEPEST = 16

/** Module and path of a class or function, and of what an object is an instance of. */
function ownerOf(machine: Machine, object: number): readonly [string, string] | undefined {
  if (tagOf(object) === IMPORT) {
    const { module, attribute } = machine.imports.at(payloadOf(object))
    return [module, attribute]
  }
  const callee = machine.arena.calleeOf(object)
  if (callee !== 0 && tagOf(callee) === IMPORT) {
    const { module, attribute } = machine.imports.at(payloadOf(callee))
    // What a function returns may be anything; a class returns its instance.
    const isClass = /(?:^|\.)_*[A-Z][^.]*$/.test(attribute)
    return machine.arena.kindOf(object) === NEW || isClass ? [module, attribute] : undefined
  }
  const what = describe(machine, object)
  // No pickler fetches an attribute of a number or a text; the name is told as what it is.
  return what === 'literal' || what === 'container' ? ['builtins', what] : undefined
}

/** The value of `object.name`: a name we can follow, also through instances and results of calls. */
function attribute(machine: Machine, object: number, name: string, call: Call): number {
  const origin = { offset: call.offset, opcode: call.opcode, resolved: true } as const
  const owner = ownerOf(machine, object)
  if (owner === undefined) return importValue(machine, describe(machine, object), name, origin)
  const [module, path] = owner
  return importValue(machine, module, path === '' ? name : `${path}.${name}`, origin)
}

/** The value of `object['name']` where the object is a dictionary of names. */
function item(machine: Machine, object: number, name: string, call: Call): number | undefined {
  const found = itemOf(describe(machine, object), name)
  if (found === undefined) return undefined
  const origin = { offset: call.offset, opcode: call.opcode, resolved: true } as const
  return importValue(machine, found[0], found[1], origin)
}

/** Follows a call of a function with a role. Undefined: an ordinary result. */
function follow(machine: Machine, role: Role, call: Call): number | undefined {
  const items = argumentsOf(machine, call.args)
  const [first = UNKNOWN, second = UNKNOWN] = items
  const origin = { offset: call.offset, opcode: call.opcode, resolved: true } as const
  switch (role) {
    case 'getattr': {
      const name = textOf(machine, second)
      if (name !== undefined) return attribute(machine, first, name, call)
      machine.note('pickle.unresolved-attribute', call.offset, evidenceOf(machine, call))
      return undefined
    }
    case 'getitem':
    case 'own-item': {
      const key = textOf(machine, role === 'getitem' ? second : first)
      const owner = role === 'getitem' ? first : call.callee
      return key === undefined ? undefined : item(machine, owner, key, call)
    }
    case 'import':
    case 'resolve-name': {
      const name = textOf(machine, first)
      if (name === undefined) {
        machine.note('pickle.unresolved-import', call.offset, evidenceOf(machine, call))
        return undefined
      }
      const [module = name, path = ''] = name.split(':', 2)
      return importValue(machine, module, path, origin)
    }
    case 'import-from': {
      const [module, name] = [textOf(machine, first), textOf(machine, second)]
      return module === undefined || name === undefined
        ? undefined
        : importValue(machine, module, name, origin)
    }
    case 'apply':
      for (const argument of items) applied(machine, argument, call)
      for (const argument of valuesOf(machine, call.keywords)) applied(machine, argument, call)
      return undefined
    case 'new-object':
      // copyreg.__newobj__(class, …) and __newobj_ex__(class, args, keywords): NEWOBJ by hand.
      if (tagOf(first) !== IMPORT && tagOf(first) !== NODE) return undefined
      return perform(
        machine,
        { ...call, kind: NEW, callee: first, ...newArguments(machine, items) },
        1,
      )
    case 'pickled-cython':
      // __pyx_unpickle_X(class, checksum, state): class.__new__(class), then a state of fields.
      return tagOf(first) === IMPORT ? machine.arena.call(NEW, first, EMPTY_TUPLE, NONE) : undefined
    case 'makes-class':
      if (items.length > 1)
        machine.note('pickle.made-class', call.offset, evidenceOf(machine, call))
      return undefined
    case 'attribute-of':
      // Only dunders are told before it is called: an attrgetter in a pipeline is data.
      for (const item of items) {
        const path = textOf(machine, item)
        if (path === undefined)
          machine.note('pickle.unresolved-attribute', call.offset, evidenceOf(machine, call))
        else if (path.includes('__')) importValue(machine, 'operator.attrgetter', path, origin)
      }
      return undefined
    case 'loads':
      loadBytes(machine, call)
      return undefined
    case 'allocates':
    case 'endless':
    case 'consumes':
      noteSize(machine, role, call)
      return undefined
    case 'numpy-dtype': {
      const code = textOf(machine, first)
      if (code === undefined || machine.objects.length >= NUMPY_OBJECTS) return undefined
      return machine.objects.push(numpyDtype(code)) * 8 - 8 + OBJECT
    }
    case 'array-wrapper':
      return wrapper(machine)
    case 'reconstructor':
      // copyreg._reconstructor: base.__init__(object, state), unless base is object.
      if (tagOf(second) === IMPORT && !isObject(machine, second))
        record(machine, machine.imports.at(payloadOf(second)), call, true)
      if (tagOf(first) !== IMPORT) return undefined
      return machine.imports.at(payloadOf(first)).role === 'array-wrapper'
        ? wrapper(machine)
        : machine.arena.call(NEW, first, EMPTY_TUPLE, NONE)
    default:
      return undefined // item-of, method-of, partial: followed when their result is called
  }
}

/** Arguments and keywords that `__newobj__` and `__newobj_ex__` hand to `__new__`. */
function newArguments(
  machine: Machine,
  [, ...rest]: readonly number[],
): { args: number; keywords: number } {
  const [args = UNKNOWN, keywords] = rest
  const isEx = rest.length === 2 && keywords !== undefined && isDict(machine, keywords)
  if (isEx) return { args, keywords }
  return { args: rest.length === 0 ? EMPTY_TUPLE : tupleOf(machine, rest), keywords: NONE }
}

const isDict = (machine: Machine, value: number): boolean =>
  tagOf(value) === NODE && machine.arena.kindOf(value) === DICT

/** Values of a dictionary of keyword arguments. */
function valuesOf(machine: Machine, keywords: number): number[] {
  const node = isDict(machine, keywords) ? machine.arena.node(keywords) : undefined
  return node?.items.filter((_, index) => index % 2 === 1) ?? []
}

const isObject = (machine: Machine, value: number): boolean =>
  /^(?:builtins|__builtin__)\.object$/.test(machine.imports.at(payloadOf(value)).name)

/** A function that is handed to another one, which calls it sooner or later; also a partial. */
function applied(machine: Machine, value: number, call: Call): void {
  if (tagOf(value) === IMPORT) {
    record(machine, machine.imports.at(payloadOf(value)), call, true)
    return
  }
  const maker = machine.arena.calleeOf(value)
  if (maker === 0 || tagOf(maker) !== IMPORT) return
  if (machine.imports.at(payloadOf(maker)).role !== 'partial') return
  const node = machine.arena.node(value)
  const [callee = UNKNOWN, ...rest] = argumentsOf(machine, node?.items[1] ?? UNKNOWN)
  if (tagOf(callee) !== IMPORT) return
  const keywords = node?.items[2] ?? NONE
  perform(machine, { ...call, kind: CALL, callee, args: tupleOf(machine, rest), keywords }, 1, true)
}

/**
 * A function that gets a function or a class may call it; which one does cannot be known of every
 * name there is. So whatever is handed over counts as called, unless the callee is known to make
 * an instance of it, or to keep it.
 */
function noteHanded(machine: Machine, role: Role | undefined, call: Call): void {
  if (isInstanceMaker(role)) return
  const { arena, imports } = machine
  const handed = [
    ...(arena.holdsImport(call.args) ? argumentsOf(machine, call.args) : []),
    ...(arena.holdsImport(call.keywords) ? valuesOf(machine, call.keywords) : []),
  ]
  for (const value of handed)
    if (tagOf(value) === IMPORT && value !== call.callee)
      record(machine, imports.at(payloadOf(value)), call, true)
}

function wrapper(machine: Machine): number | undefined {
  if (machine.objects.length >= NUMPY_OBJECTS) return undefined
  return machine.objects.push({ type: 'wrapper' }) * 8 - 8 + OBJECT
}

const evidenceOf = (machine: Machine, call: Call): string =>
  callEvidence(machine, call.kind, call.callee, call.args, call.keywords)

/** Follows a call of what partial, attrgetter or methodcaller returned. */
function followResult(
  machine: Machine,
  call: Call,
  inner: readonly number[],
  depth: number,
): number | undefined {
  const [maker = UNKNOWN, makerArguments = UNKNOWN, makerKeywords = NONE] = inner
  if (tagOf(maker) !== IMPORT) return undefined
  const role = machine.imports.at(payloadOf(maker)).role
  const [first = UNKNOWN, ...rest] = argumentsOf(machine, makerArguments)
  const given = argumentsOf(machine, call.args)
  if (role === 'partial') {
    const tag = tagOf(first)
    if (tag !== IMPORT && tag !== NODE) return undefined
    const args = tupleOf(machine, [...rest, ...given])
    const keywords = call.keywords === NONE ? makerKeywords : call.keywords
    return perform(machine, { ...call, kind: CALL, callee: first, args, keywords }, depth + 1, true)
  }
  const name = textOf(machine, first)
  const object = given[0]
  if (name === undefined || object === undefined) return undefined
  if (role === 'attribute-of') return attribute(machine, object, name, call)
  if (role === 'item-of') return item(machine, object, name, call)
  if (role !== 'method-of') return undefined
  const callee = attribute(machine, object, name, call)
  if (callee === UNKNOWN) return undefined
  const args = tupleOf(machine, rest)
  return perform(machine, { ...call, kind: CALL, callee, args }, depth + 1, true)
}

/** Records a call and returns the value it leaves on the stack. */
export function perform(machine: Machine, call: Call, depth = 0, resolved = false): number {
  const { arena, imports } = machine
  const tag = tagOf(call.callee)
  if (tag === IMPORT) {
    const callee = imports.at(payloadOf(call.callee))
    const { role } = callee
    // getattr with a readable name says no more than that name, which is a fact of its own.
    if (role === 'getattr') {
      const followed = follow(machine, role, call)
      if (followed !== undefined) callee.followed++
      else record(machine, callee, call, resolved)
      return followed ?? arena.call(call.kind, call.callee, call.args, call.keywords)
    }
    record(machine, callee, call, resolved)
    noteHanded(machine, call.kind === NEW ? 'new-object' : role, call)
    const followed =
      role === undefined || depth >= DEEPEST ? undefined : follow(machine, role, call)
    return followed ?? arena.call(call.kind, call.callee, call.args, call.keywords)
  }
  const node = tag === NODE ? arena.node(call.callee) : undefined
  if ((node?.kind === CALL || node?.kind === NEW) && depth < DEEPEST) {
    const followed = followResult(machine, call, node.items, depth)
    if (followed !== undefined) return followed
  }
  const name = describe(machine, call.callee)
  if (name === 'literal' || name === 'container')
    machine.broken('pickle.not-callable', call.offset, 'something that is no function is called')
  else {
    const full = name.startsWith('result-of.') ? name : `result-of.${name}`
    record(machine, imports.result(full), call, resolved)
  }
  return arena.call(call.kind, call.callee, call.args, call.keywords)
}
