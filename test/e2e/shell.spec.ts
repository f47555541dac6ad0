import type { Browser, Page } from '@playwright/test'
import { expect, startConsole, stopConsole, test } from './fixtures/console'

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name })
const palette = (page: Page) => page.getByRole('combobox', { name: 'Search or run a command' })

/** In the order of the sidebar, after Overview. */
/** As who has no role sees them: administration comes last. */
const PAGES_BELOW = [
  'Scan',
  'History',
  'Benchmarks',
  'Security',
  'Passports',
  'Listings',
  'Leaderboards',
  'Rules',
  'Activity',
  'Settings',
  'People',
  'Limits',
]

/** A page whose failed requests are part of the test. */
async function visitor(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage()
  await page.goto(url)
  return page
}

test.describe('the palette', () => {
  test('opens with Ctrl+K, runs what is typed and moves the focus to the new page', async ({
    page,
  }) => {
    await expect(heading(page, 'Overview')).toBeVisible()
    await page.keyboard.press('Control+k')
    await palette(page).fill('settings')
    await expect(page.getByRole('option').first()).toHaveAccessibleName(/Go to Settings/)
    await page.keyboard.press('Enter')
    await expect(heading(page, 'Settings')).toBeFocused()
    await expect(page).toHaveTitle('Settings – Prometheus Console')
    await expect(palette(page)).toHaveCount(0)
  })

  test('gives the focus back when it is closed', async ({ page }) => {
    const field = page.getByRole('button', { name: /Search or run a command/ })
    await field.press('Enter')
    await expect(palette(page)).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(field).toBeFocused()
  })

  test('says so when nothing matches', async ({ page }) => {
    await expect(heading(page, 'Overview')).toBeVisible()
    await page.keyboard.press('Control+k')
    await palette(page).fill('zzzz')
    await expect(page.getByText('Nothing matches “zzzz”')).toBeVisible()
  })

  test('moves with the arrow keys', async ({ page }) => {
    await expect(heading(page, 'Overview')).toBeVisible()
    await page.keyboard.press('Control+k')
    await palette(page).fill('go to')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/#\/history$/)
  })
})

test.describe('the keys', () => {
  test('of a chord go to a page', async ({ page }) => {
    await expect(heading(page, 'Overview')).toBeVisible()
    await page.keyboard.press('g')
    await page.keyboard.press(',')
    await expect(heading(page, 'Settings')).toBeFocused()
    await page.keyboard.press('g')
    await page.keyboard.press('o')
    await expect(heading(page, 'Overview')).toBeFocused()
  })

  test('rest while somebody types', async ({ page, console }) => {
    await page.goto(`${console.origin}/#/rules`)
    const filter = page.getByRole('searchbox', { name: 'Filter rules' })
    await filter.pressSequentially('g o?')
    await expect(filter).toHaveValue('g o?')
    await expect(heading(page, 'Rules')).toBeVisible()
    await expect(page.getByRole('dialog')).toHaveCount(0)
  })

  test('rest while an overlay is open', async ({ page }) => {
    await expect(heading(page, 'Overview')).toBeVisible()
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
    await page.keyboard.press('g')
    await page.keyboard.press('h')
    await expect(page).toHaveURL(/#\/$/)
  })

  test('are listed by ? from the same registry, and Escape closes the list', async ({ page }) => {
    await expect(heading(page, 'Overview')).toBeVisible()
    await page.keyboard.press('?')
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
    await expect(sheet.getByText('Go to History')).toBeVisible()
    await expect(sheet.getByText('Collapse or expand the sidebar')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(sheet).toHaveCount(0)
  })
})

test.describe('the sidebar', () => {
  test('is walked with Tab and the arrow keys, and does not wrap', async ({ page }) => {
    await expect(heading(page, 'Overview')).toBeVisible()
    const link = (name: string) =>
      page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name })
    await link('Overview').focus()
    await page.keyboard.press('ArrowUp')
    await expect(link('Overview')).toBeFocused()
    for (const name of PAGES_BELOW) {
      await page.keyboard.press('ArrowDown')
      await expect(link(name)).toBeFocused()
    }
    await page.keyboard.press('ArrowDown')
    await expect(link('Limits')).toBeFocused()
    for (let back = 0; back < 2; back++) await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Enter')
    await expect(heading(page, 'Settings')).toBeFocused()
    await expect(link('Settings')).toHaveAttribute('aria-current', 'page')
  })

  test('collapses with Ctrl+B and stays so after a reload', async ({ page }) => {
    await expect(heading(page, 'Overview')).toBeVisible()
    const toggle = page.getByRole('button', { name: /the sidebar/ })
    await expect(toggle).toHaveAttribute('aria-expanded', 'true')
    await page.keyboard.press('Control+b')
    await expect(toggle).toHaveAttribute('aria-expanded', 'false')
    await page.reload()
    await expect(toggle).toHaveAttribute('aria-expanded', 'false')
  })

  test('collapses by itself in a narrow window', async ({ page }) => {
    const toggle = page.getByRole('button', { name: /the sidebar/ })
    await page.setViewportSize({ width: 1000, height: 700 })
    await expect(toggle).toHaveAttribute('aria-expanded', 'false')
    await page.setViewportSize({ width: 1280, height: 800 })
    await expect(toggle).toHaveAttribute('aria-expanded', 'true')
  })
})

test('the first Tab offers to skip to the content', async ({ page }) => {
  await expect(heading(page, 'Overview')).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'Skip to content' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
})

test('a reload comes back to the same place of the same page', async ({ page, console }) => {
  await page.goto(`${console.origin}/#/settings?section=scan`)
  const last = page.getByLabel('Facts kept per file')
  await last.scrollIntoViewIfNeeded()
  await page.reload()
  await expect(last).toBeInViewport()
})

test('an address without a page says so and leads back', async ({ page, console }) => {
  await page.goto(`${console.origin}/#/nowhere`)
  await expect(heading(page, 'There is no such page')).toBeVisible()
  await page.getByRole('link', { name: 'Go to Overview' }).click()
  await expect(heading(page, 'Overview')).toBeFocused()
})

test.describe('the session', { tag: '@loopback' }, () => {
  test('takes the token out of the address and survives a reload', async ({ page, console }) => {
    await expect(heading(page, 'Overview')).toBeVisible()
    expect(page.url()).toBe(`${console.origin}/#/`)
    await page.reload()
    await expect(heading(page, 'Overview')).toBeVisible()
    await expect(page.getByText('Connected')).toBeVisible()
  })

  test('opens the page that a link names', async ({ console, browser }) => {
    const page = await visitor(browser, `${console.url}&to=/settings?section=doctor`)
    await expect(page.getByRole('tab', { name: 'Doctor' })).toHaveAttribute('aria-selected', 'true')
    await page.close()
  })

  test('with a wrong token explains, and a pasted link lets in', async ({ console, browser }) => {
    const page = await visitor(browser, `${console.origin}/#token=wrong`)
    await expect(heading(page, 'This link has expired')).toBeFocused()
    expect(page.url()).not.toContain('wrong')
    const field = page.getByLabel('Or paste the link here:')
    await field.fill('no link')
    await field.press('Enter')
    await expect(page.getByRole('alert')).toContainText('#token=')
    await field.fill(console.url)
    await field.press('Enter')
    await expect(heading(page, 'Overview')).toBeVisible()
    await page.close()
  })

  test('is shared with a page opened in a new tab', async ({ page, context }) => {
    await expect(page.getByText('Connected')).toBeVisible()
    const [tab] = await Promise.all([
      context.waitForEvent('page'),
      page.getByRole('link', { name: 'History' }).click({ modifiers: ['Control'] }),
    ])
    await expect(heading(tab, 'History')).toBeVisible()
    await expect(tab.getByText('Connected')).toBeVisible()
  })

  test('without a token explains', async ({ console, browser }) => {
    const page = await visitor(browser, console.origin)
    await expect(heading(page, 'This address needs its link')).toBeFocused()
    await page.close()
  })

  test('counts down after many wrong tokens', async ({ console, browser }) => {
    const page = await browser.newPage()
    for (let attempt = 0; attempt < 8; attempt++) {
      await page.goto('about:blank')
      await page.goto(`${console.origin}/#token=wrong${attempt}`)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    }
    await expect(heading(page, 'Too many wrong links')).toBeVisible()
    await expect(page.getByRole('timer')).toHaveText(/Wait \d seconds?/)
    await expect(heading(page, 'This link has expired')).toBeVisible()
    await page.close()
  })
})

test('a page that cannot be fetched says so in its place, and is fetched again', {
  tag: '@loopback',
}, async ({ console, browser }) => {
  const page = await visitor(browser, console.url)
  await expect(heading(page, 'Overview')).toBeVisible()
  await page.context().setOffline(true)
  await page.evaluate(() => {
    location.hash = '/rules'
  })
  await expect(heading(page, 'This page could not be fetched')).toBeVisible()
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible()
  await page.context().setOffline(false)
  await page.getByRole('main').getByRole('button', { name: 'Retry' }).click()
  await expect(heading(page, 'Rules')).toBeVisible()
  await page.close()
})

test('a console that is gone is announced, and one of another run asks for its link', {
  tag: '@loopback',
}, async ({ console, browser }) => {
  const page = await visitor(browser, console.url)
  await expect(page.getByText('Connected')).toBeVisible()
  await stopConsole(console)
  const banner = page.getByRole('alert')
  await expect(banner).toContainText(`${new URL(console.origin).host} does not answer`)
  await expect(heading(page, 'Overview')).toBeVisible()

  // While nothing listens, the button stays; afterwards the page may be faster than a click.
  await page.getByRole('button', { name: /^Retry/ }).click()
  await expect(banner).toBeVisible()

  const { port } = new URL(console.origin)
  const again = await startConsole(`${console.dataFolder}-again`, ['--port', port])
  try {
    await expect(heading(page, 'This link has expired')).toBeVisible({ timeout: 30_000 })
  } finally {
    await stopConsole(again)
    await page.close()
  }
})
