import type { Page } from '@playwright/test'
import { expectNoBarrier } from './fixtures/barriers'
import { expect, type RunningConsole, test } from './fixtures/console'

/** The first start of a workspace makes its database and fills it with samples. */
const FIRST_START = { timeout: 180_000 }

test.slow()

async function goOnAs(page: Page, console: RunningConsole, role: string): Promise<void> {
  await page.goto(`${console.origin}/#/account`)
  await expect(page.getByRole('region', { name: 'Who you are' })).toBeVisible(FIRST_START)
  await page.getByRole('radio', { name: role }).click()
  await expect(page.getByRole('radio', { name: role })).toBeChecked()
}

async function settle(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.locator('.animate-pulse')).toHaveCount(0)
}

async function visit(page: Page, console: RunningConsole, route: string): Promise<void> {
  await page.goto(`${console.origin}/#${route}`)
  await settle(page)
}

async function openModel(page: Page, console: RunningConsole, name: string): Promise<void> {
  await visit(page, console, '/listings?scope=published')
  await page.getByRole('searchbox', { name: 'Search by name or summary' }).fill(name)
  // Rows that move under the pointer are no double click.
  await expect(page.getByText('1 listing', { exact: true })).toBeVisible()
  await page.getByRole('row', { name }).dblclick()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
}

test('a seller finds a listing with the keyboard and reads all that is known of the model', async ({
  page,
  console,
}) => {
  await goOnAs(page, console, 'Seller')
  await page.keyboard.press('g')
  await page.keyboard.press('m')
  await expect(page.getByRole('heading', { level: 1, name: 'Listings' })).toBeVisible()
  const draft = page.getByRole('row', { name: 'Tide Table Guess' })
  await expect(draft).toContainText('Draft')
  await expect(draft).toContainText(/Missing: licence, price, scan,? and benchmark/)

  await page.keyboard.press('/')
  await page.keyboard.type('harbour')
  await expect(page.getByText('1 listing', { exact: true })).toBeVisible()
  await expect(page).toHaveURL(/q=harbour/)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Harbour Sounds' })).toBeVisible()

  const known = page.getByRole('region', { name: 'What is known of the current version' })
  await expect(known).toContainText('Clean')
  await expect(known).toContainText('Latency p90')
  await expect(known.getByText('Self-reported')).toHaveCount(2)
  await expect(page.getByRole('region', { name: 'Price over time, EUR, once' })).toBeVisible()

  await page.getByRole('tab', { name: 'Versions' }).click()
  await expect(page.getByRole('row', { name: /1\.2\.0 current/ })).toBeVisible()
  await page.keyboard.press('ArrowRight')
  await expect(page).toHaveURL(/tab=scans/)
  await expect(page.getByText('This console has not scanned these files.')).toBeVisible()
})

test('two versions are compared by files, scan, numbers and price', async ({ page, console }) => {
  await goOnAs(page, console, 'Seller')
  await openModel(page, console, 'Harbour Sounds')
  await page.keyboard.press('c')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Versions of Harbour Sounds')
  const files = page.getByRole('region', { name: 'Files' })
  await expect(files.getByRole('row', { name: /harbour-sounds\.onnx/ })).toContainText('Changed')
  await expect(files.getByRole('row', { name: /changes-1\.1\.0\.md/ })).toContainText('Removed')
  await expect(files.getByRole('row', { name: /labels\.txt/ })).toHaveCount(0)
  await files.getByRole('switch', { name: 'Show files that are the same' }).click()
  await expect(files.getByRole('row', { name: /labels\.txt/ })).toContainText('Same')
  const latency = page.getByRole('row', { name: /Latency p90/ }).first()
  await expect(latency).toContainText('faster')
  await page.getByRole('button', { name: 'Swap the versions' }).click()
  await expect(page.getByRole('row', { name: /Latency p90/ }).first()).toContainText('slower')
})

test('a board ranks by intervals, pins one’s own model, and opens the proof of a number', async ({
  page,
  console,
}) => {
  await goOnAs(page, console, 'Seller')
  await page.keyboard.press('g')
  await page.keyboard.press('w')
  await expect(page.getByRole('heading', { level: 1, name: 'Leaderboards' })).toBeVisible()
  const rows = page.getByRole('grid').getByRole('row')
  await expect(rows.nth(1)).toContainText('Harbour Sounds')
  await expect(rows.nth(1)).toContainText('Yours')
  await expect(page.getByRole('row', { name: /Voice Gate Small/ })).toContainText('Sample')

  await page.getByRole('grid').focus()
  // Past one's own, which nobody disputes.
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  const proof = page.getByRole('dialog')
  await expect(proof).toContainText('The server computed every number here')
  await expect(proof.getByRole('row', { name: /Latency p90/ })).toBeVisible()
  await proof.getByRole('button', { name: 'Dispute…' }).click()
  await page.getByRole('textbox', { name: 'Reason' }).fill('I measured twice that.')
  await page.getByRole('button', { name: 'Dispute it' }).click()
  await expect(page.getByText('The result is disputed')).toBeVisible()
  await page.getByRole('radio', { name: 'My results' }).click()
  await expect(page.getByRole('row', { name: /Harbour Sounds/ })).toHaveCount(6)
  await expect(page.getByRole('row', { name: /Leaf Vision/ })).toHaveCount(0)
  await page.getByRole('radio', { name: 'Disputes' }).click()
  await expect(page.getByRole('row', { name: /I measured twice that/ })).toContainText('Open')
})

test('staff restricts a listing, its seller appeals, and somebody else lifts it', async ({
  page,
  console,
}) => {
  await goOnAs(page, console, 'Moderator')
  await openModel(page, console, 'Harbour Sounds')
  const address = page.url()
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Restrict…' }).click()
  await page.getByRole('combobox', { name: 'Policy' }).selectOption('Misleading claims')
  await page.getByRole('textbox', { name: 'Reason' }).fill('It hears no gulls at all.')
  await page.getByRole('button', { name: 'Restrict', exact: true }).click()
  const notice = page.getByRole('region', { name: 'This listing is restricted' })
  await expect(notice).toContainText('Misleading claims: It hears no gulls at all.')

  await goOnAs(page, console, 'Seller')
  await page.goto(address)
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Appeal…' }).click()
  await page.getByRole('textbox', { name: 'Statement' }).fill('short')
  await page.getByRole('button', { name: 'Send the appeal' }).click()
  await expect(page.getByText('Write at least 10 letters.')).toBeVisible()
  await page
    .getByRole('textbox', { name: 'Statement' })
    .fill('It does hear gulls, see the examples.')
  await page.getByRole('button', { name: 'Send the appeal' }).click()
  await expect(notice).toContainText('An appeal waits for a decision.')

  await goOnAs(page, console, 'Admin')
  await page.goto(address)
  await page.getByRole('tab', { name: 'Decisions' }).click()
  await page.getByRole('button', { name: 'Decide…' }).click()
  await page.getByRole('radio', { name: 'Overturned: it is lifted' }).click()
  await page.getByRole('textbox', { name: 'Reason' }).fill('The examples hold.')
  await page.getByRole('button', { name: 'Decide', exact: true }).click()
  await expect(page.getByText('Overturned: the restriction is lifted')).toBeVisible()
  await expect(notice).toHaveCount(0)
  await page.getByRole('tab', { name: 'Log' }).click()
  await expect(page.getByRole('row', { name: /listing\./ }).first()).toBeVisible()
})

test('filters are kept under a name, and a list without a match is cleared', async ({
  page,
  console,
}) => {
  await goOnAs(page, console, 'Seller')
  await visit(page, console, '/listings?scope=published')
  await page.getByRole('combobox', { name: 'Category' }).selectOption('Sound')
  await page.getByRole('button', { name: 'Views' }).click()
  await page.getByRole('menuitem', { name: 'Save these filters as…' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Sounds')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Sounds' })).toBeVisible()
  await page.getByRole('searchbox', { name: 'Search by name or summary' }).fill('no such thing')
  await expect(page.getByText('No listing matches')).toBeVisible()
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await expect(page.getByRole('row', { name: 'Leaf Vision' })).toBeVisible()
})

test('axe finds nothing on the pages of the marketplace', async ({ page, console }) => {
  await goOnAs(page, console, 'Seller')
  for (const route of [
    '/listings',
    '/listings?scope=published',
    '/leaderboards',
    '/leaderboards?part=mine',
    '/leaderboards?part=disputes',
  ]) {
    await visit(page, console, route)
    await expectNoBarrier(page, route)
  }
  await openModel(page, console, 'Harbour Sounds')
  const model = new URL(page.url()).hash.slice(1).split('?')[0]
  for (const rest of ['', ...TABS.map((tab) => `?tab=${tab}`), '/compare']) {
    await visit(page, console, `${model}${rest}`)
    await expectNoBarrier(page, `model ${rest}`)
  }
  await visit(page, console, `${model}?tab=benchmarks`)
  await page
    .getByRole('button', { name: /Proof of 1\.2\.0/ })
    .first()
    .click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await expectNoBarrier(page, 'proof')
})

const TABS = ['versions', 'scans', 'benchmarks', 'decisions', 'log']

test('without an account the pages say how to get one', async ({ page, console }) => {
  await page.goto(`${console.origin}/#/account`)
  const session = page.getByRole('region', { name: 'Session' })
  await expect(session).toBeVisible(FIRST_START)
  await session.getByRole('button', { name: 'Sign out', exact: true }).click()
  await expect(page.getByLabel('E-mail address')).toBeVisible()
  for (const route of ['/listings', '/leaderboards']) {
    await visit(page, console, route)
    await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click()
    await expect(page).toHaveURL(/#\/account/)
  }
})
