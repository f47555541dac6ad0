import { randomBytes } from 'node:crypto'
import { EXIT, UsageError } from '../../usage'
import { requireSetUp } from '../backup'
import { text } from '../messages'
import type { DbOptions } from '../options'
import { DatabaseProblem } from '../problem'
import { inTransaction, type Sql } from '../sql'
import { connected, note, print } from './connected'

/** A system that sends events, with a secret of its own: the service credential alone invents no sale. */
export async function sourceCommand(options: DbOptions): Promise<number> {
  const [name = '', ...more] = options.words
  if (!/^[a-z0-9-]{1,40}$/.test(name) || more.length > 0) throw new UsageError(text.sourceUsage)
  return connected(options, async (connection) => {
    await requireSetUp(connection)
    const secret = randomBytes(32)
    await inTransaction(connection, 'begin', () => save(connection, name, secret, options.rotate))
    note(text.sourceSaved(name))
    print(secret.toString('hex'))
    return EXIT.clean
  })
}

async function save(sql: Sql, name: string, secret: Buffer, rotate: boolean): Promise<void> {
  const { rows } = rotate
    ? await sql.query(
        'update private.event_sources set secret = $2, enabled = true where name = $1 returning name',
        [name, secret],
      )
    : await sql.query(
        `insert into private.event_sources (name, secret) values ($1, $2)
         on conflict do nothing returning name`,
        [name, secret],
      )
  if (rows.length === 0)
    throw new DatabaseProblem(rotate ? text.sourceMissing(name) : text.sourceThere(name))
  await sql.query(
    `insert into private.events (kind, subject_type, body) values ('source.saved', 'source', $1)`,
    [JSON.stringify({ source: name, rotated: rotate })],
  )
}
