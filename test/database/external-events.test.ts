import { createHmac, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase, type TestDatabase, type TestUser } from '../fixtures/database'

let database: TestDatabase
let person: TestUser
const SECRET = 'a secret of the shop, shared by hand'
beforeAll(async () => {
  database = await openDatabase()
  person = await database.createUser('seller')
  await database.sql(
    `insert into private.event_sources (name, secret) values ('shop', convert_to($1, 'UTF8'))`,
    [SECRET],
  )
})
afterAll(() => database.close())

const sale = (more: Record<string, unknown> = {}) => ({
  id: randomUUID(),
  kind: 'sale',
  personId: person.id,
  listingId: null,
  occurredAt: '2026-11-01T10:00:00Z',
  body: { amount: 1200, currency: 'EUR' },
  ...more,
})
const send = (batch: string, { secret = SECRET, source = 'shop', as = database.service } = {}) =>
  as.call('record_events', {
    p_op: randomUUID(),
    p_source: source,
    p_batch: batch,
    p_signature: createHmac('sha256', secret).update(batch).digest('hex'),
  })

describe('HMAC-SHA256 in SQL', () => {
  // RFC 4231, section 4: key and data in hex; case 5 is truncated there and left out.
  const cases = [
    ['0b'.repeat(20), hex('Hi There')],
    [hex('Jefe'), hex('what do ya want for nothing?')],
    ['aa'.repeat(20), 'dd'.repeat(50)],
    ['0102030405060708090a0b0c0d0e0f10111213141516171819', 'cd'.repeat(50)],
    ['aa'.repeat(131), hex('Test Using Larger Than Block-Size Key - Hash Key First')],
    [
      'aa'.repeat(131),
      hex(
        'This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being used by the HMAC algorithm.',
      ),
    ],
  ] as const
  const expected = [
    'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe',
    '82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b',
    '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
    '9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2',
  ]
  test.each(cases.map(([key, data], index) => [index + 1, key, data, expected[index]] as const))(
    'gives the value of RFC 4231, vector %i',
    async (_number, key, data, value) => {
      const [row] = await database.sql(
        `select encode(private.hmac_sha256(decode($1, 'hex'), decode($2, 'hex')), 'hex') as mac`,
        [key, data],
      )
      expect(row).toEqual({ mac: value })
    },
  )
})

describe('events of another system', () => {
  test('are recorded once, however often they are sent', async () => {
    const batch = JSON.stringify([sale(), sale({ kind: 'refund' })])
    expect((await send(batch)).body).toMatchObject({ recorded: 2, known: 0 })
    expect((await send(batch)).body).toMatchObject({ recorded: 0, known: 2 })
  })

  test('are refused under a known id with other content', async () => {
    const event = sale()
    await send(JSON.stringify([event]))
    const changed = JSON.stringify([{ ...event, body: { amount: 1 } }])
    expect(await send(changed)).toMatchObject({ status: 409, body: { message: 'already_exists' } })
  })

  test('come whole or not at all, and the refusal names what is wrong', async () => {
    const good = sale()
    for (const [bad, status, part] of [
      [sale({ kind: 'gift' }), 400, 'kind'],
      [sale({ personId: randomUUID() }), 404, 'person'],
      [sale({ personId: 'x' }), 400, 'personId'],
      [sale({ occurredAt: 'yesterday' }), 400, 'occurredAt'],
      [sale({ body: { nested: { a: 1 } } }), 400, 'body'],
      ['text', 400, 'p_batch[1]'],
    ] as const) {
      const answer = await send(JSON.stringify([good, bad]))
      expect(answer).toMatchObject({
        status,
        body: { details: expect.stringContaining(part) },
      })
    }
    expect(
      await database.sql('select from public.external_events where id = $1', [good.id]),
    ).toEqual([])
    expect((await send('not json')).status).toBe(400)
    expect((await send('{}')).status).toBe(400)
  })

  test('need the signature of a source that is switched on', async () => {
    const batch = JSON.stringify([sale()])
    expect((await send(batch, { secret: 'guessed' })).body).toMatchObject({
      message: 'bad_signature',
    })
    expect((await send(batch, { source: 'unknown' })).body).toMatchObject({
      message: 'bad_signature',
    })
  })

  test('are not taken from people, whatever they may', async () => {
    const admin = await database.createUser('ada', { roles: ['admin'] })
    const answer = await send(JSON.stringify([sale()]), { as: database.as(admin) })
    expect(answer).toMatchObject({ status: 403, body: { message: 'permission_required' } })
  })

  test('never change afterwards', async () => {
    for (const statement of [
      'update public.external_events set body = body',
      'delete from public.external_events',
      'truncate public.external_events',
    ])
      await expect(database.engine.script(statement)).rejects.toThrow('append_only')
  })

  test('keep their secrets from the role of the functions', async () => {
    const read = database.engine.transaction(async (session) => {
      await session.script('set local role console_api')
      await session.script('select secret from private.event_sources')
    })
    await expect(read).rejects.toThrow('permission denied')
  })
})

function hex(text: string): string {
  return Buffer.from(text).toString('hex')
}
