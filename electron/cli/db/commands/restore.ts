import { EXIT, UsageError } from '../../usage'
import { confirmTyped } from '../ask'
import { isSetUp } from '../backup'
import { checkBackup } from '../backup-file'
import { text } from '../messages'
import { locked, migrate } from '../migrate'
import { readMigrations, readRecorded } from '../migrations'
import type { DbOptions } from '../options'
import { DatabaseProblem } from '../problem'
import { restore, schemaDiffers } from '../restore'
import { nameOf } from '../target'
import { backupTo } from './backup-to'
import { connected, note, print } from './connected'

export async function restoreCommand(options: DbOptions, resources: string): Promise<number> {
  const [file, ...more] = options.words
  if (file === undefined || more.length > 0) throw new UsageError(text.restoreUsage)
  const { head, rows } = await checkBackup(file)
  const newest = head.migrations.at(-1) ?? ''
  const files = readMigrations(resources)
  if (!files.some(({ version }) => version === newest))
    throw new DatabaseProblem(text.unknownSchema(newest))
  return connected(options, async (connection) => {
    const where = nameOf(connection.target)
    const there = await isSetUp(connection)
    if (there && (await schemaDiffers(connection, head.migrations)))
      throw new DatabaseProblem(
        text.otherSchema(newest, (await readRecorded(connection)).at(-1)?.version ?? ''),
      )
    await confirmTyped(
      text.restoreWarning(where, file, head.createdAt, rows),
      connection.target.database,
      options.confirm,
    )
    // An empty database gets the schema as it was; one in use is saved first.
    if (!there) await migrate(connection, files, { upTo: newest, onApplied: () => {} })
    else if (options.backup)
      await backupTo(connection, { output: undefined, dataDir: options.dataDir })
    const done = await locked(connection, () => restore(connection, file))
    print(text.restored(done.tables, done.rows))
    if (newest !== files.at(-1)?.version) note(text.restoredOlder(newest))
    return EXIT.clean
  })
}
