import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { type Catalogue, readCatalogue } from '../electron/cli/db/catalogue'
import { readMigrations } from '../electron/cli/db/migrations'

/** What a database holds after prelude and migrations: `db verify` compares with it. */
export async function expectedCatalogue(root: string): Promise<Catalogue> {
  const database = await PGlite.create()
  try {
    await buildDatabase(database, root)
    return await readCatalogue(database)
  } finally {
    await database.close()
  }
}

/** Prelude as the superuser, migrations as the role that owns the schema of a hosted project. */
export async function buildDatabase(database: PGlite, root: string): Promise<void> {
  await database.exec(readFileSync(join(root, 'resources/supabase/local/prelude.sql'), 'utf8'))
  await database.exec('set role migrator')
  for (const { sql } of readMigrations(join(root, 'resources')))
    await database.exec(`begin;${sql}\n;commit;`)
  await database.exec('reset role')
}
