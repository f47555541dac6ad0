// `npm run screenshots`: takes the pictures of README from the running product, with the samples.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { startConsole, stopConsole } from '../test/e2e/fixtures/console'
import { startOrder, writeOrder } from '../test/e2e/fixtures/order-benchmark'
import { writeClusterModels } from '../test/fixtures/cluster-models'
import { sourceSamples } from '../test/fixtures/source-evaluation'
import { findOrInstallChromium } from './chromium.mjs'

const folder = resolve(import.meta.dirname, '../docs/images')
mkdirSync(folder, { recursive: true })
const executablePath = await findOrInstallChromium()
if (executablePath === undefined)
  throw new Error('No Chromium was found and none could be installed.')
const temporary = mkdtempSync(join(tmpdir(), 'screenshots-'))
const running = await startConsole(temporary)
// Weights and the code that comes with them, as a vendor hands them over.
const delivery = join(running.root, 'summarizer')
const CODE = { 'through-functions': 'training', 'npm-postinstall': 'web', 'across-cells': 'demo' }
for (const { name, files } of sourceSamples())
  for (const [path, text] of Object.entries(files)) {
    const place = CODE[name as keyof typeof CODE]
    if (place === undefined || (place === 'training' && !path.endsWith('.py'))) continue
    mkdirSync(dirname(join(delivery, place, path)), { recursive: true })
    writeFileSync(join(delivery, place, path), text)
  }
cpSync(resolve(import.meta.dirname, '../resources/samples'), join(delivery, 'weights'), {
  recursive: true,
})
const browser = await chromium.launch({
  executablePath,
  args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu', '--disable-quic'],
})

const models = writeClusterModels(running.root)
/** Where two models are compared: measured once, shown in both themes. */
let comparison: string | undefined

/** Settles fonts, charts and focus rings, then takes the picture. */
async function shoot(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready)
  await page.waitForTimeout(600)
  await page.screenshot({ path: join(folder, `${name}.png`) })
}

/** As its links do: without loading the page anew. */
async function visit(page: Page, route: string): Promise<void> {
  await page.evaluate((to) => {
    location.hash = to
  }, route)
}

for (const colorScheme of ['light', 'dark'] as const) {
  const page = await browser.newPage({
    viewport: { width: 1280, height: 800 },
    colorScheme,
    locale: 'en-GB',
  })
  await page.goto(`${running.url}&to=/scan`)
  await shoot(page, `scan-${colorScheme}`)
  await page.getByLabel('Path on this computer').fill(delivery)
  await page.keyboard.press('Enter')
  await page.waitForURL(/report/)
  await page.getByRole('row').nth(1).waitFor()
  await page.getByLabel('Filter findings').fill('environment')
  await page.keyboard.press('Enter')
  await page.waitForTimeout(300)
  // Past the hook and the notebook, to a way through three functions.
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await shoot(page, `report-${colorScheme}`)
  for (const [name, route] of [
    ['overview', '/'],
    ['security', '/security'],
    ['rules', '/rules'],
  ] as const) {
    await visit(page, route)
    await shoot(page, `${name}-${colorScheme}`)
  }
  // The local workspace starts with the first page that asks for it.
  await visit(page, '/leaderboards')
  await page.getByRole('row', { name: 'Voice Gate Small' }).waitFor({ timeout: 60_000 })
  await shoot(page, `leaderboards-${colorScheme}`)
  await visit(page, '/listings?scope=published')
  await page.getByRole('row', { name: 'Voice Gate Small' }).dblclick()
  await page.waitForURL(/#\/models\//)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await shoot(page, `model-${colorScheme}`)
  await visit(page, comparison ?? '/benchmarks/run')
  if (comparison === undefined) {
    const both = [models.fast, models.slow]
    await writeOrder(page, { models: both, suite: models.suite, launches: 10 })
    await startOrder(page)
    await page.waitForURL(/#\/benchmarks\/compare/, { timeout: 300_000 })
    comparison = new URL(page.url()).hash.slice(1)
  }
  await page.getByText('Accuracy on the same items').waitFor()
  await shoot(page, `comparison-${colorScheme}`)
  await page.close()
}
await browser.close()
await stopConsole(running)
rmSync(temporary, { recursive: true, force: true })
