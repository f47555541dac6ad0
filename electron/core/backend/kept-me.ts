import { Me } from '@shared/backend/identity'
import type { Db } from '../database/open'

/** Who was signed in last, for display while the backend does not answer. */
export interface KeptMe {
  read(connection: string): { me: Me; seenAt: Date } | null
  write(connection: string, me: Me, at: Date): void
  wipe(connection: string): void
}

export function createKeptMe(db: Db): KeptMe {
  return {
    read(connection) {
      const row = db
        .prepare('SELECT me, seen_at FROM backend_account WHERE connection = ?')
        .get(connection) as { me: string; seen_at: number } | undefined
      if (row === undefined) return null
      // Written by another version of the console, it may not fit: then nobody is shown.
      const me = Me.safeParse(JSON.parse(row.me))
      return me.success ? { me: me.data, seenAt: new Date(row.seen_at) } : null
    },
    write: (connection, me, at) =>
      void db
        .prepare(
          `INSERT INTO backend_account (connection, me, seen_at) VALUES (?,?,?)
           ON CONFLICT (connection) DO UPDATE SET me = excluded.me, seen_at = excluded.seen_at`,
        )
        .run(connection, JSON.stringify(me), at.getTime()),
    wipe: (connection) =>
      void db.prepare('DELETE FROM backend_account WHERE connection = ?').run(connection),
  }
}
