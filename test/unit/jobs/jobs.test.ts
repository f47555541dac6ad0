import { beforeEach, describe, expect, test } from 'vitest'
import { createJobs, type JobHandle, type Jobs } from '../../../electron/core/jobs'
import type { Platform } from '../../../electron/core/platform'

let jobs: Jobs
let ids = 0
let clock = 0
const log: string[] = []
beforeEach(() => {
  clock = 0
  log.length = 0
  jobs = createJobs({
    randomId: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
    now: () => new Date(clock),
    monotonic: () => clock,
    log: (_, message) => void log.push(message),
  } as Platform)
})

/** Runs until its signal ends it, or `finish` is called. */
function untilStopped() {
  const { promise, resolve } = Promise.withResolvers<void>()
  let runs = 0
  const run = (handle: JobHandle<'scan'>) => {
    runs++
    return Promise.race([
      promise,
      new Promise<void>((_, reject) =>
        handle.signal.addEventListener('abort', () => reject(new Error('stopped'))),
      ),
    ])
  }
  return { run, finish: resolve, runs: () => runs }
}

describe('a job', () => {
  test('that is paused keeps what it shows and can go on to its end', async () => {
    const work = untilStopped()
    const { job } = jobs.start('scan', 'models', work.run)
    jobs.find(job.id)?.update({ filesDone: 7 })
    expect(await jobs.pause(job.id)).toBe(true)
    expect(job).toMatchObject({ state: 'paused', filesDone: 7, rate: null, eta: null })
    expect(jobs.resume(job.id)).toBe(true)
    expect(job.state).toBe('running')
    work.finish()
    await jobs.find(job.id)?.ended
    expect([job.state, work.runs()]).toEqual(['done', 2])
  })
  test('that has ended can neither be paused, resumed nor cancelled', async () => {
    const { job, ended } = jobs.start('scan', 'models', async () => {})
    await ended
    expect(await jobs.pause(job.id)).toBe(false)
    expect(jobs.resume(job.id)).toBe(false)
    expect(await jobs.cancel(job.id)).toBe(false)
    expect(job.state).toBe('done')
  })
  test('that is cancelled while it is paused never runs again', async () => {
    const work = untilStopped()
    const discarded: string[] = []
    const { job } = jobs.start('scan', 'models', {
      run: work.run,
      discard: async (handle) => void discarded.push(handle.job.state),
    })
    await jobs.pause(job.id)
    expect(await jobs.cancel(job.id)).toBe(true)
    expect([discarded, jobs.resume(job.id), work.runs()]).toEqual([['cancelled'], false, 1])
  })
  test('that is cancelled on its way to a pause is cancelled', async () => {
    const work = untilStopped()
    const { job } = jobs.start('scan', 'models', work.run)
    const [paused, cancelled] = await Promise.all([jobs.pause(job.id), jobs.cancel(job.id)])
    expect([paused || cancelled, cancelled, job.state]).toEqual([true, true, 'cancelled'])
  })
  test('that ends by itself while it is paused is done', async () => {
    const work = untilStopped()
    const { job } = jobs.start('scan', 'models', async () => work.finish())
    expect(await jobs.pause(job.id)).toBe(false)
    expect(job.state).toBe('done')
  })
  test('that fails is logged with its reason', async () => {
    const { job, ended } = jobs.start('scan', 'models', () => Promise.reject(new Error('no disk')))
    await ended
    expect([job.state, log.join()]).toEqual(['failed', expect.stringContaining('no disk')])
  })
  test('of an earlier session is paused until it is resumed', async () => {
    const id = '00000000-0000-4000-8000-aaaaaaaaaaaa'
    const startedAt = new Date(5)
    const work = untilStopped()
    const shown = { id, title: 'models', startedAt, filesDone: 40, filesTotal: 90 }
    const { job } = jobs.restore('scan', shown, work.run)
    expect(job).toMatchObject({ ...shown, state: 'paused' })
    expect(work.runs()).toBe(0)
    expect(jobs.resume(id)).toBe(true)
    expect(work.runs()).toBe(1)
    await jobs.close()
  })
  test('is left as if paused when the console is closed', async () => {
    const work = untilStopped()
    const { job } = jobs.start('scan', 'models', work.run)
    await jobs.close()
    expect([job.state, jobs.find(job.id)?.stopping]).toEqual(['paused', 'shutdown'])
  })
  test('does not count what it knew without work as speed', () => {
    const work = untilStopped()
    const handle = jobs.start('scan', 'models', work.run)
    handle.update({ bytesTotal: 2000, bytesDone: 1000, bytesSkipped: 1000 })
    clock = 1000
    handle.update({ bytesDone: 1100, bytesSkipped: 1000 })
    expect(handle.job).toMatchObject({ rate: 100, eta: 9 })
    return jobs.close()
  })
  test('under way comes first, then what is paused, then what has ended', async () => {
    const work = untilStopped()
    const ended = jobs.start('scan', 'ended', async () => {})
    await ended.ended
    const paused = jobs.start('scan', 'paused', work.run)
    await jobs.pause(paused.job.id)
    jobs.start('scan', 'running', work.run)
    expect(jobs.list().map((job) => job.title)).toEqual(['running', 'paused', 'ended'])
    await jobs.close()
  })
})
