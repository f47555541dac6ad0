import {
  BUILTIN_METHODS,
  GLOBAL_FUNCTIONS,
  GLOBAL_NAMES,
  GLOBAL_OBJECTS,
  joinPath,
} from './globals'
import type { Machine } from './machine'
import type { Scope } from './scope'
import { isWholeEnvironment, narrowed, pathSource } from './sources'
import {
  constantValue,
  joinValues,
  objectShape,
  pathValue,
  shapeValue,
  stepped,
  type Taint,
  taint,
  taintedValue,
  UNDEFINED,
  UNKNOWN,
  type Value,
  withTaints,
} from './value'

interface Range {
  start: number
  end: number
}

/** `base.key`; `built` says that the key was put together. */
export function memberOf(
  machine: Machine,
  base: Value,
  key: string | undefined,
  built: boolean,
  scope: Scope | undefined,
  at: Range,
  /** Origins of a key that is not known. */
  named: readonly Taint[] = [],
): Value {
  if (key === undefined) return unknownMember(base, at, named)
  if (base.path === '%proxy') {
    const trap = base.shape?.properties.get('%get')?.code
    const target = base.shape?.properties.get('%target') ?? UNKNOWN
    if (trap !== undefined && trap.running === 0)
      return machine.invoke(trap, [target, constantValue(key)], UNKNOWN, trap.node)
  }
  if (base.shape !== undefined) {
    const own = ownMember(machine, base, key, scope)
    if (own !== undefined) {
      // A place that is computed hides which text of a table it is.
      const held = built && own.known && base.shape.items !== undefined ? { ...own, built } : own
      if (isWholeEnvironment(base)) return held
      const all = withTaints(held, base.taints)
      return all.taints.length === 0 ? all : { ...all, taints: narrowed(all.taints, key, at) }
    }
  }
  if (key === 'constructor') return constructorOf(base)
  if (key === '__proto__') return base.path === undefined ? pathValue('%proto') : base
  if (base.known) return memberOfConstant(base, key, at)
  if (base.code !== undefined && base.path === undefined) {
    if (key === 'prototype') return prototypeOf(base)
    return base.code.self.shape?.properties.get(key) ?? UNKNOWN
  }
  if (base.path !== undefined) return memberOfPath(machine, base, base.path, key, built, at)
  // NestJS hands its HTTP client on under this name.
  if (key === 'axiosRef') return pathValue('#axios')
  const passed = taintedValue(stepped(narrowed(base.taints, key, at), `reads .${key}`, at))
  return AUTHENTICATES.test(key) && base.taints.some(({ what }) => what === 'request')
    ? withTaints(passed, [taint('credentials', 'reads how a client signs in', at, 'key')])
    : passed
}

/** Headers of a request by which a client says who it is. */
const AUTHENTICATES = /^(?:authorization|cookie|x-api-key)$/i

/** The object that methods and instances of a function share here. */
export function prototypeOf(value: Value): Value {
  const { code } = value
  if (code === undefined) return UNKNOWN
  if (code.self === UNKNOWN) code.self = shapeValue(objectShape())
  return code.self
}

function unknownMember(base: Value, at: Range, named: readonly Taint[]): Value {
  // One variable of the environment by a computed name is a setting; all of them in turn are not.
  if (isWholeEnvironment(base))
    return named.some((one) => one.source === 'names')
      ? taintedValue([taint('environment', 'reads every variable', at)])
      : UNKNOWN
  let value = taintedValue(stepped(base.taints, 'reads a member', at))
  const { shape } = base
  if (shape !== undefined) {
    value = joinValues(value, shape.rest)
    let count = 0
    // One of a few: the most telling wins; a table of many says nothing.
    for (const item of shape.items ?? shape.properties.values()) {
      if (count++ >= 32) break
      if (item.code !== undefined || item.path !== undefined || item.taints.length > 0)
        value = joinValues(value, item)
    }
  }
  const source = base.path === undefined ? undefined : pathSource(`${base.path}.*`, at)
  return source === undefined ? value : withTaints(value, [source])
}

function ownMember(
  machine: Machine,
  base: Value,
  key: string,
  scope: Scope | undefined,
): Value | undefined {
  const { shape } = base
  if (shape === undefined) return undefined
  if (scope?.owner !== undefined && shape.items === undefined) {
    shape.readers ??= new Set()
    shape.readers.add(scope.owner)
  }
  if (shape.items !== undefined) {
    if (key === 'length') return shape.exact ? constantValue(shape.items.length) : UNKNOWN
    if (/^\d+$/.test(key)) {
      const item = shape.items[Number(key)]
      if (item !== undefined) return item
      return shape.exact && machine.precise > 0 ? UNDEFINED : shape.rest
    }
    if (BUILTIN_METHODS.has(key)) return pathValue(`Array.prototype.${key}`)
  }
  const own = shape.properties.get(key)
  if (own !== undefined) return own
  if (key === 'constructor' || key === '__proto__' || key === 'prototype') return undefined
  if (base.path !== undefined || base.code !== undefined) return undefined
  return shape.rest === UNKNOWN ? undefined : shape.rest
}

/** `x.constructor`, on the way to Function. */
function constructorOf(base: Value): Value {
  const { code } = base
  // One of several things it may be: then nothing is known about its class.
  if (code !== undefined && (base.hint !== undefined || base.shape !== undefined))
    return pathValue('%class')
  if (code !== undefined) {
    const { async, generator } = code.node
    // The documented way to these two, which have no name of their own.
    return async || generator ? pathValue('AsyncFunction') : pathValue('Function', true)
  }
  const { path } = base
  if (path !== undefined) {
    if (path === 'module' || path === 'process.mainModule' || path === 'require.main')
      return pathValue('#module')
    const last = path.slice(path.lastIndexOf('.') + 1)
    if (
      path === '%class' ||
      GLOBAL_FUNCTIONS.has(path) ||
      BUILTIN_METHODS.has(last) ||
      (path.startsWith('#') && path.includes('.') && !path.endsWith(')'))
    )
      return pathValue('Function', true)
    return pathValue('%class')
  }
  if (base.known && typeof base.constant === 'string') return pathValue('String')
  if (base.known && typeof base.constant === 'number') return pathValue('Number')
  if (base.shape?.items !== undefined) return pathValue('Array')
  return pathValue('%class')
}

/** The parameters of an address, as a Map. */
function queryOf(url: string): Value {
  const shape = objectShape()
  const query = new URLSearchParams(/\?([^#]*)/.exec(url)?.[1] ?? '')
  for (const [name, value] of [...query].slice(0, 100))
    if (!shape.properties.has(`%entry ${name}`))
      shape.properties.set(`%entry ${name}`, constantValue(value, true))
  return { ...pathValue('Map()'), shape }
}

function memberOfConstant(base: Value, key: string, at: Range): Value {
  const { constant } = base
  if (typeof constant === 'string' || constant instanceof Uint8Array) {
    if (key === 'length') return constantValue(constant.length)
    if (/^\d+$/.test(key)) return constantValue(constant[Number(key)], true, base.taints)
    if (BUILTIN_METHODS.has(key)) return pathValue(`String.prototype.${key}`)
  }
  if (key === 'searchParams' && typeof constant === 'string') return queryOf(constant)
  if (constant instanceof RegExp && (key === 'source' || key === 'flags')) {
    const isText = /^[^+*?|[\]{}]{8,}$/.test(constant.source)
    const own = isText ? [taint('decoded', 'decodes a pattern', at)] : []
    return constantValue(constant[key], true, [...own, ...base.taints])
  }
  return taintedValue(base.taints)
}

function memberOfPath(
  machine: Machine,
  base: Value,
  path: string,
  key: string,
  built: boolean,
  at: Range,
): Value {
  if (path === 'globalThis') {
    const stored = machine.globals.get(key)
    if (stored !== undefined) return stored
    if (!GLOBAL_NAMES.has(key)) return UNKNOWN
    if (GLOBAL_OBJECTS.has(key)) return base
  }
  const joined = joinPath(path, key)
  const stored = machine.stored.get(path)?.properties.get(key)
  if (stored !== undefined) return stored
  const source = pathSource(joined, at)
  const taints = /^(?:process\.env|(?:Bun|Deno)\.env|(?:local|session)Storage)$/.test(path)
    ? []
    : stepped(narrowed(base.taints, key, at), `reads .${key}`, at)
  return pathValue(
    joined === 'process.mainModule.require' || joined === 'module.require' ? 'require' : joined,
    base.built || built || joined === 'process.mainModule.require',
    source === undefined ? taints : [source, ...taints].slice(0, 6),
  )
}
