import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ScanReport } from '@shared/scan-report/report'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runCli } from '../../fixtures/run-cli'

const CALL = "cos\nsystem\n(S'echo harmless'\ntR."
const OTHER = "cposix\nsystem\n(S'echo other'\ntR."
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cli-outputs-'))
  mkdirSync(join(folder, 'model'))
  put('bad.pkl', CALL)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const put = (name: string, content: string | Buffer) =>
  writeFileSync(join(folder, 'model', name), content)
const at = (name: string) => join(folder, name)
const read = (name: string) => readFileSync(at(name), 'utf8')
const scan = (...args: string[]) => runCli(['scan', at('model'), ...args, '--data-dir', at('data')])

describe('--output', () => {
  test('writes each format to its file and prints text', () => {
    const names = ['a.json', 'b.sarif', 'c.csv', 'd.xml', 'e.md', 'f.html', 'g.txt']
    const { stdout } = scan(...names.flatMap((name) => ['--output', at(name)]))
    expect(stdout).toContain('MALICIOUS')
    expect(ScanReport.parse(JSON.parse(read('a.json'))).summary.verdict).toBe('malicious')
    expect(JSON.parse(read('b.sarif')).version).toBe('2.1.0')
    expect(read('c.csv')).toMatch(/^file,/)
    expect(read('d.xml')).toMatch(/^<\?xml/)
    expect(read('e.md')).toMatch(/^# Scan of/)
    expect(read('f.html')).toMatch(/^<!doctype html>/)
    expect(read('g.txt')).toContain('MALICIOUS')
  })
  test('takes the format before it, whatever the file is called', () => {
    scan('--format', 'sarif', '--output', at('report.txt'))
    expect(JSON.parse(read('report.txt')).version).toBe('2.1.0')
  })
  test('leaves stdout to the one format that no file took', () => {
    const { stdout } = scan('--output', at('r.md'), '--format', 'json')
    expect(() => ScanReport.parse(JSON.parse(stdout))).not.toThrow()
  })
  test('leaves nothing but the file behind', () => {
    scan('--output', at('r.json'))
    expect(readdirSync(folder).sort()).toEqual(['data', 'model', 'r.json'])
  })
  test('that cannot be written is an error, 2', () => {
    writeFileSync(join(folder, 'no-folder'), '')
    const { code, stderr } = scan('--output', join(folder, 'no-folder/r.json'))
    expect([code, stderr]).toEqual([2, expect.stringContaining('could not be written')])
  })
  test.skipIf(!existsSync('/dev/null'))('to a device leaves the device', () => {
    scan('--format', 'json', '--output', '/dev/null')
    expect(readFileSync('/dev/null')).toHaveLength(0)
  })
  test.each([[['--output', 'report.docx']], [['--format', 'json', '--format', 'sarif']]])(
    '%j is wrong usage',
    (flags) => {
      expect(scan(...flags).code).toBe(64)
    },
  )
})

test('GitHub annotations are printed one a line', () => {
  const lines = scan('--format', 'github').stdout.trimEnd().split('\n')
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatch(/^::error file=/)
})

describe('--baseline', () => {
  test.each([
    ['a JSON report', ['--output', 'known.json']],
    ['a SARIF file', ['--output', 'known.sarif']],
    ['a baseline file', ['--write-baseline', 'known.json']],
  ])('as %s lets what is in it pass, and nothing else', (_, [flag = '', name = '']) => {
    expect(scan(flag, at(name)).code).toBe(1)
    const same = scan('--baseline', at(name))
    expect(same.code).toBe(0)
    expect(same.stdout).toContain('0 new, 0 fixed, 1 unchanged')
    put('new.pkl', OTHER)
    const more = scan('--baseline', at(name))
    expect(more.code).toBe(1)
    expect(more.stdout).toMatch(/NEW critical .*echo other/)
  })
  test('last is the scan before of the same paths; the first run says that there is none', () => {
    const first = scan('--baseline', 'last')
    expect([first.code, first.stderr]).toEqual([1, expect.stringContaining('no earlier scan')])
    expect(scan('--baseline', 'last').code).toBe(0)
  })
  test('says what was fixed', () => {
    scan('--write-baseline', at('known.json'))
    rmSync(at('model/bad.pkl'))
    put('note.txt', 'text')
    const { code, stdout } = scan('--baseline', at('known.json'))
    expect([code, stdout]).toEqual([0, expect.stringContaining('Fixed  bad.pkl')])
  })
  test.each(['junit', 'github'])(
    'leaves what is known out of %s, where it would be a failure',
    (format) => {
      scan('--write-baseline', at('known/baseline.json'))
      put('new.pkl', OTHER)
      const { stdout } = scan('--baseline', at('known/baseline.json'), '--format', format)
      expect(stdout).toContain('echo other')
      expect(stdout).not.toContain('echo harmless')
    },
  )
  test('marks SARIF results', () => {
    scan('--write-baseline', at('known.json'))
    put('new.pkl', OTHER)
    const { stdout } = scan('--baseline', at('known.json'), '--format', 'sarif')
    const states = JSON.parse(stdout).runs[0].results.map(
      (result: { baselineState: string }) => result.baselineState,
    )
    expect(states).toEqual(['unchanged', 'new'])
  })
  test.each([
    ['a file that is not there', 'nothing.json', undefined],
    ['a file of something else', 'other.json', '{"a":1}'],
    ['a file that is not JSON', 'broken.json', '{'],
    ['a report that is not there', '3f2b8c1a-0000-4000-8000-000000000000', undefined],
  ])('as %s is wrong usage, before anything is scanned', (_, name, content) => {
    if (content !== undefined) writeFileSync(at(name), content)
    const { code, stdout } = scan('--baseline', content === undefined ? name : at(name))
    expect([code, stdout]).toEqual([64, ''])
  })
})

describe('compare', () => {
  test('says what is new and fixed since an earlier report', () => {
    scan('--output', at('before.json'))
    rmSync(at('model/bad.pkl'))
    put('new.pkl', OTHER)
    scan('--output', at('after.json'))
    const { code, stdout } = runCli(['compare', at('before.json'), at('after.json')])
    expect(code).toBe(1)
    expect(stdout).toMatch(/^New .*new\.pkl/m)
    expect(stdout).toMatch(/^Fixed .*bad\.pkl/m)
    expect(runCli(['compare', at('after.json'), at('after.json')]).code).toBe(0)
  })
  test('needs two reports', () => {
    expect(runCli(['compare', at('before.json')]).code).toBe(64)
    writeFileSync(at('x.json'), '{}')
    expect(runCli(['compare', at('x.json'), at('x.json')]).code).toBe(64)
  })
})
