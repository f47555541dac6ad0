import { type FunctionRecord, UNDEFINED, type Value } from './value'

export interface Binding {
  value: Value
  /** Functions that read it from outside: they run again when it turns out to hold more. */
  readers: Set<FunctionRecord> | undefined
}

export interface Scope {
  readonly parent: Scope | undefined
  readonly names: Map<string, Binding>
  /** The function this scope belongs to, undefined at the top. */
  readonly owner: FunctionRecord | undefined
  readonly self: Value
  readonly isFunction: boolean
  /** The object of a `with` statement. */
  held?: Value
}

export const createScope = (
  parent: Scope | undefined,
  owner: FunctionRecord | undefined,
  self: Value,
  isFunction: boolean,
): Scope => ({ parent, names: new Map(), owner, self, isFunction })

export const blockScope = (parent: Scope): Scope =>
  createScope(parent, parent.owner, parent.self, false)

export function declare(scope: Scope, name: string, value: Value = UNDEFINED): Binding {
  const known = scope.names.get(name)
  if (known !== undefined) return known
  const binding: Binding = { value, readers: undefined }
  scope.names.set(name, binding)
  return binding
}

/** The binding of a name and whether it lies outside the function that asks. */
export function lookUp(scope: Scope, name: string): { binding: Binding; scope: Scope } | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    const binding = at.names.get(name)
    if (binding !== undefined) return { binding, scope: at }
  }
  return undefined
}

/** The objects of the `with` statements around, the nearest first. */
export function heldObjects(scope: Scope): Value[] {
  const held: Value[] = []
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent)
    if (at.held !== undefined) held.push(at.held)
  return held
}

export function functionScope(scope: Scope): Scope {
  let at = scope
  while (!at.isFunction && at.parent !== undefined) at = at.parent
  return at
}
