import { z } from 'zod'
import { Cursor, Instant, PageSize, pageOf, Reason, Uuid } from './common'
import { Person } from './identity'
import { read, write } from './rpc'
import { FEED_TABLES } from './words'

/** A token bucket of one function: `burst` calls at once, refilled `perMinute`. For each caller. */
export const Limit = z.object({
  rpc: z.string(),
  burst: z.number().int().min(1).max(100_000),
  perMinute: z.number().min(0.01).max(1_000_000),
  /** Of the last 24 hours. */
  calls: z.number().int(),
  refused: z.number().int(),
  failed: z.number().int(),
  callers: z.number().int(),
  /** By hour, oldest first, 24 of them. */
  hours: z.array(z.object({ at: Instant, calls: z.number().int(), refused: z.number().int() })),
  topCallers: z
    .array(z.object({ person: Person, calls: z.number().int(), refused: z.number().int() }))
    .max(5),
  /** The values before the last change, for undo; null where none was made. */
  before: z.object({ burst: z.number(), perMinute: z.number() }).nullable(),
  changedAt: Instant.nullable(),
})
export type Limit = z.infer<typeof Limit>

/** One line of the accountable log: who did what to what, or was refused. */
export const AuditEvent = z.object({
  id: z.number().int(),
  at: Instant,
  actor: Person.nullable(),
  /** `listing.published`, `role.granted`, `call.refused`, … */
  kind: z.string(),
  subjectType: z.string().nullable(),
  subject: Uuid.nullable(),
  operationId: Uuid.nullable(),
  body: z.record(z.string(), z.unknown()),
})
export type AuditEvent = z.infer<typeof AuditEvent>

export const ServerInfo = z.object({
  /** Of the newest migration. */
  schemaVersion: z.string(),
  /** Oldest console this schema serves. */
  minClient: z.string(),
  /** Oldest rules a scan may have been judged by to pass the gate of publishing. */
  rulesVersion: z.string(),
  serverTime: Instant,
  /** Changes when the database was restored: readers of the feed start anew. */
  feedEpoch: z.string(),
  /** Nobody is an admin yet. */
  withoutAdmin: z.boolean(),
  /** Holds sample data. */
  sample: z.boolean(),
})
export type ServerInfo = z.infer<typeof ServerInfo>

/** What another system knows: a sale, a refund, a dispute, a login, a payment. */
export const ExternalEvent = z.object({
  id: Uuid,
  kind: z.enum(['sale', 'refund', 'dispute', 'login', 'payment']),
  personId: Uuid,
  listingId: Uuid.nullable(),
  occurredAt: Instant,
  body: z.record(z.string(), z.union([z.string().max(500), z.number(), z.boolean(), z.null()])),
})
export type ExternalEvent = z.infer<typeof ExternalEvent>

export const OPERATION_RPCS = {
  /** The only function that anybody may call without signing in. */
  server_info: read(z.object({}), ServerInfo),
  list_limits: read(z.object({}), z.object({ rows: z.array(Limit) })),
  /** Replays the last 24 hours: how many calls and callers the values would have refused. */
  preview_limit: read(
    z.object({ p_rpc: z.string().max(100), p_burst: z.number().int(), p_per_minute: z.number() }),
    z.object({
      calls: z.number().int(),
      refusedNow: z.number().int(),
      refusedThen: z.number().int(),
      callersThen: z.number().int(),
    }),
  ),
  save_limit: write(
    z.object({
      p_rpc: z.string().max(100),
      p_burst: z.number().int().min(1).max(100_000),
      p_per_minute: z.number().min(0.01).max(1_000_000),
      p_reason: Reason,
    }),
    z.object({ rpc: z.string(), burst: z.number(), perMinute: z.number() }),
  ),
  list_audit: read(
    z.object({
      p_kind: z.string().max(100).nullable(),
      p_actor: Uuid.nullable(),
      p_subject: Uuid.nullable(),
      p_after: Cursor,
      p_limit: PageSize,
    }),
    pageOf(AuditEvent),
  ),
  /** Rows of a table that changed since the cursor, as far as the caller may see them. */
  sync_pull: read(
    z.object({
      p_table: z.enum(FEED_TABLES),
      p_cursor: z.string().max(100).nullable(),
      p_limit: z.number().int().min(1).max(500),
    }),
    z.object({
      rows: z.array(z.record(z.string(), z.unknown())),
      cursor: z.string(),
      more: z.boolean(),
      /** The cursor was of another epoch: what is kept of the table is to be dropped first. */
      reset: z.boolean(),
    }),
  ),
  /**
   * Service credential only. `p_batch` is the JSON text that was signed, `p_signature` its
   * HMAC-SHA256 (hex) under the shared secret of `p_source`.
   */
  record_events: write(
    z.object({
      p_source: z.string().regex(/^[a-z0-9-]{1,40}$/),
      p_batch: z.string().max(5_000_000),
      p_signature: z.string().regex(/^[0-9a-f]{64}$/),
    }),
    z.object({ recorded: z.number().int(), known: z.number().int() }),
  ),
  /** Service credential only: what was submitted, and the envelope it came in. */
  get_evidence: read(
    z.object({ p_subject: z.enum(['report', 'result']), p_id: Uuid }),
    z.object({ section: z.record(z.string(), z.unknown()), envelope: z.string().nullable() }),
  ),
  /** Service credential only: what the function `verify-passport` found of an envelope. */
  record_verification: write(
    z.object({
      p_subject: z.enum(['report', 'result']),
      p_id: Uuid,
      p_outcome: z.enum(['signed', 'invalid']),
      p_key_id: z.string().max(200).nullable(),
      p_detail: z.string().max(2000),
    }),
    z.object({ id: Uuid, level: z.string() }),
  ),
}
