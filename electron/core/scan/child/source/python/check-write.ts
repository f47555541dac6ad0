import { isCredentialPath } from '../places'
import type { Machine } from './machine'
import { fileOrigins } from './origin'
import { isStartUpPath } from './places'
import { pathKey, reportFlow, reportUse } from './report-use'
import type { Node } from './tree'
import {
  type Arguments,
  type Taint,
  taintsOf,
  textOf,
  UNKNOWN,
  unionTaints,
  type Value,
  WALKED,
} from './value'

const MOST_WRITTEN = 200

/** A file is written, renamed or made executable: where, and with what. */
export function checkWrite(
  machine: Machine,
  callee: Value & { kind: 'ref' },
  given: Arguments,
  node: Node,
): Value | undefined {
  const { name } = callee
  const [first = UNKNOWN, second = UNKNOWN] = given.plain
  const isCopy = /^(shutil\.|os\.(rename|replace|link|symlink))/.test(name)
  const path = isCopy
    ? (given.named.get('dst') ?? second)
    : name === 'os.chmod' || name === 'os.mkfifo' || name === 'os.write'
      ? first
      : (callee.about ?? UNKNOWN)
  if (name === 'os.chmod') return checkMode(machine, callee, path, second, node)
  reportUse(machine, callee, 'file-write', node)
  const content = isCopy
    ? copied(machine, first, node)
    : taintsOf(name === 'os.write' ? second : first)
  judgePath(machine, path, name, node)
  // A temporary file is known by what gave it.
  const key = name.startsWith('tempfile.')
    ? name.replace(/(\.file)?\.\w+$/, '.name')
    : pathKey(path)
  if (key !== undefined && machine.notes.written.size < MOST_WRITTEN && content.length > 0)
    machine.notes.written.set(
      key,
      unionTaints(content, machine.notes.written.get(key) ?? []).map((taint) => ({
        ...taint,
        steps: [
          ...taint.steps,
          { role: 'step' as const, label: 'writes it to a file', start: node.from, end: node.to },
        ],
      })),
    )
  const toCredentials = isCredentialPath(textOf(path) ?? '')
  for (const taint of content) {
    if (taint.weak || !/^(credentials|decoded|network)$/.test(taint.source)) continue
    if (taint.source === 'credentials' && (toCredentials || key === undefined)) continue
    reportFlow(machine, taint, 'file-write', node, `writes it by ${name.replaceAll('()', '')}`)
  }
  checkEncryption(machine, first, path, node)
  return undefined
}

function copied(machine: Machine, from: Value, node: Node): readonly Taint[] {
  const own = fileOrigins(from, node).filter((taint) => taint.source === 'credentials')
  const key = pathKey(from)
  return unionTaints(own, key === undefined ? [] : (machine.notes.written.get(key) ?? []))
}

/** Files that start by themselves. */
export function judgePath(machine: Machine, path: Value, name: string, node: Node): void {
  const text = textOf(path)
  if (text === undefined || !isStartUpPath(text)) return
  machine.report({
    name: 'threat.persistence',
    node,
    detail: { path: text.slice(0, 200), calls: name },
  })
  machine.notes.marks.add('serious')
}

/** chmod +x on something that was downloaded. */
function checkMode(
  machine: Machine,
  callee: Value,
  path: Value,
  mode: Value,
  node: Node,
): undefined {
  const bits = mode.kind === 'int' ? mode.value : undefined
  const isExecutable =
    bits === undefined
      ? /S_IX|S_IEXEC/.test(machine.text.slice(node.from, node.to))
      : (bits & 0o111n) !== 0n
  if (!isExecutable) return
  reportUse(machine, callee, 'file-write', node)
  const key = pathKey(path)
  const network =
    key === undefined
      ? undefined
      : machine.notes.written.get(key)?.find((taint) => taint.source === 'network')
  if (network !== undefined) reportFlow(machine, network, 'file-write', node, 'makes it executable')
}

/** Files of a walk are written back encrypted. */
function checkEncryption(machine: Machine, content: Value, path: Value, node: Node): void {
  const target = textOf(path)
  const isFile = taintsOf(content).some(({ source }) => source === 'file')
  if (isFile && machine.notes.marks.has('encrypt') && target?.includes(WALKED)) reportEncryption()
  if (
    content.kind !== 'ref' ||
    !/(encrypt|Fernet\(\)|AES\.new\(\)|update)/i.test(content.name) ||
    !/encrypt/i.test(content.name)
  )
    return
  machine.notes.marks.add('encrypt')
  if (target?.includes(WALKED)) reportEncryption()

  function reportEncryption(): void {
    machine.report({
      name: 'threat.destructive',
      node,
      detail: { how: 'encrypts the files of a folder, one after the other' },
    })
  }
}
