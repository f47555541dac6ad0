import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { test as base, expect } from './fixtures/console'

const CALLS_ECHO = "cposix\nsystem\n(S'echo'\ntR."

async function scan(page: Page, path: string): Promise<void> {
  await page.evaluate(() => {
    location.hash = '/scan'
  })
  await page.getByLabel('Path on this computer').fill(path)
  await page.keyboard.press('Enter')
  await page.waitForURL(/#\/scan\/report\//)
}

/** A page that shows History with one malicious and one clean report. */
const test = base.extend<{ history: Page }>({
  history: async ({ page, console }, use) => {
    mkdirSync(console.root, { recursive: true })
    writeFileSync(join(console.root, 'danger.pkl'), CALLS_ECHO)
    writeFileSync(join(console.root, 'plain.txt'), 'hello')
    await scan(page, join(console.root, 'danger.pkl'))
    await scan(page, join(console.root, 'plain.txt'))
    await page.evaluate(() => {
      location.hash = '/history'
    })
    await expect(page.getByRole('grid', { name: 'Scan reports' })).toBeVisible()
    await use(page)
  },
})

const table = (page: Page) => page.getByRole('grid', { name: 'Scan reports' })

test('reports are found by name', async ({ history: page }) => {
  await page.keyboard.press('/')
  await page.keyboard.type('plain')
  await expect(table(page)).toHaveAttribute('aria-rowcount', '2')
  await expect(table(page).getByRole('row').nth(1)).toContainText('plain.txt')
  await expect(page).toHaveURL(/q=plain/)
})

test('reports are filtered by verdict, and a filter without a match is cleared', async ({
  history: page,
}) => {
  await page.getByRole('combobox', { name: 'Verdict' }).selectOption('Suspicious')
  await expect(page.getByText('No report matches')).toBeVisible()
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await expect(table(page)).toHaveAttribute('aria-rowcount', '3')
})

test('a report is opened with the keyboard', async ({ history: page }) => {
  await table(page).focus()
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await page.waitForURL(/#\/scan\/report\//)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('danger.pkl')
})

test('a report is deleted with the keyboard, and the list keeps the focus', async ({
  history: page,
}) => {
  await table(page).focus()
  await page.keyboard.press('Delete')
  await page.getByRole('button', { name: 'Delete report' }).click()
  await expect(table(page)).toHaveAttribute('aria-rowcount', '2')
  await expect(table(page)).toBeFocused()
})

base('without any scan, History says how to make one', async ({ page }) => {
  await page.evaluate(() => {
    location.hash = '/history'
  })
  await page.getByRole('link', { name: 'Scan something' }).click()
  await page.waitForURL(/#\/scan/)
})
