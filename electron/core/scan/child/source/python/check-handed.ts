import { KEPT_LATER } from './builtin-calls'
import { sinkOfCall } from './knowledge'
import type { Machine } from './machine'
import { NO_ARGUMENTS } from './machine'
import { HUB } from './origin'
import { KNOWN_OWNERS } from './places'
import { reportFlow, writtenOf } from './report-use'
import type { Node } from './tree'
import { type Arguments, taintsOf, textOf, UNKNOWN, type Value } from './value'

/** Where a function that is handed over is called by whoever asks from outside. */
const SERVERS =
  /\.(register|register_function|register_instance|add_method|expose|add_api_route|add_url_rule)$/
/** Libraries that hand messages of others to a function. */
const MESSENGERS =
  /^(websocket|paho|pika|socketio|kafka|zmq|nats|stomp|pusher|telegram|telethon|pyrogram|slack_bolt|irc|slixmpp|pynostr)\b/
/** Interfaces that give a function what a visitor typed. */
const INTERFACES =
  /^gradio\.(Interface|ChatInterface|\w+\(\)\.(click|submit|change|input|upload|then|select|load))$|^(taipy|nicegui|panel)\.\w+/

/** Functions that are handed to something from outside, which calls them later. */
export function checkHanded(machine: Machine, name: string, given: Arguments, node: Node): void {
  for (const [index, value] of given.plain.entries()) {
    if (value.kind === 'ref') handedRef(machine, name, value, given.plain.slice(index + 1), node)
    else if (value.kind === 'function' && INTERFACES.test(name)) value.fn.isOpen = true
  }
  for (const [key, value] of given.named) {
    const isCallback =
      MESSENGERS.test(name) && /^(on_|callback|handler|listener)|callback$/.test(key)
    if (value.kind === 'function' && (INTERFACES.test(name) || isCallback)) value.fn.isOpen = true
    if (value.kind === 'ref' && /^(callable|callback|target|func|function)$/.test(key))
      handedRef(machine, name, value, [], node)
  }
  if (MESSENGERS.test(name) && /Handler$|\.(subscribe|add_event_handler|add_listener)$/.test(name))
    for (const value of given.plain) if (value.kind === 'function') value.fn.isOpen = true
  checkPath(machine, name, given, node)
  checkTemplate(machine, name, given, node)
}

/** `weakref.finalize(x, os.system, 'command')`, `server.register_function(os.system)`. */
function handedRef(
  machine: Machine,
  name: string,
  value: Value & { kind: 'ref' },
  rest: readonly Value[],
  node: Node,
): void {
  const call = sinkOfCall(value.name)
  if (call === undefined || !/^(process|eval|native)$/.test(call.sink)) return
  if (SERVERS.test(name) && call.sink !== 'native')
    machine.report({
      name: `hidden.${call.sink}`,
      node,
      detail: { how: `lets others call ${value.name}` },
    })
  else if (rest.length > 0 && !KEPT_LATER.has(name) && !name.startsWith('builtins.'))
    machine.call(value, { ...NO_ARGUMENTS, plain: itemsOrAll(rest) }, node)
}

const itemsOrAll = (rest: readonly Value[]): readonly Value[] =>
  rest[0]?.kind === 'list' && rest.length === 1 ? [rest[0], ...rest[0].items.slice(0, 3)] : rest

/** A folder that a hub sent becomes one that modules are imported from. */
function checkPath(machine: Machine, name: string, given: Arguments, node: Node): void {
  if (!/^sys\.path\.(insert|append|extend)$/.test(name)) return
  const folder = given.plain.at(-1) ?? UNKNOWN
  const [network] = writtenOf(machine, folder).filter(({ source }) => source === 'network')
  if (network !== undefined) reportFlow(machine, network, 'module', node, 'imports modules from it')
  const isHub = folder.kind === 'ref' && HUB.test(folder.name)
  const isKnown = KNOWN_OWNERS.test(textOf(folder.about ?? UNKNOWN) ?? '')
  if (isHub && !isKnown)
    machine.report({
      name: 'flow.network.module',
      node,
      steps: [
        { role: 'source', label: 'a repository is downloaded', start: node.from, end: node.to },
        { role: 'sink', label: 'modules are imported from it', start: node.from, end: node.to },
      ],
    })
}

/** Names with which a template reaches beyond what it is given. */
const REACHES = /\b(os|subprocess|popen|cycler|lipsum|joiner|__\w+__)\b/

/** A template is a program: one that somebody else wrote runs here. */
function checkTemplate(machine: Machine, name: string, given: Arguments, node: Node): void {
  if (
    !/^(jinja2\.(Template|Environment\(\)\.from_string|environment\.Template)|flask\.render_template_string|mako\.template\.Template)$/.test(
      name,
    )
  )
    return
  const [template = UNKNOWN] = given.plain
  if (template.kind === 'str' && REACHES.test(template.value))
    machine.template(template.value, node)
  for (const taint of taintsOf(template))
    if (!taint.weak && /^(network|input)$/.test(taint.source))
      reportFlow(machine, taint, 'eval', node, `renders it by ${name}`)
}
