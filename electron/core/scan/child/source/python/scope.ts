import { joined, UNKNOWN, type Value } from './value'

/** Names of a module, class, function or comprehension. */
export interface Scope {
  readonly parent: Scope | undefined
  readonly isClass: boolean
  /** Modules that were imported with a star. */
  readonly stars: string[]
  own(name: string): Value | undefined
  set(name: string, value: Value): void
  names(): ReadonlyMap<string, Value>
  /** `global x`, `nonlocal x`: assignments go there. */
  redirect(name: string, to: Scope): void
  /** Runs each branch from the same start and joins what they leave. */
  branches(runs: readonly (() => void)[]): void
}

export function createScope(parent: Scope | undefined, isClass = false): Scope {
  const values = new Map<string, Value>()
  const redirected = new Map<string, Scope>()
  /** Values before the branch that is running, by name; undefined for a name that was new. */
  const logs: Map<string, Value | undefined>[] = []

  function set(name: string, value: Value): void {
    const elsewhere = redirected.get(name)
    if (elsewhere !== undefined) {
      elsewhere.set(name, value)
      return
    }
    const log = logs.at(-1)
    if (log !== undefined && !log.has(name)) log.set(name, values.get(name))
    values.set(name, value)
  }

  function branches(runs: readonly (() => void)[]): void {
    const outcomes = new Map<string, Value>()
    const before = new Map<string, Value | undefined>()
    for (const run of runs) {
      const log = new Map<string, Value | undefined>()
      logs.push(log)
      run()
      logs.pop()
      for (const [name, old] of log) {
        const now = values.get(name) ?? UNKNOWN
        const other = outcomes.get(name)
        outcomes.set(name, other === undefined ? now : joined(other, now))
        before.set(name, old)
        if (old === undefined) values.delete(name)
        else values.set(name, old)
      }
    }
    for (const [name, value] of outcomes) {
      const old = before.get(name)
      set(name, old === undefined ? value : joined(old, value))
    }
  }

  return {
    parent,
    isClass,
    stars: [],
    own: (name) => redirected.get(name)?.own(name) ?? values.get(name),
    set,
    names: () => values,
    redirect: (name, to) => void redirected.set(name, to),
    branches,
  }
}

/** The value of a name as Python looks it up: class bodies are no scope of their methods. */
export function lookUpName(scope: Scope, name: string): Value | undefined {
  for (let at: Scope | undefined = scope, first = true; at !== undefined; at = at.parent) {
    const value = first || !at.isClass ? at.own(name) : undefined
    if (value !== undefined) return value
    first = false
  }
  return undefined
}

export function moduleOf(scope: Scope): Scope {
  let at = scope
  while (at.parent !== undefined) at = at.parent
  return at
}
