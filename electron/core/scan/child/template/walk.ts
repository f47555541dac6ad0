import { accessValue } from './access'
import { judgeText } from './behaviour'
import { callValue } from './calls'
import { subjectOf } from './compare'
import { itemsOf } from './constants'
import { concatenate, evaluateArguments, evaluateExpression } from './evaluate'
import { applyFilter } from './filters'
import { elementsOf, loopOf } from './loops'
import type { CallArguments, Machine } from './machine'
import { globalNamed } from './names'
import { OutputWatcher } from './output'
import { isSpokenNeedle } from './prose'
import type { Expression, Parameter, Statement, Target } from './tree'
import {
  alternatives,
  combine,
  combiningCost,
  dict,
  labelOf,
  list,
  type MacroValue,
  mergeNeedles,
  type Needle,
  OPAQUE,
  object,
  text,
  truthOf,
  UNKNOWN,
  type Value,
  type Values,
  withNeedles,
} from './value'

/** Steps of evaluation: real templates take some hundreds to a few thousand. */
const MOST_STEPS = 300_000
/** Steps between two looks at the clock, about a millisecond. */
const CHECK_EVERY = 1024
/** Items of a constant that a loop is followed through one by one. */
const UNROLLED_ITEMS = 256
const MACRO_DEPTH = 6
/** A macro that calls itself is followed this often; each level may double the work. */
const RECURSIONS = 1
/** Loops in loops that are walked twice, so that what the end of a body sets is seen at its start. */
const TWICE_DEPTH = 3

/** The template asks for more work than any real one. */
export class TooComplexError extends Error {
  override readonly name = 'TooComplexError'
}

export interface WalkHost {
  report(name: string, at: number, evidence: string): void
  checkpoint(): void
  /** The source between two places, cut for evidence. */
  snippet(start: number, end: number): string
}

/**
 * Runs a template on nothing: every branch is walked, names keep all values they may have, and
 * loops over constants are followed, since that is how names are assembled.
 */
export class Walker implements Machine {
  captured: Values = [UNKNOWN]
  private readonly host: WalkHost
  private scopes: Map<string, Values>[] = [new Map()]
  private output: Values | undefined
  /** Needles of the conditions around. */
  private needles: readonly Needle[] | undefined
  /** Above 0 where it is not certain that a statement runs: assignments add, and replace nothing. */
  private weak = 0
  private steps = 0
  private loops = 0
  private macros = 0
  private readonly active = new Map<readonly Statement[], number>()
  /** Statements so far that print or keep what somebody wrote. */
  private textUses = 0

  private readonly watcher: OutputWatcher

  constructor(host: WalkHost) {
    this.host = host
    this.watcher = new OutputWatcher((name, at, evidence) => host.report(name, at, evidence))
  }

  run(statements: readonly Statement[]): void {
    for (const statement of statements) this.execute(statement)
  }

  charge(steps: number): void {
    const before = this.steps
    this.steps += steps
    if (Math.floor(before / CHECK_EVERY) !== Math.floor(this.steps / CHECK_EVERY))
      this.host.checkpoint()
    if (this.steps > MOST_STEPS) throw new TooComplexError('It takes too many steps to evaluate.')
  }

  report(name: string, at: number, evidence: string): void {
    this.host.report(name, at, evidence)
  }

  evaluate(expression: Expression): Values {
    return evaluateExpression(this, expression)
  }

  evaluateArguments(args: Parameters<Machine['evaluateArguments']>[0]): CallArguments {
    return evaluateArguments(this, args)
  }

  access(base: Value, name: Value, at: number): Values {
    return accessValue(this, base, name, at)
  }

  call(callee: Value, args: CallArguments, at: number): Values {
    this.charge(1)
    return callValue(this, callee, args, at)
  }

  filter(name: string, input: Values, args: CallArguments, at: number): Values {
    return applyFilter(this, name, input, args, at)
  }

  lookUp(name: string): Values {
    for (let i = this.scopes.length - 1; i >= 0; i--) {
      const found = this.scopes[i]?.get(name)
      if (found !== undefined) return found
    }
    return [globalNamed(name)]
  }

  /** The body of a macro with its arguments; what it prints is its value. */
  invoke(macro: MacroValue, args: CallArguments): Values {
    const depth = this.active.get(macro.body) ?? 0
    if (this.macros >= MACRO_DEPTH || depth >= RECURSIONS) return [OPAQUE]
    this.macros++
    this.active.set(macro.body, depth + 1)
    const scope = new Map<string, Values>()
    macro.parameters.forEach(({ name, fallback }, index) => {
      const given = args.positional[index] ?? args.named.get(name)
      const otherwise = fallback === undefined ? [globalNamed(name)] : this.evaluate(fallback)
      scope.set(name, given ?? otherwise)
    })
    const extra = args.positional.slice(macro.parameters.length)
    scope.set('varargs', [list(extra.map(([first]) => first ?? UNKNOWN))])
    scope.set('kwargs', [dict(new Map(args.named))])
    const caller = args.named.get('caller')
    if (caller !== undefined) scope.set('caller', caller)
    const printed = this.capture(macro.body, scope)
    this.macros--
    this.active.set(macro.body, depth)
    return printed
  }

  noteProse(values: Values, at: number): Values {
    for (const value of values)
      if (value.kind === 'string') this.judge(value.value, value.needles, at)
    return values
  }

  /** What a statement prints while `body` runs. */
  private capture(body: readonly Statement[], scope: Map<string, Values>): Values {
    const outer = this.output
    this.output = [text('', false)]
    this.scoped(scope, () => this.run(body))
    const result = this.output
    this.output = outer
    return result
  }

  private scoped(scope: Map<string, Values>, body: () => void): void {
    this.scopes.push(scope)
    body()
    this.scopes.pop()
  }

  private print(values: Values): void {
    if (this.output === undefined) return
    this.charge(combiningCost(this.output, values))
    this.output = combine(this.output, values, concatenate)
  }

  private execute(statement: Statement): void {
    this.charge(1)
    const { start } = statement
    switch (statement.type) {
      case 'text':
        this.judge(statement.text, undefined, start)
        this.watcher.printed([text(statement.text, false)], start)
        this.print([text(statement.text, false)])
        return
      case 'output': {
        const values = this.evaluate(statement.value)
        if (values.some((value) => subjectOf(value) === 'text')) this.textUses++
        this.noteProse(values, start)
        this.watcher.printed(values, start)
        this.print(values)
        return
      }
      case 'if':
        this.executeIf(statement)
        return
      case 'for':
        this.executeFor(statement)
        return
      case 'set': {
        const values = this.evaluate(statement.value)
        this.assignAll(statement.targets, values, start)
        return
      }
      case 'capture': {
        this.captured = this.capture(statement.body, new Map())
        const values = this.evaluate(statement.filter)
        if (statement.target === undefined) this.print(values)
        else this.assign(statement.target, values, start)
        return
      }
      case 'macro':
        this.executeMacro(statement)
        return
      case 'call':
        this.executeCall(statement)
        return
      case 'with': {
        const scope = new Map<string, Values>()
        for (const { target, value } of statement.bindings)
          scope.set(target.name, this.evaluate(value))
        this.scoped(scope, () => this.run(statement.body))
        return
      }
      case 'scope':
        this.scoped(new Map(), () => this.run(statement.body))
        return
      case 'load':
        this.evaluate(statement.value)
        this.report(`load.${statement.what}`, start, this.host.snippet(start, statement.end))
        return
      case 'broken':
        this.report('unparsed', start, this.host.snippet(start, statement.end))
    }
  }

  private executeIf(statement: Statement & { type: 'if' }): void {
    const outer = this.needles
    const printedBefore = this.output
    const results: Value[] = []
    const uses: boolean[] = []
    let spoken: Needle | undefined
    this.weak++
    for (const { test, body } of statement.branches) {
      const tests = test === undefined ? [] : this.evaluate(test)
      for (const { needles } of tests) {
        spoken ??= needles?.find(isSpokenNeedle)
        this.needles = mergeNeedles(this.needles, needles)
      }
      this.output = printedBefore
      const usesBefore = this.textUses
      // A branch that never runs is read for what it holds, but what it sets is forgotten.
      const dead = tests.length > 0 && tests.every((value) => truthOf(value) === false)
      if (dead) this.scoped(new Map(), () => this.run(body))
      else this.run(body)
      uses.push(this.textUses > usesBefore)
      if (this.output !== undefined && !dead) results.push(...this.output)
    }
    this.weak--
    this.needles = outer
    const hasElse = statement.branches.some(({ test }) => test === undefined)
    if (printedBefore !== undefined)
      this.output = alternatives(hasElse ? results : [...results, ...printedBefore])
    if (spoken !== undefined && hasElse && uses.includes(true) && uses.includes(false))
      this.report(
        'behaviour.drop',
        statement.start,
        `${labelOf(text(spoken.text, false))} decides whether a message is kept: ${this.host.snippet(statement.start, statement.end)}`,
      )
  }

  private executeFor(statement: Statement & { type: 'for' }): void {
    const iterables = this.evaluate(statement.iterable)
    const outer = this.needles
    const items = iterables.length === 1 && iterables[0] ? itemsOf(iterables[0]) : undefined
    const pass = (item: Values, loop: Value) =>
      this.scoped(new Map([['loop', [loop]]]), () => {
        this.assignAll(statement.targets, item, statement.start, true)
        for (const { needles } of statement.filter ? this.evaluate(statement.filter) : [])
          this.needles = mergeNeedles(this.needles, needles)
        this.run(statement.body)
      })
    this.loops++
    if (items !== undefined && items.length > 0 && items.length <= UNROLLED_ITEMS)
      items.forEach((item, index) => {
        pass([item], loopOf(items, index))
      })
    else {
      this.weak++
      const printedBefore = this.output
      const element = alternatives(iterables.flatMap(elementsOf))
      const loop = object('loop', 'other')
      const isMessages = iterables.some(
        (value) => value.kind === 'object' && value.origin === 'messages',
      )
      for (let round = 0; round < (this.loops <= TWICE_DEPTH ? 2 : 1); round++) {
        if (isMessages) this.watcher.newRound(true)
        pass(element, loop)
      }
      if (isMessages) this.watcher.newRound(false)
      if (printedBefore !== undefined && this.output !== undefined)
        this.output = alternatives([...this.output, ...printedBefore])
      this.weak--
    }
    this.loops--
    this.needles = outer
    if (statement.otherwise.length > 0) {
      this.weak++
      this.scoped(new Map(), () => this.run(statement.otherwise))
      this.weak--
    }
  }

  private executeMacro({ name, parameters, body }: Statement & { type: 'macro' }): void {
    this.assign(
      { name, attribute: undefined },
      [{ kind: 'macro', macro: { name, parameters, body } }],
      0,
    )
    const unknown = new Map<string, Values>()
    for (const { name, fallback } of parameters) {
      const otherwise = fallback === undefined ? [] : this.evaluate(fallback)
      unknown.set(name, alternatives([globalNamed(name), ...otherwise]))
    }
    this.capture(body, unknown)
  }

  private executeCall({ call, parameters, body }: Statement & { type: 'call' }): void {
    const scope = new Map<string, Values>()
    for (const { name } of parameters as Parameter[]) scope.set(name, [globalNamed(name)])
    const caller: Values = [{ kind: 'result', values: this.capture(body, scope) }]
    if (call.type !== 'call') {
      this.evaluate(call)
      return
    }
    const args = this.evaluateArguments(call.args)
    const named = new Map(args.named).set('caller', caller)
    for (const callee of this.evaluate(call.callee))
      this.print(this.call(callee, { ...args, named }, call.at))
  }

  private assignAll(targets: readonly Target[], values: Values, at: number, fresh = false): void {
    const [only] = targets
    if (targets.length === 1 && only !== undefined) {
      this.assign(only, values, at, fresh)
      return
    }
    targets.forEach((target, index) => {
      const parts = values.flatMap((value): Values => {
        if (value.kind === 'list') return [value.items[index] ?? UNKNOWN]
        return value.kind === 'object'
          ? [object(`${value.label}[${index}]`, value.origin)]
          : [UNKNOWN]
      })
      this.assign(target, alternatives(parts), at, fresh)
    })
  }

  /** `fresh` names belong to a loop: they replace whatever they hide. */
  private assign({ name, attribute }: Target, values: Values, at: number, fresh = false): void {
    if (values.some((value) => subjectOf(value) === 'text')) this.textUses++
    this.noteProse(values, at)
    const controlled = values.map((value) => withNeedles(value, this.needles))
    const weak = this.weak > 0 && !fresh
    if (attribute === undefined) {
      const old = weak ? this.known(name) : []
      this.scopes.at(-1)?.set(name, alternatives([...controlled, ...old]))
      return
    }
    for (const owner of this.lookUp(name)) {
      if (owner.kind !== 'dict') continue
      const old = weak ? (owner.entries.get(attribute) ?? []) : []
      owner.entries.set(attribute, alternatives([...controlled, ...old]))
    }
  }

  private known(name: string): Values {
    return this.scopes.some((scope) => scope.has(name)) ? this.lookUp(name) : []
  }

  private judge(shown: string, own: readonly Needle[] | undefined, at: number): void {
    const needles = mergeNeedles(this.needles, own)
    const found = needles === undefined ? undefined : judgeText(shown, needles)
    if (found !== undefined) this.report(found.name, at, found.evidence)
  }
}
