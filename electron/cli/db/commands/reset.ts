import { EXIT } from '../../usage'
import { confirmTyped } from '../ask'
import { requireSetUp } from '../backup'
import { text } from '../messages'
import { locked, refuseNewer } from '../migrate'
import { compareMigrations, readMigrations, readRecorded } from '../migrations'
import type { DbOptions } from '../options'
import { reset } from '../reset'
import { nameOf } from '../target'
import { backupTo } from './backup-to'
import { connected, noWords, print } from './connected'
import { readExpected } from './verify'

export async function resetCommand(options: DbOptions, resources: string): Promise<number> {
  noWords(options)
  const files = readMigrations(resources)
  return connected(options, async (connection) => {
    await requireSetUp(connection)
    // What a newer console made would be left behind in parts.
    refuseNewer(compareMigrations(files, await readRecorded(connection)), files)
    const where = nameOf(connection.target)
    await confirmTyped(text.resetWarning(where), connection.target.database, options.confirm)
    if (options.backup) await backupTo(connection, options)
    await locked(connection, () => reset(connection, readExpected(resources), files))
    print(text.resetDone(where))
    return EXIT.clean
  })
}
