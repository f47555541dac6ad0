import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expectNoBarrier } from './fixtures/barriers'
import { expect, type RunningConsole, startConsole, stopConsole, test } from './fixtures/console'

async function startScan(page: Page, path: string): Promise<void> {
  await page.evaluate(() => {
    location.hash = '/scan'
  })
  await page.getByLabel('Path on this computer').fill(path)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Cancel scan' })).toBeVisible()
}

/** Sparse: takes no room on the disk, but hashing it takes seconds. */
function sparse(console: Pick<RunningConsole, 'root'>, name: string, bytes: number): string {
  const path = join(console.root, name)
  mkdirSync(console.root, { recursive: true })
  writeFileSync(path, '')
  truncateSync(path, bytes)
  return path
}

test('a scan is paused and continued with P, and ends in its report', async ({ page, console }) => {
  await startScan(page, sparse(console, 'large.bin', 2e9))
  await page.keyboard.press('p')
  await expect(page.getByText('Nothing is running.')).toBeVisible()
  await expect(page.getByRole('main').getByText('Paused', { exact: true })).toBeVisible()
  await page.keyboard.press('p')
  await page.waitForURL(/#\/scan\/report\//, { timeout: 60_000 })
})

test('a paused scan stands on Scan and on Overview, and is continued from there', async ({
  page,
  console,
}) => {
  await startScan(page, sparse(console, 'large.bin', 4e9))
  await page.getByRole('button', { name: /Pause/ }).click()
  await expect(page.getByText('Nothing is running.')).toBeVisible()
  await page.evaluate(() => {
    location.hash = '/'
  })
  await expect(page.getByRole('region', { name: 'Paused' })).toContainText('1 scan can continue')
  await page.evaluate(() => {
    location.hash = '/scan'
  })
  await page.getByRole('button', { name: /Continue the scan of/ }).click()
  await page.waitForURL(/#\/scan\/(running|report)\//)
})

test('a paused scan is cancelled and leaves no report', async ({ page, console }) => {
  await startScan(page, sparse(console, 'huge.bin', 20e9))
  await page.keyboard.press('p')
  await expect(page.getByText('Nothing is running.')).toBeVisible()
  await expectNoBarrier(page, 'a paused scan')
  await page.getByRole('button', { name: 'Cancel scan' }).click()
  await expect(page.getByText('The scan was cancelled')).toBeVisible()
})

test('a scan that the console was killed over can continue after the next start', {
  tag: '@loopback',
}, async ({ browser }) => {
  const folder = mkdtempSync(join(tmpdir(), 'console-killed-'))
  // Pages of their own: that the killed console no longer answers is no error of this test.
  const killed = await startConsole(folder)
  const before = await browser.newPage()
  await before.goto(killed.url)
  await startScan(before, sparse(killed, 'huge.bin', 20e9))
  const gone = new Promise((resolve) => killed.process.once('exit', resolve))
  killed.process.kill('SIGKILL')
  await gone
  await before.close()

  const again = await startConsole(folder)
  const after = await browser.newPage()
  await after.goto(again.url)
  await expect(after.getByRole('region', { name: 'Paused' })).toContainText('1 scan can continue')
  await after.getByRole('button', { name: /Continue the scan of/ }).click()
  await after.getByRole('button', { name: 'Cancel scan' }).click()
  await expect(after.getByText('The scan was cancelled')).toBeVisible()
  await after.close()
  await stopConsole(again)
  rmSync(folder, { recursive: true, force: true })
})
