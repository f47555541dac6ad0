import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { SuiteManifest } from '@shared/benchmark/suite'
import { canonicalJson } from '@shared/scan-report/canonical-json'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase, type TestDatabase } from '../../fixtures/database'

const FOLDER = resolve(import.meta.dirname, '../../../resources/suites')
let database: TestDatabase
beforeAll(async () => {
  database = await openDatabase()
})
afterAll(() => database.close())

test('the server knows the built-in suites by their manifests', async () => {
  const known = await database.sql<{ id: string; version: string; sha256: string }>(
    'select id, version, sha256, metric from public.benchmark_suites order by id, version',
  )
  for (const name of readdirSync(FOLDER)) {
    const value: unknown = JSON.parse(readFileSync(join(FOLDER, name, 'suite.json'), 'utf8'))
    const { id, version, metric } = SuiteManifest.parse(value)
    const sha256 = createHash('sha256').update(canonicalJson(value)).digest('hex')
    // A changed suite has another version, and a migration that adds it.
    expect(known).toContainEqual({ id, version, sha256, metric })
  }
})
