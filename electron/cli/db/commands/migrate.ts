import { EXIT, UsageError } from '../../usage'
import { isSetUp } from '../backup'
import { text } from '../messages'
import { migrate } from '../migrate'
import { readMigrations } from '../migrations'
import type { DbOptions } from '../options'
import { nameOf } from '../target'
import { backupTo } from './backup-to'
import { connected, note, noWords, print } from './connected'
import { readFacts } from './facts'

export async function migrateCommand(options: DbOptions, resources: string): Promise<number> {
  noWords(options)
  const files = readMigrations(resources)
  if (options.to !== undefined && !files.some(({ version }) => version === options.to))
    throw new UsageError(text.noVersion(options.to))
  return connected(options, async (connection) => {
    const applied = await migrate(connection, files, {
      upTo: options.to,
      includeAll: options.includeAll,
      before: async () => {
        // A database without our schema has nothing to lose.
        if (options.backup && (await isSetUp(connection))) await backupTo(connection, options)
      },
      onApplied: ({ version, name }) => note(text.applying(version, name)),
    })
    const where = nameOf(connection.target)
    print(applied.length === 0 ? text.upToDate : text.migrated(applied.length, where))
    const facts = await readFacts(connection)
    if (facts?.admins === 0) print(text.noAdmin)
    return EXIT.clean
  })
}
