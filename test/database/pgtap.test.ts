import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase, type TestDatabase } from '../fixtures/database'
import { readPgtapFiles } from '../fixtures/database/schema'

let database: TestDatabase
beforeAll(async () => {
  database = await openDatabase()
})
afterAll(() => database.close())

describe('pgTAP', () => {
  test.for(readPgtapFiles())('$name passes', async ({ text }, context) => {
    const [available] = await database.sql<{ name: string }>(
      `select name from pg_available_extensions where name = 'pgtap'`,
    )
    if (!available)
      return context.skip('this PostgreSQL has no pgTAP (Debian: postgresql-15-pgtap)')
    const results = await database.engine.script(text)
    const lines = results
      .flat()
      .flatMap((row) => Object.values(row))
      .filter((value): value is string => typeof value === 'string')
      .flatMap((value) => value.split('\n'))
    const planned = Number(
      /^1\.\.(\d+)$/.exec(lines.find((line) => line.startsWith('1..')) ?? '')?.[1],
    )
    expect(lines.filter((line) => /^not ok|^# /.test(line))).toEqual([])
    expect(lines.filter((line) => line.startsWith('ok '))).toHaveLength(planned)
  })
})
