import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { writeClusterModels } from '../fixtures/cluster-models'
import { test as base, expect } from './fixtures/console'
import { irisModel, startOrder, tabTo, writeOrder } from './fixtures/order-benchmark'

/** Models and a suite in the console's root, and the page where a benchmark is ordered. */
const test = base.extend<{ order: Page; models: ReturnType<typeof writeClusterModels> }>({
  models: async ({ console }, use) => use(writeClusterModels(console.root)),
  order: async ({ page, models: _ }, use) => {
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await page.keyboard.press('g')
    await page.keyboard.press('r')
    await expect(page.getByRole('heading', { name: 'New benchmark' })).toBeVisible()
    await use(page)
  },
})

test('two models are measured, compared, looked into and claimed about by keys alone', async ({
  order: page,
  models,
}) => {
  test.slow()
  await writeOrder(page, {
    models: [models.fast, models.slow],
    suite: models.suite,
    launches: 4,
  })
  await expect(page.getByText('Best grade as things are')).toBeVisible()
  await startOrder(page)
  await page.waitForURL(/#\/benchmarks\/compare/, { timeout: 120_000 })

  const effects = page.getByRole('region', { name: /^Effects of slow\.onnx/ })
  await expect(effects.getByRole('img')).toHaveAccessibleName(/Latency p90 (slower|inconclusive)/)
  await expect(page.getByRole('region', { name: /^Latency of queries/ })).toBeVisible()
  await expect(page.getByText('Accuracy on the same items')).toBeVisible()

  // The list: both results, and one of them opened.
  await page.keyboard.press('g')
  await page.keyboard.press('b')
  const list = page.getByRole('grid', { name: 'Benchmark results' })
  await expect(list).toHaveAttribute('aria-rowcount', '3')
  await tabTo(page, list)
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  await page.waitForURL(/#\/benchmarks\/result\//)
  await expect(page.getByRole('region', { name: 'Headline figures' })).toContainText('Latency p50')
  await tabTo(page, page.getByRole('tab', { name: 'Speed' }))
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('group', { name: 'Confusion matrix' })).toBeVisible()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('region', { name: 'Every process that ran' })).toBeVisible()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByText('Why this grade')).toBeVisible()

  // Its history, and a claim nobody could keep.
  await page.keyboard.press('h')
  await page.waitForURL(/#\/benchmarks\/history\//)
  await expect(page.getByRole('region', { name: /^Latency p90 over runs/ })).toBeVisible()
  await tabTo(page, page.getByRole('button', { name: 'State a claim…' }))
  await page.keyboard.press('Enter')
  await tabTo(page, page.getByLabel('Claimed value'))
  await page.keyboard.type('0.0001')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('article')).toContainText(/Refuted|Inconclusive/)

  await page.keyboard.press('g')
  await page.keyboard.press('l')
  await expect(page.getByRole('heading', { name: 'Leaderboard' })).toBeVisible()
  await expect(page.getByText(/clusters 1\.0\.0/).first()).toBeVisible()
})

test('a run survives a reload, is paused, and is cancelled', async ({ order: page, models }) => {
  test.slow()
  await writeOrder(page, { models: [models.fast], suite: models.suite, launches: 40 })
  await startOrder(page)
  await expect(page.getByRole('region', { name: 'Figures so far' })).toContainText('fast.onnx')
  await page.reload()
  await expect(page.getByRole('region', { name: 'Figures so far' })).toContainText('fast.onnx')

  await page.keyboard.press('p')
  await expect(page.getByRole('button', { name: /^Continue/ })).toBeVisible()
  await page.keyboard.press('p')
  await expect(page.getByRole('button', { name: /^Pause/ })).toBeVisible()
  await tabTo(page, page.getByRole('button', { name: 'Cancel' }))
  await page.keyboard.press('Enter')
  await expect(page.getByText('The benchmark was cancelled')).toBeVisible()
})

test('a pickle does not run here, and the page says what to do', async ({
  order: page,
  models,
}) => {
  await writeOrder(page, { models: [models.pickle], suite: models.suite, launches: 2 })
  await expect(page.getByText('not runnable here')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Start benchmark/ })).toHaveAttribute(
    'aria-disabled',
    'true',
  )
})

test('a model whose scan is not clean runs only with a reason, which its result shows', async ({
  order: page,
  console,
}) => {
  test.slow()
  const folder = join(console.root, 'delivery')
  irisModel(console, 'delivery/iris.onnx')
  writeFileSync(join(folder, 'notes.pkl'), "cposix\nsystem\n(S'echo'\ntR.")
  await writeOrder(page, { models: [folder], suite: 'Iris', launches: 1 })
  const start = page.getByRole('button', { name: /^Start benchmark/ })
  await expect(page.getByRole('heading', { name: 'Run without a clean scan' })).toBeVisible()
  await expect(start).toHaveAttribute('aria-disabled', 'true')
  await tabTo(page, page.getByLabel('Reason'))
  await page.keyboard.type('I wrote this pickle myself')
  await startOrder(page)
  await page.waitForURL(/#\/benchmarks\/result\//, { timeout: 60_000 })
  await expect(page.getByText('I wrote this pickle myself')).toBeVisible()
})

test('a built-in suite is run, and a chart of it saved as SVG and as PNG', async ({
  order: page,
  console,
}) => {
  test.slow()
  await writeOrder(page, { models: [irisModel(console)], suite: 'Iris', launches: 1 })
  await startOrder(page)
  await page.waitForURL(/#\/benchmarks\/result\//, { timeout: 60_000 })
  const chart = page.getByRole('region', { name: /^Latency of queries/ })
  const save = async (as: string) => {
    await chart.getByRole('button', { name: /as a picture/ }).click()
    const download = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: as }).click()
    return readFileSync(await (await download).path())
  }
  const svg = (await save('Save as SVG')).toString('utf8')
  expect(svg).toContain('Latency of queries')
  // A file of its own: no token of the page is left in it.
  expect(svg).not.toMatch(/var\(--|class=|style=/)
  const png = await save('Save as PNG')
  expect(png.subarray(1, 4).toString('latin1')).toBe('PNG')
})

test('engines say what is here and what a download would cost, and are verified', async ({
  page,
}) => {
  await page.evaluate(() => {
    location.hash = '/benchmarks/engines'
  })
  await expect(page.getByRole('row', { name: /ONNX Runtime, native/ })).toContainText(
    'Comes with the console',
  )
  await expect(page.getByRole('row', { name: /llama\.cpp/ })).toContainText(/MB|Not supported/)
  await tabTo(page, page.getByRole('button', { name: 'Verify: ONNX Runtime, native' }))
  await page.keyboard.press('Enter')
  await expect(page.getByText(/^[0-9a-f]{64}$/)).toBeVisible()
})

base('without any result, Benchmarks says how to make one', async ({ page }) => {
  await page.evaluate(() => {
    location.hash = '/benchmarks'
  })
  await page.getByRole('link', { name: 'Benchmark a model' }).click()
  await page.waitForURL(/#\/benchmarks\/run/)
})
