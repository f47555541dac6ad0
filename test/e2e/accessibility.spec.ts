import type { Page } from '@playwright/test'
import { expectNoBarrier } from './fixtures/barriers'
import { expect, type RunningConsole, test } from './fixtures/console'
import { irisModel, startOrder, writeOrder } from './fixtures/order-benchmark'

const SECTIONS = ['appearance', 'scan', 'policy', 'doctor', 'about']
const ROUTES = [
  '/',
  '/scan',
  '/history',
  '/benchmarks',
  '/benchmarks/run',
  '/benchmarks/leaderboard',
  '/benchmarks/engines',
  '/security',
  '/rules',
  '/rules/pickle.command-execution',
  '/passports',
  '/passports/verify',
  '/passports/keys',
  '/activity',
  '/connection',
  ...SECTIONS.map((name) => `/settings?section=${name}`),
]

/** Everything asked for has arrived: no skeleton is left. */
async function settle(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.locator('.animate-pulse')).toHaveCount(0)
}

async function visit(page: Page, console: RunningConsole, route: string): Promise<void> {
  await page.goto(`${console.origin}/#${route}`)
  await settle(page)
}

async function scanSamples(page: Page, console: RunningConsole): Promise<void> {
  await visit(page, console, '/')
  await page.getByRole('button', { name: 'Scan the samples' }).click()
  await expect(page).toHaveURL(/#\/scan\/report\//)
  await settle(page)
}

/** Two models measured once each; answers the pages that show what came of it. */
async function benchmarkIris(page: Page, console: RunningConsole): Promise<string[]> {
  await visit(page, console, '/benchmarks/run')
  const models = ['one.onnx', 'two.onnx'].map((name) => irisModel(console, name))
  await writeOrder(page, { models, suite: 'Iris', launches: 1 })
  await startOrder(page)
  await page.waitForURL(/#\/benchmarks\/compare/, { timeout: 120_000 })
  await settle(page)
  const compare = new URL(page.url()).hash.slice(1)
  const [first] = decodeURIComponent(compare.split('of=')[1] ?? '').split(',')
  const result = `/benchmarks/result/${first}`
  return [
    compare,
    result,
    ...['accuracy', 'launches', 'conditions'].map((tab) => `${result}?tab=${tab}`),
    `/benchmarks/history/${first}`,
    '/benchmarks',
    '/benchmarks/leaderboard',
  ]
}

test('axe finds nothing on any page', async ({ page, console }) => {
  test.slow()
  for (const route of ROUTES) {
    await visit(page, console, route)
    await expectNoBarrier(page, route)
  }
})

test('axe finds nothing once there is a report', async ({ page, console }) => {
  await scanSamples(page, console)
  await expectNoBarrier(page, 'report')
  for (const route of ['/', '/history', '/security', '/activity']) {
    await visit(page, console, route)
    await expectNoBarrier(page, `${route} after a scan`)
  }
})

test('axe finds nothing once there is a benchmark', async ({ page, console }) => {
  test.slow()
  for (const route of await benchmarkIris(page, console)) {
    await visit(page, console, route)
    await expectNoBarrier(page, `${route} after a benchmark`)
  }
})

test('axe finds nothing while a benchmark runs', async ({ page, console }) => {
  test.slow()
  await visit(page, console, '/benchmarks/run')
  await writeOrder(page, { models: [irisModel(console)], suite: 'Iris', launches: 100 })
  await startOrder(page)
  await expect(page.getByText('1 of 100').first()).toBeVisible({ timeout: 60_000 })
  await expectNoBarrier(page, 'a run')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByText('The benchmark was cancelled')).toBeVisible()
  await expectNoBarrier(page, 'a cancelled run')
})

test('axe finds nothing in what lies over a page', async ({ page, console }) => {
  await visit(page, console, '/settings?section=scan')
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('option').first()).toBeVisible()
  await expectNoBarrier(page, 'palette')
  await page.keyboard.press('Escape')

  await page.keyboard.press('?')
  await expect(page.getByRole('dialog')).toBeVisible()
  await expectNoBarrier(page, 'shortcuts')
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'Theme' }).click()
  await expect(page.getByRole('menu')).toBeVisible()
  await expectNoBarrier(page, 'theme menu')
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: /data folder/ }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await expectNoBarrier(page, 'host')
  await page.keyboard.press('Escape')

  await page.getByLabel('Nesting depth').fill('4')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible()
  await expectNoBarrier(page, 'notice')
})

test('axe finds nothing where nobody is let in', { tag: '@loopback' }, async ({
  console,
  browser,
}) => {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(`${console.origin}/#token=wrong`)
  await settle(page)
  await expectNoBarrier(page, 'nobody is let in')
  await context.close()
})

test('at 200 % zoom no page scrolls sideways', async ({ page, console }) => {
  // 1280 x 800 at 200 % has the layout of 640 x 400.
  await page.setViewportSize({ width: 640, height: 400 })
  for (const route of ROUTES) {
    await visit(page, console, route)
    const overflow = await page
      .getByRole('main')
      .evaluate((main) => main.scrollWidth - main.clientWidth)
    expect(overflow, route).toBe(0)
  }
})

test.describe('with reduced motion', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } })

  test('nothing moves for longer than a frame', async ({ page, console }) => {
    await visit(page, console, '/')
    const longest = await page.evaluate(() => {
      const seconds = [...document.querySelectorAll('*')].flatMap((element) => {
        const { transitionDuration, animationDuration } = getComputedStyle(element)
        return `${transitionDuration}, ${animationDuration}`.split(', ').map(Number.parseFloat)
      })
      return Math.max(...seconds)
    })
    expect(longest).toBeLessThan(0.017)
  })
})

test.describe('with forced colours', () => {
  test.use({ contextOptions: { forcedColors: 'active' } })

  test('the current page is outlined, not only coloured', async ({ page, console }) => {
    await visit(page, console, '/settings')
    const current = page.getByRole('link', { name: 'Settings' }).first()
    await expect(current).toHaveCSS('outline-style', 'solid')
    await expect(current).toHaveCSS('outline-width', '2px')
  })
})

test('no text goes past the catalogues', { tag: '@loopback' }, async ({ page, console }) => {
  test.slow()
  await scanSamples(page, console)
  const benchmark = await benchmarkIris(page, console)
  // The report itself is left out: nearly all its words are data.
  for (const route of [...ROUTES, ...benchmark]) {
    await page.goto('about:blank')
    await page.goto(
      `${console.origin}/?pseudo#token=${console.token}&to=${encodeURIComponent(route)}`,
    )
    await settle(page)
    expect(page.url()).toBe(`${console.origin}/#${route}`)
    expect(await page.evaluate(unbracketed), route).toEqual([])
  }
})

/** Visible words outside ⟦…⟧, and not data (`translate="no"`: names, paths, what a host wrote). */
function unbracketed(): string[] {
  const words: string[] = []
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const element = node.parentElement
    if (!element?.checkVisibility() || element.closest('[translate="no"], noscript')) continue
    let depth = 0
    let outside = ''
    for (const letter of node.textContent ?? '') {
      if (letter === '⟦') depth++
      else if (letter === '⟧') depth--
      else if (depth === 0) outside += letter
    }
    if (/\p{L}{2,}/u.test(outside)) words.push(outside.trim())
  }
  for (const element of document.querySelectorAll('[aria-label], [placeholder], [title]')) {
    if (element.closest('[translate="no"]')) continue
    for (const name of ['aria-label', 'placeholder', 'title']) {
      const value = element.getAttribute(name)
      if (value && /\p{L}{2,}/u.test(value) && !value.includes('⟦')) words.push(`${name}: ${value}`)
    }
  }
  return words
}
