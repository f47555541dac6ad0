import type { Page } from '@playwright/test'
import { writeClusterModels } from '../fixtures/cluster-models'
import { expectNoBarrier } from './fixtures/barriers'
import { expect, test } from './fixtures/console'
import { gate, signUp } from './fixtures/marketplace'
import { startOrder, writeOrder } from './fixtures/order-benchmark'

// Alone and last (playwright.config.ts): what others shall believe is measured on a quiet machine.
const NAME = 'Three Clusters of Amber'
/** Measured again where others had the processor meanwhile. */
const TRIES = 3
/** Five quick launches are done by then, on most machines. */
const MEASURING_MS = 20_000

/** Scans the file as a new version of the listing that is open, and adds it. */
async function addVersion(page: Page, file: string): Promise<void> {
  await page.getByRole('link', { name: 'Add a version' }).first().click()
  await page.getByLabel('Path of a model').fill(file)
  await page.keyboard.press('Enter')
  await page.waitForURL(/report=/)
  await expect(page.getByRole('region', { name: 'What leaves this computer' })).toContainText(
    'Verdict clean',
  )
  await page.getByRole('button', { name: 'Add this version' }).click()
  await page.waitForURL(/#\/listings\/[0-9a-f-]{36}\/edit/)
}

/** Opens what the checklist sends; false where there is no result that may be published. */
async function openResults(page: Page): Promise<boolean> {
  await page.getByRole('button', { name: 'Send results…' }).click()
  const dialog = page.getByRole('dialog')
  const result = dialog.getByRole('checkbox', { name: /Three clusters 1\.0\.0/ }).first()
  await expect(result.or(dialog.getByText('No result of these files'))).toBeVisible()
  return (await result.count()) > 0 && (await result.isChecked())
}

test('a measured model goes from sign-up to a leaderboard that somebody else sees', async ({
  page,
  console,
}) => {
  test.setTimeout(400_000)
  const models = writeClusterModels(console.root)
  await signUp(page, console, 'nell@example.com')
  await page.goto(`${console.origin}/#/listings/new`)
  await page.getByLabel('Name', { exact: true }).fill(NAME)
  await page.keyboard.press('Control+s')
  await page.waitForURL(/#\/listings\/[0-9a-f-]{36}\/edit/)
  const editor = page.url()

  // Without a benchmark, publishing is refused with reasons.
  await addVersion(page, models.fast)
  await expect(gate(page, 'scan')).toHaveAttribute('data-state', 'ok')
  await expect(gate(page, 'benchmark')).toHaveAttribute('data-state', 'missing')
  await expect(page.locator('[data-why-not]')).toContainText('Benchmark')
  await expect(page.getByRole('button', { name: 'Publish' })).toHaveAttribute(
    'aria-disabled',
    'true',
  )

  let measured = false
  for (let tries = 0; tries < TRIES && !measured; tries++) {
    await page.goto(`${console.origin}/#/benchmarks/run`)
    await expect(page.getByRole('heading', { name: 'New benchmark' })).toBeVisible()
    await writeOrder(page, { models: [models.fast], suite: models.suite, launches: 5 })
    await startOrder(page)
    const running = page.url()
    // A page that shows the run draws, and on two processors that is noise.
    await page.goto('about:blank')
    await page.waitForTimeout(MEASURING_MS)
    await page.goto(running)
    await page.waitForURL(/#\/benchmarks\/result\//, { timeout: 120_000 })
    await page.goto(editor)
    measured = await openResults(page)
  }
  test.skip(!measured, 'This machine was never quiet enough for a grade that is published.')
  await page
    .getByRole('dialog')
    .getByRole('checkbox', { name: /^Sign a passport/ })
    .check()
  await expectNoBarrier(page, 'sending results')
  await page.getByRole('button', { name: 'Send 1 result' }).click()
  await expect(page.getByText('1 result was sent')).toBeVisible()
  await expect(gate(page, 'benchmark')).toHaveAttribute('data-state', 'ok')
  await page.getByLabel('Summary').fill('Points around three centres.')
  await page.getByLabel('Description').fill('Made for a test.')
  await page.getByLabel('Licence', { exact: true }).fill('MIT')
  await page.getByLabel('Price').fill('0')
  await page.keyboard.press('Control+s')
  await expect(gate(page, 'licence')).toHaveAttribute('data-state', 'ok')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(`${NAME} is published`).first()).toBeVisible()

  // Somebody else.
  await signUp(page, console, 'otto@example.com')
  await page.goto(`${console.origin}/#/leaderboards`)
  await page.getByLabel('Board', { exact: true }).focus()
  await page.keyboard.type('clusters')
  await expect(page.getByRole('row', { name: NAME })).toContainText('Signed')
})
