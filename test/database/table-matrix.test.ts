import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Claims, openDatabase, type TestDatabase } from '../fixtures/database'
import { isDatabaseError } from '../fixtures/database/engine'
import { enter } from '../fixtures/database/postgrest'
import { buildWorld, type World } from '../fixtures/database/world'

// What policies and grants let through, run as console_api with the claims of each caller. A change shows
// in the file: read it, then write it with UPDATE_MATRIX=1.
const FILE = join(import.meta.dirname, 'table-matrix.txt')
const CALLERS = ['anon', 'owner', 'other', 'moderator', 'admin', 'service'] as const

let database: TestDatabase
let world: World
beforeAll(async () => {
  database = await openDatabase()
  world = await buildWorld(database)
})
afterAll(() => database.close())

test('every table shows and takes what the reviewed table says, for every caller', async () => {
  const lines: string[] = []
  for (const table of await tables()) {
    for (const [label, row] of await rowsOf(table)) {
      const cells: string[] = []
      for (const caller of CALLERS) cells.push(await cellOf(table, row, claimsOf(caller)))
      lines.push([`${table}${label}`.padEnd(48), ...cells.map((cell) => cell.padEnd(9))].join(' '))
    }
  }
  const text = [
    '# Rows of tables, as console_api with the claims of each caller. Written by table-matrix.test.ts.',
    '# s select, i insert, u update, d delete; - where it is refused or touches nothing.',
    [''.padEnd(48), ...CALLERS.map((caller) => caller.padEnd(9))].join(' ').trimEnd(),
    ...lines.map((line) => line.trimEnd()),
    '',
  ].join('\n')
  if (process.env.UPDATE_MATRIX) writeFileSync(FILE, text)
  expect(text).toBe(readFileSync(FILE, 'utf8'))
})

async function tables(): Promise<string[]> {
  const rows = await database.sql<{ name: string }>(
    `select n.nspname || '.' || c.relname as name from pg_class c
     join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ('public', 'private') and c.relkind in ('r', 'p')
     order by (n.nspname || '.' || c.relname) collate "C"`,
  )
  return rows.map(({ name }) => name)
}

interface Row {
  /** Where it is. */
  ctid: string
  /** As JSON text: big integers would not survive being parsed. */
  text: string
  fields: Record<string, unknown>
}

/** A row of the owner; of listings and what hangs on them, one of the draft and one of the published. */
async function rowsOf(table: string): Promise<[string, Row][]> {
  const rows = (
    await database.sql<{ ctid: string; text: string }>(
      `select ctid::text as ctid, to_jsonb(t)::text as text from ${table} t order by 2`,
    )
  ).map(({ ctid, text }): Row => ({ ctid, text, fields: JSON.parse(text) }))
  const { owner, ids } = world
  const by = (column: string, value: unknown) => rows.find(({ fields }) => fields[column] === value)
  const pick = (row: Row | undefined) => {
    if (!row) throw new Error(`The world of the tests has no row in ${table}.`)
    return row
  }
  if (table === 'public.listings')
    return [
      [' (draft)', pick(by('id', ids.draft))],
      [' (published)', pick(by('id', ids.listing))],
    ]
  if (table === 'public.model_versions')
    return [
      [' (draft)', pick(by('id', ids.draftVersion))],
      [' (published)', pick(by('id', ids.version))],
    ]
  if (/version_files|listing_prices|catalogue/.test(table))
    return [
      [' (draft)', pick(by('version_id', ids.draftVersion) ?? by('listing_id', ids.draft))],
      [' (published)', pick(by('version_id', ids.version) ?? by('listing_id', ids.listing))],
    ]
  const own = ['actor', 'user_id', 'seller_id', 'person_id'].map((column) => by(column, owner.id))
  return [['', pick(own.find((row) => row) ?? by('id', owner.id) ?? rows[0])]]
}

function claimsOf(caller: (typeof CALLERS)[number]): Claims {
  if (caller === 'anon') return { role: 'anon' }
  if (caller === 'service') return { role: 'service_role' }
  return world[caller].claims
}

async function cellOf(table: string, row: Row, claims: Claims) {
  const values = [row.text]
  const at = `t.ctid = '${row.ctid}'`
  const columns = await database.sql<{ name: string; updatable: boolean }>(
    `select attname as name, has_column_privilege('console_api', attrelid, attnum, 'update') as updatable
     from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped
       and attgenerated = '' order by attnum`,
    [table],
  )
  const names = columns.map(({ name }) => `"${name}"`).join(', ')
  const set = columns.find(({ updatable }) => updatable)?.name
  const can = [
    await passes(claims, `select from ${table} t where ${at}`),
    // Policies are asked before keys: a duplicate means that they let it through.
    await passes(
      claims,
      `insert into ${table} (${names}) overriding system value
       select ${names} from jsonb_populate_record(null::${table}, $1::jsonb)`,
      values,
    ),
    set !== undefined &&
      (await passes(claims, `update ${table} t set "${set}" = "${set}" where ${at} returning 1`)),
    await passes(claims, `delete from ${table} t where ${at} returning 1`),
  ]
  return ['s', 'i', 'u', 'd'].map((letter, index) => (can[index] ? letter : '-')).join('')
}

class Undo extends Error {}

/** Whether the statement reaches a row, or fails later than at grants and policies. */
async function passes(claims: Claims, statement: string, values: unknown[] = []) {
  let reached = false
  try {
    await database.engine.transaction(async (session) => {
      await enter(session, 'console_api', claims)
      const rows = await session.query(statement, values)
      reached = rows.length > 0 || statement.startsWith('insert')
      throw new Undo()
    })
  } catch (error) {
    if (error instanceof Undo) return reached
    if (isDatabaseError(error)) {
      if (error.code === '42501' || error.code === 'PT403') return false
      if (/^23/.test(error.code)) return true
    }
    throw new Error(`${statement}: ${(error as Error).message}`, { cause: error })
  }
  return reached
}
