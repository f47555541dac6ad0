import { mkdirSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures/console'

/** Calls system('echo') when it is loaded: protocol 0, opcodes GLOBAL MARK STRING TUPLE REDUCE. */
const CALLS_ECHO = "cposix\nsystem\n(S'echo'\ntR."

function put(folder: string, files: Record<string, string>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
}

async function go(page: Page, route: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash
  }, route)
}

/** A drop as the operating system makes it: with real files and folders of the disk. */
async function drop(page: Page, paths: string[]): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files: paths, dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 640, y: 400, data })
  }
}

const reportOf = (page: Page) => page.waitForURL(/#\/scan\/report\//)

test('the samples are scanned and a critical call is opened with the keyboard alone', async ({
  page,
}) => {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused()
  await page.keyboard.type('sample models')
  await page.keyboard.press('Enter')
  await reportOf(page)
  const table = page.getByRole('grid', { name: 'Findings', exact: true })
  await expect(table).toBeVisible()
  await page.keyboard.press('1')
  await page.keyboard.press('/')
  await page.keyboard.press('Enter')
  await expect(table).toBeFocused()
  await page.keyboard.press('Enter')
  const detail = page.getByRole('region', { name: 'Selected finding' })
  await expect(detail).toBeFocused()
  await expect(detail.getByText('Critical')).toBeVisible()
  await expect(detail.locator('pre')).toContainText('(')
  await page.keyboard.press('Escape')
  await expect(table).toBeFocused()
})

test('a folder that is dropped is sent and scanned, and the report says what a browser hides', {
  tag: '@loopback',
}, async ({ page, console }) => {
  put(console.root, { 'dropped/sub/model.pkl': CALLS_ECHO, 'dropped/readme.txt': 'hello' })
  mkdirSync(join(console.root, 'dropped/empty'))
  await go(page, '/scan')
  await expect(page.getByRole('button', { name: 'Choose folder…' })).toBeVisible()
  await drop(page, [join(console.root, 'dropped')])
  await reportOf(page)
  await expect(page.getByRole('main').getByText('Malicious').first()).toBeVisible()
  await page.getByText('could not see everything').click()
  await expect(page.getByText(/symbolic links/)).toBeVisible()
  await expect(page.getByText(/empty folder.*dropped\/empty/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Scan again' })).toHaveAttribute(
    'aria-disabled',
    'true',
  )
})

test('files are uploaded from the browser when they are chosen there', {
  tag: '@loopback',
}, async ({ page, console }) => {
  put(console.root, { 'notes.txt': 'nothing to see' })
  await go(page, '/scan')
  await page.locator('[data-upload=files]').setInputFiles(join(console.root, 'notes.txt'))
  await reportOf(page)
  await expect(page.getByText('Nothing was found', { exact: true })).toBeVisible()
  await expect(page.getByText('It does not mean')).toBeVisible()
})

test('a folder is picked on the disk of the console by keyboard', { tag: '@loopback' }, async ({
  page,
  console,
}) => {
  put(console.root, { 'models/vision/model.pkl': CALLS_ECHO, 'models/audio/readme.txt': 'hi' })
  await go(page, '/scan')
  await page.getByRole('button', { name: 'Choose folder…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Choose a folder to scan' })
  const entry = (name: string) => dialog.getByRole('option', { name: new RegExp(name) })
  await expect(dialog.getByRole('combobox')).toBeFocused()
  await expect(entry('models')).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(entry('vision')).toBeVisible()
  await page.keyboard.type('vis')
  await expect(entry('audio')).toHaveCount(0)
  await page.keyboard.press('Enter')
  await expect(entry('model.pkl')).toBeVisible()
  await page.keyboard.press('Backspace')
  await expect(entry('audio')).toBeVisible()
  await page.keyboard.type('vis')
  await page.keyboard.press('Enter')
  await expect(entry('model.pkl')).toBeVisible()
  await page.keyboard.press('Control+Enter')
  await reportOf(page)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('vision')
})

test('a path outside the granted folders is refused with what to do instead', async ({
  page,
  console,
}) => {
  await go(page, '/scan')
  await page.getByLabel('Path on this computer').fill('/etc')
  await page.keyboard.press('Enter')
  const alert = page.getByRole('alert')
  await expect(alert).toContainText('may not read “/etc”')
  await expect(alert).toContainText(console.root)
  await page.getByLabel('Path on this computer').fill('~/models')
  await page.keyboard.press('Enter')
  await expect(alert).toContainText('“~/models” is not a whole path')
})

test('a path that does not exist is named', async ({ page, console }) => {
  await go(page, '/scan')
  await page.getByLabel('Path on this computer').fill(`"${join(console.root, 'nowhere')}"`)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toContainText('There is nothing at')
})

test('a running scan is cancelled at once and leaves no report', async ({ page, console }) => {
  put(console.root, { 'huge.bin': '' })
  // Sparse: takes no room on the disk, but hashing it takes seconds.
  truncateSync(join(console.root, 'huge.bin'), 20e9)
  await go(page, '/scan')
  await page.getByLabel('Path on this computer').fill(join(console.root, 'huge.bin'))
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Cancel scan' }).click()
  await expect(page.getByText('The scan was cancelled')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Scan again' })).toBeVisible()
  await go(page, '/history')
  await expect(page.getByText('No scans yet')).toBeVisible()
})

test('a scan goes on when its page is left, and a notice leads to its report', async ({
  page,
  console,
}) => {
  put(console.root, { 'large.bin': '' })
  truncateSync(join(console.root, 'large.bin'), 2e9)
  await go(page, '/scan')
  await page.getByLabel('Path on this computer').fill(join(console.root, 'large.bin'))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Cancel scan' })).toBeVisible()
  await go(page, '/settings')
  await page.getByRole('button', { name: 'Open report' }).click()
  await reportOf(page)
})
