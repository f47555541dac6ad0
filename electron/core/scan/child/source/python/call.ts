import { resultTaint } from './across'
import { bytesOf } from './builtin-texts'
import { BUILTINS } from './builtins'
import { checkCall } from './check'
import { evaluateComprehension } from './comprehension'
import { callContainer } from './container'
import { decoderOf } from './decode'
import { decodedBy } from './decoded'
import { PARSES } from './entry-points'
import { decodedText, foldTextMethod } from './fold-text'
import { attributeOfClass, callFunction, instantiate, taintsOfArguments } from './function'
import { DROPS } from './knowledge'
import type { Machine } from './machine'
import { isOperand } from './operand'
import { fileOrigins, originsOfCall } from './origin'
import { callPath } from './path-call'
import type { Scope } from './scope'
import type { Node } from './tree'
import {
  type Arguments,
  addStep,
  refValue,
  taintsOf,
  textOf,
  UNKNOWN,
  unionTaints,
  unknownWith,
  type Value,
  withTaints,
} from './value'

const NO_NAMES: ReadonlyMap<string, Value> = new Map()

export function evaluateCall(machine: Machine, node: Node, scope: Scope): Value {
  const [calleeNode, list] = node.kids
  if (calleeNode === undefined) return UNKNOWN
  const callee = machine.evaluate(calleeNode, scope)
  const given =
    list === undefined
      ? { plain: [], named: new Map<string, Value>() }
      : argumentsOf(machine, list, scope)
  if (calleeNode.type === 'MemberExpression') {
    keep(machine, calleeNode, given, scope)
    if (list !== undefined) keepInArgument(machine, calleeNode, callee, list, given, scope)
  }
  return callValue(machine, callee, given, node)
}

/** Methods with which something from outside keeps what it gets: queues, buffers, messages, forms. */
const KEEPS =
  /^(put|put_nowait|append|appendleft|add|extend|update|write|writelines|insert|push|writestr|attach|add_field|set_content|set_payload|writerow|writerows|add_embed_field|add_file|feed|read|read_file)$/

/** The variable in front of a method that keeps its arguments comes from where they come from. */
function keep(machine: Machine, callee: Node, given: Arguments, scope: Scope): void {
  const [object, , property] = callee.kids
  if (object?.type !== 'VariableName' || property === undefined) return
  const method = machine.text.slice(property.from, property.to)
  if (!KEEPS.test(method)) return
  const name = machine.text.slice(object.from, object.to)
  let at: Scope | undefined = scope
  while (at !== undefined && at.own(name) === undefined) at = at.parent
  const on = at?.own(name)
  if (on === undefined || (on.kind !== 'ref' && on.kind !== 'unknown')) return
  const [path] = given.plain
  const taints = /^read/.test(method)
    ? fileOrigins(path, callee).filter((taint) => taint.source === 'credentials')
    : taintsOfArguments(given)
  if (taints.length > 0 && !/^(builtins\.open|os\.environ|sys\.|logging)/.test(nameOf(on)))
    at?.set(name, withTaints(on, taints))
}

/** Functions that write what they are called on, or their other arguments, into a buffer. */
const FILLS =
  /^(save|dump|copyfileobj|tofile|savefig|imwrite|write_to_fp|to_csv|to_json|recv_into|readinto)$/

/** `picture.save(buffer)`: the variable of the buffer holds the picture. */
function keepInArgument(
  machine: Machine,
  callee: Node,
  value: Value,
  list: Node,
  given: Arguments,
  scope: Scope,
): void {
  const property = callee.kids.at(-1)
  if (property === undefined || !FILLS.test(machine.text.slice(property.from, property.to))) return
  const taints = unionTaints(value.taints, taintsOfArguments(given))
  if (taints.length === 0) return
  for (const kid of list.kids) {
    if (kid.type !== 'VariableName') continue
    const name = machine.text.slice(kid.from, kid.to)
    const on = scope.own(name)
    if (on?.kind === 'unknown' || (on?.kind === 'ref' && nameOf(on).endsWith(')')))
      scope.set(name, withTaints(on, taints))
  }
}

const nameOf = (value: Value): string => (value.kind === 'ref' ? value.name : '')

/** Arguments in the order of the call; a star of what is not known ends the known positions. */
export function argumentsOf(machine: Machine, list: Node, scope: Scope): Arguments {
  const plain: Value[] = []
  const named = new Map<string, Value>()
  const { kids } = list
  if (kids.some((kid) => kid.type === 'for')) {
    const inner: Node = {
      type: 'ComprehensionExpression',
      from: list.from,
      to: list.to,
      kids: kids.slice(1, -1),
    }
    return { plain: [evaluateComprehension(machine, inner, scope)], named }
  }
  let star = ''
  for (let index = 0; index < kids.length; index++) {
    const kid = kids[index]
    if (kid === undefined) continue
    if (kid.type === '*' || kid.type === '**') star = kid.type
    if (!isOperand(kid)) continue
    const next = kids[index + 1]
    if (kid.type === 'VariableName' && next?.type === 'AssignOp') {
      const held = kids[index + 2]
      const value = held === undefined ? UNKNOWN : machine.evaluate(held, scope)
      if (machine.text.slice(next.from, next.to) === ':=') {
        machine.assign(kid, value, scope)
        plain.push(value)
      } else named.set(machine.text.slice(kid.from, kid.to), value)
      index += 2
      continue
    }
    const value = machine.evaluate(kid, scope)
    if (star === '*' && value.kind === 'list')
      for (const item of value.items.slice(0, 1000)) plain.push(item)
    else if (star === '**' && value.kind === 'dict')
      for (const [key, item] of value.entries) named.set(key.slice(1), item)
    else plain.push(value)
    star = ''
  }
  return { plain, named }
}

export function callValue(machine: Machine, callee: Value, given: Arguments, node: Node): Value {
  switch (callee.kind) {
    case 'ref':
      return callRef(machine, callee, given, node)
    case 'function':
      return withOrigins(callee, callFunction(machine, callee.fn, given))
    case 'class':
      return instantiate(machine, callee.cls, given, node)
    case 'native':
      return callee.apply(given, node)
    case 'method':
      return callMethod(machine, callee, given, node)
    case 'instance': {
      const call = attributeOfClass(callee.cls, '__call__')
      return call?.kind === 'function'
        ? callFunction(machine, { ...call.fn, self: callee }, given)
        : unknownWith(taintsOfArguments(given))
    }
    default:
      return unknownWith(unionTaints(callee.taints, taintsOfArguments(given)))
  }
}

const withOrigins = (callee: Value, result: Value): Value => withTaints(result, callee.taints)

function callMethod(
  machine: Machine,
  callee: Value & { kind: 'method' },
  given: Arguments,
  node: Node,
): Value {
  const { on, name } = callee
  if (on.kind === 'list' && name === 'decode' && on.items.length > 0)
    return decodedText(bytesOf({ plain: [on], named: NO_NAMES }, node), 'utf-8', node)
  if (on.kind === 'list' || on.kind === 'dict') return callContainer(on, name, given)
  const folded = foldTextMethod(on, name, given, node) ?? callPath(machine, on, name, given, node)
  if (folded !== undefined) return folded
  if (on.kind === 'int' && name === 'to_bytes')
    return (
      BUILTINS.get('int.to_bytes')?.(
        machine,
        { plain: [on, ...given.plain], named: given.named },
        node,
        callee,
      ) ?? UNKNOWN
    )
  return unknownWith(unionTaints(taintsOf(on), taintsOfArguments(given)))
}

function callRef(
  machine: Machine,
  callee: Value & { kind: 'ref' },
  given: Arguments,
  node: Node,
): Value {
  const { name } = callee
  if (name.startsWith('<')) return callWalked(machine, callee, given, node)
  const decoder = decoderOf(name)
  if (decoder !== undefined)
    return decodedBy(decoder, given.plain[0] ?? [...given.named.values()][0] ?? UNKNOWN, node)
  const special = BUILTINS.get(name)
  const judged = checkCall(machine, callee, given, node)
  const result = special?.(machine, given, node, callee)
  if (result !== undefined) return result
  if (name.startsWith('builtins.str.') || name.startsWith('builtins.bytes.')) {
    const [on = UNKNOWN, ...rest] = given.plain
    if (textOf(on) !== undefined)
      return (
        foldTextMethod(on, name.split('.')[2] ?? '', { plain: rest, named: given.named }, node) ??
        unknownWith(taintsOf(on))
      )
  }
  const about = aboutOf(name, callee, given)
  const own = originsOfCall(name, about, node)
  // What a file holds does not come from where its name comes from.
  const passed =
    DROPS.test(name) || name === 'builtins.open'
      ? []
      : unionTaints(callee.taints, passedOn(name, given, node))
  const held = unionTaints(
    unionTaints(own, LOADS.test(name) ? addStep(passed, PARSES, node) : passed),
    resultTaint(machine, name, node),
  )
  const value = judged ?? refValue(`${name}()`, held, callee.hidden)
  return about === undefined || value.kind !== 'ref' ? value : { ...value, about }
}

/** A step of a walk over classes is called; a class that such a walk found does what it likes. */
function callWalked(
  machine: Machine,
  callee: Value & { kind: 'ref' },
  given: Arguments,
  node: Node,
): Value {
  const special = BUILTINS.get(callee.name)
  if (special !== undefined) return special(machine, given, node, callee) ?? UNKNOWN
  if (callee.name === '<subclass>' && callee.hidden !== undefined && given.plain.length > 0)
    machine.report({ name: 'hidden.eval', node, detail: { how: callee.hidden } })
  return callee
}

/** An answer comes from its server, not from what the request held. */
/** Functions that read a file which is open already. */
const LOADS =
  /^(json|yaml|toml|tomllib|tomli|csv|configparser|plistlib)\.\w*(load|reader|read)\w*$/i

function passedOn(name: string, given: Arguments, node: Node) {
  if (originsOfCall(name, undefined, NO_NODE).some((taint) => taint.source === 'network')) return []
  const [file] = given.plain
  const held =
    file?.kind === 'ref' && file.name === 'builtins.open()' && LOADS.test(name)
      ? fileOrigins(undefined, node)
      : []
  return unionTaints(taintsOfArguments(given), held)
}
const NO_NODE: Node = { type: 'None', from: 0, to: 0, kids: [] }

/** The path of a file, the address of a request. */
function aboutOf(name: string, callee: Value, given: Arguments): Value | undefined {
  if (callee.about !== undefined && !/^(requests|httpx)\./.test(name)) return callee.about
  const [request] = given.plain
  if (request?.kind === 'ref' && request.name === 'urllib.request.Request()') return request.about
  if (name === 'pkgutil.get_data' || /^importlib\.resources\.read_/.test(name))
    return given.plain[1]
  if (/^importlib\.resources\.files\(\)\.joinpath$/.test(name)) return given.plain[0]
  const first =
    given.plain[0] ??
    given.named.get('url') ??
    given.named.get('file') ??
    given.named.get('path') ??
    given.named.get('repo_id')
  return /^(builtins\.open|os\.(walk|listdir|scandir|open|fdopen|popen)|glob\.i?glob|requests\.|httpx\.|urllib\.|subprocess\.|http\.client|getpass\.getpass|shutil\.which|tempfile|zipfile|tarfile|sqlite3|huggingface_hub|transformers\.utils|modelscope)/.test(
    name,
  )
    ? first
    : undefined
}
