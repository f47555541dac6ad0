import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { RPCS } from '@shared/backend'
import { contract } from '@shared/contract'
import { describe, expect, test } from 'vitest'
import { readMigrations } from '../../../electron/cli/db/migrations'
import { text } from '../../../electron/cli/messages'
import { router } from '../../../electron/core/router'
import { ROOT } from '../../fixtures/console'
import { type Cell, SERVICES, servicesTable } from '../../fixtures/marketplace-services'

/** Cells that are built. A number here that falls means that a part of a service is gone. */
const BUILT = { procedure: 11, rpc: 9, command: 8, screen: 11 }

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const routes = [...read('renderer/app/router.tsx').matchAll(/path: '([^']+)'/g)].map(
  ([, path]) => path,
)
const migrations = readMigrations(join(ROOT, 'resources'))
  .map(({ sql }) => sql)
  .join('\n')
const builtOf = (column: keyof typeof BUILT) =>
  SERVICES.flatMap(({ service, [column]: cell }) =>
    'built' in cell ? [{ service, name: cell.built }] : [],
  )
const at = (tree: object, path: string): unknown =>
  path.split('.').reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], tree)

describe('services of the marketplace', () => {
  test.each(Object.entries(BUILT))('%s: %d cells are built', (column, count) => {
    expect(builtOf(column as keyof typeof BUILT)).toHaveLength(count)
  })
  test.each(builtOf('procedure'))(
    '$service: the contract and its router have $name',
    ({ name }) => {
      expect(at(contract, name)).toBeDefined()
      expect(at(router, name)).toBeDefined()
    },
  )
  test.each(builtOf('rpc'))('$service: the backend has $name', ({ name }) => {
    expect(Object.keys(RPCS)).toContain(name)
    expect(migrations).toContain(`function public.${name}(`)
  })
  test.each(builtOf('command'))('$service: the command line has "$name"', ({ name }) => {
    expect(Object.values(text.help.commands).join('')).toContain(`prometheus-console ${name}`)
  })
  test.each(builtOf('screen'))('$service: the page has $name', ({ name }) => {
    expect(routes).toContain(name)
  })
  test('the documentation shows the same table', () => {
    expect(read('docs/backend.md')).toContain(servicesTable())
  })
  test('no cell is empty', () => {
    const cells: Cell[] = SERVICES.flatMap(({ procedure, rpc, command, screen }) => [
      procedure,
      rpc,
      command,
      screen,
    ])
    for (const cell of cells) expect(Object.values(cell)[0]).toMatch(/\S/)
  })
})
