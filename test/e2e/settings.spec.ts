import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, type RunningConsole, test } from './fixtures/console'

const theme = (page: Page) => page.evaluate(() => document.documentElement.dataset.theme)

async function open(page: Page, console: RunningConsole, section: string): Promise<void> {
  await page.goto(`${console.origin}/#/settings?section=${section}`)
  await expect(page.getByRole('tab', { selected: true })).toBeVisible()
}

/** What the settings file holds; nothing before the first change. */
function stored(console: RunningConsole): Record<string, unknown> {
  const file = join(console.dataFolder, 'settings.json')
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
}

test('the theme changes at once, is stored by the host and survives a reload', async ({
  page,
  console,
}) => {
  await page.getByRole('button', { name: 'Theme' }).click()
  await page.getByRole('menuitemradio', { name: 'Dark' }).click()
  await expect.poll(() => theme(page)).toBe('dark')
  await expect.poll(() => stored(console)['appearance.theme']).toBe('dark')
  await page.reload()
  expect(await theme(page)).toBe('dark')
})

test('the density changes the height of rows', async ({ page, console }) => {
  await open(page, console, 'appearance')
  // Not check(): that looks once, and the choice follows the answer of the host.
  const compact = page.getByRole('radio', { name: 'Compact' })
  await compact.click()
  await expect(compact).toBeChecked()
  await expect
    .poll(() =>
      page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--row')),
    )
    .toBe('28px')
})

test('a number out of range stays in its field beside the reason', async ({ page, console }) => {
  await open(page, console, 'scan')
  const depth = page.getByLabel('Nesting depth')
  await depth.fill('99')
  await depth.press('Enter')
  await expect(page.getByRole('alert')).toHaveText('The most is 32.')
  await expect(depth).toHaveValue('99')
  await depth.press('Escape')
  await expect(depth).toHaveValue('8')
})

test('a change can be undone, and touches no other setting', async ({ page, console }) => {
  await open(page, console, 'scan')
  const ratio = page.getByRole('textbox', { name: 'Compression ratio' })
  await ratio.fill('50')
  await ratio.press('Enter')
  await expect.poll(() => stored(console)).toEqual({ 'scan.ratio': 50 })
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(ratio).toHaveValue('200')
  await expect.poll(() => stored(console)['scan.ratio']).toBe(200)
})

test('a notice stays, also when its code arrives after it', {
  tag: '@loopback',
}, async ({ page, console }) => {
  await page.route(/Toaster/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1500))
    await route.continue()
  })
  await page.reload()
  await open(page, console, 'scan')
  await page.getByLabel('Nesting depth').fill('4')
  await page.keyboard.press('Enter')
  const undo = page.getByRole('button', { name: 'Undo' })
  await expect(undo).toBeVisible()
  await page.getByRole('tab', { name: 'Appearance' }).click()
  await expect(undo).toBeVisible()
})

test.describe('with a setting from a flag', () => {
  test.use({ hostFlags: ['--set', 'scan.depth=1'] })

  test('its field is disabled and says why', async ({ page, console }) => {
    await open(page, console, 'scan')
    const depth = page.getByLabel('Nesting depth')
    await expect(depth).toBeDisabled()
    await expect(depth).toHaveValue('1')
    await expect(depth).toHaveAccessibleDescription(/Set by a flag/)
    await expect(page.getByLabel('Compression ratio')).toBeEnabled()
  })
})

test('the tabs are walked with the arrow keys', async ({ page, console }) => {
  await open(page, console, 'appearance')
  await page.getByRole('tab', { name: 'Appearance' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('tab', { name: 'Scan limits' })).toBeFocused()
  await expect(page.getByLabel('Nesting depth')).toBeVisible()
  await page.keyboard.press('End')
  await expect(page.getByRole('tab', { name: 'About' })).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('tab', { name: 'About' })).toBeFocused()
  await expect(page).toHaveURL(/section=about/)
})

test('the doctor says what is in order, and looks again', async ({ page, console }) => {
  await open(page, console, 'doctor')
  await expect(page.getByText(/\d+ of \d+ checks in order/)).toBeVisible()
  await expect(page.getByText('Local database')).toBeVisible()
  await page.getByRole('button', { name: 'Check again' }).click()
  await expect(page.getByText(/\d+ of \d+ checks in order/)).toBeVisible()
})

test('diagnostics can be copied and name no folder', async ({ page, console, context }) => {
  await context.grantPermissions(['clipboard-write'])
  await open(page, console, 'about')
  await expect(page.getByText(console.dataFolder, { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Copy diagnostics' }).click()
  await expect(page.getByText('Diagnostics copied')).toBeVisible()
  const copied = await pasted(page)
  expect(JSON.parse(copied)).toMatchObject({ host: 'loopback', doctor: {} })
  expect(copied).not.toContain(console.dataFolder)
  expect(copied).not.toContain(console.token)
})

/** The page may not read the clipboard, so it is pasted into a field. */
async function pasted(page: Page): Promise<string> {
  await page.keyboard.press('Control+k')
  const field = page.getByRole('combobox')
  await field.press('Control+v')
  return field.inputValue()
}
