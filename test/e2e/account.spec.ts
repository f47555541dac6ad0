import { createHmac } from 'node:crypto'
import type { Page } from '@playwright/test'
import { expectNoBarrier } from './fixtures/barriers'
import { expect, type RunningConsole, test } from './fixtures/console'

/** The first start of a workspace makes its database, and fills it. Against a hang only. */
const FIRST_START = { timeout: 300_000 }
const PASSWORD = 'correct horse battery'

async function openAccount(page: Page, console: RunningConsole): Promise<void> {
  await page.goto(`${console.origin}/#/account`)
  await expect(page.getByRole('region', { name: 'Who you are' })).toBeVisible(FIRST_START)
}

/** RFC 6238 with SHA-1, 30 seconds, six digits. */
function totp(secret: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...secret]
    .filter((letter) => alphabet.includes(letter))
    .map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)))
  const mac = createHmac('sha1', key).update(counter).digest()
  const offset = (mac.at(-1) ?? 0) & 15
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

test('the local workspace starts with Account, and one can be seller, moderator and admin in it', async ({
  page,
  console,
}) => {
  test.setTimeout(420_000)
  await openAccount(page, console)
  const who = page.getByRole('region', { name: 'Who you are' })
  await expect(who.getByText('mira@sample.local')).toBeVisible()
  await expect(who.getByText('Sample', { exact: true })).toBeVisible()
  for (const [role, name] of [
    ['Moderator', 'Odell Sample'],
    ['Admin', 'Ines Sample'],
    ['Seller', 'Mira Sample'],
  ] as const) {
    await page.getByRole('radio', { name: role }).click()
    await expect(who.getByText(name)).toBeVisible()
    await expect(page.getByRole('button', { name: `Account: ${name}` })).toBeVisible()
  }
})

test('an account of one’s own signs up, out and in, and gets a second factor', async ({
  page,
  console,
}) => {
  test.setTimeout(420_000)
  await openAccount(page, console)
  const session = page.getByRole('region', { name: 'Session' })
  await session.getByRole('button', { name: 'Sign out', exact: true }).click()
  await page.getByLabel('E-mail address').fill('somebody@example.com')
  await page.getByLabel('Password').fill('short')
  await page.getByRole('button', { name: 'Create an account' }).click()
  await expect(page.getByText('A password has at least 10 characters.')).toBeVisible()
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Create an account' }).click()
  const who = page.getByRole('region', { name: 'Who you are' })
  await expect(who.getByText('somebody@example.com')).toBeVisible()

  await session.getByRole('button', { name: 'Sign out', exact: true }).click()
  await page.getByLabel('E-mail address').fill('somebody@example.com')
  await page.getByLabel('Password').fill('wrong horse battery')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toContainText('do not belong together')
  await page.getByLabel('Password').fill(PASSWORD)
  await page.keyboard.press('Enter')
  await expect(who).toBeVisible()

  await page.getByRole('button', { name: 'Add an app…' }).click()
  await page.getByLabel('Name, for instance of the phone').fill('My phone')
  await page.keyboard.press('Enter')
  const secret = await page.locator('code').innerText()
  await page.getByLabel('Code the app shows now').fill('12')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toHaveText('Six digits are needed.')
  await page.getByLabel('Code the app shows now').fill(totp(secret))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(session.getByText('Confirmed with a second factor')).toBeVisible()
  await expect(page.getByText('My phone')).toBeVisible()
})

test('a connection is tested step by step, and each step says what to do', async ({
  page,
  console,
}) => {
  await page.goto(`${console.origin}/#/connection`)
  await page.getByLabel('Address of the project').fill('http://127.0.0.1:9')
  await page.getByLabel('Publishable key').fill('sb_secret_abcdefghijkl')
  await page.getByRole('button', { name: 'Test', exact: true }).click()
  const steps = page.getByRole('list', { name: 'Steps of the test' })
  await expect(steps.locator('[data-step=address]')).toContainText('secret key')
  await page.getByLabel('Publishable key').fill('sb_publishable_abcdefghijkl')
  await page.getByRole('button', { name: 'Test', exact: true }).click()
  await expect(steps.locator('[data-step=tls]')).toHaveAttribute('data-state', 'failed')
  await expect(steps.locator('[data-step=tls]')).toContainText('Nothing listens on port 9')
  await expect(steps.locator('[data-step=admin]')).toHaveAttribute('data-state', 'skipped')
  await expect(page.getByRole('button', { name: 'Connect', exact: true })).toHaveAttribute(
    'aria-disabled',
    'true',
  )
})

test('sample data goes after it was said what goes', async ({ page, console }) => {
  test.setTimeout(420_000)
  await openAccount(page, console)
  await page.getByRole('link', { name: 'Connection', exact: true }).first().click()
  await page.getByRole('button', { name: 'Remove the sample data…' }).click()
  await expect(page.getByRole('dialog')).toContainText(/\d+ listings and \d+ results/)
  await page.getByRole('button', { name: 'Remove it' }).click()
  await expect(page.getByText('There is no sample data in it.')).toBeVisible()
})

test('the header says who is signed in, and its menu leads on', async ({ page, console }) => {
  test.setTimeout(420_000)
  await openAccount(page, console)
  await page.getByRole('button', { name: 'Account: Mira Sample' }).click()
  await page.getByRole('menuitemradio', { name: 'Moderator' }).click()
  await expect(page.getByRole('button', { name: 'Account: Odell Sample' })).toBeVisible()
  await page.keyboard.press('g')
  await page.keyboard.press('n')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Connection')
})

test('axe finds nothing on Account and Connection', async ({ page, console }) => {
  test.setTimeout(420_000)
  await openAccount(page, console)
  await expect(page.locator('.animate-pulse')).toHaveCount(0)
  await expectNoBarrier(page, 'account')
  await page.getByRole('button', { name: /^Account: / }).click()
  await expect(page.getByRole('menu')).toBeVisible()
  await expectNoBarrier(page, 'the account menu')
  await page.keyboard.press('Escape')
  await page.goto(`${console.origin}/#/connection`)
  await page.getByLabel('Address of the project').fill('http://127.0.0.1:9')
  await page.getByLabel('Publishable key').fill('sb_publishable_abcdefghijkl')
  await page.getByRole('button', { name: 'Test', exact: true }).click()
  await expect(page.locator('[data-step=admin]')).toBeVisible()
  await expectNoBarrier(page, 'connection')
})
