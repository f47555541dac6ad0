import { expect, test } from './fixtures/console'

test('without a scan there is nothing to tell, and a way to one', async ({ page, console }) => {
  await page.goto(`${console.origin}/#/security`)
  await expect(page.getByText('No scans in this period')).toBeVisible()
  await page.getByRole('link', { name: 'Scan something' }).click()
  await page.waitForURL(/#\/scan/)
})

test('the figures follow the scans, and lead to the rules', async ({ page, console }) => {
  await page.getByRole('button', { name: 'Scan the samples' }).click()
  await page.waitForURL(/#\/scan\/report\//)
  await page.goto(`${console.origin}/#/security?days=7`)
  await expect(page.getByRole('combobox', { name: 'Period' })).toHaveValue('7')
  const figures = page.getByRole('region', { name: 'Figures of this period' })
  await expect(figures).toContainText('Malicious or suspicious')
  await expect(figures).toContainText('100 % of scans')
  await page
    .getByRole('button', { name: /table.*Scans by verdict|Scans by verdict.*table/i })
    .click()
  await expect(page.getByRole('cell', { name: '1' }).first()).toBeVisible()
  const top = page.getByRole('region', { name: 'Rules that fired most' })
  await top.getByRole('link').first().click()
  await page.waitForURL(/#\/rules\//)
})
