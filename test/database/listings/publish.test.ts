import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase, type TestDatabase } from '../../fixtures/database'
import {
  type AtWork,
  atWork,
  card,
  hashOf,
  resultOf,
  scanOf,
  version,
  withoutLimits,
} from '../../fixtures/marketplace'

let database: TestDatabase
let seller: AtWork
let other: AtWork
beforeAll(async () => {
  database = await openDatabase()
  await withoutLimits(database)
  seller = atWork(database, await database.createUser('sally'))
  other = atWork(database, await database.createUser('oscar'))
})
afterAll(() => database.close())

const code = (value: string, detail: object = {}) =>
  expect.objectContaining({ code: value, detail: expect.objectContaining(detail) })
let count = 0
const ownName = () =>
  `Marmalade ${String.fromCharCode(97 + (count++ % 26)).repeat(4)} ${randomUUID()}`
const gatesOf = async (of: AtWork, id: string) =>
  (await of.backend.read('check_version', { p_version_id: id })).gates
const gate = async (name: string, id: string) =>
  (await gatesOf(seller, id)).find((one) => one.gate === name)

describe('a listing', () => {
  test('goes from a draft to published, and is then seen by others', async () => {
    const { listing, version: id } = await seller.published('Orange digits')
    const seen = await other.backend.read('get_listing', { p_id: listing })
    expect(seen).toMatchObject({
      state: 'published',
      currentVersionId: id,
      results: 1,
      versions: [{ id, state: 'published' }],
      reports: [{ verdict: 'clean', grade: 'A+', level: 'self-reported' }],
      can: { edit: false, publish: false, restrict: false, appeal: false, remove: false },
    })
  })

  test('is seen by nobody else while it is a draft', async () => {
    const listing = await seller.draft(ownName())
    await expect(other.backend.read('get_listing', { p_id: listing })).rejects.toEqual(
      code('not_found'),
    )
  })

  test('takes a change of its card only from whoever saw the last one', async () => {
    const listing = await seller.draft('Lemon digits')
    const change = (p_revision: number, name: string) =>
      seller.write('save_listing', { p_id: listing, p_revision, p_card: card(name) })
    await expect(change(1, 'Lemon digits two')).resolves.toMatchObject({ revision: 2 })
    await expect(change(1, 'Lemon digits three')).rejects.toEqual(
      code('revision_conflict', { revision: 2 }),
    )
    await expect(
      other.write('save_listing', { p_id: listing, p_revision: 2, p_card: card('Mine') }),
    ).rejects.toEqual(code('not_found'))
  })

  test('keeps every price it had', async () => {
    const listing = await seller.draft(ownName(), { price: null })
    await seller.write('save_listing', {
      p_id: listing,
      p_revision: 1,
      p_card: card('Priced digits', { price: { amount: 500, currency: 'EUR', unit: 'month' } }),
    })
    const { prices } = await seller.backend.read('get_listing', { p_id: listing })
    expect(prices.map(({ price }) => price?.amount)).toEqual([500])
  })

  test('keeps the gates of its card after it was published', async () => {
    const { listing } = await seller.published(ownName())
    await expect(
      seller.write('save_listing', {
        p_id: listing,
        p_revision: 1,
        p_card: card(ownName(), { licence: null }),
      }),
    ).rejects.toEqual(code('gates_failed'))
  })
})

describe('a version', () => {
  test('is named by the digest of its sorted files', async () => {
    const listing = await seller.draft(ownName())
    const files = [
      { path: 'b.bin', sha256: hashOf('b'), bytes: 1 },
      { path: 'a/a.onnx', sha256: hashOf('a'), bytes: 1 },
    ]
    const { digest } = await seller.write('add_version', {
      p_id: randomUUID(),
      p_listing_id: listing,
      p_version: version('x', { files }),
    })
    const lines = files.map(({ path, sha256 }) => `${sha256}  ${path}\n`).sort()
    expect(digest).toBe(hashOf(lines.join('')))
  })

  test('never changes, not even for the owner of the database', async () => {
    const listing = await seller.draft(ownName())
    const id = await seller.addVersion(listing, version('fixed'))
    await expect(
      database.sql(`update public.model_versions set notes = 'other' where id = $1`, [id]),
    ).rejects.toThrow('version_immutable')
    await expect(
      database.sql('delete from public.model_versions where id = $1', [id]),
    ).rejects.toThrow('append_only')
    await expect(seller.addVersion(listing, version('other'))).rejects.toEqual(
      code('already_exists', { what: 'version' }),
    )
  })

  test('is refused where a path leads out of its folder', async () => {
    const listing = await seller.draft(ownName())
    for (const path of ['../a', '/a', 'a//b', 'c:\\a', 'a/./b', 'a\nb'])
      await expect(
        seller.addVersion(
          listing,
          version('x', { files: [{ path, sha256: hashOf('x'), bytes: 1 }] }),
        ),
      ).rejects.toEqual(code('invalid_input', { field: 'files' }))
  })
})

describe('the gates', () => {
  test('name everything that is missing', async () => {
    const listing = await seller.draft('Nothing yet', {
      summary: '',
      licence: null,
      price: null,
    })
    const id = await seller.addVersion(listing, version('empty'))
    expect(await gatesOf(seller, id)).toMatchObject([
      { gate: 'files', state: 'ok' },
      { gate: 'fields', state: 'missing', code: 'field_missing', detail: { field: 'summary' } },
      { gate: 'licence', state: 'missing', code: 'licence_missing' },
      { gate: 'name', state: 'ok' },
      { gate: 'price', state: 'missing', code: 'price_missing' },
      { gate: 'scan', state: 'missing', code: 'scan_missing' },
      { gate: 'benchmark', state: 'missing', code: 'benchmark_missing' },
      { gate: 'account', state: 'ok' },
    ])
    await expect(seller.publish(id)).rejects.toEqual(code('gates_failed'))
  })

  test('refuse a scan of other files, of the future, and one that does not follow from its findings', async () => {
    const listing = await seller.draft(ownName())
    const content = version('scanned')
    const id = await seller.addVersion(listing, content)
    await expect(seller.report(id, scanOf(version('else').files))).rejects.toEqual(
      code('files_differ', { path: 'model.onnx' }),
    )
    await expect(
      seller.report(
        id,
        scanOf([...content.files, { path: 'more.txt', sha256: hashOf('m'), bytes: 1 }]),
      ),
    ).rejects.toEqual(code('files_differ', { path: 'more.txt' }))
    const late = new Date(Date.now() + 10 * 60_000).toISOString()
    await expect(seller.report(id, scanOf(content.files, { scannedAt: late }))).rejects.toEqual(
      code('not_recomputable'),
    )
    const lying = scanOf(content.files, { file: { findings: [finding('critical')] } })
    const told = { ...lying, summary: { ...lying.summary, verdict: 'clean' as const } }
    await expect(seller.report(id, told)).rejects.toEqual(code('not_recomputable'))
  })

  test('refuse a scan that is not clean, not complete, too old, or by old rules', async () => {
    const listing = await seller.draft(ownName())
    const content = version('judged')
    const id = await seller.addVersion(listing, content)
    // The newest decides, so each is a little newer than the one before.
    let minute = -60
    const at = () => new Date(Date.now() + minute++ * 60_000).toISOString()
    const judge = async (more: Parameters<typeof scanOf>[1]) => {
      await seller.report(id, scanOf(content.files, { scannedAt: at(), ...more }))
      return gate('scan', id)
    }
    expect(
      await judge({ scannedAt: new Date(Date.now() - 40 * 86_400_000).toISOString() }),
    ).toMatchObject({ code: 'scan_too_old', detail: { days: 30 } })
    expect(await judge({ rulesVersion: '2026.9.30' })).toMatchObject({ code: 'scan_rules_old' })
    expect(await judge({ rulesVersion: 'newest' })).toMatchObject({ code: 'scan_rules_old' })
    expect(await judge({ file: { findings: [finding('medium')] } })).toMatchObject({
      code: 'scan_not_clean',
      detail: { verdict: 'suspicious' },
    })
    expect(await judge({ file: { status: 'inconclusive', reason: 'cut off' } })).toMatchObject({
      code: 'scan_incomplete',
    })
    expect(
      await judge({ file: { setAside: [{ finding: finding('critical'), reason: 'I know it' }] } }),
    ).toMatchObject({ code: 'scan_set_aside', detail: { verdict: 'malicious', count: 1 } })
    expect(await judge({ rulesVersion: '2026.11.10' })).toMatchObject({ state: 'ok' })
  })

  test('let a version pass as unmeasured, with its reason', async () => {
    const content = version('speech', { unmeasured: 'No suite speaks this language.' })
    const listing = await seller.draft(ownName())
    const id = await seller.addVersion(listing, content)
    await seller.report(id, scanOf(content.files))
    expect(await gate('benchmark', id)).toMatchObject({
      state: 'unmeasured',
      detail: { reason: 'No suite speaks this language.' },
    })
    await expect(seller.publish(id)).resolves.toMatchObject({ versionId: id })
  })

  test('hold a suspended account', async () => {
    const listing = await seller.draft(ownName())
    const id = await seller.addVersion(listing, version('held'))
    await database.sql(
      `update private.accounts set suspended_until = now() + interval '1 day' where user_id = $1`,
      [seller.user.id],
    )
    expect(await gate('account', id)).toMatchObject({ code: 'account_suspended' })
    await expect(seller.publish(id)).rejects.toEqual(code('account_suspended'))
    await database.sql('update private.accounts set suspended_until = null')
  })

  test('are of no business of others', async () => {
    const { version: id } = await seller.published(ownName())
    await expect(other.backend.read('check_version', { p_version_id: id })).rejects.toEqual(
      code('not_found'),
    )
  })
})

describe('withdrawing', () => {
  test('keeps one published version unless the whole listing goes', async () => {
    const { listing, version: first } = await seller.published(ownName())
    const withdraw = (p_version_id: string | null) =>
      seller.write('withdraw_listing', {
        p_listing_id: listing,
        p_version_id,
        p_reason: 'no longer kept',
      })
    await expect(withdraw(first)).rejects.toEqual(code('last_version'))
    const content = version('second', { number: '2.0.0' })
    const second = await seller.addVersion(listing, content)
    await seller.report(second, scanOf(content.files))
    await seller.result(second, resultOf(content.files))
    await seller.publish(second)
    await expect(withdraw(second)).resolves.toMatchObject({ state: 'published' })
    const seen = await other.backend.read('get_listing', { p_id: listing })
    expect(seen.currentVersionId).toBe(first)
    expect(seen.versions.map(({ id }) => id)).toEqual([first])
    await expect(withdraw(null)).resolves.toMatchObject({ state: 'withdrawn' })
    await expect(other.backend.read('get_listing', { p_id: listing })).rejects.toEqual(
      code('not_found'),
    )
  })
})

function finding(severity: 'critical' | 'medium') {
  return {
    ruleId: 'pickle.global-os',
    severity,
    confidence: 0.95,
    category: 'code-execution',
    title: 'Runs a command',
    fingerprint: hashOf('finding'),
  }
}
