import { block } from './execute'
import { PASSED_ON } from './globals'
import { Imprecise, type Machine } from './machine'
import { type Node, plainKey } from './node'
import { attemptPrecisely } from './precise'
import { createScope, declare } from './scope'
import { isWholeEnvironment } from './sources'
import {
  arrayShape,
  deepTaints,
  type FunctionRecord,
  joinTaints,
  pathValue,
  shapeValue,
  stepped,
  taint,
  taintedValue,
  UNDEFINED,
  UNKNOWN,
  type Value,
  withTaints,
} from './value'

/** Calls inside calls that are followed. */
const MOST_DEPTH = 24
/** Calls of one function that are followed with their arguments. */
const MOST_CALLS = 40
const MOST_TAINTED_CALLS = 120
/** A function that could not be run precisely so often is not tried again. */
const MOST_FAILURES = 3

/** Follows a call into a function of the text. */
export function invokeFunction(
  m: Machine,
  code: FunctionRecord,
  args: readonly Value[],
  self: Value,
  at: Node,
): Value {
  if (m.precise > 0) {
    if (m.callDepth > MOST_DEPTH * 4) {
      m.ranOut = true
      throw new Imprecise()
    }
    return run(m, code, args, self)
  }
  const taints = args.reduce<Value['taints']>((all, arg) => joinTaints(all, deepTaints(arg)), [])
  const tells =
    taints.length > 0 ||
    args.some((arg) => arg.code !== undefined || arg.path !== undefined) ||
    (args.length === 0 && code.totals.runs === 0)
  const constants = args.every(isConcrete)
  let lost: Value['taints'] = []
  if (
    constants &&
    code.totals.failures < MOST_FAILURES &&
    code.running === 0 &&
    m.callDepth < MOST_DEPTH
  ) {
    const precisely = attemptPrecisely(m, () => run(m, code, args, self))
    if (precisely !== undefined && (precisely.known || precisely.shape !== undefined))
      return precisely
    code.totals.failures++
    if (m.ranOut && args.length > 0) lost = [taint('lost', 'computes for long', at)]
  }
  const matters = taints.some((one) => !one.weak && one.source !== 'lost')
  const room = code.totals.calls < (matters ? MOST_TAINTED_CALLS : MOST_CALLS)
  const follows =
    code.running === 0 &&
    m.callDepth < MOST_DEPTH &&
    (code.totals.runs === 0 || (room && m.callSteps > 0))
  if (matters && code.running === 0 && code.totals.runs > 0) {
    if (m.callDepth >= MOST_DEPTH) m.limit('limit.source-depth')
    else if (room && m.callSteps <= 0) m.limit('limit.source-calls')
  }
  if (!follows || (!tells && code.totals.runs > 0 && !args.some(carriesText)))
    return withTaints(
      withTaints(code.result, stepped(passedOn(args), 'passes through a function', at)),
      lost,
    )
  code.totals.calls++
  const result = run(
    m,
    code,
    args.map((arg) => entering(arg, at)),
    self,
  )
  return result.known ? result : withTaints(result, lost)
}

/** What comes out again of a function that is not followed; settings are read out of an environment. */
const passedOn = (args: readonly Value[]): Value['taints'] =>
  args.reduce<Value['taints']>(
    (all, arg) => (isWholeEnvironment(arg) ? all : joinTaints(all, deepTaints(arg))),
    [],
  )

const isConcrete = (value: Value): boolean =>
  value.known || (value.shape?.exact === true && value.shape.items !== undefined)

const carriesText = (value: Value): boolean =>
  value.hint !== undefined ||
  (value.known && typeof value.constant === 'string') ||
  value.shape !== undefined

const entering = (value: Value, at: Node): Value =>
  value.taints.length === 0
    ? value
    : { ...value, taints: stepped(value.taints, 'is passed to a function', at) }

/** Runs a function that nobody was seen to call, or whose surroundings turned out to hold more. */
export function runAlone(m: Machine, code: FunctionRecord): void {
  if (code.running > 0) return
  m.maybe++
  run(m, code, [], UNKNOWN)
  m.maybe--
}

function run(m: Machine, code: FunctionRecord, args: readonly Value[], self: Value): Value {
  const { node } = code
  const isArrow = node.type === 'ArrowFunctionExpression'
  const own = isArrow ? code.scope.self : self === UNKNOWN ? code.self : self
  const scope = createScope(code.scope, code, own, true)
  if (node.type === 'FunctionExpression' && node.id != null)
    declare(scope, node.id.name, { ...UNKNOWN, code })
  const alone = args.length === 0
  for (const [index, parameter] of node.params.entries()) {
    let value = args[index] ?? (m.precise > 0 ? UNDEFINED : UNKNOWN)
    if (parameter.type === 'RestElement') value = shapeValue(arrayShape(args.slice(index), !alone))
    // Wrappers of modules pass Node's own functions on under their own names.
    if (value === UNKNOWN && parameter.type === 'Identifier' && PASSED_ON.has(parameter.name))
      value = pathValue(parameter.name)
    if (value === UNKNOWN && parameter.type === 'Identifier' && KEY_NAMES.test(parameter.name))
      value = taintedValue([taint('credentials', 'is given a private key', parameter, 'key')])
    if (value === UNKNOWN && ((index === 0 && isRequestHandler(m, node)) || isAction(m, code)))
      value = taintedValue([taint('network', 'is sent by a client', parameter, 'request')])
    m.assign(parameter, value, scope, true)
  }
  if (!isArrow && args.length > 0) declare(scope, 'arguments', shapeValue(arrayShape([...args])))
  const { returned, maybe, yielded } = m
  m.returned = undefined
  m.yielded = node.generator ? [] : undefined
  m.callDepth++
  code.running++
  code.runs++
  code.totals.runs++
  try {
    if (node.body.type === 'BlockStatement') {
      const ended = block(m, node.body.body, scope)
      if (m.precise > 0 && ended === 'throw') throw new Imprecise()
    } else m.returned = m.evaluate(node.body, scope)
    const end: Value = m.returned ?? (m.precise > 0 ? UNDEFINED : UNKNOWN)
    // A generator gives all that it yields as a list; an async function what it returns.
    const given = m.yielded ?? []
    const result =
      given.length === 0
        ? end
        : withTaints(shapeValue(arrayShape(given, m.precise > 0)), end.taints)
    if (m.precise === 0 && alone) code.result = result
    return result
  } finally {
    m.returned = returned
    m.yielded = yielded
    m.maybe = maybe
    m.callDepth--
    code.running--
  }
}

/** What nobody calls anything but the key of a wallet. */
const KEY_NAMES = /^(?:secret_?Key|private_?Key|mnemonic|seed_?Phrase)$/i

/** 'use server': every function of the file is called by pages, with what they send. */
const isAction = (m: Machine, code: FunctionRecord): boolean =>
  m.servesCalls && m.callDepth === 0 && code.scope.parent === undefined

/** What only the request of a server has. */
const ASKS = /\breq(?:uest)?\.(?:headers|cookies|json|formData|text|nextUrl|body)\b/

/** (req, res) => …: a server's handler by the names that its parameters have everywhere. */
function isRequestHandler(m: Machine, node: FunctionRecord['node']): boolean {
  const [first, second] = node.params
  // Next.js, Remix and the like call it with the request alone.
  if (second === undefined && first?.type === 'Identifier' && /^(?:req|request)$/.test(first.name))
    return ASKS.test(m.text.slice(node.start, Math.min(node.end, node.start + 4000)))
  if (first?.type === 'ObjectPattern')
    return (
      second === undefined &&
      first.properties.some(
        (part) => part.type === 'Property' && plainKey(part.key, false) === 'request',
      ) &&
      ASKS.test(m.text.slice(node.start, Math.min(node.end, node.start + 4000)))
    )
  // Koa and Hono hand over one object with all in it.
  if (second === undefined && first?.type === 'Identifier' && /^(?:ctx|c)$/.test(first.name))
    return /\bctx\.(?:request\.|query\b)|\bc\.req\./.test(
      m.text.slice(node.start, Math.min(node.end, node.start + 4000)),
    )
  return (
    first?.type === 'Identifier' &&
    second?.type === 'Identifier' &&
    ((/^(req|request)$/.test(first.name) && /^(res|response|reply)$/.test(second.name)) ||
      (/^(ctx|context)$/.test(first.name) && second.name === 'next'))
  )
}
