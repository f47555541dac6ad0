import { oc } from '@orpc/contract'
import { z } from 'zod'
import { Cursor, PageSize, pageOf, Uuid } from '../backend/common'
import { AuditEvent } from '../backend/operations'
import { ACTIVITY_KINDS } from './activity-kinds'
import { BACKEND_ERRORS } from './backend-errors'

export const ActivityKind = z.enum(ACTIVITY_KINDS)
export type ActivityKind = z.infer<typeof ActivityKind>

/** One event of the console's own append-only record; `body` differs by kind. */
export const Activity = z.object({
  /** Rises by one with every event of this data folder. */
  sequence: z.number().int().positive(),
  operationId: z.uuid(),
  at: z.date(),
  /** Account of the operating system, and the way in: page, command line. */
  actor: z.string(),
  host: z.enum(['electron', 'loopback', 'command-line']),
  kind: ActivityKind,
  /** What it happened to: a report id, a policy name, a setting. */
  subject: z.string(),
  /** One sentence for a person. */
  summary: z.string(),
  body: z.record(z.string(), z.unknown()),
})
export type Activity = z.infer<typeof Activity>

export const activityContract = {
  /** Newest first; `before` is the sequence to go on from. */
  list: oc
    .input(
      z.object({
        limit: z.number().int().min(1).max(500).default(100),
        before: z.number().int().positive().optional(),
        kinds: z.array(ActivityKind).optional(),
        search: z.string().max(200).default(''),
      }),
    )
    .output(z.object({ events: z.array(Activity), total: z.number().int() })),
  /** The backend's own record of who did what: for staff, and newest first. */
  server: oc
    .errors(BACKEND_ERRORS)
    .input(
      z.object({
        /** `role.granted`, `call.refused`, … */
        kind: z.string().max(100).nullable().default(null),
        actor: Uuid.nullable().default(null),
        subject: Uuid.nullable().default(null),
        after: Cursor.default(null),
        limit: PageSize.default(100),
      }),
    )
    .output(pageOf(AuditEvent)),
}
