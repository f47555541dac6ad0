import { randomUUID } from 'node:crypto'
import { truncateSync } from 'node:fs'
import { join } from 'node:path'
import type { Gate } from '@shared/backend/listings'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Backend } from '../../../electron/core/backend/backend'
import { type OpenConsole, openConsole } from '../../fixtures/console'
import { openDatabase, type TestDatabase, type TestUser } from '../../fixtures/database'
import { directBackend } from '../../fixtures/direct-backend'
import { CARD, createListing, modelFolder, scanFolder, versionJob } from '../../fixtures/listings'
import { measuringConsole } from '../../fixtures/measuring-console'

let database: TestDatabase
let seller: TestUser
let other: TestUser
beforeAll(async () => {
  database = await openDatabase()
  seller = await database.createUser('seller')
  other = await database.createUser('other')
  // The first worker on a machine builds the database, which takes a busy one minutes.
}, 300_000)
afterAll(() => database?.close())

const consoles: OpenConsole[] = []
afterEach(async () => {
  for (const one of consoles.splice(0)) await one.close()
})
function consoleOf(who: TestUser): OpenConsole {
  const open = openConsole({}, {}, undefined, { backend: directBackend(database.as(who)) })
  consoles.push(open)
  return open
}

/** What is not ok, with its code. */
const missing = (gates: readonly Gate[]) =>
  gates.filter(({ state }) => state !== 'ok').map(({ gate, code }) => [gate, code])

const draftOf = (listingId: string, reportId: string) => ({
  listingId,
  reportId: reportId as never,
  number: '1.0.0',
  source: { kind: 'none' as const },
})

describe('the way of a listing from a draft to a public page', () => {
  test('is refused with reasons, mended, published, and seen by others', async () => {
    const open = consoleOf(seller)
    const { client } = open
    const { listingId } = await createListing(open, { licence: null, price: null, name: 'Draft' })
    const reportId = await scanFolder(open, modelFolder(open))
    const outgoing = await client.listings.outgoing({ reportId })
    expect(outgoing).toMatchObject({ readable: true, key: false, results: [] })
    expect(outgoing.files.map(({ path }) => path).sort()).toEqual([
      'README.md',
      'weights/model.safetensors',
    ])
    const { jobId, versionId } = await client.listings.addVersion({
      listingId,
      reportId,
      number: '1.0.0',
      source: { kind: 'none' },
      unmeasured: 'There is no engine for bare weights.',
    })
    expect(await versionJob(open, jobId)).toMatchObject({ state: 'done', message: null })

    const draft = await client.listings.check({ versionId })
    expect(draft.publishable).toBe(false)
    expect(missing(draft.gates)).toEqual([
      ['licence', 'licence_missing'],
      ['price', 'price_missing'],
      ['benchmark', 'unmeasured'],
    ])
    await expect(client.listings.publish({ versionId, revision: 1 })).rejects.toMatchObject({
      code: 'BACKEND_REFUSED',
      data: { code: 'gates_failed' },
    })
    const card = { ...CARD, name: 'Weights of nothing' }
    const { revision } = await client.listings.save({ listingId, revision: 1, card })
    expect(await client.listings.check({ versionId })).toMatchObject({ publishable: true })
    await client.listings.publish({ versionId, revision })

    const reader = consoleOf(other).client
    const { rows } = await reader.listings.list({
      scope: 'published',
      state: null,
      category: null,
      text: 'weights of nothing',
      sort: 'name',
    })
    expect(rows).toMatchObject([
      { id: listingId, benchmark: 'unmeasured', scan: { verdict: 'clean' } },
    ])
    const seen = await reader.listings.get({ listingId })
    expect(seen.can.edit).toBe(false)
    expect(JSON.stringify(seen)).not.toContain(open.folder)
  })

  test('with a measured model ends on the leaderboard of another', async () => {
    const backend = directBackend(database.as(seller), database.service)
    const made = measuringConsole('ok', undefined, { backend })
    consoles.push(made.open)
    const { client } = made.open
    const { reportId, resultId } = await made.run()
    const { listingId, revision } = await createListing(made.open, { name: 'Two products' })
    const offered = await client.listings.outgoing({ reportId })
    expect(offered.results.map(({ row, chosen }) => [row.id, chosen])).toEqual([[resultId, true]])
    const { jobId, versionId } = await client.listings.addVersion({
      listingId,
      reportId,
      number: '1.0.0',
      source: { kind: 'none' },
      results: [resultId],
      sign: true,
    })
    expect(await versionJob(made.open, jobId)).toMatchObject({ state: 'done', message: null })
    expect((await client.listings.get({ listingId })).reports).toMatchObject([{ level: 'signed' }])
    expect(missing((await client.listings.check({ versionId })).gates)).toEqual([])
    // Sent once more by hand, it is still one.
    const again = { versionId, results: [resultId], signBy: reportId }
    expect(await client.listings.addResults(again)).toMatchObject({ unsigned: null })
    await client.listings.publish({ versionId, revision })

    const reader = consoleOf(other).client
    const [board] = (await reader.listings.boards()).rows
    if (board === undefined) throw new Error('There is no board.')
    const { rows } = await reader.listings.board({ ...board, hardwareClass: null })
    expect(rows).toMatchObject([
      { listingId, name: 'Two products', grade: 'A', state: 'counted', level: 'signed' },
    ])
    expect(JSON.stringify(rows)).not.toContain(made.open.folder)
  })

  test('signs what is measured and scanned after the version was added', async () => {
    const backend = directBackend(database.as(seller), database.service)
    const made = measuringConsole('ok', undefined, { backend })
    consoles.push(made.open)
    const { client } = made.open
    const { reportId, resultId } = await made.run()
    const { listingId } = await createListing(made.open, { name: 'Measured later' })
    const { jobId, versionId } = await client.listings.addVersion(draftOf(listingId, reportId))
    await versionJob(made.open, jobId)
    const [version] = (await client.listings.get({ listingId })).versions
    const hashes = version?.files.map(({ sha256 }) => sha256) ?? []
    const offered = await client.listings.offered({ hashes, bytes: version?.bytes ?? 0 })
    expect(offered).toMatchObject({ results: [{ row: { id: resultId } }], reportId })

    const sent = { versionId, results: [resultId], signBy: offered.reportId }
    expect(await client.listings.addResults(sent)).toMatchObject({ unsigned: null })
    // Once more it goes in another envelope, and is there already.
    expect(await client.listings.addResults(sent)).toMatchObject({ unsigned: null })
    const { rows } = await client.listings.results({ listingId, after: null, limit: 10 })
    expect(rows).toMatchObject([{ level: 'signed' }])

    const report = { versionId, reportId, sign: true }
    expect(await client.listings.addReport(report)).toMatchObject({ unsigned: null })
    const { reports } = await client.listings.get({ listingId })
    expect(reports.map(({ level }) => level).sort()).toEqual(['self-reported', 'signed'])
  })

  test('says what is wrong with a key that cannot sign, and sends nothing unsigned', async () => {
    const open = consoleOf(seller)
    const { listingId } = await createListing(open, { name: 'Key cut off' })
    const reportId = await scanFolder(open, modelFolder(open))
    const { jobId, versionId } = await open.client.listings.addVersion(draftOf(listingId, reportId))
    await versionJob(open, jobId)
    await open.client.model.rotateKey()
    truncateSync(join(open.console.platform.paths.data, 'keys/signing-key.json'))
    const again = await scanFolder(open, modelFolder(open))
    await expect(
      open.client.listings.addReport({ versionId, reportId: again, sign: true }),
    ).rejects.toMatchObject({
      code: 'NOT_LISTABLE',
      message: expect.stringContaining('does not hold a signing key'),
    })
    expect((await open.client.listings.get({ listingId })).reports).toHaveLength(1)
  })

  test('goes on with the same listing when the answer to its creation was lost', async () => {
    const open = consoleOf(seller)
    const input = {
      operationId: randomUUID(),
      listingId: randomUUID(),
      revision: 0,
      card: { ...CARD, name: 'Sent twice' },
    }
    expect(await open.client.listings.save(input)).toEqual(await open.client.listings.save(input))
  })

  test('shows whose change was first', async () => {
    const open = consoleOf(seller)
    const { listingId } = await createListing(open, { name: 'Changed on two desks' })
    const change = (summary: string) =>
      open.client.listings.save({
        listingId,
        revision: 1,
        card: { ...CARD, name: 'Changed on two desks', summary },
      })
    await change('The first.')
    await expect(change('The second.')).rejects.toMatchObject({
      data: { code: 'revision_conflict', detail: { revision: 2 } },
    })
  })
})

describe('a version on its way', () => {
  /** Lets a call through, and loses what it answered. */
  function losing(backend: Backend, name: string): { backend: Backend; heal(): void } {
    let broken = true
    const write: Backend['write'] = async (called, operationId, args) => {
      const answer = await backend.write(called, operationId, args)
      if (!broken || called !== name) return answer
      const { BackendError } = await import('../../../electron/core/backend/backend')
      throw new BackendError('unreachable', 'The line broke.')
    }
    return {
      backend: { ...backend, write },
      heal: () => {
        broken = false
      },
    }
  }
  test.each(['add_version', 'submit_report'])(
    'is one version although the answer to %s was lost and the console was closed',
    async (name) => {
      const lossy = losing(directBackend(database.as(seller)), name)
      const open = openConsole({}, {}, undefined, lossy)
      const { listingId } = await createListing(open, { name: `Lost ${name}` })
      const reportId = await scanFolder(open, modelFolder(open))
      const { jobId, versionId } = await open.client.listings.addVersion(
        draftOf(listingId, reportId),
      )
      expect(await versionJob(open, jobId)).toMatchObject({
        state: 'paused',
        message: 'The line broke.',
      })
      await open.console.close()

      lossy.heal()
      const again = openConsole({}, {}, open.folder, lossy)
      consoles.push(again)
      expect(again.console.jobs.list()).toMatchObject([{ id: jobId, state: 'paused', versionId }])
      expect(await again.client.jobs.resume({ jobId })).toEqual({ resumed: true })
      expect(await versionJob(again, jobId)).toMatchObject({ state: 'done' })
      const listing = await again.client.listings.get({ listingId })
      expect(listing.versions.map(({ id }) => id)).toEqual([versionId])
      expect(listing.reports).toHaveLength(1)
      await again.console.close()
      const third = openConsole({}, {}, open.folder, lossy)
      consoles[consoles.indexOf(again)] = third
      expect(third.console.jobs.list()).toEqual([])
    },
  )

  test('is refused when a file is not what was scanned', async () => {
    const open = consoleOf(seller)
    const { listingId } = await createListing(open, { name: 'Changed afterwards' })
    const folder = modelFolder(open)
    const reportId = await scanFolder(open, folder)
    const { writeFileSync } = await import('node:fs')
    writeFileSync(`${folder}/README.md`, '# Tina\n')
    const { jobId } = await open.client.listings.addVersion(draftOf(listingId, reportId))
    expect(await versionJob(open, jobId)).toMatchObject({
      state: 'failed',
      message: expect.stringContaining('README.md has changed since it was scanned'),
    })
    expect((await open.client.listings.get({ listingId })).versions).toEqual([])
  })

  test('is named as refused by the server, and leaves nothing to go on with', async () => {
    const open = consoleOf(seller)
    const { listingId } = await createListing(open, { name: 'The same number' })
    const reportId = await scanFolder(open, modelFolder(open))
    const first = await open.client.listings.addVersion(draftOf(listingId, reportId))
    await versionJob(open, first.jobId)
    const second = await open.client.listings.addVersion(draftOf(listingId, reportId))
    const job = await versionJob(open, second.jobId)
    expect(job.state).toBe('failed')
    expect(job.message).toContain('already')
  })

  test('is there, and says that it is not signed, where nobody checks its signature', async () => {
    const open = consoleOf(seller)
    const { listingId } = await createListing(open, { name: 'Signed in vain' })
    const reportId = await scanFolder(open, modelFolder(open))
    const { jobId } = await open.client.listings.addVersion({
      ...draftOf(listingId, reportId),
      sign: true,
    })
    expect(await versionJob(open, jobId)).toMatchObject({
      state: 'done',
      message: expect.stringContaining('stays self-reported: There are no functions here.'),
    })
    const { reports } = await open.client.listings.get({ listingId })
    expect(reports).toMatchObject([{ level: 'self-reported' }])
  })

  test('takes a newer scan of the same files, and no scan of others', async () => {
    const open = consoleOf(seller)
    const { listingId } = await createListing(open, { name: 'Scanned again' })
    const folder = modelFolder(open)
    const reportId = await scanFolder(open, folder)
    const { jobId, versionId } = await open.client.listings.addVersion(draftOf(listingId, reportId))
    await versionJob(open, jobId)
    const newer = await scanFolder(open, folder)
    await open.client.listings.addReport({ versionId, reportId: newer, sign: false })
    expect((await open.client.listings.get({ listingId })).reports).toHaveLength(2)
    const foreign = await scanFolder(open, modelFolder(open, 'another', 1))
    await expect(
      open.client.listings.addReport({ versionId, reportId: foreign, sign: false }),
    ).rejects.toMatchObject({ data: { code: 'files_differ' } })
  })
})
