import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { takeInstanceLock } from '../../../electron/core/instance-lock'
import { startApplication } from '../../../electron/main/start'
import { electron } from '../../doubles/electron'

test('a second process on the same data folder ends without a window or a lock of its own', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'console-second-'))
  electron.firstInstance = false
  await startApplication({ args: ['--data-dir', folder], environment: {}, bundleFolder: folder })
  expect([electron.windows, electron.exitCode]).toEqual([[], 0])
  const lock = takeInstanceLock(folder)
  expect(lock).toHaveProperty('release')
  if ('release' in lock) lock.release()
  rmSync(folder, { recursive: true, force: true })
})
