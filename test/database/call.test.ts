import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase, type TestDatabase } from '../fixtures/database'

let database: TestDatabase
beforeAll(async () => {
  database = await openDatabase()
})
afterAll(() => database.close())

test('migrations build the schema as a role that is no superuser', async () => {
  const rows = await database.sql<{ owner: string }>(
    `select distinct tableowner as owner from pg_tables where schemaname in ('private', 'public')`,
  )
  expect(rows).toEqual([{ owner: 'migrator' }])
})

test('an unknown function is not found, as PostgREST says it', async () => {
  const answer = await database.as(null).call('no_such_function', { a: 1 })
  expect(answer).toMatchObject({ status: 404, body: { code: 'PGRST202' } })
})
