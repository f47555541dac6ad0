import type { Page } from '@playwright/test'
import { expect, test } from './fixtures/console'

const table = (page: Page) => page.getByRole('grid', { name: 'Rules' })

test('the rules can be filtered, down to none', async ({ page, console }) => {
  await page.goto(`${console.origin}/#/rules`)
  await expect(page.getByText(/^\d+ rules$/)).toBeVisible()
  await page.keyboard.press('/')
  await page.keyboard.type('environment network')
  await expect(page.getByText(/^\d+ of \d+ rules$/)).toBeVisible()
  await page.getByRole('searchbox', { name: 'Filter rules' }).fill('no such rule')
  await expect(page.getByText('No rule matches this filter')).toBeVisible()
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await expect(page.getByText(/^\d+ rules$/)).toBeVisible()
})

test('a rule is opened with the keyboard, and shows a file that fires and one that must not', async ({
  page,
  console,
}) => {
  await page.goto(`${console.origin}/#/rules?q=code.environment-to-network`)
  await expect(table(page).getByRole('row')).toHaveCount(2)
  await table(page).focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/#\/rules\/code\.environment-to-network/)
  await expect(page.getByRole('heading', { name: 'Example that fires' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Example that must not' })).toBeVisible()
  await expect(page.getByText('It has not fired in any stored report.')).toBeVisible()
  await page.getByRole('link', { name: 'All rules' }).click()
  await expect(table(page)).toBeVisible()
})

test('a rule that is not there says so', async ({ page, console }) => {
  await page.goto(`${console.origin}/#/rules/no.such-rule`)
  await expect(page.getByText('There is no such rule')).toBeVisible()
})

test('the page of a rule counts where it fired', async ({ page, console }) => {
  await page.goto(`${console.origin}/#/`)
  await page.getByRole('button', { name: 'Scan the samples' }).click()
  await page.waitForURL(/#\/scan\/report\//)
  await page.goto(`${console.origin}/#/rules/pickle.command-execution`)
  await expect(page.getByText(/\d+ findings? in 1 report/)).toBeVisible()
})

test('a filter of the rules is kept under a name and applied again', async ({ page, console }) => {
  await page.goto(`${console.origin}/#/rules?q=environment`)
  await page.getByRole('button', { name: 'Views' }).click()
  await page.getByRole('menuitem', { name: 'Save these filters as…' }).click()
  await page.keyboard.type('Environment')
  await page.keyboard.press('Enter')
  const filter = page.getByRole('searchbox', { name: 'Filter rules' })
  await filter.fill('')
  await page.getByRole('button', { name: 'Views' }).click()
  await page.getByRole('menuitem', { name: 'Environment' }).click()
  await expect(filter).toHaveValue('environment')
})
