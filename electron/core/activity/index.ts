import type { Activity, ActivityKind } from '@shared/contract/activity'
import type { Db } from '../database/open'
import { exclusively } from '../database/transaction'
import type { Platform } from '../platform'

/** The record of what the console did. It only ever grows. */
export interface ActivityLog {
  /** Writes an event in a transaction of its own. */
  record(entry: ActivityEntry): Promise<void>
  /** As `record`, for what is done already: a full disk is logged, and does not undo it. */
  note(entry: ActivityEntry): Promise<void>
  /** Writes an event in the transaction that the caller has open (`exclusively`). */
  append(entry: ActivityEntry): void
  list(query: {
    limit: number
    before?: number | undefined
    kinds?: readonly ActivityKind[] | undefined
    search: string
  }): { events: Activity[]; total: number }
  /** The event of an operation, with what an undo needs. */
  find(operationId: string, kinds: readonly ActivityKind[]): RecordedEvent | undefined
}

export interface ActivityEntry {
  /** What belongs to one deed shares it: the start and the end of a scan. */
  operationId: string
  kind: ActivityKind
  subject: string
  /** One sentence for a person. */
  summary: string
  body?: Record<string, unknown>
  /** What an undo needs. Kept, and never listed. */
  changes?: unknown
}

export interface RecordedEvent {
  kind: ActivityKind
  subject: string
  body: Record<string, unknown>
  changes: unknown
}

export function createActivityLog(
  db: Db,
  platform: Pick<Platform, 'host' | 'log' | 'now' | 'user'>,
): ActivityLog {
  const insert = db.prepare(
    `INSERT INTO event (operation_id, at, actor, host, kind, subject, summary, body, changes)
     VALUES (?,?,?,?,?,?,?,?,?)`,
  )
  function append({ operationId, kind, subject, summary, body, changes }: ActivityEntry): void {
    insert.run(
      operationId,
      platform.now().getTime(),
      platform.user,
      platform.host,
      kind,
      subject,
      summary,
      JSON.stringify(body ?? {}),
      changes === undefined ? null : JSON.stringify(changes),
    )
  }
  const record = (entry: ActivityEntry) => exclusively(db, () => append(entry))
  return {
    append,
    record,
    note: (entry) =>
      record(entry).catch((error: unknown) =>
        platform.log('error', `${entry.kind} was not recorded: ${String(error)}`),
      ),
    list({ limit, before, kinds, search }) {
      const where = `WHERE (@kinds IS NULL OR kind IN (SELECT value FROM json_each(@kinds)))
        AND (@search = '' OR instr(lower(summary || ' ' || subject || ' ' || actor), lower(@search)) > 0)`
      const bind = { kinds: kinds === undefined ? null : JSON.stringify(kinds), search }
      const rows = db
        .prepare(
          `SELECT sequence, operation_id, at, actor, host, kind, subject, summary, body FROM event
           ${where} AND (@before IS NULL OR sequence < @before) ORDER BY sequence DESC LIMIT @limit`,
        )
        .all({ ...bind, before: before ?? null, limit }) as StoredEvent[]
      const { n } = db.prepare(`SELECT count(*) AS n FROM event ${where}`).get(bind) as {
        n: number
      }
      return { events: rows.map(toActivity), total: n }
    },
    find(operationId, kinds) {
      const row = db
        .prepare(
          `SELECT kind, subject, body, changes FROM event WHERE operation_id = ?
             AND kind IN (SELECT value FROM json_each(?)) ORDER BY sequence DESC LIMIT 1`,
        )
        .get(operationId, JSON.stringify(kinds)) as
        | { kind: ActivityKind; subject: string; body: string; changes: string | null }
        | undefined
      if (row === undefined) return undefined
      const { kind, subject, body, changes } = row
      return {
        kind,
        subject,
        body: JSON.parse(body),
        changes: changes === null ? undefined : JSON.parse(changes),
      }
    },
  }
}

interface StoredEvent {
  sequence: number
  operation_id: string
  at: number
  actor: string
  host: Activity['host']
  kind: ActivityKind
  subject: string
  summary: string
  body: string
}

function toActivity({ operation_id, at, body, ...row }: StoredEvent): Activity {
  return { ...row, operationId: operation_id, at: new Date(at), body: JSON.parse(body) }
}
