import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Job } from '@shared/contract/jobs'
import type { BrowserWindow as RealWindow } from 'electron'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { takeInstanceLock } from '../../../electron/core/instance-lock'
import { createJobs } from '../../../electron/core/jobs'
import { createNodePlatform } from '../../../electron/core/node-platform'
import { progressOf, showJobProgress } from '../../../electron/main/job-progress'
import { parseOptions } from '../../../electron/main/options'
import { ourPage } from '../../../electron/main/our-page'
import { app, BrowserWindow, electron } from '../../doubles/electron'
import { askForPath, connectFrom, type Host, OUR_FRAME, startHost } from './host'

const PLATFORM = {
  host: 'electron',
  dataFolder: '',
  roots: [],
  node: process.execPath,
  bundleFolder: '',
  resources: '',
} as const

let host: Host
beforeAll(async () => {
  host = await startHost()
})
afterAll(() => rmSync(host.folder, { recursive: true, force: true }))

test('a second start shows the window of the first', () => {
  host.window.minimized = true
  app.emit('second-instance', {}, [], '', {})
  expect(host.window).toMatchObject({ minimized: false, visible: true, focused: true })
})
test("Chromium's profile lies in the data folder, so that each folder has one window", () => {
  expect(app.paths.get('userData')).toBe(join(host.dataFolder, 'electron'))
})
test('the data folder is locked while the window is open', () => {
  expect(takeInstanceLock(host.dataFolder)).toEqual({ owner: null })
})
test('quitting cancels running scans, closes the window first and frees the data folder', async () => {
  const folder = join(host.folder, 'models')
  mkdirSync(folder)
  writeFileSync(join(folder, 'a.bin'), 'data')
  askForPath(OUR_FRAME, folder)
  const { client, port } = connectFrom(OUR_FRAME)
  await client.scan.start({ target: { kind: 'paths', paths: [folder] } })
  port.close()

  const ended = new Promise((resolve) => app.once('quit', resolve))
  app.quit()
  app.quit()
  expect(host.window.destroyed).toBe(true)
  expect(electron.exitCode).toBeUndefined()
  await ended
  expect(electron.exitCode).toBe(0)
  const lock = takeInstanceLock(host.dataFolder)
  expect(lock).toHaveProperty('release')
  if ('release' in lock) lock.release()
})

test('the bar on the icon adds up all running jobs', () => {
  const job = (state: Job['state'], bytesDone: number, bytesTotal: number) =>
    ({ kind: 'scan', state, bytesDone, bytesTotal }) as Job
  expect(progressOf([])).toBe(-1)
  expect(progressOf([job('done', 5, 5)])).toBe(-1)
  expect(progressOf([job('running', 0, 0)])).toBe(2)
  expect(progressOf([job('running', 10, 100), job('running', 40, 100), job('failed', 0, 9)])).toBe(
    0.25,
  )
  const benchmark = {
    kind: 'benchmark',
    state: 'running',
    launchesDone: 3,
    launchesTotal: 4,
  } as Job
  expect(progressOf([job('running', 10, 40), benchmark])).toBe(0.5)
})

test('the bar follows a job and goes when the job has ended', async () => {
  const window = new BrowserWindow({ webPreferences: { preload: '' } })
  const { promise, resolve } = Promise.withResolvers<void>()
  const jobs = createJobs(createNodePlatform(PLATFORM))
  const job = jobs.start('scan', 'models', () => promise)
  job.update({ bytesDone: 1, bytesTotal: 4 })
  const stop = new AbortController()
  const shown = showJobProgress(window as unknown as RealWindow, jobs, stop.signal)
  await vi.waitFor(() => expect(window.progress).toEqual([0.25]))
  resolve()
  await vi.waitFor(() => expect(window.progress).toEqual([0.25, -1]))
  stop.abort()
  await shown
  window.destroyed = true
})

test('flags are ours or are left to Chromium', () => {
  const args = [
    '--no-sandbox',
    '--data-dir',
    'd',
    '--port',
    '1',
    '--root=r',
    '--set',
    'scan.depth=3',
  ]
  expect(parseOptions(args, {})).toEqual({
    dataFolder: join(process.cwd(), 'd'),
    roots: [join(process.cwd(), 'r')],
    flags: { 'scan.depth': '3' },
  })
  expect(parseOptions([], { PROMETHEUS_DATA_DIR: '/x', PROMETHEUS_ROOT: '/y' })).toEqual({
    dataFolder: '/x',
    roots: ['/y'],
    flags: {},
  })
})
test.each(['--data-dir', '--root', '--set'])('%s without a value says so', (flag) => {
  expect(() => parseOptions([flag], {})).toThrow(/needs a value/)
})
test('a development server counts only on this machine', () => {
  expect(ourPage('http://localhost:5173').owns('http://localhost:5173/#/scan')).toBe(true)
  expect(ourPage('http://localhost:5173').owns('http://localhost:5174/')).toBe(false)
  expect(ourPage('http://localhost:5173').owns('app://console/')).toBe(false)
  expect(() => ourPage('https://evil.test/')).toThrow(/not a development server/)
  expect(() => ourPage('http://evil.test/')).toThrow(/not a development server/)
})
