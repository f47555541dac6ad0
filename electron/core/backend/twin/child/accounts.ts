import type { LocalAccount, LocalSession } from '../protocol'
import type { Query } from '../responder'
import type { AuthOptions } from '../responder/auth'
import { openSession } from '../responder/auth/sessions'
import { createUser, userByEmail } from '../responder/auth/users'

/**
 * Makes the accounts of a local workspace where they are missing, gives each exactly these roles (seller
 * has everybody), and opens a session for each: a new user is signed in without typing. Asked by the
 * host only; nothing of it can be reached with a request.
 */
export async function localAccounts(
  options: AuthOptions,
  accounts: readonly LocalAccount[],
): Promise<LocalSession[]> {
  return options.database.transaction({ limitMs: LIMIT_MS }, async (query) => {
    const sessions: LocalSession[] = []
    for (const { email, handle, displayName, roles } of accounts) {
      const address = email.toLowerCase()
      // Without a password nobody signs in as one of them by guessing.
      const known = await userByEmail(query, address)
      const user =
        known ?? (await createUser(query, address, null, { handle, display_name: displayName }))
      const changes = await giveRoles(query, user.id, ['seller', ...roles])
      if (known !== undefined) await recordRoles(query, user.id, changes)
      const session = await openSession(options, query, user, 'password')
      sessions.push({ email, userId: user.id, session: session as LocalSession['session'] })
    }
    return sessions
  })
}

const LIMIT_MS = 30_000

interface RoleChange {
  kind: 'role.granted' | 'role.revoked'
  role: string
}

/** Exactly these; returns what changed. */
async function giveRoles(
  query: Query,
  userId: string,
  roles: readonly string[],
): Promise<RoleChange[]> {
  const gone = await query<{ role: string }>(
    'delete from public.user_roles where user_id = $1 and role <> all ($2) returning role',
    [userId, roles],
  )
  const come = await query<{ role: string }>(
    `insert into public.user_roles (user_id, role) select $1, unnest($2::text[])
     on conflict do nothing returning role`,
    [userId, roles],
  )
  return [
    ...gone.map(({ role }): RoleChange => ({ kind: 'role.revoked', role })),
    ...come.map(({ role }): RoleChange => ({ kind: 'role.granted', role })),
  ]
}

/** An admin of the sample may have changed them: that they are as before again is in the record, too. */
async function recordRoles(query: Query, userId: string, changes: readonly RoleChange[]) {
  for (const { kind, role } of changes)
    await query(
      `insert into private.events (kind, subject_type, subject, body)
       values ($1, 'person', $2, jsonb_build_object('role', $3::text, 'reason', $4::text))`,
      [kind, userId, role, 'Somebody goes on as this sample person.'],
    )
}
