import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { fingerprintOf, toPem } from '../../shared/model/keys'
import { fromUtf8 } from '../../shared/model/utf8'
import { forged, ISSUER, passport } from '../fixtures/passports'
import { expectNoBarrier } from './fixtures/barriers'
import { expect, type RunningConsole, test } from './fixtures/console'

const outcome = (page: Page) => page.locator('[data-outcome]')

/** Scans a small model and issues its passport from the report, by keys. */
async function issue(page: Page, console: RunningConsole): Promise<void> {
  const folder = join(console.root, 'tiny')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'weights.txt'), 'weights')
  await page.goto(`${console.origin}/#/scan`)
  await page.getByLabel('Path on this computer').fill(folder)
  await page.keyboard.press('Enter')
  await page.waitForURL(/#\/scan\/report\//)
  // The command is there once its button is.
  await expect(page.getByRole('button', { name: 'Export' })).toBeVisible()
  await page.keyboard.press('p')
  const dialog = page.getByRole('dialog', { name: 'Issue a passport' })
  await expect(dialog.getByLabel('Name of the model')).toHaveValue('tiny')
  await dialog.getByLabel('Licence (SPDX), or empty').fill('MIT')
  await page.keyboard.press('Enter')
  await page.waitForURL(/#\/passports\/[0-9a-f-]{36}/)
  await expect(outcome(page)).toHaveText('Valid')
}

async function give(page: Page, bytes: Uint8Array | string): Promise<void> {
  await page.locator('[data-passport]').setInputFiles({
    name: 'their.passport.json',
    mimeType: 'application/json',
    buffer: Buffer.from(bytes),
  })
}

test('a passport is issued from a report, exported, found in the list, and verified', async ({
  page,
  console,
}) => {
  await issue(page, console)
  await expect(page.getByText('MIT', { exact: true })).toBeVisible()
  const waiting = page.waitForEvent('download')
  await page.keyboard.press('e')
  const download = await waiting
  expect(download.suggestedFilename()).toBe('tiny.passport.json')
  const bytes = readFileSync(await download.path(), 'utf8')

  await page.keyboard.press('g')
  await page.keyboard.press('p')
  const table = page.getByRole('grid', { name: 'Passports' })
  await expect(table.getByRole('row')).toHaveCount(2)
  await page.getByRole('searchbox', { name: 'Filter passports' }).fill('nothing like it')
  await expect(page.getByText('No passport matches')).toBeVisible()
  await page.getByRole('button', { name: 'Clear the filter' }).click()

  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'Verify' }).click()
  await give(page, bytes)
  await expect(outcome(page)).toHaveText('Valid')
  await page.getByLabel('Folder or file of the model').fill(join(console.root, 'tiny'))
  await page.keyboard.press('Enter')
  await expect(page.getByText('1 of the 1 file of the model is what was signed')).toBeVisible()
  writeFileSync(join(console.root, 'tiny/weights.txt'), 'weighty')
  await page.getByRole('button', { name: 'Verify again' }).click()
  await expect(outcome(page)).toHaveText('Invalid')
  await expect(page.getByText('weights.txt is another file').first()).toBeVisible()
  await page.getByLabel('Folder or file of the model').fill('/etc')
  await page.keyboard.press('Enter')
  await expect(page.getByText('The console may not read this path')).toBeVisible()
})

test('a passport of somebody else is decided once its key is trusted, and that can be undone', async ({
  page,
  console,
}) => {
  await page.goto(`${console.origin}/#/passports/verify`)
  await give(page, await passport())
  await expect(outcome(page)).toHaveText('Not decided')
  await page.getByRole('link', { name: 'Keys' }).click()
  await page.getByRole('button', { name: 'Trust a key…' }).click()
  await page.getByLabel('Whose key it is').fill('Acme')
  await page.getByLabel('Public key').fill('no key')
  await page.getByRole('button', { name: 'Trust it' }).click()
  await expect(page.getByRole('alert')).toHaveText('This is not an Ed25519 public key.')
  await page.getByLabel('Public key').fill(toPem(ISSUER.key))
  await page.getByRole('button', { name: 'Trust it' }).click()
  await expect(page.getByText(fingerprintOf(ISSUER.key.keyId))).toBeVisible()
  await page.getByRole('button', { name: 'Stop trusting Acme' }).click()
  await expect(page.getByText(fingerprintOf(ISSUER.key.keyId))).toBeHidden()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText(fingerprintOf(ISSUER.key.keyId))).toBeVisible()

  await page.keyboard.press('g')
  await page.keyboard.press('v')
  await give(page, await passport())
  await expect(outcome(page)).toHaveText('Valid')
  await give(page, await forged('predicate.scan.summary.grade', () => 'A+'))
  await expect(outcome(page)).toHaveText('Invalid')
  await expect(page.getByText('$.predicate.scan.summary.grade').first()).toBeVisible()
  await give(page, `\ufeff${fromUtf8(await passport())}`)
  await expect(outcome(page)).toHaveText('Invalid')
  await expect(page.getByText('What it says')).toBeHidden()
})

test('a file that is far too long is refused as that, and the page stays connected', async ({
  page,
  console,
}) => {
  await page.goto(`${console.origin}/#/passports/verify`)
  await give(page, 'x'.repeat(9_000_000))
  await expect(outcome(page)).toHaveText('Invalid')
  await expect(page.getByText('at most 8388608 are read').first()).toBeVisible()
})

test('a key is made, changed, and its public part copied', async ({ page, console }) => {
  await page.goto(`${console.origin}/#/passports/keys`)
  await page.getByRole('button', { name: 'Make a key' }).click()
  await expect(page.getByText('Signs', { exact: true })).toBeVisible()
  await expect(page.getByText('nothing else protects it')).toBeVisible()
  await page.getByRole('button', { name: 'Make a new key…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Make a new key' }).click()
  await expect(page.getByText(/^Retired/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Copy the public key' })).toHaveCount(2)
})

test('the verifier for buyers is saved with its size and hash', async ({ page, console }) => {
  await page.goto(`${console.origin}/#/passports`)
  const waiting = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Verifier for buyers' }).click()
  expect((await waiting).suggestedFilename()).toBe('passport-verifier.html')
  await expect(page.getByText(/^SHA-256 [0-9a-f]{64}$/)).toBeVisible()
})

test('a passport is deleted only when asked twice, and one that is not there says so', async ({
  page,
  console,
}) => {
  await issue(page, console)
  await page.getByRole('button', { name: 'Delete…' }).click()
  await page.getByRole('button', { name: 'Delete passport' }).click()
  await page.waitForURL(/#\/passports$/)
  await expect(page.getByText('No passport yet')).toBeVisible()
  await page.goto(`${console.origin}/#/passports/7d444840-9dc0-4d2c-9a3b-0b5a8f1f5c11`)
  await expect(page.getByText('There is no such passport')).toBeVisible()
})

test('axe finds nothing about passports', async ({ page, console }) => {
  await issue(page, console)
  await expectNoBarrier(page, 'a passport')
  await page.goto(`${console.origin}/#/passports`)
  await expect(page.getByRole('grid', { name: 'Passports' })).toBeVisible()
  await expectNoBarrier(page, 'passports')
  await page.keyboard.press('n')
  await expect(page.getByRole('dialog', { name: 'Issue a passport' })).toBeVisible()
  await expectNoBarrier(page, 'issuing a passport')
  await page.keyboard.press('Escape')
  await page.goto(`${console.origin}/#/passports/verify`)
  await give(page, await forged('predicate.scan.summary.grade', () => 'A+'))
  await expect(outcome(page)).toBeVisible()
  await expectNoBarrier(page, 'an invalid one')
  await page.goto(`${console.origin}/#/passports/keys`)
  await expect(page.getByText('Signs', { exact: true })).toBeVisible()
  await expectNoBarrier(page, 'keys')
})
