import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expectNoBarrier } from './fixtures/barriers'
import { test as base, expect } from './fixtures/console'

const CALLS_ECHO = "cposix\nsystem\n(S'echo'\ntR."
/** Imports and calls something that no list knows. */
const CALLS_UNKNOWN = "cmystery\nthing\n(S'x'\ntR."

async function scan(page: Page, path: string): Promise<void> {
  await page.evaluate(() => {
    location.hash = '/scan'
  })
  await page.getByLabel('Path on this computer').fill(path)
  await page.keyboard.press('Enter')
  await page.waitForURL(/#\/scan\/report\//)
  await expect(table(page)).toBeVisible()
}

const table = (page: Page) => page.getByRole('grid', { name: 'Findings', exact: true })
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Set findings aside' })
const aside = (page: Page) => table(page).getByText('Accepted risk')

/** A page that shows the report of four critical and two medium findings, the list in focus. */
const test = base.extend<{ report: Page; folder: string }>({
  folder: async ({ console }, use) => {
    const folder = join(console.root, 'delivery')
    mkdirSync(folder, { recursive: true })
    for (const n of [1, 2, 3, 4]) writeFileSync(join(folder, `echo-${n}.pkl`), CALLS_ECHO)
    for (const n of [5, 6]) writeFileSync(join(folder, `thing-${n}.pkl`), CALLS_UNKNOWN)
    await use(folder)
  },
  report: async ({ page, folder }, use) => {
    await scan(page, folder)
    await table(page).focus()
    await use(page)
  },
})

test('a finding is set aside with the keyboard alone, and taken back with Z', async ({
  report: page,
}) => {
  await page.keyboard.press('d')
  await expect(dialog(page)).toBeVisible()
  await page.keyboard.press('2')
  await page.keyboard.type('Known, and run in a sandbox')
  await expect(dialog(page).getByRole('status').last()).toContainText('1 finding will be set aside')
  await page.keyboard.press('Control+Enter')
  await expect(dialog(page)).toHaveCount(0)
  await expect(aside(page)).toHaveCount(1)
  const cut = await aside(page).evaluate((chip) => {
    const cell = chip.closest('[role=gridcell]')
    return cell === null ? 1 : cell.scrollWidth - cell.clientWidth
  })
  expect(cut).toBe(0)
  const state = page.getByRole('region', { name: 'State' })
  await expect(state).toContainText('Known, and run in a sandbox')

  await page.keyboard.press('z')
  await expect(page.getByText('Undone for 1 finding')).toBeVisible()
  await expect(aside(page)).toHaveCount(0)
})

test('a decision without a reason is not made, and says why', async ({ report: page }) => {
  await page.keyboard.press('d')
  await expect(dialog(page)).toBeVisible()
  await page.keyboard.press('Control+Enter')
  await expect(dialog(page).getByText('Write a reason of at least 3 characters.')).toBeVisible()
  await expect(dialog(page).getByLabel('Reason')).toBeFocused()
})

test('rows are chosen with x and Shift+J, and decided together', async ({ report: page }) => {
  await page.keyboard.press('x')
  await page.keyboard.press('Shift+J')
  await page.keyboard.press('Shift+J')
  await expect(page.getByText('3 selected')).toBeVisible()
  await page.keyboard.press('d')
  await expect(dialog(page).getByLabel('The 3 findings selected')).toBeChecked()
  await page.keyboard.press('2')
  await page.keyboard.type('Samples of ours')
  await page.keyboard.press('Control+Enter')
  await expect(aside(page)).toHaveCount(3)
  await expect(page.getByText('3 selected')).toHaveCount(0)
})

test('everything that matches a filter is decided at once, with what the report would then be', async ({
  report: page,
}) => {
  await page.keyboard.press('/')
  await page.keyboard.type('echo-')
  await page.keyboard.press('Enter')
  await page.keyboard.press('d')
  await dialog(page).getByLabel('All 4 findings that match the filter').check()
  const preview = dialog(page).getByRole('status').last()
  await expect(preview).toContainText('4 findings will be set aside')
  await expect(preview).toContainText('counts as suspicious, with 2 open findings')
  await dialog(page).getByLabel('Reason').fill('Test fixtures')
  await dialog(page).getByRole('button', { name: 'Set 4 findings aside' }).click()
  await expect(page.getByText('Suspicious without the 4 set aside')).toBeVisible()
  await expect(page.getByRole('main').getByText('Malicious').first()).toBeVisible()
})

test('what was set aside is filtered by its state, and the address holds the filter', async ({
  report: page,
}) => {
  await page.keyboard.press('d')
  await dialog(page).getByLabel('Accepted risk').check()
  await dialog(page).getByLabel('Reason').fill('Known')
  await dialog(page).getByRole('button', { name: 'Set 1 finding aside' }).click()
  await expect(aside(page)).toHaveCount(1)
  await page.getByRole('button', { name: /Any state/ }).click()
  await page.getByRole('menuitemradio', { name: /Set aside/ }).click()
  await expect(table(page)).toHaveAttribute('aria-rowcount', '2')
  await expect(page).toHaveURL(/state=aside/)
  await page.reload()
  await expect(table(page)).toHaveAttribute('aria-rowcount', '2')
})

test('a decision holds in the next scan of the same delivery', async ({ report: page, folder }) => {
  await page.keyboard.press('d')
  await dialog(page).getByLabel('Accepted risk').check()
  await dialog(page).getByLabel('Reason').fill('Known')
  await dialog(page).getByRole('button', { name: 'Set 1 finding aside' }).click()
  await expect(aside(page)).toHaveCount(1)
  await scan(page, folder)
  await expect(aside(page)).toHaveCount(1)
})

test('a decision is opened again from the finding', async ({ report: page }) => {
  await page.keyboard.press('d')
  await dialog(page).getByLabel('Accepted risk').check()
  await dialog(page).getByLabel('Reason').fill('Known')
  await dialog(page).getByRole('button', { name: 'Set 1 finding aside' }).click()
  await page.getByRole('button', { name: 'Open again' }).click()
  await expect(aside(page)).toHaveCount(0)
  await expect(page.getByText('1 finding open again')).toBeVisible()
})

test('axe finds nothing in the dialog, a selection or a finding that is set aside', async ({
  report: page,
}) => {
  await page.keyboard.press('x')
  await page.keyboard.press('d')
  await expect(dialog(page).getByRole('status').last()).toContainText('will be set aside')
  await expectNoBarrier(page, 'setting aside')
  await dialog(page).getByLabel('Reason').fill('Known')
  await dialog(page).getByRole('button', { name: 'Set 1 finding aside' }).click()
  await expect(table(page).getByText('False positive')).toBeVisible()
  await page.keyboard.press('x')
  await expectNoBarrier(page, 'a finding set aside')
})
