import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase, type TestDatabase } from '../../fixtures/database'
import { type AtWork, atWork, card, withoutLimits } from '../../fixtures/marketplace'

let database: TestDatabase
let seller: AtWork
let moderator: AtWork
let second: AtWork
beforeAll(async () => {
  database = await openDatabase()
  await withoutLimits(database)
  seller = atWork(database, await database.createUser('sally'))
  moderator = atWork(database, await database.createUser('mona', { roles: ['moderator'] }))
  second = atWork(database, await database.createUser('milo', { roles: ['moderator'] }))
})
afterAll(() => database.close())

const code = (value: string, detail: object = {}) =>
  expect.objectContaining({ code: value, detail: expect.objectContaining(detail) })
const restrict = (by: AtWork, p_listing_id: string, until: string | null = null) =>
  by.write('restrict_listing', {
    p_listing_id,
    p_restriction: { policy: 'impersonation', until },
    p_reason: 'it looks like another one',
  })
const appeal = (p_listing_id: string, by = seller) => {
  const id = randomUUID()
  return by
    .write('appeal_listing', { p_id: id, p_listing_id, p_statement: 'It is my own name and work.' })
    .then(() => id)
}
const decide = (by: AtWork, p_id: string, p_outcome: 'upheld' | 'overturned') =>
  by.write('decide_appeal', { p_id, p_outcome, p_reason: 'I have looked at it' })

describe('a restricted listing', () => {
  test('is seen by its seller and staff only, and comes back when it is lifted', async () => {
    const { listing } = await seller.published('Quartz one')
    const buyer = atWork(database, await database.createUser('buyer'))
    await expect(restrict(seller, listing)).rejects.toEqual(code('permission_required'))
    await restrict(moderator, listing)
    await expect(buyer.backend.read('get_listing', { p_id: listing })).rejects.toEqual(
      code('not_found'),
    )
    expect(await seller.backend.read('get_listing', { p_id: listing })).toMatchObject({
      state: 'restricted',
      restriction: { policy: 'impersonation', reason: 'it looks like another one' },
      can: { publish: false, appeal: true },
    })
    await moderator.write('restrict_listing', {
      p_listing_id: listing,
      p_restriction: null,
      p_reason: 'it was a mistake',
    })
    expect((await buyer.backend.read('get_listing', { p_id: listing })).state).toBe('published')
  })

  test('is free again when its time is over, whoever looks', async () => {
    const { listing } = await seller.published('Quartz two')
    await restrict(moderator, listing, new Date(Date.now() + 3_600_000).toISOString())
    await database.sql(
      `update public.listings set restricted_until = now() - interval '1 second' where id = $1`,
      [listing],
    )
    expect((await seller.backend.read('get_listing', { p_id: listing })).state).toBe('published')
    await seller.write('save_listing', {
      p_id: listing,
      p_revision: 1,
      p_card: card('Quartz two'),
    })
    const [row] = await database.sql('select state from public.listings where id = $1', [listing])
    expect(row).toEqual({ state: 'published' })
  })

  test('cannot be restricted by whoever sells it', async () => {
    const own = await moderator.draft('Quartz three')
    await expect(restrict(moderator, own)).rejects.toEqual(code('own_subject'))
  })
})

describe('an appeal', () => {
  test('is decided by somebody else than who restricted, and frees the listing', async () => {
    const { listing } = await seller.published('Beryl one')
    await expect(appeal(listing)).rejects.toEqual(code('state_conflict', { state: 'published' }))
    await restrict(moderator, listing)
    const id = await appeal(listing)
    await expect(appeal(listing)).rejects.toEqual(code('already_exists'))
    await expect(decide(moderator, id, 'upheld')).rejects.toEqual(code('four_eyes'))
    await expect(decide(seller, id, 'overturned')).rejects.toEqual(code('permission_required'))
    await expect(decide(second, id, 'overturned')).resolves.toMatchObject({ state: 'overturned' })
    await expect(decide(second, id, 'upheld')).rejects.toEqual(code('state_conflict'))
    expect(await seller.backend.read('get_listing', { p_id: listing })).toMatchObject({
      state: 'published',
      appeals: [{ id, state: 'overturned', decision: 'I have looked at it' }],
    })
  })

  test('that is upheld leaves the restriction, and another may follow', async () => {
    const { listing } = await seller.published('Beryl two')
    await restrict(moderator, listing)
    await decide(second, await appeal(listing), 'upheld')
    expect((await seller.backend.read('get_listing', { p_id: listing })).state).toBe('restricted')
    await expect(appeal(listing)).resolves.toBeTruthy()
  })
})

test('a listing is removed for good by two people, and takes no change afterwards', async () => {
  const { listing } = await seller.published('Opal one')
  const args = { p_listing_id: listing, p_reason: 'it is malware' }
  await expect(seller.write('remove_listing', args)).rejects.toEqual(code('permission_required'))
  const { approvalId } = await moderator.write('remove_listing', args)
  const approve = (by: AtWork) =>
    by.write('decide_approval', { p_id: approvalId, p_approve: true, p_reason: 'so it is' })
  await expect(approve(moderator)).rejects.toEqual(code('four_eyes'))
  await expect(approve(second)).resolves.toMatchObject({ state: 'approved' })
  expect((await seller.backend.read('get_listing', { p_id: listing })).state).toBe('removed')
  await expect(
    seller.write('save_listing', { p_id: listing, p_revision: 1, p_card: card('Opal one') }),
  ).rejects.toEqual(code('state_conflict', { state: 'removed' }))
})

describe('evidence', () => {
  const attest = (by: AtWork, p_subject: 'report' | 'result', p_id: string) =>
    by.write('attest_evidence', {
      p_subject,
      p_id,
      p_level: 'reproduced',
      p_reason: 'measured again',
    })
  const verify = (p_subject: 'report' | 'result', p_id: string, p_outcome: 'signed' | 'invalid') =>
    database.service.call('record_verification', {
      p_op: randomUUID(),
      p_subject,
      p_id,
      p_outcome,
      p_key_id: 'key',
      p_detail: 'looked at',
    })

  test('is raised by staff who do not own it, and by nobody else', async () => {
    const { report, result } = await seller.published('Topaz one')
    for (const [subject, id] of [
      ['report', report],
      ['result', result],
    ] as const) {
      await expect(attest(seller, subject, id)).rejects.toEqual(code('permission_required'))
      await expect(attest(moderator, subject, id)).resolves.toMatchObject({ level: 'reproduced' })
      await expect(attest(second, subject, id)).rejects.toEqual(code('state_conflict'))
    }
    const own = await moderator.published('Topaz two')
    await expect(attest(moderator, 'report', own.report)).rejects.toEqual(code('own_subject'))
    await expect(attest(moderator, 'result', own.result)).rejects.toEqual(code('own_subject'))
  })

  test('is signed when the service says so, and only until it says otherwise', async () => {
    const { report, result } = await seller.published('Topaz three')
    for (const [subject, id] of [
      ['report', report],
      ['result', result],
    ] as const) {
      expect(await verify(subject, id, 'signed')).toMatchObject({ body: { level: 'signed' } })
      expect(await verify(subject, id, 'invalid')).toMatchObject({
        body: { level: 'self-reported' },
      })
    }
    const asSeller = await database.as(seller.user).call('record_verification', {
      p_op: randomUUID(),
      p_subject: 'report',
      p_id: report,
      p_outcome: 'signed',
      p_key_id: 'key',
      p_detail: '',
    })
    expect(asSeller.status).toBe(403)
  })

  test('stays what it is, also where a body would let the seller raise it', async () => {
    const { report } = await seller.published('Topaz four')
    await expect(
      database.engine.transaction(async (session) => {
        await session.query(`select set_config('request.jwt.claims', $1, true)`, [
          JSON.stringify(seller.user.claims),
        ])
        await session.query('set local role console_api')
        await session.query(`update public.scan_reports set level = 'audited' where id = $1`, [
          report,
        ])
      }),
    ).rejects.toThrow('own_subject')
  })
})
