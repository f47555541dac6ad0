import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { EXIT } from '../../usage'
import { requireSetUp } from '../backup'
import { type Catalogue, compareCatalogues, readCatalogue } from '../catalogue'
import { text } from '../messages'
import { compareMigrations, readMigrations, readRecorded } from '../migrations'
import type { DbOptions } from '../options'
import { nameOf } from '../target'
import { connected, note, noWords, print } from './connected'

export async function verify(options: DbOptions, resources: string): Promise<number> {
  noWords(options)
  const expected = readExpected(resources)
  return connected(options, async (connection) => {
    await requireSetUp(connection)
    const rows = compareMigrations(readMigrations(resources), await readRecorded(connection))
    const pending = rows.filter(({ state }) => state === 'pending').length
    if (pending > 0) note(text.verifyFirst(pending))
    const differences = compareCatalogues(expected, await readCatalogue(connection))
    const where = nameOf(connection.target)
    if (options.json) print(JSON.stringify({ compared: count(expected), differences }, null, 2))
    else {
      for (const { key, kind, expected: wanted, found } of differences) {
        print(`${text.kind[kind]}: ${key}`)
        if (wanted !== null) print(`    ${text.expected}  ${wanted}`)
        if (found !== null) print(`    ${text.found.padEnd(text.expected.length)}  ${found}`)
      }
      print(
        differences.length === 0
          ? text.verified(count(expected), where)
          : text.differs(differences.length, where),
      )
    }
    return differences.length === 0 ? EXIT.clean : EXIT.found
  })
}

const count = (catalogue: Catalogue): number => Object.keys(catalogue).length

/** Written by `npm run generate` from a database that ran exactly these migrations. */
export function readExpected(resources: string): Catalogue {
  return JSON.parse(readFileSync(join(resources, 'supabase/expected.json'), 'utf8')) as Catalogue
}
