import { z } from 'zod'
import { Instant, Uuid } from './common'

/** What other systems know and the marketplace does not. */
export const EXTERNAL_KINDS = ['sale', 'refund', 'dispute', 'login', 'payment'] as const

/** One event of a batch of `record_events`; the server refuses what is not of this form. */
export const ExternalEvent = z.object({
  /** Sent again, it is the same event. */
  id: Uuid,
  kind: z.enum(EXTERNAL_KINDS),
  /** Whom it is about: the seller of a sale, whoever logged in. */
  personId: Uuid,
  listingId: Uuid.nullable(),
  occurredAt: Instant,
  /** Flat, and 10,000 characters at most. */
  body: z.record(
    z.string().max(100),
    z.union([z.string().max(500), z.number(), z.boolean(), z.null()]),
  ),
})
export type ExternalEvent = z.infer<typeof ExternalEvent>
