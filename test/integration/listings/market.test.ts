import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Backend } from '../../../electron/core/backend/backend'
import { openConsole } from '../../fixtures/console'
import { openDatabase, type TestDatabase, type TestUser } from '../../fixtures/database'
import { directBackend } from '../../fixtures/direct-backend'
import { fileOf, publishModel } from '../../fixtures/published-models'

let database: TestDatabase
let seller: TestUser
let other: TestUser
let staff: TestUser
const opened: ReturnType<typeof openConsole>[] = []
const backendOf = (user: TestUser): Backend => directBackend(database.as(user))
const clientOf = (user: TestUser) => {
  const open = openConsole({}, {}, undefined, { backend: backendOf(user) })
  opened.push(open)
  return open.client.listings
}

beforeAll(async () => {
  database = await openDatabase()
  seller = await database.createUser('mara')
  other = await database.createUser('olek')
  staff = await database.createUser('mo', { roles: ['moderator'] })
})
afterAll(async () => {
  for (const open of opened) await open.close()
  await database.close()
})

const BOARD = {
  suiteId: 'market-test',
  suiteVersion: '1.0.0',
  scenario: 'single-stream',
  threads: 1,
  hardwareClass: null,
} as const

describe('a leaderboard of published results', () => {
  test('ranks by intervals, says whose models are whose, and leaves out what was not measured', async () => {
    await publishModel(backendOf(seller), {
      name: 'Quick scales',
      medians: [50e3, 51e3, 50.5e3, 49e3, 50.2e3, 50e3],
    })
    await publishModel(backendOf(other), {
      name: 'Slow boulder',
      medians: [90e3, 91e3, 90.5e3, 89e3, 90.2e3, 90e3],
    })
    await publishModel(backendOf(other), { name: 'Unseen river', medians: null })
    const { tables, results, me } = await clientOf(seller).leaderboard(BOARD)
    expect(me).toBe(seller.id)
    expect(tables).toHaveLength(1)
    expect(tables[0]?.rows.map(({ name, rank }) => [name, rank.best, rank.worst])).toEqual([
      ['Quick scales', 1, 1],
      ['Slow boulder', 2, 2],
    ])
    expect(results.map((row) => row.seller.handle).sort()).toEqual(['mara', 'olek'])
    expect(tables[0]?.rows.every(({ evidence }) => evidence === 'self-reported')).toBe(true)
  })

  test('shows the level that staff attested', async () => {
    const { resultId } = await publishModel(backendOf(seller), {
      name: 'Repeated lantern',
      medians: [70e3, 71e3, 70.5e3],
    })
    await clientOf(staff).attest({
      subject: 'result',
      id: resultId,
      level: 'reproduced',
      reason: 'measured again here',
    })
    const { tables } = await clientOf(other).leaderboard(BOARD)
    const row = tables[0]?.rows.find(({ name }) => name === 'Repeated lantern')
    expect(row?.evidence).toBe('reproduced')
  })
})

describe('two versions of a listing', () => {
  test('are compared by their files and by what was measured alike', async () => {
    const backend = backendOf(seller)
    const weights = fileOf('model.onnx', 'first weights')
    const kept = fileOf('labels.txt')
    const first = await publishModel(backend, {
      name: 'Patient harbour',
      files: [weights, kept, fileOf('old.md')],
      medians: [80e3, 81e3, 80.5e3, 79e3, 80.2e3, 80.1e3],
    })
    const second = await publishModel(backend, {
      name: 'Patient harbour',
      number: '1.1.0',
      files: [fileOf('model.onnx', 'second weights'), kept, fileOf('new.md')],
      medians: [60e3, 61e3, 60.5e3, 59e3, 60.2e3, 60.1e3],
      listing: { id: first.listingId, revision: first.revision },
    })
    const { files, benchmarks } = await clientOf(other).compare({
      listingId: first.listingId,
      from: first.versionId,
      to: second.versionId,
    })
    expect(files.changed.map(({ path }) => path)).toEqual(['model.onnx'])
    expect(files.added.map(({ path }) => path)).toEqual(['new.md'])
    expect(files.removed.map(({ path }) => path)).toEqual(['old.md'])
    expect(files.same.map(({ path }) => path)).toEqual(['labels.txt'])
    expect(benchmarks).toHaveLength(1)
    const p90 = benchmarks[0]?.measures.find(({ measure }) => measure === 'latency-p90')
    expect(p90).toMatchObject({ verdict: 'faster', test: 'mann-whitney' })
    expect(p90?.upper).toBeLessThan(0)
  })

  test('that are not there are refused with a sentence', async () => {
    const { listingId, versionId } = await publishModel(backendOf(seller), { name: 'Lonely dune' })
    await expect(
      clientOf(other).compare({ listingId, from: versionId, to: randomUUID() }),
    ).rejects.toMatchObject({ code: 'BACKEND_REFUSED', data: { code: 'not_found' } })
  })
})

test('the log of a listing is for those who may read it', async () => {
  const { listingId } = await publishModel(backendOf(seller), { name: 'Written down' })
  await expect(clientOf(seller).audit({ listingId })).rejects.toMatchObject({
    data: { code: 'permission_required' },
  })
})

test('scans and measurements of this console are found by the hashes of the files', async () => {
  const { listingId } = await publishModel(backendOf(seller), { name: 'Nobody scanned' })
  expect(await clientOf(other).local({ listingId })).toEqual({ reports: [], results: [] })
})

test('a restriction is appealed, and decided by somebody else than who restricted', async () => {
  const { listingId } = await publishModel(backendOf(seller), { name: 'Quarrelled over' })
  const admin = await database.createUser('ada', { roles: ['admin'] })
  await clientOf(staff).restrict({
    listingId,
    restriction: { policy: 'Misleading claims', until: null },
    reason: 'it does nothing of the kind',
  })
  const { id: appealId } = await clientOf(seller).appeal({
    listingId,
    statement: 'It does, see the examples.',
  })
  const decision = { appealId, outcome: 'overturned', reason: 'the examples hold' } as const
  await expect(clientOf(staff).decideAppeal(decision)).rejects.toMatchObject({
    data: { code: 'four_eyes' },
  })
  await clientOf(admin).decideAppeal(decision)
  expect(await clientOf(other).get({ listingId })).toMatchObject({
    state: 'published',
    restriction: null,
    can: { edit: false, restrict: false },
  })
})
