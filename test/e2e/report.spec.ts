import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { test as base, expect } from './fixtures/console'

const CALLS_ECHO = "cposix\nsystem\n(S'echo'\ntR."
/** Imports and calls something that no list knows. */
const CALLS_UNKNOWN = "cmystery\nthing\n(S'x'\ntR."

/** A page that shows the report of a folder with 40 dangerous files and one plain one. */
const test = base.extend<{ report: Page }>({
  report: async ({ page, console }, use) => {
    const folder = join(console.root, 'forty')
    mkdirSync(folder, { recursive: true })
    for (let n = 10; n < 50; n++) {
      writeFileSync(join(folder, `model-${n}.pkl`), n % 2 ? CALLS_ECHO : CALLS_UNKNOWN)
    }
    writeFileSync(join(folder, 'readme.txt'), 'plain')
    await page.evaluate(() => {
      location.hash = '/scan'
    })
    await page.getByLabel('Path on this computer').fill(folder)
    await page.keyboard.press('Enter')
    await page.waitForURL(/#\/scan\/report\//)
    await expect(page.getByRole('grid', { name: 'Findings', exact: true })).toBeVisible()
    await use(page)
  },
})

const selected = (page: Page) => page.locator('[role=row][aria-selected=true]')

test('the list is walked with j, k, Home and End and never wraps', async ({ report: page }) => {
  const table = page.getByRole('grid', { name: 'Findings', exact: true })
  const rows = Number(await table.getAttribute('aria-rowcount'))
  await table.focus()
  await page.keyboard.press('k')
  await expect(selected(page)).toHaveAttribute('aria-rowindex', '2')
  await page.keyboard.press('j')
  await page.keyboard.press('ArrowDown')
  await expect(selected(page)).toHaveAttribute('aria-rowindex', '4')
  await page.keyboard.press('End')
  await page.keyboard.press('j')
  await expect(selected(page)).toHaveAttribute('aria-rowindex', String(rows))
  await expect(selected(page)).toBeInViewport()
})

test('the focus stays in the list when its row is scrolled away', async ({ report: page }) => {
  const table = page.getByRole('grid', { name: 'Findings', exact: true })
  await table.focus()
  await table.evaluate((grid) => grid.scrollTo(0, grid.scrollHeight))
  await expect(table).toBeFocused()
  const active = await table.getAttribute('aria-activedescendant')
  await expect(page.locator(`[id="${active}"]`)).toHaveAttribute('aria-rowindex', '2')
})

test('a filter that matches nothing says so and is cleared with one button', async ({
  report: page,
}) => {
  await page.keyboard.press('/')
  await page.keyboard.type('no such thing')
  await expect(page.getByText('No finding matches these filters')).toBeVisible()
  await expect(page).toHaveURL(/q=no/)
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await expect(selected(page)).toBeVisible()
  await expect(page).not.toHaveURL(/q=/)
})

test('filters, order and selection survive a reload, because the address holds them', async ({
  report: page,
}) => {
  await page.keyboard.press('/')
  await page.keyboard.type('model-3')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'File', exact: true }).click()
  await page.keyboard.press('j')
  await expect(page).toHaveURL(/finding=/)
  const row = await selected(page).textContent()
  await page.reload()
  await expect(page.getByLabel('Filter findings')).toHaveValue('model-3')
  await expect(selected(page)).toHaveText(row ?? '')
  await expect(page.getByRole('columnheader', { name: 'File' })).toHaveAttribute(
    'aria-sort',
    'ascending',
  )
})

test('the next file is one key away', async ({ report: page }) => {
  const detail = page.getByRole('region', { name: 'Selected finding' })
  const before = await detail.textContent()
  await page.keyboard.press(']')
  await expect(detail).not.toHaveText(before ?? '')
  await page.keyboard.press('[')
  await expect(detail).toHaveText(before ?? '')
})

async function exportAs(page: Page, name: RegExp): Promise<string> {
  await page.getByRole('button', { name: 'Export' }).click()
  const saving = page.waitForEvent('download')
  await page.getByRole('menuitem', { name }).click()
  return readFileSync(await (await saving).path(), 'utf8')
}

test('the report is saved as SARIF', async ({ report: page }) => {
  expect(JSON.parse(await exportAs(page, /SARIF/))).toMatchObject({ version: '2.1.0' })
})

for (const [name, holds] of [
  [/HTML/, /^<!doctype html>[\s\S]*model-49\.pkl/i],
  [/Markdown/, /^#[\s\S]*model-49\.pkl/],
  [/JUnit/, /<testsuites[\s\S]*model-49\.pkl/],
  [/GitHub/, /^::(error|warning)[\s\S]*model-49\.pkl/m],
  [/CSV/, /^file,[\s\S]*model-49\.pkl/],
] as const) {
  test(`the report is saved as ${name.source}`, async ({ report: page }) => {
    expect(await exportAs(page, name)).toMatch(holds)
  })
}

test('what is printed is the whole report and nothing of the page', async ({ report: page }) => {
  await page.evaluate(() => {
    window.print = () => undefined
  })
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: 'Print…' }).click()
  const paper = page.locator('#print')
  await expect(paper.getByText('model-49.pkl')).toBeHidden()
  await page.emulateMedia({ media: 'print' })
  await expect(paper.getByText('model-10.pkl').first()).toBeVisible()
  await expect(paper.getByText('model-49.pkl').first()).toBeVisible()
  await expect(page.getByRole('main')).toBeHidden()
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
  await expect(paper).toHaveCount(0)
})

test('filters are saved under a name, applied again, renamed and deleted', async ({
  report: page,
}) => {
  const table = page.getByRole('grid', { name: 'Findings', exact: true })
  await page.getByLabel('Filter findings').fill('model-3')
  await expect(table).toHaveAttribute('aria-rowcount', '11')
  await page.getByRole('button', { name: 'Views' }).click()
  await page.getByRole('menuitem', { name: 'Save these filters as…' }).click()
  await page.keyboard.type('Thirties')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Thirties' })).toBeVisible()

  await page.getByLabel('Filter findings').fill('')
  await expect(table).toHaveAttribute('aria-rowcount', '41')
  await page.getByRole('button', { name: 'Views' }).click()
  await page.getByRole('menuitem', { name: 'Thirties' }).click()
  await expect(table).toHaveAttribute('aria-rowcount', '11')

  await page.getByRole('button', { name: 'Thirties' }).click()
  await page.getByRole('menuitem', { name: 'Rename or delete views…' }).click()
  await page.getByLabel('Name of the view Thirties').fill('From 30')
  await page.getByRole('button', { name: 'Rename' }).click()
  await page.getByRole('button', { name: 'Delete the view From 30' }).click()
  await page.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByRole('button', { name: 'Views' })).toBeVisible()
})

test('a column is resized with the keyboard, stays so after a reload, and is reset', async ({
  report: page,
}) => {
  const width = () =>
    page
      .getByRole('columnheader', { name: /^Severity/ })
      .evaluate((cell) => Math.round(cell.getBoundingClientRect().width))
  const grip = page.getByRole('separator', { name: 'Width of Severity' })
  const before = await width()
  await grip.focus()
  await page.keyboard.press('Shift+ArrowRight')
  expect(await width()).toBe(before + 32)
  await page.reload()
  await expect(grip).toBeVisible()
  expect(await width()).toBe(before + 32)
  await grip.focus()
  await page.keyboard.press('Enter')
  expect(await width()).toBe(before)
})

test('a column is dragged wider with the pointer', async ({ report: page }) => {
  const header = page.getByRole('columnheader', { name: /^Severity/ })
  const before = (await header.boundingBox())?.width ?? 0
  const grip = await page.getByRole('separator', { name: 'Width of Severity' }).boundingBox()
  const [x, y] = [(grip?.x ?? 0) + 4, (grip?.y ?? 0) + 8]
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + 40, y, { steps: 4 })
  await page.mouse.up()
  expect((await header.boundingBox())?.width).toBeCloseTo(before + 40, 0)
})

test('the height of rows is changed beside the list', async ({ report: page }) => {
  await page.getByRole('button', { name: 'Row height' }).click()
  await page.getByRole('menuitemradio', { name: 'Roomy' }).click()
  const row = page.getByRole('row').nth(1)
  await expect.poll(async () => (await row.boundingBox())?.height).toBe(40)
})

test('the policy of the report is named', async ({ report: page }) => {
  await page.getByRole('button', { name: /^Policy/ }).click()
  await expect(page.getByRole('dialog').getByText('Profile')).toBeVisible()
})

const LOADER = [
  "const text = Buffer.from('ZWNobw==', 'base64').toString()",
  'function run(code) {',
  "  return globalThis['ev' + 'al'](code)",
  '}',
  'run(text)',
].join('\n')

test('code is shown with its line and column, and each step of the evidence points into it', async ({
  page,
  console,
}) => {
  mkdirSync(console.root, { recursive: true })
  writeFileSync(join(console.root, 'loader.js'), LOADER)
  await page.evaluate(() => {
    location.hash = '/scan'
  })
  await page.getByLabel('Path on this computer').fill(join(console.root, 'loader.js'))
  await page.keyboard.press('Enter')
  await page.waitForURL(/#\/scan\/report\//)
  const detail = page.getByRole('region', { name: 'Selected finding' })
  await expect(detail.locator('pre mark')).toHaveText('globalThis')
  const steps = detail.getByRole('list').first().getByRole('listitem')
  await expect(steps.first()).toContainText('Source')
  await expect(steps.last()).toContainText('Sink')
  const link = steps.first().getByRole('button', { name: /^line 1,/ })
  await link.click()
  await expect(link).toHaveAttribute('aria-pressed', 'true')
})

test('the grade can be added up again by hand', async ({ report: page }) => {
  await page.getByRole('button', { name: /how it is made/ }).click()
  const sum = page.getByRole('dialog', { name: 'How this grade is made' })
  await expect(sum.getByRole('table')).toBeVisible()
  const points = await sum.getByRole('row').getByRole('cell').allTextContents()
  const numbers = points.map((text) => Number(text.replace('−', '-').replace(/[+,]/g, '')))
  const total = numbers.pop()
  expect(numbers.reduce((all, step) => all + step, 0)).toBeCloseTo(total ?? Number.NaN, 6)
})

test('each file says how it was read, and leads to its findings', async ({ report: page }) => {
  await page.getByRole('tab', { name: /Files/ }).click()
  const table = page.getByRole('grid', { name: 'Files' })
  await expect(table).toHaveAttribute('aria-rowcount', '42')
  await page.getByLabel('Filter files').fill('model-11')
  await expect(table).toHaveAttribute('aria-rowcount', '2')
  await page.getByRole('button', { name: /^Show its/ }).click()
  await expect(page.getByText('Only model-11.pkl')).toBeVisible()
})

test('every chart is also a table', async ({ report: page }) => {
  await page.getByRole('tab', { name: 'Charts' }).click()
  const chart = page.getByRole('region', { name: /Files by format/ })
  await chart.getByRole('button', { name: /as a table/ }).click()
  await expect(chart.getByRole('row').filter({ hasText: 'pickle' })).toContainText('40')
})

test('the report is deleted after a question, and History no longer has it', async ({
  report: page,
}) => {
  await page.getByRole('button', { name: 'Delete…' }).click()
  await expect(page.getByRole('button', { name: 'Keep it' })).toBeFocused()
  await page.getByRole('button', { name: 'Delete report' }).click()
  await page.waitForURL(/#\/history/)
  await expect(page.getByText('No scans yet')).toBeVisible()
})

test('an unknown report says so and leads to History', async ({ page }) => {
  await page.evaluate(() => {
    location.hash = '/scan/report/00000000-0000-4000-8000-000000000000'
  })
  await expect(page.getByText('There is no such report')).toBeVisible()
  await page.getByRole('link', { name: 'Open History' }).click()
  await page.waitForURL(/#\/history/)
})
