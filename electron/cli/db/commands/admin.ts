import { randomUUID } from 'node:crypto'
import { EXIT, UsageError } from '../../usage'
import { requireSetUp } from '../backup'
import { text } from '../messages'
import type { DbOptions } from '../options'
import { DatabaseProblem } from '../problem'
import { inTransaction, one, type Sql } from '../sql'
import { connected, print } from './connected'

/** The log says it was done with the rights of the database, which no person of the console has. */
const REASON = 'First admin, appointed with the database password'

/** Only the first: from then on admins are appointed in the console, where two persons decide. */
export async function adminCommand(options: DbOptions): Promise<number> {
  const [given = '', ...more] = options.words
  const email = given.trim().toLowerCase()
  if (!/^[^@\s]+@[^@\s]+\.[^@\s.]+$/.test(email) || more.length > 0)
    throw new UsageError(text.adminUsage)
  return connected(options, async (connection) => {
    await requireSetUp(connection)
    print(await inTransaction(connection, 'begin', () => appoint(connection, email)))
    return EXIT.clean
  })
}

async function appoint(sql: Sql, email: string): Promise<string> {
  // Two who run this at once would both be the first.
  await sql.query('lock table public.user_roles in share row exclusive mode')
  const { rows: admins } = await sql.query<{ email: string | null }>(
    `select a.email from public.user_roles r left join private.accounts a using (user_id)
     where r.role = 'admin'`,
  )
  if (admins.some((admin) => admin.email === email)) return text.adminAlready(email)
  if (admins.length > 0) throw new DatabaseProblem(text.adminExists(admins.length))
  const { rows } = await sql.query<{ id: string }>(
    'select user_id as id from private.accounts where email = $1',
    [email],
  )
  const [person] = rows
  if (person === undefined) return invite(sql, email)
  await sql.query("insert into public.user_roles (user_id, role) values ($1, 'admin')", [person.id])
  await note(sql, 'role.granted', 'person', person.id, { role: 'admin', reason: REASON })
  return text.adminMade(email)
}

async function invite(sql: Sql, email: string): Promise<string> {
  const { there } = await one<{ there: boolean }>(
    sql,
    `select exists (select from public.invitations where email = $1 and role = 'admin'
       and accepted_at is null and revoked_at is null and expires_at > now()) as there`,
    [email],
  )
  if (there) return text.adminInvited(email)
  const id = randomUUID()
  await sql.query(
    "insert into public.invitations (id, email, role, reason) values ($1, $2, 'admin', $3)",
    [id, email, REASON],
  )
  await note(sql, 'person.invited', 'invitation', id, { email, role: 'admin', reason: REASON })
  return text.adminInvited(email)
}

async function note(
  sql: Sql,
  kind: string,
  subjectType: string,
  subject: string,
  body: object,
): Promise<void> {
  await sql.query(
    'insert into private.events (kind, subject_type, subject, body) values ($1, $2, $3, $4)',
    [kind, subjectType, subject, JSON.stringify(body)],
  )
}
