import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { test as base, expect, type Page } from '@playwright/test'
import { counterSign } from '../../shared/model/build'
import { toPem } from '../../shared/model/keys'
import { fromUtf8 } from '../../shared/model/utf8'
import { forged, ISSUER, passport, statement, WITNESS } from '../fixtures/passports'
import { published } from '../fixtures/published'
import { expectNoBarrier } from './fixtures/barriers'

const VERIFIER = resolve(import.meta.dirname, '../../out/verifier/passport-verifier.html')

/** The verifier from a file, as a buyer opens it. It must ask for nothing and break no rule of its own. */
const test = base.extend<{ folder: string; verifier: Page }>({
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'verifier-'))
    mkdirSync(join(folder, 'model'))
    writeFileSync(join(folder, 'model/model.safetensors'), 'weights')
    writeFileSync(join(folder, 'model/load.py'), 'code')
    await use(folder)
    rmSync(folder, { recursive: true, force: true })
  },
  verifier: async ({ page }, use) => {
    const problems: string[] = []
    page.on('pageerror', (error) => problems.push(String(error)))
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text())
    })
    page.on('request', (request) => {
      if (!request.url().startsWith('file:')) problems.push(request.url())
    })
    await page.goto(pathToFileURL(VERIFIER).href)
    await use(page)
    expect(problems).toEqual([])
  },
})

const give = (page: Page, text: string) =>
  page
    .getByLabel('Choose a passport')
    .setInputFiles({ name: 'm.passport.json', mimeType: '', buffer: Buffer.from(text) })
const outcome = (page: Page) => page.locator('.outcome')
const trust = (page: Page, key: string) => page.getByLabel('Key id or public key').fill(key)
const text = async (bytes: Promise<Uint8Array>) => fromUtf8(await bytes)

/** A drop as the operating system makes it. */
async function drop(page: Page, files: string[]): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const data = { items: [], files, dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, x: 400, y: 300, data })
}

test('a passport is valid once its key is trusted, with its files', async ({
  verifier,
  folder,
}) => {
  await give(verifier, await text(passport()))
  await expect(outcome(verifier)).toContainText('Not decided')
  await trust(verifier, toPem(ISSUER.key))
  await expect(outcome(verifier)).toContainText('Valid')
  await expect(verifier.getByText('Recomputed from the raw launches')).toBeVisible()
  await expect(verifier.getByText('Signatures were checked by')).toBeVisible()
  await verifier.getByLabel('Choose a folder').setInputFiles(join(folder, 'model'))
  await expect(verifier.getByText('2 of the 2 files')).toBeVisible()
  await expect(outcome(verifier)).toContainText('Valid')
})

test('figures of a benchmark are recomputed and shown with interval, basis and level', async ({
  verifier,
}) => {
  await give(verifier, await text(passport({ measurements: [published()] })))
  const table = verifier.getByRole('table', { name: /^Recomputed: speed 1\.0\.0, single-stream/ })
  const row = table.getByRole('row', { name: /^Latency p90 / })
  await expect(row).toContainText('Self-reported')
  await trust(verifier, ISSUER.key.keyId)
  await expect(outcome(verifier)).toContainText('Valid')
  await expect(row).toContainText(
    /[\d.]+ µs \[[\d.]+ µs, [\d.]+ µs\]\s*3 launches, 75\.0 % interval\s*Signed/,
  )
  await expect(table.getByRole('row', { name: /^accuracy 83\.3 % / })).toContainText('6 items')
  const better = forged(
    'predicate.measurements.0.document.summary.figures.1.estimate',
    (value) => Number(value) - 1,
    statement({ measurements: [published()] }),
  )
  await give(verifier, await text(better))
  await expect(outcome(verifier)).toContainText(
    'Invalid $.predicate.measurements[0].document.summary.figures[1].estimate says',
  )
  await expect(table).toBeHidden()
})

test('passport and folder may be dropped together', async ({ verifier, folder }) => {
  writeFileSync(join(folder, 'm.passport.json'), await passport())
  await trust(verifier, ISSUER.key.keyId)
  await drop(verifier, [join(folder, 'm.passport.json'), join(folder, 'model')])
  await expect(outcome(verifier)).toContainText('Valid')
  await expect(verifier.getByText('2 of the 2 files')).toBeVisible()
  writeFileSync(join(folder, 'model/extra.py'), 'x')
  await drop(verifier, [join(folder, 'model')])
  await expect(outcome(verifier)).toContainText('extra.py is there')
  await drop(verifier, [join(folder, 'model/load.py')])
  await expect(outcome(verifier)).toContainText('1 of the 2 files of the model were not given')
})

test('a changed file of the model is found', async ({ verifier, folder }) => {
  await trust(verifier, ISSUER.key.keyId)
  await give(verifier, await text(passport()))
  writeFileSync(join(folder, 'model/load.py'), 'Code')
  await verifier.getByLabel('Choose a folder').setInputFiles(join(folder, 'model'))
  await expect(outcome(verifier)).toContainText('Invalid load.py is another file')
  writeFileSync(join(folder, 'model/load.py'), 'code')
  await verifier.getByLabel('Choose files').setInputFiles(join(folder, 'model/load.py'))
  await expect(outcome(verifier)).toContainText('1 of the 2 files of the model were not given')
})

test('one changed digit, another form and another key are refused', async ({ verifier }) => {
  await trust(verifier, ISSUER.key.keyId)
  const honest = await text(passport())
  const payload = Buffer.from(JSON.parse(honest).payload, 'base64').toString()
  const changed = Buffer.from(payload.replace('"p50Ns":69800', '"p50Ns":69801')).toString('base64')
  for (const [bytes, sentence] of [
    [honest.replace(JSON.parse(honest).payload, changed), 'changed after it was signed'],
    [`${honest}\n`, 'not in canonical form'],
    [JSON.stringify(JSON.parse(honest), null, 2), 'not in canonical form'],
    [
      await text(forged('predicate.measurements.0.document.statistics.p50Ns', () => 1)),
      '$.predicate.measurements[0].document.statistics.p50Ns says 1',
    ],
  ] as const) {
    await give(verifier, bytes)
    await expect(outcome(verifier)).toContainText('Invalid')
    await expect(outcome(verifier)).toContainText(sentence)
  }
  await give(verifier, honest)
  await expect(outcome(verifier)).toContainText('Valid')
  await trust(verifier, WITNESS.key.keyId)
  await expect(outcome(verifier)).toContainText('not with the key you named')
  await trust(verifier, 'nonsense')
  await expect(verifier.getByRole('alert')).toContainText('neither a key id')
  await expect(outcome(verifier)).toContainText('Invalid')
})

test('a second signature carries what the first cannot', async ({ verifier }) => {
  const bytes = await counterSign(await passport({ level: 'reproduced' }), WITNESS)
  await give(verifier, fromUtf8(bytes))
  await trust(verifier, ISSUER.key.keyId)
  await expect(outcome(verifier)).toContainText('claims to be reproduced')
  await trust(verifier, WITNESS.key.keyId)
  await expect(verifier.locator('.level')).toContainText('Reproduced')
})

test('without WebCrypto the JavaScript of the file answers the same', async ({ verifier }) => {
  await verifier.evaluate(() => {
    SubtleCrypto.prototype.importKey = () => Promise.reject(new Error('not here'))
  })
  await trust(verifier, ISSUER.key.keyId)
  const honest = await text(passport())
  await give(verifier, honest)
  await expect(outcome(verifier)).toContainText('Valid')
  await expect(verifier.getByText('(noble)')).toBeVisible()
  await give(verifier, honest.replace(/"sig":"./, '"sig":"+'))
  await expect(outcome(verifier)).toContainText('Invalid')
})

test('axe finds nothing', async ({ verifier }) => {
  await give(verifier, await text(passport()))
  await expect(outcome(verifier)).toBeVisible()
  await expectNoBarrier(verifier, 'the verifier')
})

test('it is one file that asks for nothing, and at most 220 KB', () => {
  const html = readFileSync(VERIFIER, 'utf8')
  expect(html).toContain("default-src 'none'; script-src 'sha256-")
  expect(html).not.toMatch(/<(link|img|iframe|script src)/)
  expect(Buffer.byteLength(html)).toBeLessThanOrEqual(220_000)
})
