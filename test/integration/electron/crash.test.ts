import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCrashLimit } from '../../../electron/main/crash-recovery'
import { app, electron } from '../../doubles/electron'
import { type Host, startHost } from './host'

let host: Host
beforeAll(async () => {
  host = await startHost()
})
afterAll(() => host.close())

const crash = (reason: string) =>
  host.window.webContents.emit('render-process-gone', {}, { reason, exitCode: 139 })
const settled = () => new Promise((resolve) => setImmediate(resolve))

test('a page that ended by itself is left alone', () => {
  crash('clean-exit')
  expect(host.window.webContents.reloads).toBe(0)
})
test('a crash reloads the page, the third within a minute asks, and the answer is obeyed', async () => {
  crash('crashed')
  crash('oom')
  expect(host.window.webContents.reloads).toBe(2)
  expect(electron.messageBoxes).toEqual([])

  electron.answers.messageBox = 0
  crash('crashed')
  await settled()
  expect(electron.messageBoxes).toHaveLength(1)
  expect(host.window.webContents.reloads).toBe(3)
})
test('quitting from that question closes the console', async () => {
  electron.answers.messageBox = 1
  const ended = new Promise((resolve) => app.once('quit', resolve))
  for (const reason of ['crashed', 'crashed', 'killed']) crash(reason)
  await ended
  expect(electron.exitCode).toBe(0)
})
test('crashes more than a minute apart never ask', () => {
  let now = 0
  const next = createCrashLimit(() => now)
  const answers = Array.from({ length: 10 }, () => {
    now += 30_001
    return next()
  })
  expect(new Set(answers)).toEqual(new Set(['reload']))
})
test('three within a minute ask, and the count starts again', () => {
  let now = 0
  const next = createCrashLimit(() => {
    now += 19_000
    return now
  })
  expect([next(), next(), next(), next()]).toEqual(['reload', 'reload', 'ask', 'reload'])
})
