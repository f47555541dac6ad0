import type { Page } from '@playwright/test'
import { expect, test } from './fixtures/console'

const table = (page: Page) => page.getByRole('grid', { name: 'Events, newest first' })

test('what happened is listed, filtered and shown whole', async ({ page, console }) => {
  await page.getByRole('button', { name: 'Scan the samples' }).click()
  await page.waitForURL(/#\/scan\/report\//)
  await page.goto(`${console.origin}/#/activity`)
  await expect(table(page).getByRole('row').nth(1)).toContainText('Scan finished')

  await page.getByRole('combobox', { name: 'About' }).selectOption('Settings')
  await expect(page.getByText('No event matches')).toBeVisible()
  await page.getByRole('button', { name: 'Clear filters' }).click()

  await table(page).focus()
  await page.keyboard.press('j')
  await page.keyboard.press('k')
  const detail = page.getByRole('region', { name: 'The selected event' })
  await expect(detail).toContainText('Scan finished')
  await detail.getByRole('link', { name: 'Open the report' }).click()
  await page.waitForURL(/#\/scan\/report\//)
})

test('a changed setting is recorded with who changed it', async ({ page, console }) => {
  await page.goto(`${console.origin}/#/settings?section=scan`)
  await page.getByLabel('Nesting depth').fill('4')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible()
  await page.goto(`${console.origin}/#/activity?about=settings`)
  await expect(table(page).getByRole('row').nth(1)).toContainText('Settings changed')
})

test('a subject of Activity is kept under a name and applied again', async ({ page, console }) => {
  await page.getByRole('button', { name: 'Scan the samples' }).click()
  await page.waitForURL(/#\/scan\/report\//)
  await page.goto(`${console.origin}/#/activity?about=scan`)
  await page.getByRole('button', { name: 'Views' }).click()
  await page.getByRole('menuitem', { name: 'Save these filters as…' }).click()
  await page.keyboard.type('Only scans')
  await page.keyboard.press('Enter')
  const about = page.getByRole('combobox', { name: 'About' })
  await about.selectOption('Everything')
  await page.getByRole('button', { name: 'Views' }).click()
  await page.getByRole('menuitem', { name: 'Only scans' }).click()
  await expect(about).toHaveValue('scan')
})
