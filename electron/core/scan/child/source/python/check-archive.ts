import type { Machine } from './machine'
import { fileOrigins } from './origin'
import { pathKey, writtenOf } from './report-use'
import type { Node } from './tree'
import { type Arguments, type Taint, taintsOf, UNKNOWN, unionTaints, type Value } from './value'

/** Archives that are packed and unpacked: what goes in comes out under another name. */
export function noteArchive(
  machine: Machine,
  callee: Value & { kind: 'ref' },
  given: Arguments,
  node: Node,
): void {
  const { name } = callee
  const [first = UNKNOWN, second = UNKNOWN, third = UNKNOWN] = given.plain
  if (/^(zipfile\.ZipFile|tarfile\.(open|TarFile))\(\)\.(extractall|extract)$/.test(name)) {
    const folder =
      (name.endsWith('all') ? given.plain[0] : given.plain[1]) ?? given.named.get('path')
    unpack(folder, unionTaints(callee.taints, writtenOf(machine, callee.about ?? UNKNOWN)))
  } else if (name === 'shutil.unpack_archive')
    unpack(second === UNKNOWN ? given.named.get('extract_dir') : second, writtenOf(machine, first))
  else if (/^zipfile\.ZipFile\(\)\.write$|^tarfile\.(open|TarFile)\(\)\.add$/.test(name))
    pack(callee.about, first)
  else if (name === 'shutil.make_archive') {
    pack(first, third === UNKNOWN ? (given.named.get('root_dir') ?? UNKNOWN) : third)
    const base = pathKey(first)
    const held = base === undefined ? undefined : machine.notes.written.get(base)
    if (base !== undefined && held !== undefined)
      for (const ending of ['zip', 'tar.gz', 'tar'])
        machine.notes.written.set(`${base}.${ending}`, held)
  }

  function unpack(folder: Value | undefined, taints: readonly Taint[]): void {
    const key = pathKey(folder ?? UNKNOWN)
    const network = [...taints, ...taintsOf(callee)].filter(({ source }) => source === 'network')
    if (key !== undefined && network.length > 0 && key.length > 3)
      machine.notes.written.set(key, network)
  }

  function pack(archive: Value | undefined, file: Value): void {
    const key = pathKey(archive ?? UNKNOWN)
    const secrets = unionTaints(fileOrigins(file, node), writtenOf(machine, file)).filter(
      ({ source }) => source === 'credentials',
    )
    if (key !== undefined && secrets.length > 0)
      machine.notes.written.set(key, unionTaints(secrets, machine.notes.written.get(key) ?? []))
  }
}
