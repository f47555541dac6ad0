import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { toPem } from '@shared/model/keys'
import { fromUtf8, toUtf8 } from '@shared/model/utf8'
import type { ReportId } from '@shared/scan-report/report-row'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type OpenConsole, openConsole, reopenConsole } from '../../fixtures/console'
import { ISSUER, measurement, passport, series, sha256Of } from '../../fixtures/passports'
import { saveReport } from '../../fixtures/saved-report'

let open: OpenConsole
beforeEach(() => {
  open = openConsole()
})
afterEach(() => open.close())

const keyFile = () => join(open.folder, 'data/keys/signing-key.json')

/** Two files of a model below the granted root, scanned for real. */
async function scanned(): Promise<{ reportId: ReportId; folder: string }> {
  const folder = join(open.root, 'model')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'weights.txt'), 'weights')
  writeFileSync(join(folder, 'odd.pkl'), 'csome.module\nthing\n(tR.')
  const { jobId } = await open.client.scan.start({ target: { kind: 'paths', paths: [folder] } })
  for await (const event of await open.client.scan.watch({ jobId }))
    if (event.type === 'done') return { reportId: event.reportId, folder }
  return expect.unreachable('the scan did not end')
}
const issue = async () => {
  const { reportId, folder } = await scanned()
  const row = await open.client.model.create({ reportId, licence: 'MIT' })
  const { text } = await open.client.model.export({ id: row.id })
  return { row, folder, text }
}

describe('a passport of a scan', () => {
  test('is issued, listed, shown and exported as the bytes that were signed', async () => {
    const { row, text } = await issue()
    expect(row).toMatchObject({ files: 2, verdict: 'suspicious', level: 'signed', name: 'model' })
    expect(await open.client.model.list()).toEqual([row])
    const shown = await open.client.model.show({ id: row.id })
    expect(shown.verification).toMatchObject({ outcome: 'valid', sha256: row.sha256 })
    expect(shown.statement.predicate.model).toEqual({ name: 'model', licence: 'MIT' })
    expect(sha256Of(text)).toBe(row.sha256)
    expect(Buffer.byteLength(text)).toBe(row.bytes)
  })
  test('holds nothing of where the files lay, nor of what is in them', async () => {
    const { text } = await issue()
    const payload = Buffer.from(JSON.parse(text).payload, 'base64').toString()
    expect(payload).toContain('odd.pkl')
    expect(payload).not.toContain(open.folder)
    expect(payload).not.toContain('some.module.thing')
  })
  test('has the same digest of facts whenever the same files are scanned', async () => {
    const digest = async () => {
      const { row } = await issue()
      return (await open.client.model.show({ id: row.id })).statement.predicate.scan?.facts
    }
    expect(await digest()).toEqual(await digest())
  })
  test('carries measurements with their raw launches', async () => {
    const { reportId } = await scanned()
    const model = sha256Of('weights')
    const made = await open.client.model.create({
      reportId,
      measurements: [measurement(series({ model }))],
    })
    const { verification } = await open.client.model.show({ id: made.id })
    expect(verification.checks.map(({ sentence }) => sentence).join('\n')).toContain(
      'Recomputed from the raw launches: vad 1.0.0 on onnxruntime-node',
    )
    await expect(
      open.client.model.create({ reportId, measurements: [measurement(series())] }),
    ).resolves.toBeDefined()
    await expect(
      open.client.model.create({
        reportId,
        measurements: [measurement(series({ model: sha256Of('other') }))],
      }),
    ).rejects.toMatchObject({ code: 'NOT_PASSPORTABLE' })
  })
  test('is not made of a report without hashes, and not of none', async () => {
    const reportId = await saveReport(open, [])
    await expect(open.client.model.create({ reportId })).rejects.toMatchObject({
      code: 'NOT_PASSPORTABLE',
    })
    await expect(
      open.client.model.create({ reportId: '7d444840-9dc0-4d2c-9a3b-0b5a8f1f5c11' as ReportId }),
    ).rejects.toMatchObject({ code: 'REPORT_NOT_FOUND' })
  })
  test('outlives its report, and leaves an event for all that happens to it', async () => {
    const { row } = await issue()
    await open.client.scan.remove({ reportId: row.reportId })
    expect((await open.client.model.show({ id: row.id })).verification.outcome).toBe('valid')
    await open.client.model.remove({ id: row.id })
    await expect(open.client.model.show({ id: row.id })).rejects.toMatchObject({
      code: 'PASSPORT_NOT_FOUND',
    })
    const { events } = await open.client.activity.list({ kinds: ['passport.created'] })
    expect(events).toMatchObject([{ subject: row.id, body: { sha256: row.sha256 } }])
    const kinds = (await open.client.activity.list({})).events.map(({ kind }) => kind)
    expect(kinds).toEqual(
      expect.arrayContaining(['key.created', 'passport.exported', 'passport.removed']),
    )
  })
})

test('a passport that claims more than one key can carry is listed as what it carries', async () => {
  const { reportId } = await scanned()
  const row = await open.client.model.create({ reportId, level: 'audited' })
  expect(row.level).toBe('signed')
  expect(await open.client.model.list()).toEqual([row])
  expect((await open.client.model.show({ id: row.id })).verification).toMatchObject({
    outcome: 'undecided',
    level: 'signed',
  })
})

describe('verification', () => {
  const verify = (text: string, path?: string) =>
    open.client.model.verify({ text, ...(path && { path }) })
  test("compares the model's files, byte for byte", async () => {
    const { text, folder } = await issue()
    expect((await verify(text, folder)).verification.outcome).toBe('valid')
    writeFileSync(join(folder, 'weights.txt'), 'Weights')
    expect((await verify(text, folder)).verification).toMatchObject({
      outcome: 'invalid',
      sentence: expect.stringContaining('weights.txt is another file'),
    })
  })
  test('finds a file more, a file fewer and a link', async () => {
    const { text, folder } = await issue()
    writeFileSync(join(folder, 'extra.py'), '')
    expect((await verify(text, folder)).verification.sentence).toContain('does not cover')
    rmSync(join(folder, 'extra.py'))
    symlinkSync('/etc', join(folder, 'link'))
    expect((await verify(text, folder)).verification).toMatchObject({
      outcome: 'undecided',
      sentence: 'link is there and is no file that can be read.',
    })
    rmSync(join(folder, 'link'))
    rmSync(join(folder, 'odd.pkl'))
    expect((await verify(text, folder)).verification.sentence).toBe('odd.pkl is not there.')
  })
  test('does not follow a link that has taken the place of a file', async () => {
    const { text, folder } = await issue()
    renameSync(join(folder, 'weights.txt'), join(open.folder, 'elsewhere.txt'))
    symlinkSync(join(open.folder, 'elsewhere.txt'), join(folder, 'weights.txt'))
    expect((await verify(text, folder)).verification.outcome).toBe('undecided')
  })
  test('reads no path that was not granted', async () => {
    const { text } = await issue()
    await expect(verify(text, '/etc')).rejects.toMatchObject({ code: 'PATH_NOT_GRANTED' })
    await expect(verify(text, join(open.root, 'gone'))).rejects.toMatchObject({
      code: 'PATH_NOT_FOUND',
    })
  })
  test('of another console is undecided until its key is trusted', async () => {
    const text = fromUtf8(await passport())
    expect((await verify(text)).verification).toMatchObject({ outcome: 'undecided' })
    await open.client.model.trustKey({ key: toPem(ISSUER.key), name: 'Acme' })
    expect((await verify(text)).verification).toMatchObject({
      outcome: 'valid',
      levelSentence: expect.stringContaining('Acme, whose key you trust'),
    })
    await open.client.model.distrustKey({ keyId: ISSUER.key.keyId })
    expect((await verify(text)).verification.outcome).toBe('undecided')
  })
  test.each(['', 'no passport', '{}', '\ud800', '[1]'])('of %j is invalid', async (text) => {
    expect(await verify(text)).toMatchObject({
      verification: { outcome: 'invalid' },
      statement: null,
    })
  })
})

describe('the signing key', () => {
  test('is made once, in a file for its user alone, and kept over a restart', async () => {
    const { row } = await issue()
    expect(statSync(keyFile()).mode & 0o777).toBe(0o600)
    expect(statSync(join(open.folder, 'data/keys')).mode & 0o777).toBe(0o700)
    expect(readdirSync(join(open.folder, 'data/keys'))).toEqual(['signing-key.json'])
    open = await reopenConsole(open)
    expect((await issue()).row.keyId).toBe(row.keyId)
    expect(await open.client.model.keys()).toMatchObject({
      protection: 'file',
      own: [{ keyId: row.keyId, retiredAt: null }],
    })
  })
  test.each<[string, (file: string) => void, string]>([
    ['that is gone', (file) => rmSync(file), 'is not in'],
    ['that was cut', (file) => writeFileSync(file, '{"version":1'), 'does not hold a signing key'],
    ['that is empty', (file) => writeFileSync(file, ''), 'does not hold a signing key'],
    [
      'that was changed',
      (file) => writeFileSync(file, readFileSync(file, 'utf8').replace('BEGIN', 'BEGUN')),
      'does not hold the signing key it names',
    ],
    ['that others can read', (file) => chmodSync(file, 0o644), 'chmod 600'],
  ])('%s is a sentence, and no other is made', async (_, damage, sentence) => {
    const { row } = await issue()
    damage(keyFile())
    await expect(issue()).rejects.toMatchObject({
      code: 'KEY_UNUSABLE',
      data: { reason: expect.stringContaining(sentence) },
    })
    expect((await open.client.model.keys()).own.map(({ keyId }) => keyId)).toEqual([row.keyId])
    // Until its user says so; what could not be read is kept.
    const hadFile = existsSync(keyFile())
    const { own } = await open.client.model.rotateKey()
    expect(own).toMatchObject([{ retiredAt: null }, { keyId: row.keyId }])
    expect(readdirSync(join(open.folder, 'data/keys'))).toHaveLength(hadFile ? 2 : 1)
    expect((await issue()).row.keyId).toBe(own[0]?.keyId)
  })
  test('of another folder is not taken for the one on record', async () => {
    await issue()
    const other = openConsole()
    await other.console.model.keys.signer()
    writeFileSync(keyFile(), readFileSync(join(other.folder, 'data/keys/signing-key.json')), {
      mode: 0o600,
    })
    await other.close()
    await expect(issue()).rejects.toMatchObject({
      data: { reason: expect.stringContaining('not the one on record') },
    })
  })
  test('is changed on demand, and what the old one signed stays valid', async () => {
    const { text, row } = await issue()
    const { own } = await open.client.model.rotateKey()
    expect(own.map(({ retiredAt }) => retiredAt === null)).toEqual([true, false])
    expect(own[0]?.keyId).not.toBe(row.keyId)
    const { verification } = await open.client.model.verify({ text })
    expect(verification).toMatchObject({
      outcome: 'valid',
      levelSentence: expect.stringContaining('This console, whose key you trust'),
    })
    expect(verification.checks.map(({ sentence }) => sentence).join()).toContain('retired that key')
    expect((await issue()).row.keyId).toBe(own[0]?.keyId)
  })
  test('is one, though two passports are issued at once', async () => {
    const { reportId } = await scanned()
    const rows = await Promise.all([1, 2, 3].map(() => open.client.model.create({ reportId })))
    expect(new Set(rows.map(({ keyId }) => keyId)).size).toBe(1)
  })
  test('is sealed where the host has a keychain, and then stays closed to one that has not', async () => {
    const turned = (text: string) => [...text].toReversed().join('')
    await open.close()
    open = openConsole({
      secrets: {
        protection: 'system',
        seal: async (text) => turned(text),
        open: async (sealed) => turned(sealed),
      },
    })
    await issue()
    await issue()
    expect(readFileSync(keyFile(), 'utf8')).not.toContain('BEGIN PRIVATE KEY')
    open = await reopenConsole(open)
    // What is told is how the key is protected, not what this host could do.
    expect((await open.client.model.keys()).protection).toBe('system')
    await expect(issue()).rejects.toMatchObject({
      data: { reason: expect.stringContaining('only the desktop window can open') },
    })
  })
  test('of others has to be an Ed25519 key, and none of ours', async () => {
    await issue()
    const [own] = (await open.client.model.keys()).own
    await expect(
      open.client.model.trustKey({ key: own?.pem ?? '', name: 'Me' }),
    ).rejects.toMatchObject({ code: 'OWN_KEY' })
    await expect(
      open.client.model.trustKey({ key: 'nothing', name: 'Nobody' }),
    ).rejects.toMatchObject({ code: 'NO_PUBLIC_KEY' })
  })
})

test('a console is not its own witness, whatever keys it has had', async () => {
  const { reportId } = await scanned()
  const row = await open.client.model.create({ reportId, level: 'audited' })
  const { text } = await open.client.model.export({ id: row.id })
  await open.client.model.rotateKey()
  await expect(open.console.model.counterSign(toUtf8(text))).rejects.toThrow('somebody else')
})

test('our own signature under the passport of another is a second one', async () => {
  const bytes = await passport({ level: 'reproduced' })
  const signed = await open.console.model.counterSign(bytes)
  const { verification } = await open.client.model.verify({ text: fromUtf8(signed) })
  expect(verification).toMatchObject({ outcome: 'valid', level: 'reproduced' })
  expect(verification.signatures.map(({ role }) => role)).toEqual(['issuer', 'witness'])
  expect((await open.client.model.verify({ text: fromUtf8(bytes) })).verification.level).toBe(
    'self-reported',
  )
  expect(toUtf8(fromUtf8(signed))).toEqual(signed)
})
