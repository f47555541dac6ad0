import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { takeInstanceLock } from '../../../electron/core/instance-lock'
import type { electron } from '../../doubles/electron'
import { ROOT } from '../../fixtures/console'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'console-bundle-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Outcome = Pick<typeof electron, 'calls' | 'opened' | 'errorBoxes' | 'exitCode'> & {
  windows: { url: string; options: { webPreferences: { sandbox: boolean; preload: string } } }[]
}

/** out/main/index.js as it is shipped, under the product's Node, with 'electron' doubled. */
function run(dataFolder: string, ...flags: string[]) {
  const doubles = join(ROOT, 'test/doubles')
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      '--import',
      join(doubles, 'register.mjs'),
      join(doubles, 'run-bundle.mjs'),
      '--data-dir',
      dataFolder,
      ...flags,
    ],
    { encoding: 'utf8', env: { PATH: process.env.PATH } },
  )
  if (stdout === '') throw new Error(stderr)
  return { status, stderr, ...(JSON.parse(stdout) as Outcome) }
}
const START_ERROR = 'Prometheus Console cannot start'

test('the built bundle brings up a locked-down window and quits cleanly', () => {
  const outcome = run(join(folder, 'fresh'))
  expect(outcome.stderr).toBe('')
  expect(outcome.windows).toHaveLength(1)
  expect(outcome.windows[0]).toMatchObject({
    url: 'app://console/',
    options: {
      webPreferences: { sandbox: true, preload: join(ROOT, 'out/preload/index.cjs') },
    },
  })
  expect([outcome.exitCode, outcome.status]).toEqual([0, 0])
})
test('sandbox and scheme are set up before Electron is ready', () => {
  const { calls } = run(join(folder, 'order'))
  expect(calls).toEqual(['enableSandbox', 'registerSchemesAsPrivileged', 'ready', 'loadURL'])
})

function expectSentence(outcome: ReturnType<typeof run>, sentence: RegExp) {
  expect(outcome.windows).toEqual([])
  expect(outcome.errorBoxes).toHaveLength(1)
  expect(outcome.errorBoxes[0]?.title).toBe(START_ERROR)
  expect(outcome.errorBoxes[0]?.content).toMatch(sentence)
  expect(outcome.errorBoxes[0]?.content).not.toMatch(/\n\s+at /)
  expect([outcome.exitCode, outcome.status]).toEqual([1, 1])
}

test('a data folder in use says so and ends with 1', () => {
  const dataFolder = join(folder, 'taken')
  const lock = takeInstanceLock(dataFolder)
  expectSentence(run(dataFolder), /Another console already uses .*taken/)
  if ('release' in lock) lock.release()
})
test("a data folder in use by a browser's console shows that one's link", () => {
  const dataFolder = join(folder, 'loopback')
  const lock = takeInstanceLock(dataFolder)
  if (!('announce' in lock)) throw new Error('The lock of a new folder is free.')
  lock.announce('http://127.0.0.1:4711/#token=abc')
  const outcome = run(dataFolder)
  expect(outcome.opened).toEqual(['http://127.0.0.1:4711/#token=abc'])
  expect([outcome.windows, outcome.errorBoxes, outcome.exitCode]).toEqual([[], [], 0])
  lock.release()
})
test('an announced address that is not on this machine is not opened', () => {
  const dataFolder = join(folder, 'forged')
  const lock = takeInstanceLock(dataFolder)
  if (!('announce' in lock)) throw new Error('The lock of a new folder is free.')
  lock.announce('http://evil.test/')
  const outcome = run(dataFolder)
  expect(outcome.opened).toEqual([])
  expectSentence(outcome, /Another console already uses/)
  lock.release()
})
test('a data folder that is a file says so', () => {
  const file = join(folder, 'file')
  writeFileSync(file, '')
  expectSentence(run(file), /cannot be used .*Choose another with --data-dir/)
})
test('a broken settings file says which and what to do', () => {
  const dataFolder = join(folder, 'settings')
  mkdirSync(dataFolder)
  writeFileSync(join(dataFolder, 'settings.json'), '{')
  expectSentence(run(dataFolder), /settings\.json is not a JSON object\. Correct it, or delete it/)
})
test('a database of a newer console says so', () => {
  const dataFolder = join(folder, 'newer')
  mkdirSync(dataFolder)
  const db = new Database(join(dataFolder, 'console.db'))
  db.pragma('user_version = 9999')
  db.close()
  expectSentence(run(dataFolder), /written by a newer console/)
})
test('a flag that does not fit says which', () => {
  expectSentence(run(join(folder, 'flag'), '--set', 'scan.depth=much'), /--set scan\.depth/)
})
