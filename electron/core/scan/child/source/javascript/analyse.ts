import type * as acorn from 'acorn'
import type { ParseContext } from '../../context'
import type { Sighting } from '../source-text'
import { assignTo } from './assign'
import { callAnything } from './call'
import { createDelivery } from './delivery'
import { evaluateNode } from './evaluate'
import { block, executeNode } from './execute'
import { invokeFunction, runAlone } from './invoke'
import type { SourceLimit } from './limits'
import { Imprecise, type Machine } from './machine'
import type { FunctionNode, Node } from './node'
import { parseProgram } from './parse'
import { createScope, type Scope } from './scope'
import { wholeTextFindings } from './shapes'
import { tokenSightings } from './tolerant'
import { type FunctionRecord, forgetOrigins, pathValue, UNKNOWN, type Value } from './value'

/** Nested expressions and statements that are followed; V8's stack holds several times as many. */
const MOST_DEPTH = 700
/** Times a function runs because what it closes over turned out to hold more. */
const MOST_RUNS = 6
/** Texts that run texts that run texts. */
const MOST_LEVELS = 4
/** Steps of loops and calls that are followed exactly, per file. */
const PRECISE_STEPS = 3_000_000
/** Characters of code in texts, together: bundles for developers hold all modules as such texts. */
const INNER_CHARACTERS = 16 << 20

export interface Analysis {
  seen: Map<string, Sighting>
  /** Limits that were reached; empty when everything was read. */
  limits: ReadonlySet<SourceLimit>
}

/** What a text and the texts that it runs share. */
interface Shared {
  preciseSteps: number
  /** Characters of texts that run as code. */
  innerCharacters: number
  readonly limits: Set<SourceLimit>
}

const createShared = (): Shared => ({
  preciseSteps: PRECISE_STEPS,
  innerCharacters: INNER_CHARACTERS,
  limits: new Set(),
})

/** Reads a program by following what it does with values, without running it. */
export function analyse(
  text: string,
  program: acorn.Program,
  context: ParseContext,
  level = 0,
  shared: Shared = createShared(),
): Analysis & { result: Value } {
  if (level === 0) forgetOrigins()
  const queue: FunctionRecord[] = []
  const records = new Map<FunctionNode, FunctionRecord[]>()
  let steps = 0
  const delivery = createDelivery(context, text.length, level)

  const m: Machine = {
    text,
    delivery,
    evaluate: (node, scope) => guarded(node, scope, evaluateNode, UNKNOWN),
    execute: (node, scope) => guarded(node, scope, executeNode, 'normal' as const),
    assign: (target, value, scope, declares) => assignTo(m, target, value, scope, declares),
    invoke: (code, args, self, at) => invokeFunction(m, code, args, self, at),
    call: (callee, args, self, at, isNew) => callAnything(m, callee, args, self, at, isNew),
    functionValue,
    runText,
    see(name, at, more) {
      const sighting = delivery.placed({ name, start: at.start, end: at.end, ...more })
      if (sighting === undefined) return
      const key = `${name}\n${sighting.start}`
      if (!m.seen.has(key)) m.seen.set(key, sighting)
    },
    step,
    journal: () => {},
    wake(readers) {
      for (const code of readers ?? [])
        if (code.runs > 0 && code.runs < MOST_RUNS && code.running === 0 && !code.queued) {
          code.queued = true
          queue.push(code)
        }
    },
    globals: new Map(),
    stored: new Map(),
    written: [],
    endless: [],
    wrappers: [],
    relays: new Set(),
    openWindows: [],
    injections: [],
    started: [],
    servesCalls: /^\s*['"]use server['"]/.test(text),
    removals: [],
    listeners: new Map(),
    seeksSecrets: false,
    opened: undefined,
    usesWith: false,
    hooks: [],
    seen: new Map(),
    precise: 0,
    maybe: 0,
    callDepth: 0,
    depth: 0,
    returned: undefined,
    thrown: undefined,
    yielded: undefined,
    preciseSteps: shared.preciseSteps,
    attemptSteps: 0,
    wastedSteps: 0,
    callSteps: Math.max(400_000, 4 * text.length),
    limit: (name) => shared.limits.add(name),
    ranOut: false,
    lost: undefined,
    level,
  }

  function step(): void {
    if ((++steps & 0x3fff) === 0) context.checkpoint()
    if (m.precise > 0) {
      if (--m.attemptSteps <= 0) throw new Imprecise()
    } else if (m.callDepth > 0) m.callSteps--
  }

  function guarded<T>(
    node: Node,
    scope: Scope,
    follow: (m: Machine, node: Node, scope: Scope) => T,
    otherwise: T,
  ): T {
    step()
    if (m.depth >= MOST_DEPTH) {
      if (m.precise > 0) throw new Imprecise()
      m.limit('limit.source-depth')
      return otherwise
    }
    m.depth++
    try {
      return follow(m, node, scope)
    } finally {
      m.depth--
    }
  }

  /** A function literal is one function however often a loop or call comes by, up to a limit. */
  function functionValue(node: FunctionNode, scope: Scope): Value {
    const known = records.get(node)
    const same = known?.find((record) => record.scope === scope)
    if (same !== undefined) return { ...UNKNOWN, code: same }
    const code: FunctionRecord = {
      node,
      scope,
      self: UNKNOWN,
      runs: 0,
      running: 0,
      totals: known?.[0]?.totals ?? { runs: 0, calls: 0, failures: 0 },
      result: UNKNOWN,
      queued: false,
    }
    if (known === undefined) records.set(node, [code])
    else if (known.length < 8) known.push(code)
    if ((known?.length ?? 0) < 3 && m.precise === 0 && node.start < text.length) {
      code.queued = true
      queue.push(code)
    }
    return { ...UNKNOWN, code }
  }

  function runText(inner: string, hides: boolean, at: Node): Value {
    if (inner.trim() === '') return UNKNOWN
    shared.innerCharacters -= inner.length
    if (shared.innerCharacters < 0) {
      m.limit('limit.source-text')
      return UNKNOWN
    }
    if (level >= MOST_LEVELS) {
      m.limit('limit.source-levels')
      return UNKNOWN
    }
    const parsed = parseProgram(inner)
    const tell = ({ name, evidence, start, end }: Sighting) =>
      m.see(name, at, { evidence: evidence ?? inner.slice(start, Math.min(end, start + 300)) })
    if (parsed.kind !== 'whole') {
      // Text in the open that is not JavaScript fails when it runs, and a reader sees it.
      if ((hides && /\w/.test(inner)) || parsed.kind === 'too-deep') m.limit('limit.source-text')
      for (const sighting of tokenSightings(inner)) tell(sighting)
    }
    if (parsed.kind === 'too-deep' || parsed.program === undefined) return UNKNOWN
    shared.preciseSteps = m.preciseSteps
    const found = analyse(inner, parsed.program, context, level + 1, shared)
    m.preciseSteps = shared.preciseSteps
    for (const sighting of found.seen.values()) tell(sighting)
    return found.result
  }

  const scope = createScope(undefined, undefined, pathValue('globalThis'), true)
  block(m, program.body, scope)
  const [last] = program.body.slice(-1)
  const result =
    m.returned ??
    (level > 0 && last?.type === 'ExpressionStatement'
      ? m.evaluate(last.expression, scope)
      : UNKNOWN)
  m.returned = undefined
  for (let index = 0; index < queue.length; index++) {
    const code = queue[index]
    if (code === undefined) break
    // Functions that some call already went through are read with those arguments.
    const woken = code.runs > 0 && code.queued
    code.queued = false
    if (code.runs === 0 || (woken && code.runs < MOST_RUNS)) runAlone(m, code)
  }
  m.text = text
  wholeTextFindings(m, program)
  shared.preciseSteps = m.preciseSteps
  return { seen: m.seen, limits: shared.limits, result }
}
