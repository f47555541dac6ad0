import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expectNoBarrier } from './fixtures/barriers'
import { test as base, expect } from './fixtures/console'

const calls = (argument: string) => `cposix\nsystem\n(S'${argument}'\ntR.`

async function scan(page: Page, path: string): Promise<void> {
  await page.evaluate(() => {
    location.hash = '/scan'
  })
  await page.getByLabel('Path on this computer').fill(path)
  await page.keyboard.press('Enter')
  await page.waitForURL(/#\/scan\/report\//)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(path.split('/').at(-1) ?? '')
}

/** From the report, by key; the report has a list of the same name. */
async function compare(page: Page): Promise<void> {
  await page.keyboard.press('c')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Compare/)
  await expect(table(page)).toBeVisible()
}

const table = (page: Page) => page.getByRole('grid', { name: 'Findings', exact: true })
const rows = (page: Page) => table(page).getByRole('row')

/** A page with the second report of a folder: one finding stayed, one went, one came. */
const test = base.extend<{ second: Page }>({
  second: async ({ page, console }, use) => {
    const folder = join(console.root, 'delivery')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'stays.pkl'), calls('echo'))
    writeFileSync(join(folder, 'goes.pkl'), calls('echo gone'))
    await scan(page, folder)
    rmSync(join(folder, 'goes.pkl'))
    writeFileSync(join(folder, 'comes.pkl'), calls('echo new'))
    await scan(page, folder)
    await use(page)
  },
})

test('C compares a report with the scan before, and says what is new, fixed and unchanged', async ({
  second: page,
}) => {
  await compare(page)
  await expect(table(page)).toHaveAttribute('aria-rowcount', '4')
  await expect(rows(page).nth(1)).toContainText('New')
  await expect(rows(page).nth(1)).toContainText('comes.pkl')
  await expect(rows(page).nth(2)).toContainText('Fixed')
  await expect(rows(page).nth(3)).toContainText('Unchanged')
  await expect(page.getByText('Worse than before')).toBeVisible()
})

test('changes are filtered with the keys 1 to 3, and the address holds the filter', async ({
  second: page,
}) => {
  await compare(page)
  await page.keyboard.press('2')
  await expect(table(page)).toHaveAttribute('aria-rowcount', '2')
  await expect(rows(page).nth(1)).toContainText('goes.pkl')
  await page.reload()
  await expect(page.getByRole('button', { name: /Fixed/ })).toHaveAttribute('aria-pressed', 'true')
  await expect(table(page)).toHaveAttribute('aria-rowcount', '2')
})

test('the files that came and went are listed, and before and after are swapped', async ({
  second: page,
}) => {
  await compare(page)
  await page.getByRole('tab', { name: /Files/ }).click()
  const files = page.getByRole('grid', { name: 'Files' })
  await expect(files.getByRole('row').filter({ hasText: 'comes.pkl' })).toContainText('Added')
  await page.getByRole('button', { name: 'Swap before and after' }).click()
  await expect(files.getByRole('row').filter({ hasText: 'comes.pkl' })).toContainText('Removed')
})

test('two reports chosen in History are compared, the older one as before', async ({
  second: page,
}) => {
  await page.evaluate(() => {
    location.hash = '/history'
  })
  const history = page.getByRole('grid', { name: 'Scan reports' })
  await history.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('x')
  await expect(page.getByRole('button', { name: /Compare/ })).toHaveAttribute(
    'aria-disabled',
    'true',
  )
  await page.keyboard.press('Shift+J')
  await page.keyboard.press('c')
  await page.waitForURL(/#\/compare\/.*with=/)
  await expect(rows(page).nth(1)).toContainText('comes.pkl')
})

test('the first scan of a delivery has none before it, and any other report can stand in', async ({
  second: page,
  console,
}) => {
  const alone = join(console.root, 'alone.pkl')
  writeFileSync(alone, calls('echo alone'))
  await scan(page, alone)
  await page.getByRole('button', { name: /Compare/ }).click()
  await expect(page.getByText('There is no earlier scan of this delivery')).toBeVisible()
  await page.getByRole('combobox', { name: 'Compare with' }).selectOption({ index: 1 })
  await expect(table(page)).toBeVisible()
})

test('a report that is gone is said to be gone', async ({ page }) => {
  await page.evaluate(() => {
    location.hash = '/compare/00000000-0000-4000-8000-000000000000'
  })
  await expect(page.getByText('One of these reports is gone')).toBeVisible()
})

test('axe finds nothing on either tab', async ({ second: page }) => {
  await compare(page)
  for (const tab of [/Findings/, /Files/]) {
    await page.getByRole('tab', { name: tab }).click()
    await expectNoBarrier(page, `compare ${tab.source}`)
  }
})
