import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase, type TestDatabase } from '../fixtures/database'
import { readSeed } from '../fixtures/database/schema'

let database: TestDatabase
beforeAll(async () => {
  database = await openDatabase()
})
afterAll(() => database.close())

test('the seed makes somebody of each role, marked as samples, and can run again', async () => {
  for (let time = 0; time < 2; time++) await database.engine.script(readSeed())
  const people = await database.sql(
    `select p.handle, p.sample, array_agg(r.role::text order by r.role) as roles
     from public.profiles p join public.user_roles r on r.user_id = p.id
     group by p.id order by p.handle`,
  )
  expect(people).toEqual([
    { handle: 'seed-admin', sample: true, roles: ['admin', 'seller'] },
    { handle: 'seed-moderator', sample: true, roles: ['moderator', 'seller'] },
    { handle: 'seed-seller', sample: true, roles: ['seller'] },
  ])
})
