import { EXIT } from '../../usage'
import { text } from '../messages'
import { compareMigrations, readMigrations, readRecorded } from '../migrations'
import type { DbOptions } from '../options'
import { one } from '../sql'
import { nameOf } from '../target'
import { connected, noWords, print } from './connected'
import { readFacts } from './facts'

export async function status(options: DbOptions, resources: string): Promise<number> {
  noWords(options)
  const files = readMigrations(resources)
  return connected(options, async (connection) => {
    const migrations = compareMigrations(files, await readRecorded(connection))
    const facts = await readFacts(connection)
    const { server, user } = await one<{ server: string; user: string }>(
      connection,
      `select current_setting('server_version') as server, current_user::text as "user"`,
    )
    if (options.json) {
      const { host, port, database } = connection.target
      print(
        JSON.stringify(
          { host, port, database, user, server, workspace: facts, migrations },
          null,
          2,
        ),
      )
      return EXIT.clean
    }
    print(`${nameOf(connection.target)}, ${text.as(user, server)}`)
    if (facts !== null) print(text.schema(facts.schemaVersion, facts.admins, facts.sample))
    for (const { version, name, state } of migrations)
      print(`  ${version}  ${name.padEnd(16)} ${text.state[state]}`)
    print(text.toDo(migrations.filter(({ state }) => state === 'pending').length))
    const newest = migrations.findLast(({ state }) => state !== 'pending')?.version
    if (facts !== null && newest !== undefined && facts.schemaVersion !== newest)
      print(text.versionStated(facts.schemaVersion, newest))
    if (facts?.admins === 0) print(text.noAdmin)
    return EXIT.clean
  })
}
