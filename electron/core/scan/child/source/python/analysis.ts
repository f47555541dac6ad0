import { memorySource } from '../../byte-source'
import type { ParseContext, Parser } from '../../context'
import { cut } from '../../fact-store'
import { parseJinjaFile } from '../../text/jinja-file'
import type { Value as ShellValue } from '../shell/stream'
import type { SourceText } from '../source-text'
import { noteGiven, parameterTaint } from './across'
import { assignTo } from './assign'
import { attributeOf, docstringOf } from './attribute'
import { callValue } from './call'
import { reportCommand } from './command'
import { inputOf } from './entry-points'
import { evaluateNode } from './expression'
import { runBody } from './function'
import { stringData } from './literal'
import type { Frame, Machine, Notes, Seen } from './machine'
import { checkReduce } from './reduce'
import { createScope } from './scope'
import { executeNode } from './statement'
import { type Node, parseTree, type SyntaxTree } from './tree'
import {
  type FunctionValue,
  listValue,
  refValue,
  taintsOf,
  textOf,
  UNKNOWN,
  unknownWith,
  type Value,
} from './value'

/** Nesting of expressions and calls that is followed; the stack of this process is finite. */
const DEEPEST = 180
const EVALUATIONS_PER_CHECKPOINT = 5000
/** Going over code again (loops, calls): units of about one character. */
const LEAST_FUEL = 100_000
const MOST_FUEL = 3_000_000
const MOST_NESTED = 50
/** Characters of a text that ast.literal_eval reads. */
const MOST_LITERAL = 200_000
const MOST_COMMANDS = 200
/** Functions within functions within calls. */
const MOST_FRAMES = 24

export interface Analysis {
  notes: Notes
  /** What the module does when it is imported, beyond definitions. */
  atImport: readonly { from: number; to: number }[]
  /** Whether something was nested deeper than is followed, and where. */
  tooDeepAt: number | undefined
}

/** Runs a module in the abstract: every statement once, calls and short loops as they would run. */
export function analyse(
  context: ParseContext,
  source: SourceText,
  tree: SyntaxTree,
  { parseText, inText }: { parseText: Parser; inText: boolean },
): Analysis {
  const module = createScope(undefined)
  const notes: Notes = {
    written: new Map(),
    marks: new Set(),
    pending: [],
    functions: [],
    results: new Map(),
    hooks: [],
    imports: new Map(),
    passages: [],
  }
  const seen = new Map<string, Seen & { when: string }>()
  const visited = new Set<Node>()
  const active: Frame[] = [
    { fn: undefined, atImport: true, scope: module, returned: undefined, yielded: [], endless: 0 },
  ]
  const nested = new Set<string>()
  const commands = new Map<string, Node>()
  let fuel = Math.min(MOST_FUEL, LEAST_FUEL + source.text.length * 4)
  let depth = 0
  let evaluations = 0
  let tooDeepAt: number | undefined

  const top = (): Frame =>
    active.at(-1) ?? {
      fn: undefined,
      atImport: false,
      scope: module,
      returned: undefined,
      yielded: [],
      endless: 0,
    }

  const machine: Machine = {
    text: source.text,
    module,
    notes,
    get frame() {
      return top()
    },
    evaluate(node, scope) {
      if (++evaluations % EVALUATIONS_PER_CHECKPOINT === 0) context.checkpoint()
      if (depth >= DEEPEST) {
        tooDeepAt ??= node.from
        return UNKNOWN
      }
      depth++
      try {
        return evaluateNode(machine, node, scope)
      } finally {
        depth--
      }
    },
    execute(node, scope) {
      if (depth >= DEEPEST) {
        tooDeepAt ??= node.from
        return
      }
      depth++
      try {
        executeNode(machine, node, scope)
      } finally {
        depth--
      }
    },
    call: (callee, given, node) =>
      depth >= DEEPEST ? UNKNOWN : callValue(machine, callee, given, node),
    attribute: (on, name, node, hidden) => attributeOf(machine, on, name, node, hidden),
    assign: (target, value, scope) => assignTo(machine, target, value, scope),
    within(fn, scope, atImport, run) {
      if (active.length >= MOST_FRAMES || depth > DEEPEST - 30) return undefined
      visited.add(fn.node)
      const frame: Frame = { fn, atImport, scope, returned: undefined, yielded: [], endless: 0 }
      active.push(frame)
      try {
        run()
      } finally {
        active.pop()
      }
      checkReduce(machine, fn, frame.returned)
      return frame.yielded.length > 0 ? listValue(frame.yielded, true) : frame.returned
    },
    report(given) {
      const one =
        inText && given.name === 'capability.process'
          ? {
              ...given,
              name: 'hidden.process' as const,
              detail: { ...given.detail, how: 'starts a program inside a text that is run' },
            }
          : given
      const key = `${one.name}:${one.node.from}`
      if (!seen.has(key)) seen.set(key, { ...one, when: top().atImport ? 'import' : 'call' })
      if (
        /^(flow\.(network|decoded|credentials)|hidden|threat\.(down|rev|pers|enc))/.test(one.name)
      )
        notes.marks.add('serious')
    },
    literal(text) {
      const { length } = textOf(text) ?? ''
      if (
        text.kind !== 'str' ||
        length > MOST_LITERAL ||
        !machine.spend(length) ||
        !/^\s*[bru]*['"]/i.test(text.value)
      )
        return unknownWith(taintsOf(text))
      const [statement] = parseTree(text.value.trim(), () => context.checkpoint()).root.kids
      const [only] = statement?.kids ?? []
      if (only?.type !== 'String') return unknownWith(taintsOf(text))
      const data = stringData(text.value.trim().slice(only.from, only.to))
      return { ...data, taints: text.taints, made: true }
    },
    nested(code, node, decoded) {
      if (nested.size >= MOST_NESTED || nested.has(code)) return
      nested.add(code)
      // A literal that is no Python ends as an exception; what a decoder gave may be misread here.
      if (!decoded && parseTree(code, () => context.checkpoint()).errors.length > 0) return
      context.scanMember(
        memorySource(Buffer.from(code)),
        `code ${source.placeOf(node.from).line}`,
        { format: 'python', parse: parseText },
      )
    },
    template(text, node) {
      if (nested.size >= MOST_NESTED || nested.has(text)) return
      nested.add(text)
      context.scanMember(
        memorySource(Buffer.from(text)),
        `template ${source.placeOf(node.from).line}`,
        { format: 'jinja', parse: parseJinjaFile },
      )
    },
    shell(command, node) {
      if (commands.size < MOST_COMMANDS) commands.set(command, node)
    },
    spend(amount) {
      fuel -= amount
      return fuel > 0
    },
    isActive: (node) => active.some((frame) => frame.fn?.node === node),
    namesAt: () => top().scope,
  }

  const docstring = docstringOf(machine, tree.root)
  if (docstring !== undefined) module.set('__doc__', docstring)
  machine.execute(tree.root, module)
  // The list grows while functions that were never called run for the first time.
  for (let index = 0; index < notes.functions.length; index++) {
    const fn = notes.functions[index]
    if (fn !== undefined && !visited.has(fn.node)) visit(fn)
  }
  for (const { mark, seen: one } of notes.pending) if (notes.marks.has(mark)) machine.report(one)
  publish()
  // Each command is a shell of its own, but their files are the same.
  const files = new Map<string, ShellValue>()
  for (const [command, node] of commands)
    reportCommand(
      context,
      source,
      { text: command, start: node.from, exact: false },
      `command ${source.placeOf(node.from).line}`,
      files,
    )
  const atImport = [...seen.values()]
    .filter(
      (one) => one.when === 'import' && /^(capability|hidden)\.(process|network)/.test(one.name),
    )
    .map((one) => one.node)
  return { notes, atImport, tooDeepAt }

  /** A function that nothing here calls: its arguments are whatever others give it. */
  function visit(fn: FunctionValue): void {
    const scope = createScope(fn.scope)
    fn.parameters.forEach((parameter, index) => {
      const isSelf = index === 0 && fn.owner !== undefined && !fn.isStatic
      scope.set(
        parameter.name,
        isSelf && fn.owner !== undefined
          ? { kind: 'instance', cls: fn.owner, taints: [], made: false }
          : index === 0 && fn.context !== undefined
            ? refValue(fn.context)
            : argument(fn, parameter.name, parameter.fallback),
      )
    })
    fuel = Math.max(fuel, 20_000)
    const value = machine.within(fn, scope, false, () => runBody(machine, fn, scope))
    if (value !== undefined && isOfModule(fn)) noteGiven(machine, fn, value)
  }

  function isOfModule(fn: FunctionValue): boolean {
    return fn.owner === undefined && fn.scope === module
  }

  /** Handlers get what somebody else sent. */
  function argument(fn: FunctionValue, name: string, fallback: Value | undefined): Value {
    const input = inputOf(fn, name, fallback)
    if (input !== undefined) return unknownWith([input])
    if (fallback === undefined && isOfModule(fn))
      return { ...unknownWith([parameterTaint(fn, name)]), parameter: { name, fn: fn.node } }
    if (fallback === undefined || /^(none|bool|int)$/.test(fallback.kind)) return UNKNOWN
    // Any other text may be given instead.
    return fallback.kind === 'str' ? { ...fallback, kind: 'partial' } : fallback
  }

  function publish(): void {
    const hidden = new Set(
      [...seen.values()]
        .filter((one) => one.name.startsWith('hidden.'))
        .map((one) => `capability.${one.name.slice(7)}:${one.node.from}`),
    )
    for (const one of [...seen.values()].sort((a, b) => a.node.from - b.node.from)) {
      if (hidden.has(`${one.name}:${one.node.from}`)) continue
      source.report(context, {
        name: one.name,
        start: one.node.from,
        end: Math.min(one.node.to, source.text.length),
        ...(one.evidence !== undefined && { evidence: one.evidence }),
        ...(one.steps !== undefined && {
          path: one.steps.map((step) => ({ ...step, label: cut(step.label, 200) })),
        }),
        detail: { when: one.when, ...one.detail },
      })
    }
  }
}
