import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase, type TestDatabase } from '../../fixtures/database'
import { reading } from '../../fixtures/launches'
import {
  type AtWork,
  atWork,
  hashOf,
  packed,
  resultOf,
  scanOf,
  version,
  withoutLimits,
} from '../../fixtures/marketplace'

let database: TestDatabase
let seller: AtWork
let buyer: AtWork
let moderator: AtWork
beforeAll(async () => {
  database = await openDatabase()
  await withoutLimits(database)
  seller = atWork(database, await database.createUser('sally'))
  buyer = atWork(database, await database.createUser('bert'))
  moderator = atWork(database, await database.createUser('mona', { roles: ['moderator'] }))
})
afterAll(() => database.close())

const code = (value: string, detail: object = {}) =>
  expect.objectContaining({ code: value, detail: expect.objectContaining(detail) })
const board = async () =>
  (
    await buyer.backend.read('get_board', {
      p_suite_id: 'test/speed',
      p_suite_version: '1.0.0',
      p_scenario: 'single-stream',
      p_threads: 1,
      p_hardware_class: null,
    })
  ).rows
const boards = async () => (await buyer.backend.read('list_boards', {})).rows
const stateOf = async (listing: string) =>
  (
    await seller.backend.read('list_results', {
      p_listing_id: listing,
      p_after: null,
      p_limit: 10,
    })
  ).rows.map(({ state }) => state)

describe('a board', () => {
  test('has the newest result of each published model and machine, and counts all', async () => {
    const first = await seller.published('Agate one')
    const content = version('agate two')
    const listing = await seller.draft('Agate two')
    const id = await seller.addVersion(listing, content)
    await seller.report(id, scanOf(content.files))
    await seller.result(id, resultOf(content.files, {}, [50_000, 50_001, 50_002]))
    // Of a draft: nobody is ranked by it.
    expect((await board()).map((row) => row.name)).toEqual(['Agate one'])
    await seller.publish(id)
    await seller.result(id, resultOf(content.files, {}, [51_000, 51_001, 51_002]))
    const rows = await board()
    expect(rows.map((row) => [row.name, row.figures[0]?.estimate])).toEqual([
      ['Agate two', expect.closeTo(51_001 * (0.9 + 49 / 500), -3)],
      ['Agate one', expect.any(Number)],
    ])
    expect(rows[1]).toMatchObject({ id: first.result, state: 'counted', level: 'self-reported' })
    expect(await boards()).toEqual([
      expect.objectContaining({ suiteId: 'test/speed', models: 2, results: 3 }),
    ])
  })

  test('ranks no version that is unmeasured, withdrawn or restricted', async () => {
    const before = (await board()).length
    const { listing } = await seller.published('Agate three')
    expect(await board()).toHaveLength(before + 1)
    await moderator.write('restrict_listing', {
      p_listing_id: listing,
      p_restriction: { policy: 'other', until: null },
      p_reason: 'to look at it',
    })
    expect(await board()).toHaveLength(before)
    await moderator.write('restrict_listing', {
      p_listing_id: listing,
      p_restriction: null,
      p_reason: 'looked at',
    })
    expect(await board()).toHaveLength(before + 1)
    await seller.write('withdraw_listing', {
      p_listing_id: listing,
      p_version_id: null,
      p_reason: 'gone',
    })
    expect(await board()).toHaveLength(before)
  })
})

describe('a dispute', () => {
  const dispute = async (by: AtWork, p_result_id: string) => {
    const p_id = randomUUID()
    await by.write('dispute_result', { p_id, p_result_id, p_reason: 'I measure half of it' })
    return p_id
  }
  const decide = (by: AtWork, p_id: string, p_outcome: 'upheld' | 'rejected') =>
    by.write('decide_dispute', { p_id, p_outcome, p_reason: 'measured again' })

  test('takes a result off the board, and gives it back when it is rejected', async () => {
    const { listing, result } = await seller.published('Onyx one')
    await expect(dispute(seller, result)).rejects.toEqual(code('own_subject'))
    const id = await dispute(buyer, result)
    expect(await stateOf(listing)).toEqual(['disputed'])
    await expect(dispute(buyer, result)).rejects.toEqual(code('already_exists'))
    await expect(decide(buyer, id, 'upheld')).rejects.toEqual(code('permission_required'))
    expect((await moderator.backend.read('list_disputes', {})).rows[0]).toMatchObject({
      id,
      by: { handle: 'bert' },
      state: 'open',
    })
    expect((await seller.backend.read('list_disputes', {})).rows[0]).toMatchObject({ id, by: null })
    await decide(moderator, id, 'rejected')
    expect(await stateOf(listing)).toEqual(['counted'])
  })

  test('that is upheld refuses the result for good', async () => {
    const { listing, version: id, result } = await seller.published('Onyx two')
    await decide(moderator, await dispute(buyer, result), 'upheld')
    expect(await stateOf(listing)).toEqual(['refused'])
    const { gates } = await seller.backend.read('check_version', { p_version_id: id })
    expect(gates.find(({ gate }) => gate === 'benchmark')).toMatchObject({
      code: 'benchmark_disputed',
    })
    await expect(
      seller.write('withdraw_result', { p_result_id: result, p_reason: 'so be it' }),
    ).rejects.toEqual(code('state_conflict', { state: 'refused' }))
  })

  test('is not decided by who disputed, nor by whose result it is', async () => {
    const { result } = await seller.published('Onyx three')
    await expect(decide(moderator, await dispute(moderator, result), 'upheld')).rejects.toEqual(
      code('four_eyes'),
    )
    const own = await moderator.published('Onyx four')
    await expect(decide(moderator, await dispute(buyer, own.result), 'rejected')).rejects.toEqual(
      code('own_subject'),
    )
  })
})

describe('a result', () => {
  const content = version('honest')
  let id: string
  beforeAll(async () => {
    id = await seller.addVersion(await seller.draft('Ruby'), content)
  })
  const send = (change: (result: Record<string, never>) => void) => {
    const p_result = structuredClone(packed(resultOf(content.files)))
    change(p_result as Record<string, never>)
    return seller.write('submit_result', {
      p_id: randomUUID(),
      p_version_id: id,
      p_result,
      p_envelope: null,
    })
  }
  const set = (path: string, value: unknown) => (result: unknown) => {
    const keys = path.split('.')
    const last = keys.pop() ?? ''
    const parent = keys.reduce((at, key) => (at as Record<string, unknown>)[key], result)
    ;(parent as Record<string, unknown>)[last] = value
  }
  const latency = 'launches.0.measured.latency'

  test.each([
    ['a negative duration', `${latency}.raw.ascending`, '100 -5 3', 'not_recomputable'],
    ['a duration that is not whole', `${latency}.raw.ascending`, '100 1.5', 'not_recomputable'],
    ['no durations', `${latency}.raw.ascending`, '', 'not_recomputable'],
    ['fewer queries than durations', `${latency}.queries`, 5, 'not_recomputable'],
    ['less time than its queries took', `${latency}.durationNs`, 5, 'not_recomputable'],
    [
      'a launch of the future',
      'launches.0.startedAt',
      '2099-01-01T00:00:00.000Z',
      'not_recomputable',
    ],
    ['more launches than the profile', 'profile.launches', 2, 'not_recomputable'],
    ['launches out of order', 'launches.0.index', 5, 'not_recomputable'],
    ['negative memory', 'launches.0.measured.resources.rssPeakBytes', -1, 'not_recomputable'],
    ['an override of the scan', 'scan.override', 'I trust it', 'override_refused'],
    ['no clean scan', 'scan.verdict', 'unknown', 'override_refused'],
    ['no looks at the machine', 'quiet', [], 'grade_refused'],
    ['a machine that was not quiet', 'quiet.0', reading(0, 'bad'), 'grade_refused'],
    ['a busy processor', 'launches.0.measured.canary.before.cpuShare', 0.5, 'grade_refused'],
    ['another file', 'model.files.0.sha256', hashOf('other'), 'files_differ'],
    ['a file that is not of the version', 'model.files.0.path', '../model.onnx', 'invalid_input'],
    ['another manifest of its suite', 'suite.sha256', hashOf('forged'), 'not_recomputable'],
    ['a scenario that nobody knows', 'scenario.kind', 'turbo', 'invalid_input'],
    ['text where launches are', 'launches', 'none', 'invalid_input'],
    ['nothing', 'model', null, 'invalid_input'],
  ])('with %s is refused', async (_, path, value, refusal) => {
    await expect(send(set(path, value))).rejects.toEqual(code(refusal))
  })

  test('has only numbers of the server, whatever is stated', async () => {
    await send((result) => {
      set(`${latency}.summary.p90`, 1)(result)
      set('grade', 'C')(result)
      set('environment.hardwareClass', 'A supercomputer')(result)
      set('environment.fingerprint', hashOf('forged'))(result)
    })
    const own = { p_listing_id: null, p_after: null, p_limit: 1 }
    const { rows } = await seller.backend.read('list_results', own)
    expect((await buyer.backend.read('list_results', own)).rows).toEqual([])
    expect(rows[0]).toMatchObject({
      grade: 'A',
      hardwareClass: 'Test · 2 cores · onnxruntime-node 1.30',
      fingerprint: expect.not.stringMatching(hashOf('forged')),
      level: 'self-reported',
    })
    expect(rows[0]?.figures[1]?.lower).toBeGreaterThan(60_000)
  })

  test('of a version of somebody else is not taken', async () => {
    await expect(buyer.result(id, resultOf(content.files))).rejects.toEqual(code('not_found'))
  })

  test('is of the files of a folder of the version, and of all its models', async () => {
    const files = [
      { path: 'onnx/model.onnx', sha256: hashOf('m'), bytes: 3 },
      { path: 'onnx/model.onnx.data', sha256: hashOf('d'), bytes: 4 },
      { path: 'README.md', sha256: hashOf('r'), bytes: 5 },
    ]
    const measuredFiles = files.slice(0, 2).map((file) => ({ ...file, path: file.path.slice(5) }))
    const listing = await seller.draft('Ruby two')
    const one = await seller.addVersion(listing, version('x', { files }))
    await expect(seller.result(one, resultOf(measuredFiles))).resolves.toBeTruthy()
    const more = [...files, { path: 'onnx/large.onnx', sha256: hashOf('l'), bytes: 6 }]
    const two = await seller.addVersion(listing, version('y', { number: '2.0.0', files: more }))
    await expect(seller.result(two, resultOf(measuredFiles))).rejects.toEqual(
      code('files_differ', { path: 'onnx/large.onnx' }),
    )
  })
})
