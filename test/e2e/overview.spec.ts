import { expect, test } from './fixtures/console'

test('before the first scan the page says where to begin', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-write'])
  await expect(page.getByRole('heading', { name: 'Scan a model before you load it' })).toBeVisible()
  await page.getByRole('button', { name: 'Copy' }).click()
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible()
  await page.getByRole('link', { name: 'Choose a folder…' }).click()
  await expect(page).toHaveURL(/#\/scan\b/)
})

test('a scan of the samples ends up in what needs somebody and in the recent scans', async ({
  page,
  console,
}) => {
  await page.getByRole('button', { name: 'Scan the samples' }).click()
  await expect(page).toHaveURL(/#\/scan\/report\//)
  const report = new URL(page.url()).hash.split('?')[0]
  await page.goto(`${console.origin}/#/`)

  const needsYou = page.getByRole('region', { name: 'Needs you' })
  await expect(needsYou.getByRole('listitem')).toHaveCount(1)
  await expect(needsYou).toContainText(/critical findings? in “Sample models”/)
  const recent = page.getByRole('region', { name: 'Recent scans' })
  await expect(recent.getByRole('row')).toHaveCount(2)
  await expect(recent).toContainText('Malicious')
  await expect(page.getByText('1 report needs you.')).toBeVisible()

  await page.goto(`${console.origin}/${report}`)
  await page.getByRole('button', { name: 'Scan again' }).click()
  await expect.poll(() => new URL(page.url()).hash.split('?')[0]).not.toBe(report)
  await page.waitForURL(/#\/scan\/report\//)
  await page.goto(`${console.origin}/#/`)
  await expect(recent.getByRole('row')).toHaveCount(3)
  await expect(page.getByText('1 report needs you.')).toBeVisible()

  await page.setViewportSize({ width: 640, height: 400 })
  const sideways = () =>
    page.getByRole('main').evaluate((main) => main.scrollWidth - main.clientWidth)
  await expect.poll(sideways).toBe(0)
  await page.setViewportSize({ width: 1280, height: 800 })

  await recent.getByRole('link', { name: 'Sample models' }).last().click()
  await expect.poll(() => new URL(page.url()).hash.split('?')[0]).toBe(report)
})
