import { spawn } from 'node:child_process'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createMachineLock, lockAddress } from '../../../electron/core/benchmark/machine-lock'
import { benchmarkFolder, eventsOf, ownLock, shortBenchmarks } from '../../fixtures/benchmarks'
import { type OpenConsole, openConsole } from '../../fixtures/console'

let open: OpenConsole
let folder: ReturnType<typeof benchmarkFolder>
beforeEach(() => {
  open = openConsole({}, {}, undefined, shortBenchmarks())
  folder = benchmarkFolder(open.root)
})
afterEach(() => open.close())

const start = async (name = 'a.onnx', launches = 4) => {
  const { jobId } = await open.client.benchmark.start({
    models: [folder.model(name)],
    suite: folder.suite,
    launches,
    seed: 1,
  })
  return jobId
}
const job = (jobId: string) => open.console.jobs.find(jobId, 'benchmark')?.job
const launched = (jobId: string, count: number) =>
  expect.poll(() => open.console.benchmark.service && storedLaunches(jobId)).toBeGreaterThan(count)
const storedLaunches = (jobId: string) =>
  (
    open.console.db
      .prepare(
        "SELECT count(*) AS n FROM benchmark_launch WHERE run_id = ? AND ending NOT IN ('host-lost', 'cancelled')",
      )
      .get(jobId) as { n: number }
  ).n
const states = () =>
  (
    open.console.db.prepare('SELECT state FROM benchmark_run ORDER BY created_at').all() as {
      state: string
    }[]
  ).map(({ state }) => state)
/** The same data folder after a restart, with the same lock. */
async function restart(between: () => void = () => {}) {
  await open.console.close()
  between()
  open = openConsole({}, {}, open.folder, shortBenchmarks())
}
async function doneOf(jobId: string) {
  const last = (await eventsOf(open, jobId)).at(-1)
  if (last?.type !== 'done') throw new Error(JSON.stringify(last))
  return last
}

describe('a run that is paused', () => {
  test('keeps the launches that ended and goes on behind them', async () => {
    const jobId = await start()
    await launched(jobId, 0)
    expect(await open.client.jobs.pause({ jobId })).toEqual({ paused: true })
    const kept = storedLaunches(jobId)
    expect(job(jobId)).toMatchObject({ state: 'paused', kind: 'benchmark' })
    expect(states()).toEqual(['paused'])
    expect(await open.client.jobs.resume({ jobId })).toEqual({ resumed: true })
    const { results } = await doneOf(jobId)
    const { summary, result } = await open.client.benchmark.result({
      resultId: results[0] ?? ('' as never),
    })
    expect(summary.launches.counted).toBe(4)
    const well = result.launches.filter(({ ending }) => ending.kind === 'ok')
    expect(well).toHaveLength(4)
    expect(kept).toBeLessThan(4)
    expect(result.launches.some(({ ending }) => ending.kind === 'cancelled')).toBe(true)
  })
  test('measures a torn block again as a whole: its launches are pairs', async () => {
    const { jobId } = await open.client.benchmark.start({
      models: [folder.model('a.onnx'), folder.model('b.onnx')],
      suite: folder.suite,
      launches: 2,
      seed: 1,
    })
    await launched(jobId, 0)
    await open.client.jobs.pause({ jobId })
    await open.client.jobs.resume({ jobId })
    const { results } = await doneOf(jobId)
    const { comparison } = await open.client.benchmark.compare({ resultIds: results })
    expect(comparison.pairs[0]?.measures[0]?.launches).toBe(2)
  })
  test('can be cancelled, and nothing of it runs again', async () => {
    const jobId = await start()
    await launched(jobId, 0)
    await open.client.jobs.pause({ jobId })
    expect(await open.client.jobs.cancel({ jobId })).toEqual({ cancelled: true })
    expect(await open.client.jobs.resume({ jobId })).toEqual({ resumed: false })
    await restart()
    expect(open.console.jobs.list()).toEqual([])
    expect(states()).toEqual(['cancelled'])
  })
})

test('a run that is cancelled ends at once, and the machine is free for the next', async () => {
  const jobId = await start()
  const next = await start('b.onnx', 1)
  await launched(jobId, 0)
  const events = eventsOf(open, jobId)
  expect(await open.client.jobs.cancel({ jobId })).toEqual({ cancelled: true })
  expect((await events).at(-1)).toEqual({ type: 'cancelled' })
  await doneOf(next)
})

describe('the queue', () => {
  test('runs one after the other, and tells who waits how many come first', async () => {
    const ids = [await start('a.onnx', 2), await start('b.onnx', 1), await start('c.onnx', 1)]
    const [first] = await Promise.all([
      (async () => {
        for await (const event of await open.client.benchmark.watch({ jobId: ids[2] ?? '' }))
          if (event.type === 'progress' && event.job.stage === 'queued') return event.queued
        return undefined
      })(),
    ])
    expect(first).toBe(2)
    for (const id of ids) await doneOf(id)
    const ends = (await open.client.activity.list({ kinds: ['benchmark.finished'] })).events
    expect(ends.map(({ subject }) => subject).toReversed()).toEqual(ids)
  })
  test('survives a restart: what waited goes on by itself, what was measured waits for a person', async () => {
    const under = await start('a.onnx', 4)
    const waiting = await start('b.onnx', 1)
    await launched(under, 0)
    await restart()
    expect(job(under)?.state).toBe('paused')
    await doneOf(waiting)
    await open.client.jobs.resume({ jobId: under })
    const { results } = await doneOf(under)
    const { summary } = await open.client.benchmark.result({
      resultId: results[0] ?? ('' as never),
    })
    expect(summary.launches.counted).toBe(4)
  })
  test('does not go on with a model that was changed meanwhile', async () => {
    const jobId = await start()
    await launched(jobId, 0)
    await restart(() => folder.model('a.onnx', 9))
    await open.client.jobs.resume({ jobId })
    expect((await eventsOf(open, jobId)).at(-1)).toMatchObject({
      type: 'failed',
      message: expect.stringContaining('changed since the run began'),
    })
  })
  test('marks what a killed command line left behind as interrupted', async () => {
    const jobId = await start()
    await launched(jobId, 0)
    await restart(() => {})
    open.console.db
      .prepare(
        "UPDATE benchmark_run SET state = 'running', owner = 'command-line', owner_process = 999999999",
      )
      .run()
    await restart()
    expect(open.console.jobs.list()).toEqual([])
    expect((await open.client.benchmark.runs({})).rows[0]).toMatchObject({
      state: 'interrupted',
      message: expect.stringContaining('command line'),
    })
  })
})

describe('the lock of the machine', () => {
  test('is waited for, and the run says so', async () => {
    const lock = ownLock()
    await open.close()
    open = openConsole({}, {}, undefined, shortBenchmarks({ lock }))
    folder = benchmarkFolder(open.root)
    const free = await lock.take(new AbortController().signal)
    const jobId = await start('a.onnx', 1)
    await expect.poll(() => job(jobId)?.stage).toBe('queued')
    expect(await lock.isHeld()).toBe(true)
    free()
    await doneOf(jobId)
    expect(await lock.isHeld()).toBe(false)
  })
  test('is freed by the kernel when its holder is killed', {
    skip: process.platform === 'win32',
  }, async () => {
    const address =
      process.platform === 'linux' ? `\0prometheus-killed-${process.pid}` : lockAddress()
    const holder = spawn(process.execPath, [
      '-e',
      `require('node:net').createServer().listen(${JSON.stringify(address)}, () => console.log('held')); setInterval(() => {}, 1000)`,
    ])
    await new Promise((resolve) => holder.stdout.once('data', resolve))
    const lock = createMachineLock(address)
    expect(await lock.isHeld()).toBe(true)
    const gone = new Promise((resolve) => holder.once('exit', resolve))
    holder.kill('SIGKILL')
    await gone
    const free = await lock.take(new AbortController().signal)
    free()
  })
  test('is not waited for any longer once the run is cancelled', async () => {
    const lock = ownLock()
    const free = await lock.take(new AbortController().signal)
    const abort = new AbortController()
    const waiting = lock.take(abort.signal)
    abort.abort()
    await expect(waiting).rejects.toThrow(/abort/)
    free()
  })
})
