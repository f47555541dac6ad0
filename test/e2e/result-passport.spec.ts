import { execFileSync } from 'node:child_process'
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { test as base, expect, startConsole, stopConsole } from './fixtures/console'

const HOOKS = pathToFileURL(resolve(import.meta.dirname, '../../scripts/typescript-hooks.mjs')).href

/** A console that has measured a model: this machine would not have been quiet. */
const test = base.extend<{ measured: { url: string; origin: string; resultId: string } }>({
  measured: async ({}, use) => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'measured-')))
    // A process of its own, because the browser's runner does not read the console's sources.
    const resultId = execFileSync(
      process.execPath,
      ['--import', HOOKS, join(import.meta.dirname, 'fixtures/measure.ts'), folder],
      { encoding: 'utf8' },
    )
    const running = await startConsole(folder)
    await use({ ...running, resultId })
    await stopConsole(running)
    rmSync(folder, { recursive: true, force: true })
  },
})

test('a passport is issued from a benchmark result, which is signed from then on', async ({
  measured: { url, origin, resultId },
  browser,
}) => {
  const page = await browser.newPage()
  await page.goto(url)
  await page.goto(`${origin}/#/benchmarks/result/${resultId}`)
  const headline = page.getByRole('region', { name: 'Headline figures' })
  await expect(headline.getByText('Self-reported').first()).toBeVisible()
  await page.getByRole('button', { name: 'Issue a passport' }).click()
  const dialog = page.getByRole('dialog', { name: 'Issue a passport' })
  const carried = dialog.getByRole('checkbox', { name: /Speed for tests 1\.0\.0, .*Latency p90/ })
  await expect(carried).toBeChecked()
  await dialog.getByRole('button', { name: 'Sign and issue' }).click()
  await page.waitForURL(/#\/passports\/[0-9a-f-]{36}/)
  const figure = page.getByRole('row', { name: /^Latency p90 / })
  await expect(figure).toContainText('2 launches')
  await expect(figure).toContainText('Signed')
  await page.goBack()
  await expect(headline.getByText('Signed').first()).toBeVisible()
  await page.close()
})
