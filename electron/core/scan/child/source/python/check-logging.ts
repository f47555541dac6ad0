import type { Machine } from './machine'
import type { Node } from './tree'
import { type Arguments, taintsOf, textOf, UNKNOWN } from './value'

const SHIPS =
  /^logging\.handlers\.(HTTPHandler|SysLogHandler|SocketHandler|DatagramHandler|SMTPHandler)$/
const LOGS = /^logging\.(getLogger\(\)\.)?(debug|info|warning|warn|error|critical|log|exception)$/
/** Machines of one's own: names without a dot, private addresses and the endings that resolve at home. */
const AT_HOME =
  /^(localhost|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)|^[^.]*$|\.(local|internal|lan|svc)(:\d+)?$/

/** A log that goes to a host of the source's own, and what users ask written into it. */
export function checkLogging(machine: Machine, name: string, given: Arguments, node: Node): void {
  if (LOGS.test(name)) {
    const values = [...given.plain, ...given.named.values()]
    const isInput = values.some((value) =>
      taintsOf(value).some(({ source, weak }) => source === 'input' && !weak),
    )
    if (isInput) machine.notes.marks.add('logs-input')
  }
  if (!SHIPS.test(name)) return
  const address =
    given.plain[0] ??
    given.named.get('host') ??
    given.named.get('address') ??
    given.named.get('mailhost') ??
    UNKNOWN
  const host = textOf(address.kind === 'list' ? (address.items[0] ?? UNKNOWN) : address)
  if (host === undefined || AT_HOME.test(host) || host.startsWith('/')) return
  machine.notes.pending.push({
    mark: 'logs-input',
    seen: {
      name: 'threat.data-leak',
      node,
      detail: { how: 'sends the log, with what users ask, to another host' },
    },
  })
}
