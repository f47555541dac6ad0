import { expect, test } from 'vitest'
import type { Fact } from '../../../shared/scan-report/fact'
import { joinHooks } from '../../../shared/scan-report/join-hooks'
import type { Finding } from '../../../shared/scan-report/report'
import { fact, finding } from '../../fixtures/facts'

const file = (path: string, facts: readonly Fact[], findings: readonly Finding[] = []) => ({
  path,
  facts,
  findings,
})
const imports = (target: string) => fact('content', 'imports.file', { detail: { target } })

function changed(...files: ReturnType<typeof file>[]): string[] {
  const work = joinHooks(files)
  for (;;) {
    const step = work.next()
    if (step.done === true) return [...step.value.keys()]
  }
}

test('a hook is followed through what the code that it starts imports', () => {
  const hook = fact('hook', 'hook.npm.postinstall', { detail: { target: 'a.py' } })
  expect(
    changed(
      file('package.json', [hook]),
      file('a.py', [imports('./lib/b')]),
      file('lib/b.py', [imports('../c')]),
      file('c/__init__.py', [], [finding('critical')]),
    ),
  ).toEqual(['package.json'])
})

test('an import is a hook in a file that an installer runs, and in no other', () => {
  expect(
    changed(
      file('setup.py', [imports('./helper')]),
      file('train.py', [imports('./helper')]),
      file('helper.py', [], [finding('high')]),
    ),
  ).toEqual(['setup.py'])
})
