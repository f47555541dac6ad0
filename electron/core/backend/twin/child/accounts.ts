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
      const user =
        (await userByEmail(query, address)) ??
        (await createUser(query, address, null, { handle, display_name: displayName }))
      await giveRoles(query, user.id, roles)
      const session = await openSession(options, query, user, 'password')
      sessions.push({ email, userId: user.id, session: session as LocalSession['session'] })
    }
    return sessions
  })
}

const LIMIT_MS = 30_000

async function giveRoles(query: Query, userId: string, roles: readonly string[]): Promise<void> {
  await query('delete from public.user_roles where user_id = $1 and role <> all ($2)', [
    userId,
    ['seller', ...roles],
  ])
  await query(
    `insert into public.user_roles (user_id, role) select $1, unnest($2::text[])
     on conflict do nothing`,
    [userId, roles],
  )
}
