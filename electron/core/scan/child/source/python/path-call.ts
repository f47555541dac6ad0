import { checkCall } from './check'
import { joinPath } from './fold-operator'
import type { Machine } from './machine'
import { fileOrigins } from './origin'
import type { Node } from './tree'
import {
  type Arguments,
  HOLE,
  refValue,
  taintsOf,
  textOf,
  textValue,
  UNKNOWN,
  unionTaints,
  unknownWith,
  type Value,
} from './value'

/** Methods of pathlib.Path; a path is its text. */
export function callPath(
  machine: Machine,
  on: Value,
  name: string,
  given: Arguments,
  node: Node,
): Value | undefined {
  const text = textOf(on)
  if (text === undefined) return undefined
  const taints = taintsOf(on)
  const asFunction = (ref: string, plain: readonly Value[]): Value => {
    const callee = refValue(ref)
    if (callee.kind === 'ref') checkCall(machine, callee, { plain, named: given.named }, node)
    return { ...refValue(`${ref}()`, taints), about: on }
  }
  switch (name) {
    case 'expanduser':
    case 'resolve':
    case 'absolute':
    case 'as_posix':
    case 'with_name':
      return on
    case 'with_suffix':
      return textValue(
        'partial',
        text.replace(/\.\w+$/, '') + (textOf(given.plain[0] ?? UNKNOWN) ?? HOLE),
        taints,
      )
    case 'joinpath':
      return joinPath([on, ...given.plain])
    case 'open':
      return asFunction('builtins.open', [on, ...given.plain])
    case 'read_text':
    case 'read_bytes':
      return unknownWith(unionTaints(fileOrigins(on, node), writtenTaints(machine, text)))
    case 'write_text':
    case 'write_bytes': {
      asFunction('builtins.open', [on, textValue('str', 'w')])
      const write: Value = { ...refValue('builtins.open().write'), about: on }
      if (write.kind === 'ref')
        checkCall(machine, write, { plain: given.plain.slice(0, 1), named: given.named }, node)
      return UNKNOWN
    }
    case 'chmod':
      return asFunction('os.chmod', [on, ...given.plain])
    case 'rename':
    case 'replace':
      return asFunction('os.rename', [on, ...given.plain])
    case 'symlink_to':
      return asFunction('os.symlink', [...given.plain, on])
    case 'unlink':
      return asFunction('os.remove', [on])
    case 'glob':
    case 'rglob':
    case 'iterdir':
      return { ...refValue(`pathlib.${name}()`, taints), about: on }
    case 'exists':
    case 'is_file':
    case 'is_dir':
    case 'mkdir':
    case 'touch':
    case 'stat':
      return UNKNOWN
    default:
      return undefined
  }
}

/** Where the content of a file that this program wrote before came from. */
export function writtenTaints(machine: Machine, path: string) {
  return machine.notes.written.get(path) ?? []
}
