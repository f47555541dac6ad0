import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ScanReport } from '@shared/scan-report/report'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ROOT } from '../../fixtures/console'
import { runCli } from '../../fixtures/run-cli'

const CALL = "cos\nsystem\n(S'echo harmless'\ntR."
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cli-'))
  mkdirSync(join(folder, 'model'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const put = (name: string, content: string | Buffer) => {
  const path = join(folder, 'model', name)
  writeFileSync(path, content)
  return path
}
const scan = (...args: string[]) => runCli(['scan', ...args, '--data-dir', join(folder, 'data')])
const json = (...args: string[]) =>
  ScanReport.parse(JSON.parse(scan(...args, '--format', 'json').stdout))

describe('scan', () => {
  test('prints exactly one JSON document and nothing on stderr', () => {
    put('bad.pkl', CALL)
    const { code, stdout, stderr } = scan(join(folder, 'model'), '--format', 'json')
    expect([code, stderr]).toEqual([1, ''])
    const report = ScanReport.parse(JSON.parse(stdout))
    expect(report.files[0]).toMatchObject({
      path: 'bad.pkl',
      format: 'pickle',
      status: 'complete',
      verdict: 'malicious',
      cached: false,
    })
    expect(report.files[0]?.sha256).toMatch(/^[0-9a-f]{64}$/)
  })
  test('paths are relative to each PATH, a file is its own name', () => {
    mkdirSync(join(folder, 'model/sub'))
    put('sub/a.txt', 'text')
    const file = join(folder, 'b.txt')
    writeFileSync(file, 'text')
    expect(json(join(folder, 'model'), file).files.map(({ path, root }) => [root, path])).toEqual([
      [0, 'sub/a.txt'],
      [1, 'b.txt'],
    ])
  })
  test('a file below a folder that is scanned too is scanned and counted once', () => {
    const file = put('b.txt', 'text')
    const report = json(file, join(folder, 'model'), file)
    expect(report.files.map(({ path, root }) => [root, path])).toEqual([[0, 'b.txt']])
    expect(report.roots).toEqual([join(folder, 'model')])
    expect(report.notes.join(' ')).toContain('was scanned once')
  })
  test('content decides the format, never the name', () => {
    put('photo.png', CALL)
    put('weights.pt', 'just a note')
    expect(json(join(folder, 'model')).files.map(({ path, format }) => [path, format])).toEqual([
      ['photo.png', 'pickle'],
      ['weights.pt', 'text'],
    ])
  })
  test('--no-hash leaves the hash out', () => {
    expect(json(put('a.txt', 'text'), '--no-hash').files[0]?.sha256).toBeNull()
  })
  test.each([
    ['clean', { 'a.txt': 'a note' }, [], 0],
    ['malicious', { 'a.pkl': CALL }, [], 1],
    ['suspicious', { 'a.pkl': 'csome.module\nthing\n(tR.' }, [], 1],
    [
      'suspicious below the line',
      { 'a.pkl': 'csome.module\nthing\n(tR.' },
      ['--fail-on', 'malicious'],
      0,
    ],
    ['a severity line', { 'a.pkl': CALL }, ['--fail-on', 'critical'], 1],
    [
      'an unknown binary',
      { 'a.bin': Buffer.from([1, 2, 3, 0, 255, 254, 9, 8, 7, 6, 5, 0, 0, 1, 250, 3]) },
      [],
      2,
    ],
    [
      'a broken pickle',
      { 'a.pkl': Buffer.from([0x80, 4, 0x95, 10, 0, 0, 0, 0, 0, 0, 0, 0x8c, 4, 0x61]) },
      [],
      2,
    ],
    ['nothing', {}, [], 3],
  ])('exit code of %s', (_, files, flags, code) => {
    for (const [name, content] of Object.entries(files)) put(name, content)
    expect(scan(join(folder, 'model'), ...flags).code).toBe(code)
  })
  test.each([
    [['scan']],
    [['scan', '.', '--format', 'xml']],
    [['scan', '.', '--fail-on', 'red']],
    [['scan', '.', '--colour']],
    [['scan', '.', '--set', 'scan.depth=999']],
    [['explode']],
    [['constructor']],
    [['scan', '.', '--set', 'scan.depth=08']],
    [[]],
  ])('wrong usage %j ends with 64 and says what would be right', (args) => {
    const { code, stdout, stderr } = runCli(args)
    expect(code).toBe(64)
    expect(stdout + stderr).not.toBe('')
  })
  test.each([
    [['scan', '.', '--frmat', 'json'], 'scan does not know --frmat. Did you mean --format?'],
    [['scan', '.', '--data-dir'], '--data-dir needs a value'],
    [['scan', '.', '--no-hash=1'], '--no-hash takes no value'],
    [['doctor', 'extra'], 'doctor does not take "extra"'],
    [['scna', '.'], 'Did you mean scan?'],
    [['rules', 'explain', 'code.revese-shell'], 'Did you mean code.reverse-shell?'],
    [['rules', 'list', '--pack', 'nope'], 'Packs: code'],
    [['scan', '.', '--set', 'scan.depth=x'], 'use a whole number from 0 to 32'],
    [['scan', '.', '--set', 'scan.hash=maybe'], 'use true or false'],
  ])('wrong usage %j says %s', (args, sentence) => {
    const { code, stderr } = runCli(args)
    expect([code, stderr]).toEqual([64, expect.stringContaining(sentence)])
  })
  test('a path that does not exist ends with 2, is named, and costs no other', () => {
    put('notes.txt', 'text')
    const { code, stdout, stderr } = scan(
      join(folder, 'model'),
      join(folder, 'nothing'),
      '--format',
      'json',
    )
    expect(code).toBe(2)
    expect(stderr).toContain('nothing does not exist')
    expect(ScanReport.parse(JSON.parse(stdout)).files).toMatchObject([
      { root: 0, path: 'notes.txt', verdict: 'clean' },
      { root: 1, path: 'nothing', status: 'error', verdict: 'unknown' },
    ])
  })
  test('the help of a command is about that command', () => {
    for (const args of [
      ['compare', '--help'],
      ['help', 'compare'],
    ]) {
      const { code, stdout } = runCli(args)
      expect(code).toBe(0)
      expect(stdout).toContain('Exit codes of compare')
      expect(stdout).not.toContain('--fail-on')
    }
    expect(runCli(['--help']).stdout).toContain('--fail-on')
  })
  test('a name is printed without the control characters in it, in errors too', () => {
    const { stderr } = scan(join(folder, 'gone\u001b]0;title\u0007'))
    expect(stderr).toContain('\\x1b]0;title\\x07')
  })
  test.skipIf(!existsSync('/dev/full'))('output that cannot be written is an error, 2', () => {
    const full = openSync('/dev/full', 'w')
    const run = spawnSync(
      process.execPath,
      [join(ROOT, 'out/main/cli.js'), 'scan', put('a.txt', 'text'), '--no-save'],
      {
        stdio: ['ignore', full, 'pipe'],
        encoding: 'utf8',
        env: { ...process.env, PROMETHEUS_DATA_DIR: join(folder, 'data') },
      },
    )
    closeSync(full)
    expect([run.status, run.stderr]).toEqual([2, expect.stringContaining('ENOSPC')])
  })
  test('SARIF is one document', () => {
    put('bad.pkl', CALL)
    expect(JSON.parse(scan(join(folder, 'model'), '--format', 'sarif').stdout)).toMatchObject({
      version: '2.1.0',
    })
  })
  test('text has no colours and no control characters without a terminal', () => {
    put('bad\u001b[31m.pkl', CALL)
    const { stdout } = scan(join(folder, 'model'))
    expect(stdout).toContain('MALICIOUS')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(stdout).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f]/)
  })
  test('links are not followed, and the report says so', () => {
    put('a.txt', 'text')
    symlinkSync('/etc', join(folder, 'model/etc'))
    symlinkSync('.', join(folder, 'model/loop'))
    const report = json(join(folder, 'model'))
    expect(report.files.map((file) => file.path)).toEqual(['a.txt'])
    expect(report.notes.join(' ')).toContain('link')
  })
  test.skipIf(process.getuid?.() === 0)(
    'a file that cannot be read is an error, never clean',
    () => {
      chmodSync(put('secret.bin', 'x'), 0)
      expect(scan(join(folder, 'model')).code).toBe(2)
    },
  )
  test('the same file gives the same report, but for the time', () => {
    put('bad.pkl', CALL)
    const stable = () => ({
      ...json(join(folder, 'model'), '--no-cache'),
      startedAt: '',
      durationMs: 0,
    })
    expect(stable()).toEqual(stable())
  })
  test('a data folder that cannot be written costs the history, not the scan', () => {
    writeFileSync(join(folder, 'data'), 'a file in the way')
    const { code, stderr } = scan(put('a.txt', 'text'), '--format', 'json')
    expect(code).toBe(0)
    expect(stderr).toContain('not kept')
  })
})

describe('rules', () => {
  test('lists every rule, and explains one', () => {
    const { version, rules } = JSON.parse(runCli(['rules', '--format', 'json']).stdout)
    expect(version).toMatch(/^\d{4}\./)
    const explained = runCli(['rules', rules[0].id])
    expect(explained.code).toBe(0)
    expect(explained.stdout).toContain(rules[0].fix)
  })
  test('an unknown id is wrong usage', () => {
    expect(runCli(['rules', 'no.rule']).code).toBe(64)
  })
})

test('doctor checks every part and gives each failure its fix', () => {
  const { stdout } = runCli(['doctor', '--format', 'json', '--data-dir', join(folder, 'data')])
  const { grade, checks } = JSON.parse(stdout)
  expect(grade).toMatch(/^[A-F]$/)
  expect(checks.map((check: { id: string }) => check.id)).toEqual(
    expect.arrayContaining([
      'runtime',
      'database',
      'data-folder',
      'disk',
      'children',
      'rules',
      'browser',
      'electron',
    ]),
  )
  for (const check of checks)
    if (check.result === 'failed' || check.result === 'warning') expect(check.fix).not.toBeNull()
})

test('doctor says of a data folder that is a file that it is none', () => {
  const file = put('data', 'in the way')
  const { code, stdout } = runCli(['doctor', '--data-dir', file])
  expect(code).toBe(2)
  expect(stdout).toContain(`${file} is not a folder`)
})
