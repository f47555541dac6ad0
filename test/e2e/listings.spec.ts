import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeSafetensors } from '../fixtures/safetensors-writer'
import { expectNoBarrier } from './fixtures/barriers'
import { expect, type RunningConsole, test } from './fixtures/console'
import { FIRST_START, gate, signUp } from './fixtures/marketplace'

const NAME = 'Lighthouse Weights'

test.slow()

function cleanModel({ root }: RunningConsole): string {
  const folder = join(root, 'lighthouse')
  mkdirSync(folder, { recursive: true })
  writeFileSync(
    join(folder, 'lighthouse.safetensors'),
    writeSafetensors([{ name: 'w', dtype: 'F32', shape: [64, 16] }]),
  )
  return folder
}

test('a new seller brings a model from a draft to a page that others see', async ({
  page,
  console,
}) => {
  const folder = cleanModel(console)
  await signUp(page, console, 'nell@example.com')

  // A draft that is not saved outlives the page.
  await page.goto(`${console.origin}/#/listings/new`)
  await page.getByLabel('Name', { exact: true }).fill(NAME)
  await page.getByLabel('Summary').fill('Weights that shine.')
  await expect(page.getByText('Not saved yet')).toBeVisible()
  await page.reload()
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue(NAME)
  await expect(page.getByText('that were not saved are here again')).toBeVisible()
  await page.keyboard.press('Control+s')
  await page.waitForURL(/#\/listings\/[0-9a-f-]{36}\/edit/)
  await expect(page.locator('[data-why-not]')).toHaveText('Add a version first.')

  // Files, their scan, and what leaves this computer.
  await page.getByRole('link', { name: 'Add a version' }).first().click()
  await page.getByLabel('Path of a model').fill(folder)
  await page.keyboard.press('Enter')
  await page.waitForURL(/report=/)
  const leaves = page.getByRole('region', { name: 'What leaves this computer' })
  await expect(leaves).toContainText('lighthouse.safetensors')
  await expect(leaves).toContainText('Verdict clean')
  await expect(leaves).not.toContainText(console.root)
  await page.getByLabel('It cannot be benchmarked').check()
  await page.getByLabel('Reason').fill('There is no engine for bare weights.')
  await page.getByRole('button', { name: 'Add this version' }).click()
  await page.waitForURL(/#\/listings\/[0-9a-f-]{36}\/edit/)

  // Refused with reasons, and the way to each.
  await expect(gate(page, 'scan')).toHaveAttribute('data-state', 'ok')
  await expect(gate(page, 'benchmark')).toHaveAttribute('data-state', 'unmeasured')
  await expect(gate(page, 'licence')).toContainText('Choose a licence.')
  await expect(page.getByRole('button', { name: 'Publish' })).toHaveAttribute(
    'aria-disabled',
    'true',
  )
  await expect(page.locator('[data-why-not]')).toContainText('Licence')
  await page.getByRole('button', { name: 'Set the licence' }).click()
  await expect(page.getByLabel('Licence', { exact: true })).toBeFocused()
  await page.keyboard.type('Apache-2.0')
  await page.getByLabel('Price').fill('12.50')
  await page.getByLabel('Description').fill('Trained on nothing, for a test.')
  await page.keyboard.press('Control+s')
  await expect(gate(page, 'licence')).toHaveAttribute('data-state', 'ok')
  await expect(gate(page, 'price')).toHaveAttribute('data-state', 'ok')
  await expectNoBarrier(page, 'a draft with gates')

  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(`${NAME} is published`).first()).toBeVisible()
  await expect(page.locator('[data-why-not]')).toHaveText('This version is published already.')

  // Somebody else.
  await signUp(page, console, 'otto@example.com')
  await page.goto(`${console.origin}/#/listings?scope=published`)
  await page.getByRole('searchbox', { name: 'Search by name or summary' }).fill(NAME)
  // Rows that move under the pointer are no double click.
  await expect(page.getByText('1 listing', { exact: true })).toBeVisible()
  await page.getByRole('row', { name: NAME }).dblclick()
  await expect(page.getByRole('heading', { level: 1, name: NAME })).toBeVisible()
  const id = /models\/([0-9a-f-]{36})/.exec(page.url())?.[1]
  await page.goto(`${console.origin}/#/listings/${id}/edit`)
  await expect(page.getByText('This listing is not yours to change')).toBeVisible()
})

test('a change that somebody else made meanwhile is shown beside one’s own', async ({
  page,
  console,
  context,
}) => {
  await signUp(page, console, 'nell@example.com')
  await page.goto(`${console.origin}/#/listings/new`)
  await page.getByLabel('Name', { exact: true }).fill(NAME)
  await page.keyboard.press('Control+s')
  await page.waitForURL(/#\/listings\/[0-9a-f-]{36}\/edit/)
  const address = page.url()

  const other = await context.newPage()
  await other.goto(console.url)
  await other.goto(address)
  await expect(other.getByLabel('Name', { exact: true })).toHaveValue(NAME)
  await page.getByLabel('Summary').fill('Mine.')
  await page.getByLabel('Tags').fill('mine')
  await other.getByLabel('Summary').fill('Theirs.')
  await other.keyboard.press('Control+s')
  await expect(other.getByRole('status').getByText('Saved', { exact: true })).toBeVisible()
  await page.keyboard.press('Control+s')
  const dialog = page.getByRole('dialog', { name: 'Somebody else changed the same' })
  await expect(dialog).toContainText('Theirs.')
  await expect(dialog).not.toContainText('Tags')
  await dialog.getByRole('radio', { name: /Theirs, on the server/ }).check()
  await dialog.getByRole('button', { name: 'Take these' }).click()
  await expect(page.getByLabel('Summary')).toHaveValue('Theirs.')
  await expect(page.getByLabel('Tags')).toHaveValue('mine')
  await page.keyboard.press('Control+s')
  await expect(page.getByRole('status').getByText('Saved', { exact: true })).toBeVisible()
})

test('the editor and adding a version have no barrier', async ({ page, console }) => {
  await page.goto(`${console.origin}/#/account`)
  await expect(page.getByRole('region', { name: 'Who you are' })).toBeVisible(FIRST_START)
  await page.goto(`${console.origin}/#/listings?scope=mine`)
  await page.getByRole('row', { name: 'Tide Table Guess' }).dblclick()
  await page.waitForURL(/#\/models\/[0-9a-f-]{36}/)
  const id = /models\/([0-9a-f-]{36})/.exec(page.url())?.[1]
  for (const path of [`/listings/${id}/edit`, `/listings/${id}/add`, '/listings/new']) {
    await page.goto(`${console.origin}/#${path}`)
    await expect(page.locator('.animate-pulse')).toHaveCount(0)
    await expectNoBarrier(page, path.replace(id ?? '', 'listing'))
  }
})
