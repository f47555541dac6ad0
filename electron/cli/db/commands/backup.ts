import { EXIT } from '../../usage'
import { requireSetUp } from '../backup'
import type { DbOptions } from '../options'
import { backupTo } from './backup-to'
import { connected, noWords, print } from './connected'

export async function backupCommand(options: DbOptions): Promise<number> {
  noWords(options)
  return connected(options, async (connection) => {
    await requireSetUp(connection)
    print(await backupTo(connection, options))
    return EXIT.clean
  })
}
