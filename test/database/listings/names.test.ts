import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase, type TestDatabase } from '../../fixtures/database'
import { type AtWork, atWork, version, withoutLimits } from '../../fixtures/marketplace'

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

async function nameGate(of: AtWork, name: string) {
  const listing = await of.draft(name)
  const id = await of.addVersion(listing, version(name))
  const { gates } = await of.backend.read('check_version', { p_version_id: id })
  return gates.find(({ gate }) => gate === 'name')
}

describe('a name', () => {
  test.each([
    ['Falcon Vision', 'other blanks and case', 'falconVISION'],
    ['Marble Classifier', 'letters of other scripts', 'Mаrblе Clаssifiеr'],
    ['Granite Whisper', 'full-width letters', 'Ｇｒａｎｉｔｅ Whisper'],
    ['Cedar Poems', 'digits for letters', 'C3dar P0ems'],
    ['Garnet Modeller', 'rn for m', 'Garnet rnodeller'],
    ['Paloma Invoices', 'a capital I for an l', 'PaIoma Invoices'],
    ['Resident Birds', 'marks', 'Résident Bírds'],
    ['Juniper Faces', 'a letter left out', 'Junper Faces'],
    ['Sequoia Roads', 'neighbours swapped', 'Sequioa Roads'],
    ['Hazel Traffic', 'another letter', 'Hazel Treffic'],
    ['Willow Leaves', 'invisible characters', 'Wil\u200blow\u2060 Leaves'],
  ])(
    'of a published listing is not taken by another seller: %s with %s',
    async (name, _, alike) => {
      await seller.published(name)
      expect(await nameGate(other, alike)).toMatchObject({
        code: 'name_similar',
        detail: { name, seller: 'sally' },
      })
      // One's own names are nobody's business.
      expect(await nameGate(seller, alike)).toMatchObject({ state: 'ok' })
    },
  )

  test.each([
    ['Whisper Base 2', 'Whisper Base 3'],
    ['Aspen', 'Aspel'],
    ['Maple Tables', 'Maple Cables plus'],
    ['模型一号分类', '模型二号语音'],
  ])('is free where it is told apart: %s beside %s', async (name, unlike) => {
    await seller.published(name)
    expect(await nameGate(other, unlike)).toMatchObject({ state: 'ok' })
  })

  test('is free again once its listing is withdrawn', async () => {
    const { listing } = await seller.published('Larch Embedding')
    expect(await nameGate(other, 'Larch Embedding')).toMatchObject({ state: 'refused' })
    await seller.write('withdraw_listing', {
      p_listing_id: listing,
      p_version_id: null,
      p_reason: 'gone',
    })
    expect(await nameGate(other, 'Larch Embedding')).toMatchObject({ state: 'ok' })
  })
})

test.each([
  ['MIT', true],
  ['apache-2.0', true],
  ['(MIT AND BSD-3-Clause) OR GPL-2.0-or-later WITH Classpath-exception-2.0', true],
  ['GPL-2.0+', true],
  ['LicenseRef-our-terms', true],
  ['MIT OR', false],
  ['MIT MIT', false],
  ['NOASSERTION', false],
  ['(MIT', false],
  ['MIT WITH MIT', false],
  ['Free for everybody', false],
  ["MIT'; drop table public.listings; --", false],
])('the licence %s is an SPDX expression: %s', async (text, is) => {
  const [row] = await database.sql<{ is: boolean }>('select private.is_spdx($1) as is', [text])
  expect(row?.is).toBe(is)
})
