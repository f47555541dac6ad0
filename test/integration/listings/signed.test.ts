import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ReportId } from '@shared/contract/scan'
import type { ScanSection } from '@shared/model/statement'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OpenConsole, openConsole } from '../../fixtures/console'
import { createListing, modelFolder, scanFolder, versionJob } from '../../fixtures/listings'

// Through supabase-js to the function that the local workspace serves, as to that of a hosted project.
let open: OpenConsole
let listingId: string
let signed: { versionId: string; reportId: ReportId }
let other: { versionId: string; reportId: ReportId }

async function add(reportId: ReportId, number: string, sign: boolean) {
  const { jobId, versionId } = await open.client.listings.addVersion({
    listingId,
    reportId,
    number,
    source: { kind: 'none' },
    sign,
  })
  const { state, message } = await versionJob(open, jobId)
  expect([state, message]).toEqual(['done', null])
  return { versionId, reportId }
}

beforeAll(async () => {
  open = openConsole()
  await open.client.account.open()
  ;({ listingId } = await createListing(open, { name: 'Signed weights' }))
  const folder = modelFolder(open)
  signed = await add(await scanFolder(open, folder), '1.0.0', true)
  writeFileSync(join(folder, 'README.md'), '# Another\n')
  other = await add(await scanFolder(open, folder), '2.0.0', false)
}, 300_000)
afterAll(() => open?.close())

const reportOf = async (id: string) =>
  (await open.client.listings.get({ listingId })).reports.find((report) => report.id === id)

/** The envelope of a passport of this report, and the scan it speaks of. */
async function passportOf(reportId: ReportId) {
  const options = { licence: null, validUntil: null, results: [], measurements: [] }
  const { model } = open.console
  const row = await model.create({ reportId, level: 'signed', ...options }, 'test')
  const envelope = row && model.find(row.id)?.envelope
  if (envelope === undefined) throw new Error('There is no passport.')
  const { payload } = JSON.parse(envelope) as { payload: string }
  const statement = JSON.parse(Buffer.from(payload, 'base64').toString()) as {
    predicate: { scan: ScanSection }
  }
  return { envelope, scan: statement.predicate.scan }
}

async function submit(versionId: string, scan: ScanSection, envelope: string | null) {
  const id = randomUUID()
  const args = { p_id: id, p_version_id: versionId, p_scan: scan, p_envelope: envelope }
  await open.console.backend.write('submit_report', randomUUID(), args)
  return id
}

describe('evidence with an envelope', () => {
  test('is signed when its version was added, and stays so when it is checked again', async () => {
    const { reports } = await open.client.listings.get({ listingId })
    const [report] = reports.filter(({ versionId }) => versionId === signed.versionId)
    expect(report?.level).toBe('signed')
    for (let again = 0; again < 2; again++)
      expect(await open.console.backend.verify('report', report?.id ?? '')).toMatchObject({
        outcome: 'signed',
        level: 'signed',
        keyId: expect.stringMatching(/^[0-9a-f]{64}$/),
      })
  })

  test('stays self-reported where its envelope was changed', async () => {
    const { envelope, scan } = await passportOf(signed.reportId)
    const changed = envelope.replace(/"sig":"(.)/, (_, first: string) =>
      first === 'A' ? '"sig":"B' : '"sig":"A',
    )
    const id = await submit(signed.versionId, scan, changed)
    expect(await open.console.backend.verify('report', id)).toMatchObject({
      outcome: 'invalid',
      level: 'self-reported',
    })
    expect((await reportOf(id))?.level).toBe('self-reported')
  })

  test('stays self-reported where its envelope is that of another version', async () => {
    const { envelope } = await passportOf(signed.reportId)
    const { scan } = await passportOf(other.reportId)
    const id = await submit(other.versionId, scan, envelope)
    expect(await open.console.backend.verify('report', id)).toMatchObject({
      outcome: 'invalid',
      detail: 'its scan is not the one that was submitted',
      level: 'self-reported',
    })
    expect((await reportOf(id))?.level).toBe('self-reported')
  })

  test('is not raised by its seller, nor without an envelope', async () => {
    const { scan } = await passportOf(other.reportId)
    const id = await submit(other.versionId, scan, null)
    const { backend } = open.console
    await expect(
      backend.write('record_verification', randomUUID(), {
        p_subject: 'report',
        p_id: id,
        p_outcome: 'signed',
        p_key_id: null,
        p_detail: 'signed by me',
      }),
    ).rejects.toMatchObject({ code: 'permission_required' })
    await expect(backend.verify('report', id)).rejects.toMatchObject({ status: 409 })
    await expect(backend.verify('report', randomUUID())).rejects.toMatchObject({
      code: 'not_found',
    })
    expect((await reportOf(id))?.level).toBe('self-reported')
  })
})
