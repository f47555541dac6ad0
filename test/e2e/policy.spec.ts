import { expect, test } from './fixtures/console'

test('a policy is made, used and deleted, and deleting can be undone', async ({
  page,
  console,
}) => {
  await page.goto(`${console.origin}/#/settings?section=policy`)
  await page.getByRole('button', { name: 'New policy' }).click()
  const dialog = page.getByRole('dialog', { name: 'New policy' })
  await expect(dialog.getByLabel('Name', { exact: true })).toBeFocused()
  await page.keyboard.type('Release')
  await dialog.getByRole('button', { name: 'Add a severity' }).click()
  await dialog.getByRole('button', { name: 'Save policy' }).click()
  await expect(dialog.getByRole('alert')).toHaveText('Every row needs a rule or a path.')
  await dialog.getByLabel('Rule, row 1').fill('no.such-rule')
  await dialog.getByLabel('Reason, row 1').fill('Checked by hand')
  await dialog.getByRole('button', { name: 'Save policy' }).click()
  await expect(dialog.getByRole('alert')).toContainText('There is no rule no.such-rule')
  await dialog.getByLabel('Rule, row 1').fill('pickle.command-execution')
  await dialog.getByLabel('Severity, row 1').selectOption('Low')
  await dialog.getByRole('button', { name: 'Save policy' }).click()
  await expect(dialog).toBeHidden()

  await page.getByRole('button', { name: 'Use this policy: Release' }).click()
  const item = page.getByRole('listitem').filter({ hasText: 'Release' })
  await expect(item).toContainText('Active')
  await page.goto(`${console.origin}/#/rules/pickle.command-execution`)
  await expect(page.getByText('The active policy changed it from critical')).toBeVisible()

  await page.goto(`${console.origin}/#/settings?section=policy`)
  await page.getByRole('button', { name: 'Delete: Release' }).click()
  await expect(item).toBeHidden()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(item).toContainText('Active')
})

test('a built-in policy cannot be changed, only copied', async ({ page, console }) => {
  await page.goto(`${console.origin}/#/settings?section=policy`)
  await page.getByRole('button', { name: 'Copy and edit: Strict' }).click()
  const dialog = page.getByRole('dialog', { name: 'New policy' })
  await expect(dialog.getByLabel('Name', { exact: true })).toHaveValue('Strict copy')
})
