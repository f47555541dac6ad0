import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ROOT } from '../../fixtures/console'

const CALL = "cos\nsystem\n(S'echo harmless'\ntR."
const UNKNOWN = Buffer.from([1, 2, 3, 0, 255, 254, 9, 8, 7, 6, 5, 0, 0, 1, 250, 3])
const hasGit = spawnSync('git', ['--version']).status === 0 && process.platform !== 'win32'
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hook-'))
  git('init', '--quiet')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const git = (...args: string[]) => spawnSync('git', args, { cwd: folder, encoding: 'utf8' })
const put = (name: string, content: string | Buffer) => writeFileSync(join(folder, name), content)
function hook(args: string[] = [], more: Record<string, string> = {}) {
  const command = join(folder, '.git/console')
  writeFileSync(
    command,
    `#!/bin/sh\nexec "${process.execPath}" "${join(ROOT, 'out/main/cli.js')}" "$@"\n`,
  )
  chmodSync(command, 0o755)
  return spawnSync(join(ROOT, 'resources/hooks/pre-commit'), args, {
    cwd: folder,
    encoding: 'utf8',
    // Below .git, so that what the console keeps is never staged.
    env: {
      PATH: process.env.PATH,
      HOME: join(folder, '.git'),
      PROMETHEUS_CONSOLE: command,
      ...more,
    },
  }).status
}

describe.skipIf(!hasGit)('the pre-commit hook', () => {
  test('lets a clean commit pass, also one of nothing', () => {
    expect(hook()).toBe(0)
    put('a note.txt', 'text')
    git('add', '--all')
    expect(hook()).toBe(0)
  })
  test('refuses what is in the index, whatever the folder holds', () => {
    put('bad.pkl', CALL)
    git('add', '--all')
    put('bad.pkl', 'harmless now')
    expect(hook()).toBe(1)
  })
  test('does not look at what is not staged', () => {
    put('bad.pkl', CALL)
    expect(hook()).toBe(0)
  })
  test('scans the files it is given', () => {
    put('a.txt', 'text')
    put('bad.pkl', CALL)
    expect(hook(['a.txt'])).toBe(0)
    expect(hook(['a.txt', 'bad.pkl'])).toBe(1)
  })
  test('refuses what could not be read, unless that is allowed', () => {
    put('weights.bin', UNKNOWN)
    git('add', '--all')
    expect(hook()).toBe(2)
    expect(hook([], { PROMETHEUS_UNREAD: 'allow' })).toBe(0)
  })
  test('takes the line and the policy from the environment', () => {
    put('odd.pkl', 'csome.module\nthing\n(tR.')
    git('add', '--all')
    expect(hook()).toBe(1)
    expect(hook([], { PROMETHEUS_FAIL_ON: 'malicious' })).toBe(0)
    expect(hook([], { PROMETHEUS_POLICY: 'permissive' })).toBe(0)
  })
})
