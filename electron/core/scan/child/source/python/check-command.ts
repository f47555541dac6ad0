import { notePassages } from './across'
import { concatenated } from './fold-operator'
import type { Machine } from './machine'
import { isWholeDisk, KNOWN_OWNERS } from './places'
import { pathKey, reportFlow, reportUse } from './report-use'
import type { Node } from './tree'
import {
  type Arguments,
  HOLE,
  type Taint,
  taintsOf,
  textOf,
  textValue,
  UNKNOWN,
  type Value,
  WALKED,
} from './value'

const INTERPRETER =
  /(^|\/)((ba|z|da|k)?sh|python[\d.]*|perl|ruby|node|php|cmd(\.exe)?|powershell(\.exe)?|pwsh|osascript)$/i
const CODE_FLAG = /^(-\w*c|-e|\/c|\/k|-Command|-EncodedCommand|-enc|-r)$/i

/** A program is started: what it is, who says so, and what a shell would make of it. */
export function checkCommand(
  machine: Machine,
  callee: Value & { kind: 'ref' },
  given: Arguments,
  node: Node,
): Value | undefined {
  const command = commandOf(callee.name, given)
  const { text, decisive } = describe(command)
  reportUse(machine, callee, 'process', node)
  const label = `runs it by ${callee.name}`
  notePassages(machine, decisive, 'process', node, label)
  for (const taint of decisive) {
    if (taint.source === 'input') {
      if (!taint.weak) reportFlow(machine, taint, 'process', node, label)
    } else if (taint.source === 'decoded') {
      if (!taint.weak || (text !== undefined && text.length > 8))
        reportFlow(machine, taint, 'process', node, label)
    } else if (!taint.weak && taint.source !== 'host' && taint.source !== 'environment')
      reportFlow(machine, taint, 'process', node, label)
  }
  checkWritten(machine, command, text, node)
  checkSender(machine, command, text, node)
  if (text === undefined) return undefined
  noteShell(machine, callee.name, text, given, node)
  checkInstall(machine, text, node)
  if (!callee.name.startsWith('IPython.')) noteDownloaded(machine, text, node)
  const line = text.replace(/^\s*\S*python[\d.]*(\.exe)? -m (?=pip )/, '')
  if (callee.name !== 'os.startfile')
    machine.shell(line.replaceAll(HOLE, 'X').replaceAll(WALKED, 'X'), node)
  return undefined
}

/** `wget URL -O file`: what is loaded from that file later comes from the network. */
function noteDownloaded(machine: Machine, text: string, node: Node): void {
  if (text.length > MOST_INSTALL || !/^\s*(\S*\/)?(curl|wget)\s.*https?:\/\//.test(text)) return
  const target = /\s(?:-\w*[oO]|--output(?:-document)?)[\s=]+([^\s;&|]{3,})/.exec(text)?.[1]
  if (target === undefined || target.includes('://')) return
  const label = 'downloads by a program'
  machine.notes.written.set(target, [
    {
      source: 'network',
      weak: false,
      steps: [{ role: 'source', label, start: node.from, end: node.to }],
    },
  ])
}

/** Longest command that is read as an installation, characters. */
const MOST_INSTALL = 2000

/** A package that the program fetches for itself from a repository of somebody. */
function checkInstall(machine: Machine, text: string, node: Node): void {
  const url =
    /\bpip3?'? .*\binstall\b.*\bgit\+(?:https|ssh):\/\/(?:git@)?[\w.]+\/([\w.-]+\/[^\s'"]+)/.exec(
      text.slice(0, MOST_INSTALL),
    )?.[1]
  if (url !== undefined && !KNOWN_OWNERS.test(url) && !/@[0-9a-f]{40}/.test(url))
    machine.report({
      name: 'threat.dependency-source',
      node,
      evidence: `pip install git+…/${url}`.slice(0, 200),
    })
}

/** A program that sends gets what nobody else should have; a program that exists in memory only runs. */
function checkSender(machine: Machine, command: Value, text: string | undefined, node: Node): void {
  if (text === undefined) return
  if (/(^|[;&|]\s*)(\S*\/)?(curl|wget|nc|ncat|Invoke-WebRequest|iwr)(\.exe)?\s/i.test(text))
    for (const taint of taintsOf(command))
      if (!taint.weak && /^(environment|credentials|host)$/.test(taint.source))
        reportFlow(machine, taint, 'network', node, 'sends it by a program')
  if (/^\/proc\/[^/]+\/fd\//.test(text) && machine.notes.marks.has('memory-file'))
    machine.report({
      name: 'hidden.process',
      node,
      detail: { how: 'runs a file that is in memory only' },
    })
}

/** The command: a text for a shell, or a list of words. */
function commandOf(name: string, given: Arguments): Value {
  const first =
    given.plain[0] ??
    given.named.get('args') ??
    given.named.get('cmd') ??
    given.named.get('command') ??
    UNKNOWN
  // execl(path, arg0, arg1, …), spawnl(mode, path, arg0, …), create_subprocess_exec(program, …)
  if (/^os\.execl|create_subprocess_exec$/.test(name))
    return {
      ...UNKNOWN,
      kind: 'list',
      items: [first, ...given.plain.slice(name.startsWith('os.') ? 2 : 1)],
    }
  if (/^os\.(execv|posix_spawn)/.test(name)) {
    const list = given.plain[1]
    return list?.kind === 'list' ? { ...list, items: [first, ...list.items.slice(1)] } : first
  }
  if (/^os\.spawn/.test(name))
    return {
      ...UNKNOWN,
      kind: 'list',
      items: [...given.plain.slice(1, 2), ...given.plain.slice(3)],
    }
  if (/run_(line|cell)_magic$/.test(name)) return magicCommand(given)
  if (/^pip\./.test(name) && first.kind === 'list')
    return { ...first, items: [textValue('str', 'pip'), ...first.items] }
  if (/^nox\./.test(name)) return { ...UNKNOWN, kind: 'list', items: [...given.plain] }
  if (/^docker\./.test(name)) return given.plain[1] ?? given.named.get('command') ?? UNKNOWN
  if (/ShellExecute/.test(name))
    return { ...UNKNOWN, kind: 'list', items: [...given.plain.slice(2, 4)] }
  return first
}

/** run_line_magic('system', command), run_cell_magic('bash', '', script). */
function magicCommand(given: Arguments): Value {
  const [magic = UNKNOWN, line = UNKNOWN, cell = UNKNOWN] = given.plain
  const name = textOf(magic) ?? ''
  if (/^(sx|system|sc|!)$/.test(name)) return line
  if (/^(pip|conda|mamba)$/.test(name)) return concatenated([textValue('str', `${name} `), line])
  return /^(bash|sh|script|system|!)$/.test(name) ? cell : UNKNOWN
}

/** The command as a shell would read it, and the origins that decide what runs. */
function describe(command: Value): { text: string | undefined; decisive: readonly Taint[] } {
  if (command.kind !== 'list') {
    const text = textOf(command)
    if (text === undefined || command.kind !== 'partial')
      return { text, decisive: taintsOf(command) }
    // The program is a fixed one and only its arguments come from elsewhere.
    const startsOpen =
      /^\s*["']?[\ufffc\ufffb]/.test(text) ||
      /(^|[;&|]\s*)(\S*\/)?((ba|z|da)?sh|python[\d.]*|perl|node|powershell|cmd)(\.exe)?\s+(-\w+\s+|\/c\s+)*["']?[\ufffc\ufffb]/i.test(
        text,
      )
    return {
      text,
      decisive: taintsOf(command).filter(
        (taint) => startsOpen || taint.source === 'input' || taint.source === 'credentials',
      ),
    }
  }
  const words = command.items.map(textOf)
  const [program] = words
  const flag = words.findIndex((word) => word !== undefined && CODE_FLAG.test(word))
  const isInterpreter = program !== undefined && INTERPRETER.test(program)
  const decisive = isInterpreter
    ? command.items.slice(1).flatMap((item) => [...taintsOf(item)])
    : [
        ...taintsOf(command.items[0] ?? UNKNOWN),
        ...command.items
          .slice(1)
          .flatMap((item) => taintsOf(item).filter(({ source }) => source === 'credentials')),
      ]
  if (isInterpreter && flag > 0 && /sh$/.test(program)) return { text: words[flag + 1], decisive }
  if (words.every((word) => word === undefined)) return { text: undefined, decisive }
  return { text: words.map((word) => quoted(word ?? HOLE)).join(' '), decisive }
}

const quoted = (word: string): string =>
  /^[\w@%+=:,./~\ufffc-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`

/** Files that a command reads, not runs. */
const DATA = /\.(toml|json|ya?ml|txt|md|rst|csv|html|xml|cfg|ini|lock)$/

/** The program, or a word of the command, is a file that was written here from the network. */
function checkWritten(
  machine: Machine,
  command: Value,
  text: string | undefined,
  node: Node,
): void {
  const items = command.kind === 'list' ? command.items : [command]
  for (const [path, taints] of machine.notes.written) {
    const runs =
      items.some((item) => pathKey(item) === path) ||
      (text !== undefined && path.length > 3 && !path.includes(HOLE) && text.includes(path))
    const network = taints.find((taint) => taint.source === 'network' && !taint.weak)
    const decoded = taints.find((taint) => taint.source === 'decoded' && !taint.weak)
    if (!runs || DATA.test(path)) continue
    const step = { role: 'sink' as const, label: 'runs the file', start: node.from, end: node.to }
    if (network !== undefined)
      machine.report({ name: 'threat.download-and-run', node, steps: [...network.steps, step] })
    if (decoded !== undefined) reportFlow(machine, decoded, 'process', node, 'runs the file')
  }
}

function noteShell(
  machine: Machine,
  name: string,
  text: string,
  given: Arguments,
  node: Node,
): void {
  const isShell =
    /^\s*((\/usr)?\/bin\/)?(ba|z|da|k|c)?sh(\s+-i)?\s*$|^\s*(cmd|powershell)(\.exe)?\b/i.test(text)
  if (isShell) machine.notes.marks.add('shell')
  const streams = ['stdin', 'stdout', 'stderr'].map((key) => given.named.get(key))
  const onSocket = streams.some(
    (stream) => stream?.kind === 'ref' && /^(socket|ssl)[.(]/.test(stream.name),
  )
  const isReverse =
    onSocket ||
    (isShell &&
      (machine.notes.marks.has('socket-dup') ||
        (name === 'pty.spawn' && machine.notes.marks.has('socket'))))
  if (isReverse)
    machine.report({
      name: 'threat.reverse-shell',
      node,
      detail: { how: 'a shell whose input and output are a socket' },
    })
  if (machine.frame.endless > 0 && /__file__/.test(text))
    machine.report({ name: 'threat.fork-bomb', node })
  const removal = /^\s*(rm|del|rd|rmdir|format|shred)\s+(.*)$/i.exec(text)
  const target = removal?.[2]?.split(/\s+/).find((word) => !/^[-/]\w+$/.test(word))
  if (target !== undefined && /-\w*r|\/s/i.test(text) && isWholeDisk(target))
    machine.report({ name: 'threat.destructive', node })
}
