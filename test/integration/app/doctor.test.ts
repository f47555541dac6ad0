import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { launchChild } from '../../../electron/core/launch'
import { type OpenConsole, openConsole } from '../../fixtures/console'

let open: OpenConsole
beforeEach(() => {
  open = openConsole()
})
afterEach(() => open.close())

const scanProcess = async () =>
  (await open.client.app.doctor()).checks.find((check) => check.id === 'children')

test('the doctor hears the scan process answer', async () => {
  expect(await scanProcess()).toMatchObject({ result: 'ok' })
})

test('the doctor finds a scan process that starts and dies', async () => {
  const folder = join(open.folder, 'child')
  mkdirSync(folder)
  const code = 'throw new Error("broken")'
  writeFileSync(join(folder, 'scan.js'), code)
  const scan = createHash('sha256').update(code).digest('hex')
  open.console.platform.launch = (name, limits) =>
    launchChild(
      { node: process.execPath, folder, digests: { scan: { 'scan.js': scan } } },
      name,
      limits,
    )
  expect(await scanProcess()).toMatchObject({ result: 'failed', fix: expect.any(String) })
})

test('the doctor says whether models can be measured here, and how far they are confined', async () => {
  const { checks } = await open.client.app.doctor()
  const found = (id: string) => checks.find((check) => check.id === id)
  expect(found('isolation')?.detail).toMatch(/network/)
  expect(found('engines')).toMatchObject({ result: 'ok' })
  expect(found('machine')?.result).toBe('ok')
})
