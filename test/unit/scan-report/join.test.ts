import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Fact } from '../../../shared/scan-report/fact'
import { type JoinChange, type JoinedFile, joinFiles } from '../../../shared/scan-report/join'
import { fact, finding } from '../../fixtures/facts'

const file = (path: string, more: Partial<JoinedFile> = {}): JoinedFile => ({
  path,
  format: 'text',
  status: 'complete',
  bytes: 10,
  facts: [],
  findings: [],
  ...more,
})
const hook = (target: string): Fact =>
  fact('hook', 'hook.npm.postinstall', {
    location: { line: 3, column: 5 },
    evidence: `postinstall: node ${target}`,
    detail: { target },
  })

function join(...files: JoinedFile[]): Map<string, JoinChange> {
  const work = joinFiles(files)
  for (;;) {
    const step = work.next()
    if (step.done === true) return step.value
  }
}
const joinedNames = (changes: Map<string, JoinChange>, path: string): string[] =>
  (changes.get(path)?.facts ?? [])
    .map(({ name }) => name)
    .filter((name) => name.startsWith('hook.joined.'))

describe('a hook that starts a file', () => {
  test.each(['scripts/a.js', './scripts/a.js', 'scripts/a', 'scripts/x/../a.js', 'scripts\\a.js'])(
    'with serious findings is reported where the hook stands: %s',
    (target) => {
      const changes = join(
        file('pkg/package.json', { facts: [hook(target)] }),
        file('pkg/scripts/a.js', { findings: [finding('critical')] }),
      )
      expect(joinedNames(changes, 'pkg/package.json')).toEqual(['hook.joined.malicious'])
    },
  )

  test('has a path that leads from the hook to the finding in the other file', () => {
    const own = finding('high', {
      title: 'Sends the environment',
      path: [
        { role: 'source', label: 'reads process.env', text: 'process.env', line: 1, column: 9 },
        { role: 'sink', label: 'sends it', text: 'fetch(x)', line: 2, column: 1 },
      ],
    })
    const changes = join(
      file('package.json', { facts: [hook('a.js')] }),
      file('a.js', { findings: [own] }),
    )
    const joined = changes.get('package.json')?.facts.at(-1)
    expect(joined?.location).toEqual({ line: 3, column: 5 })
    expect(joined?.path?.map(({ role, file: other, line }) => [role, other, line])).toEqual([
      ['source', undefined, 3],
      ['step', 'a.js', 1],
      ['sink', 'a.js', 2],
    ])
  })

  test('is followed through the scripts that the file starts, and through circles once', () => {
    const starts = (target: string) => fact('content', 'starts.file', { detail: { target } })
    const changes = join(
      file('package.json', { facts: [hook('a.sh')] }),
      file('a.sh', { facts: [starts('b.sh')] }),
      file('b.sh', { facts: [starts('a.sh'), starts('c.py')] }),
      file('c.py', { findings: [finding('medium')] }),
    )
    expect(joinedNames(changes, 'package.json')).toEqual(['hook.joined.suspicious'])
  })

  test.each([
    ['60 scripts that start each other', 60, 60],
    ['2 scripts that start each other 2,000 times', 2, 2000],
  ])('costs what it has, not all ways through it: %s', (_, scripts, starts) => {
    let asked = 0
    const facts = Array.from({ length: starts }, (_, index) => ({
      ...fact('content', 'starts.file'),
      get detail() {
        asked++
        return { target: `f${index % scripts}.sh` }
      },
    }))
    join(...Array.from({ length: scripts }, (_, index) => file(`f${index}.sh`, { facts })))
    expect(asked).toBeLessThan(10 * scripts * starts)
  })
  test('is followed over eight scripts, also where they start the hook again', () => {
    const starts = (target: string) => fact('content', 'starts.file', { detail: { target } })
    const chain = (length: number) =>
      Array.from({ length }, (_, index) =>
        file(`f${index}.sh`, { facts: [starts('package.json'), starts(`f${index + 1}.sh`)] }),
      )
    const joined = (length: number) =>
      joinedNames(
        join(
          file('package.json', { facts: [hook('f0.sh')], findings: [finding('critical')] }),
          ...chain(length),
          file(`f${length}.sh`, { findings: [finding('high')] }),
        ),
        'package.json',
      )
    expect([joined(8), joined(9)]).toEqual([['hook.joined.malicious'], []])
  })

  test('in an image finds the one file of that name', () => {
    const changes = join(
      file('Dockerfile', {
        facts: [fact('hook', 'hook.docker.run', { detail: { target: '/app/setup.sh' } })],
      }),
      file('tools/setup.sh', { findings: [finding('critical')] }),
    )
    expect(joinedNames(changes, 'Dockerfile')).toEqual(['hook.joined.malicious'])
  })

  test.each<[string, JoinedFile[]]>([
    ['has only low findings', [file('a.js', { findings: [finding('low')] })]],
    ['is not there', []],
    ['lies outside the root', [file('a.js', { findings: [finding('critical')] })]],
  ])('says nothing more when the file %s', (reason, others) => {
    const target = reason.startsWith('lies') ? '../a.js' : 'a.js'
    expect(join(file('package.json', { facts: [hook(target)] }), ...others).size).toBe(0)
  })
})

test('A model whose auto_map names a file with findings is reported', () => {
  const autoMap = fact('content', 'remote-code.auto-map', {
    evidence: 'auto_map.AutoModel: modeling_x.XModel',
  })
  const changes = join(
    file('m/config.json', { facts: [autoMap] }),
    file('m/modeling_x.py', { findings: [finding('high')] }),
  )
  expect(joinedNames(changes, 'm/config.json')).toEqual(['hook.joined.remote-code'])
})

describe('a file of weights that a model names', () => {
  const shard = (path: string, groupBytes: number) =>
    fact('content', 'tfjs.shard', { detail: { path, group: 0, groupBytes } })
  const unknown = { format: 'unknown', status: 'inconclusive' as const }

  test('is complete when all shards together have the size of the tensors', () => {
    const changes = join(
      file('m/model.json', { facts: [shard('a.bin', 30), shard('b.bin', 30)] }),
      file('m/a.bin', { ...unknown, bytes: 20 }),
      file('m/b.bin', { ...unknown, bytes: 10 }),
    )
    expect([...changes]).toEqual(
      ['m/a.bin', 'm/b.bin'].map((path) => [
        path,
        { facts: [], format: 'tfjs-shard', status: 'complete', reason: null },
      ]),
    )
  })

  test('is complete when it holds the external data of an ONNX model', () => {
    const external = fact('content', 'onnx.external-file', {
      detail: { path: 'w.data', bytes: 100 },
    })
    const changes = join(
      file('m.onnx', { facts: [external] }),
      file('w.data', { ...unknown, bytes: 4096 }),
    )
    expect(changes.get('w.data')).toMatchObject({
      format: 'onnx-external-data',
      status: 'complete',
    })
  })

  test.each<[string, Partial<JoinedFile>]>([
    ['has another size', { ...unknown, bytes: 31 }],
    ['is a pickle', { format: 'pickle', status: 'complete', bytes: 30 }],
    [
      'has findings',
      { ...unknown, bytes: 30, facts: [fact('call', 'os.system')], findings: [finding('high')] },
    ],
  ])('stays what it is when it %s', (_, weights) => {
    const model = file('model.json', { facts: [shard('a.bin', 30)] })
    expect(join(model, file('a.bin', weights)).size).toBe(0)
  })
})

test('A key in a folder of tests is a key for tests', () => {
  const key = fact('content', 'secret.private-key')
  const changes = join(
    file('tests/key.pem', { facts: [key] }),
    file('deploy/key.pem', { facts: [key] }),
  )
  expect([...changes].map(([path, { facts }]) => [path, facts[0]?.name])).toEqual([
    ['tests/key.pem', 'secret.in-tests.private-key'],
  ])
})

test('Joining never loses a fact, whatever the files say', () => {
  const name = fc.constantFrom('a.js', 'b/a.js', 'b/c.sh', 'package.json', 'b/package.json')
  const target = fc.constantFrom('a.js', '../a.js', 'c.sh', '/a.js', '', '..', 'b/c')
  const files = fc.uniqueArray(
    fc.record({ path: name, targets: fc.array(target, { maxLength: 4 }), bad: fc.boolean() }),
    { selector: ({ path }) => path },
  )
  fc.assert(
    fc.property(files, (list) => {
      const all = list.map(({ path, targets, bad }) =>
        file(path, { facts: targets.map(hook), findings: bad ? [finding('critical')] : [] }),
      )
      for (const [path, { facts }] of join(...all)) {
        const before = all.find((one) => one.path === path)?.facts ?? []
        expect(facts.slice(0, before.length)).toEqual(before)
      }
    }),
  )
})
