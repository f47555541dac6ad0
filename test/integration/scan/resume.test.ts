import { closeSync, ftruncateSync, openSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { ScanEvent } from '@shared/contract/scan'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type OpenConsole, openConsole, reopenConsole } from '../../fixtures/console'
import { writeSmallFiles } from '../../fixtures/small-files'

let open: OpenConsole
beforeEach(() => {
  open = openConsole()
})
afterEach(() => open.close())

const GB = 1024 ** 3
const CALL = Buffer.from("cos\nsystem\n(S'echo harmless'\ntR.")

/** A delivery with a file in its middle that takes long, until it is cut short. */
function deliver(): { cut(): void } {
  writeSmallFiles(open.root, 30)
  writeFileSync(join(open.root, 'a.pkl'), CALL)
  const path = join(open.root, 'part-0/file-15.bin')
  const descriptor = openSync(path, 'w')
  ftruncateSync(descriptor, 40 * GB)
  closeSync(descriptor)
  return { cut: () => truncateSync(path, 0) }
}
async function start(): Promise<string> {
  const target = { kind: 'paths' as const, paths: [open.root] }
  return (await open.client.scan.start({ target })).jobId
}
const job = (jobId: string) => open.console.jobs.find(jobId, 'scan')?.job
const reading = (jobId: string) =>
  expect.poll(() => job(jobId)?.bytesDone ?? 0).toBeGreaterThan(0.2 * GB)
async function watch(jobId: string): Promise<ScanEvent[]> {
  const events: ScanEvent[] = []
  for await (const event of await open.client.scan.watch({ jobId })) events.push(event)
  return events
}
async function reportOf(jobId: string) {
  const last = (await watch(jobId)).at(-1)
  if (last?.type !== 'done') throw new Error(JSON.stringify(last))
  return (await open.client.scan.report({ reportId: last.reportId })).report
}

describe('a scan that is paused', () => {
  test('holds no process, shows what is done, and goes on where it stopped', async () => {
    const big = deliver()
    const jobId = await start()
    const following = watch(jobId)
    await reading(jobId)
    expect(await open.client.jobs.pause({ jobId })).toEqual({ paused: true })
    const done = job(jobId)?.filesDone ?? 0
    expect(job(jobId)).toMatchObject({ state: 'paused', filesTotal: 32, current: null })
    expect(done).toBeGreaterThan(0)
    big.cut()
    expect(await open.client.jobs.resume({ jobId })).toEqual({ resumed: true })
    const events = await following
    const report = await reportOf(jobId)
    expect(report.files).toHaveLength(32)
    // Nothing was asked of the cache: what was done before the pause was kept.
    expect(report.files.filter((file) => file.cached)).toEqual([])
    expect(events.filter((event) => event.type === 'findings')).toHaveLength(1)
    expect(job(jobId)).toMatchObject({ state: 'done', filesDone: 32 })
  })
  test('is judged to its end by the policy it began with', async () => {
    const own = { name: 'Ours', profile: 'balanced' as const }
    const { policies } = await open.client.policies.save(own)
    await open.client.policies.activate({ name: own.name })
    const big = deliver()
    const jobId = await start()
    await reading(jobId)
    await open.client.jobs.pause({ jobId })
    await open.client.policies.save({ ...own, ignores: [{ path: '**', reason: 'for a test' }] })
    big.cut()
    await open.client.jobs.resume({ jobId })
    const { policy, files } = await reportOf(jobId)
    expect(policy?.digest).toBe(policies.find(({ name }) => name === own.name)?.digest)
    expect(files.filter(({ ignored }) => ignored !== undefined)).toEqual([])
  })
  test('is gone when it is cancelled', async () => {
    deliver()
    const jobId = await start()
    const following = watch(jobId)
    await reading(jobId)
    await open.client.jobs.pause({ jobId })
    expect(await open.client.jobs.cancel({ jobId })).toEqual({ cancelled: true })
    expect((await following).at(-1)).toEqual({ type: 'cancelled' })
    expect(await open.client.jobs.resume({ jobId })).toEqual({ resumed: false })
    open = await reopenConsole(open)
    expect(open.console.jobs.list()).toEqual([])
  })
  test('is recorded with its pause and its going on', async () => {
    const big = deliver()
    const jobId = await start()
    await reading(jobId)
    await open.client.jobs.pause({ jobId })
    big.cut()
    await open.client.jobs.resume({ jobId })
    await reportOf(jobId)
    const { events } = await open.client.activity.list({})
    expect(events.map((event) => event.kind).reverse()).toEqual([
      'scan.started',
      'scan.paused',
      'scan.resumed',
      'scan.finished',
    ])
    expect(new Set(events.map((event) => event.operationId))).toEqual(new Set([jobId]))
  })
})

describe('a scan that a restart interrupts', () => {
  test('is paused afterwards, and what it had done is known', async () => {
    const big = deliver()
    // Changes of the last moments could hide in one tick of the clock, and are read again.
    await new Promise((resolve) => setTimeout(resolve, 60))
    const jobId = await start()
    await reading(jobId)
    const startedAt = job(jobId)?.startedAt
    open = await reopenConsole(open)
    expect(job(jobId)).toMatchObject({ state: 'paused', startedAt, filesTotal: 32 })
    big.cut()
    await open.client.jobs.resume({ jobId })
    const report = await reportOf(jobId)
    expect(report.files).toHaveLength(32)
    expect(report.files.filter((file) => file.cached).length).toBeGreaterThan(5)
    expect(report.summary.verdict).toBe('malicious')
    expect(job(jobId)?.cacheHits).toBeGreaterThan(5)
  })
  test('that was stored just before is not run again', async () => {
    writeFileSync(join(open.root, 'a.txt'), 'text')
    const jobId = await start()
    await reportOf(jobId)
    // As a kill between the report and the end of the run leaves it.
    open.console.db.prepare("INSERT INTO scan_run VALUES (?, 'running', 0, '{}', '{}')").run(jobId)
    open = await reopenConsole(open)
    expect(open.console.jobs.list()).toEqual([])
    expect((await open.client.scan.history({})).total).toBe(1)
  })
  test('and that nobody can read any more is forgotten, and the console starts', async () => {
    const id = open.console.platform.randomId()
    open.console.db.prepare("INSERT INTO scan_run VALUES (?, 'paused', 0, '{', '{}')").run(id)
    open = await reopenConsole(open)
    expect(open.console.jobs.list()).toEqual([])
    expect(open.console.db.prepare('SELECT count(*) AS n FROM scan_run').get()).toEqual({ n: 0 })
  })
  test('reads uploaded files that were received before', async () => {
    const upload = async (path: string, bytes: Buffer) => {
      const files = [{ path, bytes: bytes.length }]
      const { uploadId } = await open.client.scan.beginUpload({ files })
      await open.console.uploads.receive(uploadId, 0, Readable.from([bytes]))
      return uploadId
    }
    const left = await upload('other.pkl', CALL)
    const uploadId = await upload('model/a.pkl', CALL)
    const { jobId } = await open.client.scan.start({ target: { kind: 'upload', uploadId } })
    await open.client.jobs.pause({ jobId })
    expect(job(jobId)?.state).toBe('paused')
    open = await reopenConsole(open)
    expect(open.console.uploads.find(left)).toBeUndefined()
    await open.client.jobs.resume({ jobId })
    const report = await reportOf(jobId)
    expect(report.files).toMatchObject([{ path: 'model/a.pkl', verdict: 'malicious' }])
    expect(open.console.uploads.find(uploadId)).toBeUndefined()
  })
  test('whose uploaded files are gone says so', async () => {
    const files = [{ path: 'a.pkl', bytes: CALL.length }]
    const { uploadId } = await open.client.scan.beginUpload({ files })
    await open.console.uploads.receive(uploadId, 0, Readable.from([CALL]))
    const { jobId } = await open.client.scan.start({ target: { kind: 'upload', uploadId } })
    await open.client.jobs.pause({ jobId })
    open = await reopenConsole(open, () =>
      rmSync(join(open.folder, 'data/uploads'), { recursive: true }),
    )
    await open.client.jobs.resume({ jobId })
    expect((await watch(jobId)).at(-1)).toMatchObject({
      type: 'failed',
      message: expect.stringContaining('uploaded files are gone'),
    })
  })
})
