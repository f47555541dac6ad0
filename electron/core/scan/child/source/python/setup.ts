import type { ParseContext } from '../../context'
import type { SourceText } from '../source-text'
import type { Machine } from './machine'
import type { Node } from './tree'
import { type Arguments, textOf, UNKNOWN, type Value } from './value'

const SETUP =
  /^(setuptools|distutils\.core|numpy\.distutils\.core|skbuild|setuptools\.dist)\.setup$/
/** Commands that installing or building starts (setuptools' command line). */
const STARTED =
  /^(install|develop|egg_info|build|build_py|build_ext|sdist|bdist_wheel|install_lib|install_scripts|install_data|editable_wheel)$/

/** What installing a package starts, as far as setup() is told. */
export interface SetupHook {
  command: string
  evidence: string
  node: { from: number; to: number }
}

/** setup(cmdclass={'install': X}): pip runs X.run. */
export function noteSetup(machine: Machine, name: string, given: Arguments, node: Node): void {
  if (!SETUP.test(name)) return
  machine.notes.marks.add('setup')
  const classes = given.named.get('cmdclass')
  if (classes?.kind === 'dict')
    for (const [key, value] of classes.entries) hook(machine, key.slice(1), value, node)
  const file = textOf(given.named.get('setup_requires') ?? UNKNOWN)
  if (file?.includes('://'))
    machine.report({ name: 'threat.dependency-source', node, evidence: file.slice(0, 200) })
}

function hook(machine: Machine, command: string, value: Value, node: Node): void {
  if (!STARTED.test(command) || value.kind !== 'class') return
  machine.notes.hooks.push({ command, evidence: `${command}: ${value.cls.name}`, node })
}

/** Facts for installers: which class a command runs, and what a setup.py does besides setup(). */
export function reportSetup(
  context: ParseContext,
  source: SourceText,
  hooks: readonly SetupHook[],
  atImport: readonly { from: number; to: number }[],
): void {
  for (const { command, evidence, node } of hooks)
    source.reportAs(context, 'hook', {
      name: 'hook.python.setup',
      start: node.from,
      end: node.to,
      evidence,
      detail: { command },
    })
  for (const { from, to } of atImport)
    source.reportAs(context, 'hook', {
      name: 'hook.python.setup',
      start: from,
      end: to,
      detail: { command: 'import' },
    })
}
