import { randomUUID } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { RPCS, type RpcName } from '@shared/backend'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Claims, openDatabase, type TestDatabase } from '../fixtures/database'
import { argumentsOf } from '../fixtures/database/calls'
import { callRpc } from '../fixtures/database/postgrest'
import { buildWorld, type World } from '../fixtures/database/world'

// What each function answers to each caller, through the roles of the API, asked about things of the
// owner. A change shows in the file: read it, then write it with UPDATE_MATRIX=1.
const FILE = join(import.meta.dirname, 'function-matrix.txt')
const CALLERS = ['anon', 'owner', 'other', 'moderator', 'admin', 'service'] as const

let database: TestDatabase
let world: World
beforeAll(async () => {
  database = await openDatabase()
  world = await buildWorld(database)
})
afterAll(() => database.close())

test('every function answers every caller as the reviewed table says', async () => {
  const args = argumentsOf(world)
  const lines: string[] = []
  for (const name of (Object.keys(RPCS) as RpcName[]).sort()) {
    const cells: string[] = []
    for (const caller of CALLERS) {
      const operation = RPCS[name].kind === 'write' ? { p_op: randomUUID() } : {}
      const { status, body } = await callRpc(
        database.engine,
        claimsOf(caller),
        name,
        { ...operation, ...args[name] },
        { undo: true },
      )
      const message = status < 400 ? '' : String((body as { message: unknown }).message)
      cells.push(`${status} ${/^\w+$/.test(message) ? message : ''}`.trim().padEnd(23))
    }
    lines.push([name.padEnd(20), ...cells].join(' ').trimEnd())
  }
  const text = [
    '# What functions answer about things of the owner. Written by function-matrix.test.ts.',
    '# A bare 401 or 403: the role of the API may not execute the function at all.',
    [''.padEnd(20), ...CALLERS.map((caller) => caller.padEnd(23))].join(' ').trimEnd(),
    ...lines,
    '',
  ].join('\n')
  if (process.env.UPDATE_MATRIX) writeFileSync(FILE, text)
  expect(text).toBe(readFileSync(FILE, 'utf8'))
})

function claimsOf(caller: (typeof CALLERS)[number]): Claims | null {
  if (caller === 'anon') return null
  if (caller === 'service') return { role: 'service_role' }
  return world[caller].claims
}
