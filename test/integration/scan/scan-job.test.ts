import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { closeSync, ftruncateSync, mkdirSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ReportId, ScanEvent } from '@shared/contract/scan'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { launchChild } from '../../../electron/core/launch'
import { type OpenConsole, openConsole } from '../../fixtures/console'

let open: OpenConsole
beforeEach(() => {
  open = openConsole()
})
afterEach(() => open.close())

/** A pickle that would run `echo` when loaded: GLOBAL os.system, one argument, REDUCE. */
const CALL = Buffer.from("cos\nsystem\n(S'echo harmless'\ntR.")

async function watch(jobId: string): Promise<ScanEvent[]> {
  const events: ScanEvent[] = []
  for await (const event of await open.client.scan.watch({ jobId })) events.push(event)
  return events
}
async function scan(path: string) {
  const { jobId } = await open.client.scan.start({ target: { kind: 'paths', paths: [path] } })
  const last = (await watch(jobId)).at(-1)
  if (last?.type !== 'done') throw new Error(JSON.stringify(last))
  return (await open.client.scan.report({ reportId: last.reportId })).report
}
/** Processes started by this one that run a child bundle. */
function children(): string[] {
  const { stdout } = spawnSync('ps', ['--ppid', String(process.pid), '-o', 'args='], {
    encoding: 'utf8',
  })
  return stdout.split('\n').filter((line) => line.includes('out/children/scan.js'))
}
/** Scans with this code in place of the scan process. */
function replaceWorker(code: string): void {
  const folder = join(open.folder, 'child')
  mkdirSync(folder)
  writeFileSync(join(folder, 'scan.js'), code)
  const digest = createHash('sha256').update(code).digest('hex')
  open.console.platform.launch = (name, limits) =>
    launchChild(
      { node: process.execPath, folder, digests: { scan: { 'scan.js': digest } } },
      name,
      limits,
    )
}
function bigFile(name: string, bytes: number): string {
  const path = join(open.root, name)
  const descriptor = openSync(path, 'w')
  ftruncateSync(descriptor, bytes)
  closeSync(descriptor)
  return path
}

describe('a scan job', () => {
  test('scans a folder, stores the report, and lists it in the history', async () => {
    mkdirSync(join(open.root, 'model'))
    writeFileSync(join(open.root, 'model/weights.pkl'), CALL)
    writeFileSync(join(open.root, 'model/README.md'), '# A model\n')
    const report = await scan(join(open.root, 'model'))
    expect(report.summary).toMatchObject({ files: 2, verdict: 'malicious', grade: 'F' })
    expect(report.files.map(({ path, verdict }) => [path, verdict])).toEqual([
      ['README.md', 'clean'],
      ['weights.pkl', 'malicious'],
    ])
    expect(report.files[1]?.findings[0]).toMatchObject({
      severity: 'critical',
      location: { opcode: 'REDUCE' },
    })
    expect(report.files[1]?.findings[0]?.evidence).toContain("system('echo harmless')")
    const { rows, total } = await open.client.scan.history({})
    expect([total, rows[0]?.name, rows[0]?.verdict]).toEqual([1, 'model', 'malicious'])
  })
  test('keeps its facts as rows, so that a later rule can be asked', async () => {
    writeFileSync(join(open.root, 'a.pkl'), CALL)
    await scan(open.root)
    const calls = open.console.reports.facts('call', 'os.system')
    expect(calls).toMatchObject([
      { file: 'a.pkl', fact: { kind: 'call', location: { opcode: 'REDUCE' } } },
    ])
  })
  test('a report that is removed takes its findings and facts along', async () => {
    writeFileSync(join(open.root, 'a.pkl'), CALL)
    await scan(open.root)
    const { rows } = await open.client.scan.history({})
    await open.client.scan.remove({ reportId: rows[0]?.id as ReportId })
    const counts = ['report', 'finding', 'fact'].map((table) =>
      open.console.db.prepare(`SELECT count(*) AS n FROM ${table}`).get(),
    )
    expect(counts).toEqual([{ n: 0 }, { n: 0 }, { n: 0 }])
  })
  test('is cancelled while it reads, and leaves no worker', async () => {
    const path = bigFile('big.bin', 40 * 1024 ** 3)
    const { jobId } = await open.client.scan.start({ target: { kind: 'paths', paths: [path] } })
    const following = watch(jobId)
    await expect.poll(() => open.console.jobs.find(jobId, 'scan')?.job.bytesDone).toBeGreaterThan(0)
    expect(await open.client.jobs.cancel({ jobId })).toEqual({ cancelled: true })
    expect(children()).toEqual([])
    expect((await following).at(-1)).toEqual({ type: 'cancelled' })
    expect((await open.client.scan.history({})).total).toBe(0)
  })
  test('a worker that dies makes its file inconclusive and loses no other', async () => {
    const big = bigFile('b-big.bin', 40 * 1024 ** 3)
    writeFileSync(join(open.root, 'a.pkl'), CALL)
    writeFileSync(join(open.root, 'c.pkl'), CALL)
    const { jobId } = await open.client.scan.start({
      target: { kind: 'paths', paths: [open.root] },
    })
    await expect
      .poll(() => open.console.jobs.find(jobId, 'scan')?.job.bytesDone)
      .toBeGreaterThan(1e8)
    spawnSync('pkill', ['-KILL', '-P', String(process.pid), '-f', 'out/children/scan.js'])
    const last = (await watch(jobId)).at(-1)
    rmSync(big)
    if (last?.type !== 'done') throw new Error(JSON.stringify(last))
    const { report } = await open.client.scan.report({ reportId: last.reportId })
    expect(report.files.map(({ path, status, verdict }) => [path, status, verdict])).toEqual([
      ['a.pkl', 'complete', 'malicious'],
      ['b-big.bin', 'inconclusive', 'unknown'],
      ['c.pkl', 'complete', 'malicious'],
    ])
    expect(report.files[1]?.reason).toContain('SIGKILL')
  })
  test('reads as many files side by side as there are processes, even if they are few', async () => {
    await open.close()
    open = openConsole({}, { 'scan.workers': '2' })
    bigFile('a.bin', 8 * 1024 ** 3)
    bigFile('b.bin', 8 * 1024 ** 3)
    const { jobId } = await open.client.scan.start({
      target: { kind: 'paths', paths: [open.root] },
    })
    const names = new Set<string | null>()
    for await (const event of await open.client.scan.watch({ jobId })) {
      if (event.type !== 'progress') continue
      names.add(event.job.current)
      if (event.job.filesDone > 0 || names.has('b.bin')) break
    }
    expect([...names]).toContain('b.bin')
    expect(open.console.jobs.find(jobId, 'scan')?.job.filesDone).toBe(0)
  })
  test('a second process that cannot be started ends the scan, and leaves no worker', async () => {
    await open.close()
    let launched = 0
    open = openConsole({}, { 'scan.workers': '2' })
    const { launch } = open.console.platform
    open.console.platform.launch = (...given) =>
      ++launched === 2 ? Promise.reject(new Error('no process left')) : launch(...given)
    for (let index = 0; index < 500; index++) writeFileSync(join(open.root, `${index}.txt`), 'x')
    const { jobId } = await open.client.scan.start({
      target: { kind: 'paths', paths: [open.root] },
    })
    expect((await watch(jobId)).at(-1)).toEqual({ type: 'failed', message: 'no process left' })
    expect([launched, children()]).toEqual([2, []])
  })
  test('a worker that lists nonsense is stopped, and the scan fails', async () => {
    replaceWorker(
      "process.stdin.on('data', () => console.log(JSON.stringify({ type: 'entries', entries: [{ bytes: -1 }] })))",
    )
    const { jobId } = await open.client.scan.start({
      target: { kind: 'paths', paths: [open.root] },
    })
    expect((await watch(jobId)).at(-1)).toMatchObject({ type: 'failed' })
  })
  test.each([
    ['reports on and on', 'while (true) say({ type: "progress", id, bytes: 1 })'],
    ['begins a file again and again', 'say({ type: "started", id }); say({ type: "started", id })'],
    ['sends facts without end', 'while (true) say({ type: "facts", id, facts: [FACT, FACT] })'],
    [
      'answers what was not asked',
      `say({ type: "hashed", id, sha256: null, bytes: 0, stat: null })`,
    ],
  ])('a worker that %s is stopped, and its file is inconclusive', async (_, does) => {
    writeFileSync(join(open.root, 'a.txt'), 'text')
    const path = JSON.stringify(join(open.root, 'a.txt'))
    replaceWorker(`
      const { writeSync } = require('node:fs')
      const say = (message) => writeSync(1, JSON.stringify(message) + '\\n')
      const FACT = { kind: 'import', name: 'a.b', location: {} }
      process.stdin.on('data', (text) => {
        const message = JSON.parse(String(text).split('\\n')[0])
        if (message.type === 'walk') {
          say({ type: 'entries', entries: [{ root: 0, path: 'a.txt', absolutePath: ${path}, bytes: 4 }] })
          say({ type: 'walked', notes: [], unreadable: [] })
          return
        }
        const { id } = message.tasks[0]
        ${does}
      })`)
    const { jobId } = await open.client.scan.start({
      target: { kind: 'paths', paths: [open.root] },
    })
    const last = (await watch(jobId)).at(-1)
    if (last?.type !== 'done') throw new Error(JSON.stringify(last))
    const { report } = await open.client.scan.report({ reportId: last.reportId })
    expect(report.files).toMatchObject([{ status: 'inconclusive', verdict: 'unknown' }])
    expect((await open.client.scan.cache()).entries).toBe(0)
  })
  test('that is cancelled while its report is saved is done, and says so', async () => {
    writeFileSync(join(open.root, 'a.txt'), 'text')
    const { reports } = open.console
    const { save } = reports
    let cancelled: Promise<{ cancelled: boolean }> | undefined
    reports.save = (...given) => {
      const [job] = open.console.jobs.list()
      cancelled = open.client.jobs.cancel({ jobId: job?.id ?? '' })
      return save(...given)
    }
    const { jobId } = await open.client.scan.start({
      target: { kind: 'paths', paths: [open.root] },
    })
    expect((await watch(jobId)).at(-1)?.type).toBe('done')
    expect([await cancelled, open.console.jobs.find(jobId, 'scan')?.job.state]).toEqual([
      { cancelled: false },
      'done',
    ])
  })
  test('a path outside of the roots is refused, a missing one is named', async () => {
    const start = (path: string) =>
      open.client.scan.start({ target: { kind: 'paths', paths: [path] } })
    await expect(start('/etc/passwd')).rejects.toMatchObject({ code: 'PATH_NOT_GRANTED' })
    await expect(start(join(open.root, 'nothing'))).rejects.toMatchObject({
      code: 'PATH_NOT_FOUND',
    })
  })
  test('more scans than four wait for their turn, more than sixteen are refused', async () => {
    const path = bigFile('big.bin', 40 * 1024 ** 3)
    const start = () => open.client.scan.start({ target: { kind: 'paths', paths: [path] } })
    const jobs = await Promise.all(Array.from({ length: 16 }, start))
    await expect(start()).rejects.toMatchObject({
      code: 'TOO_MANY_SCANS',
      data: { running: 16, limit: 16 },
    })
    const reading = () =>
      open.console.jobs
        .list()
        .filter((job) => job.kind === 'scan' && job.state === 'running' && job.bytesDone > 0).length
    await expect.poll(reading).toBe(4)
    expect(children()).toHaveLength(4)
    await open.client.jobs.cancel({ jobId: jobs[0]?.jobId ?? '' })
    await expect.poll(reading).toBe(4)
  })
  test('scans at once share the processes there may be', async () => {
    await open.close()
    open = openConsole({}, { 'scan.workers': '4' })
    for (const name of ['a', 'b', 'c', 'd']) {
      mkdirSync(join(open.root, `${name}-files`))
      for (const file of ['1', '2', '3', '4', '5', '6'])
        bigFile(`${name}-files/${file}.bin`, 40 * 1024 ** 3)
    }
    const start = (name: string) =>
      open.client.scan.start({
        target: { kind: 'paths', paths: [join(open.root, `${name}-files`)] },
      })
    const { jobId } = await start('a')
    await expect.poll(() => children().length).toBe(4)
    await open.client.jobs.cancel({ jobId })
    const two = [await start('b'), await start('c')]
    await expect.poll(() => children().length).toBeGreaterThanOrEqual(4)
    for (const job of two) await open.client.jobs.cancel(job)
    expect(children()).toEqual([])
  })
  test('a watcher that comes late sees the findings and the end', async () => {
    writeFileSync(join(open.root, 'a.pkl'), CALL)
    const { jobId } = await open.client.scan.start({
      target: { kind: 'paths', paths: [open.root] },
    })
    await watch(jobId)
    expect((await watch(jobId)).map((event) => event.type)).toEqual([
      'progress',
      'findings',
      'done',
    ])
  })
})
