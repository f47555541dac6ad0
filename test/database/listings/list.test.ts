import type { RpcResult } from '@shared/backend'
import type { ListingQuery } from '@shared/backend/listings'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase, type TestDatabase } from '../../fixtures/database'
import { type AtWork, atWork, withoutLimits } from '../../fixtures/marketplace'

let database: TestDatabase
let seller: AtWork
let moderator: AtWork
const NAMES = ['Cypress birds', 'Acacia voices', 'Baobab birds', 'Dogwood poems', 'Elm invoices']
beforeAll(async () => {
  database = await openDatabase()
  await withoutLimits(database)
  seller = atWork(database, await database.createUser('sally'))
  moderator = atWork(database, await database.createUser('mona', { roles: ['moderator'] }))
  for (const [i, name] of NAMES.entries())
    await seller.published(name, {
      card: {
        price: { amount: (i * 37) % 100, currency: 'EUR', unit: 'once' },
        category: i % 2 ? 'sound' : 'pictures',
      },
    })
  await seller.draft('Fig draft')
})
afterAll(() => database.close())

const query = (more: Partial<ListingQuery> = {}): ListingQuery => ({
  scope: 'published',
  state: null,
  category: null,
  text: '',
  sort: 'name',
  ...more,
})
const list = async (by: AtWork, of: Partial<ListingQuery>, p_limit = 100) => {
  const names: string[] = []
  let p_after: string | null = null
  do {
    const page: RpcResult<'list_listings'> = await by.backend.read('list_listings', {
      p_query: query(of),
      p_after,
      p_limit,
    })
    expect(page.rows.length).toBeLessThanOrEqual(p_limit)
    names.push(...page.rows.map(({ name }) => name))
    p_after = page.next
  } while (p_after !== null)
  return names
}

describe('a list of listings', () => {
  for (const limit of [1, 2, 5, 100])
    test(`comes in pages of ${limit} that hold each row once, in order`, async () => {
      expect(await list(seller, {}, limit)).toEqual(NAMES.toSorted())
      expect(await list(seller, { sort: 'updated' }, limit)).toEqual(NAMES.toReversed())
      expect(await list(seller, { sort: 'price' }, limit)).toEqual([
        'Cypress birds',
        'Dogwood poems',
        'Acacia voices',
        'Elm invoices',
        'Baobab birds',
      ])
    })

  test('finds the start of words, and nothing by what is no word', async () => {
    expect(await list(seller, { text: 'bir' })).toEqual(['Baobab birds', 'Cypress birds'])
    expect(await list(seller, { text: 'BIRDS baob' })).toEqual(['Baobab birds'])
    for (const text of ["'", '%', ':*', "birds' | '", '!!', '\\'])
      expect(await list(seller, { text: `zebra ${text}` })).toEqual([])
  })

  test('shows drafts to whose they are and to staff', async () => {
    expect(await list(seller, { scope: 'mine', state: 'draft' })).toEqual(['Fig draft'])
    expect(await list(moderator, { scope: 'mine' })).toEqual([])
    expect(await list(moderator, { scope: 'all' })).toEqual([...NAMES, 'Fig draft'].toSorted())
    expect(await list(moderator, { scope: 'published', state: 'draft' })).toEqual([])
    await expect(list(seller, { scope: 'all' })).rejects.toMatchObject({
      code: 'permission_required',
    })
  })

  test('says what each row stands on', async () => {
    const { rows } = await moderator.backend.read('list_listings', {
      p_query: query({ category: 'sound', text: 'acacia' }),
      p_after: null,
      p_limit: 10,
    })
    expect(rows).toMatchObject([
      {
        name: 'Acacia voices',
        seller: { handle: 'sally' },
        version: '1.0.0',
        format: 'ONNX',
        scan: { verdict: 'clean', grade: 'A+', level: 'self-reported' },
        benchmark: 'measured',
        appealed: false,
      },
    ])
  })

  test.each(['nonsense', '[1]', '["x", "y"]', '{}'])('refuses %s as a place', async (p_after) => {
    for (const sort of ['name', 'updated', 'price'] as const)
      await expect(
        seller.backend.read('list_listings', { p_query: query({ sort }), p_after, p_limit: 10 }),
      ).rejects.toMatchObject({ code: 'invalid_input' })
  })
})
