import { oc } from '@orpc/contract'
import { z } from 'zod'
import { Cursor, Instant, PageSize, pageOf, Reason, Uuid } from '../backend/common'
import {
  Appeal,
  Card,
  Gate,
  Listing,
  ListingQuery,
  ListingRow,
  ListingState,
} from '../backend/listings'
import { Board, Dispute, PublishedResultRow } from '../backend/results'
import { SCENARIOS } from '../benchmark/scales'
import { EvidenceLevel } from '../model/evidence-level'
import { BACKEND_ERRORS } from './backend-errors'

/**
 * Of a write: sent again with the same input it is done once. Absent, the host makes one, and a
 * second call is a second deed.
 */
const operationId = Uuid.optional()

const asked = oc.errors(BACKEND_ERRORS)
const page = { after: Cursor.default(null), limit: PageSize.default(50) }

export const listingsContract = {
  /** One page of the list, newest first unless asked otherwise. */
  list: asked.input(ListingQuery.extend(page)).output(pageOf(ListingRow)),
  /** Everything the page of one model joins. */
  get: asked.input(z.object({ listingId: Uuid })).output(Listing),
  /** The gates of publishing, as the server sees them now. */
  check: asked
    .input(z.object({ versionId: Uuid }))
    .output(z.object({ publishable: z.boolean(), gates: z.array(Gate) })),
  /** Results of one listing, or with null those of the reader. */
  results: asked
    .input(z.object({ listingId: Uuid.nullable(), ...page }))
    .output(pageOf(PublishedResultRow)),
  boards: asked.output(z.object({ rows: z.array(Board) })),
  /** Results that may be ranked together. */
  board: asked
    .input(
      z.object({
        suiteId: z.string().max(100),
        suiteVersion: z.string().max(50),
        scenario: z.enum(SCENARIOS),
        threads: z.number().int(),
        hardwareClass: z.string().max(200).nullable(),
      }),
    )
    .output(z.object({ rows: z.array(PublishedResultRow) })),

  /** Creates (revision 0) or changes the card; the page chooses the id of a new one. */
  save: asked
    .input(
      z.object({ operationId, listingId: Uuid, revision: z.number().int().min(0), card: Card }),
    )
    .output(z.object({ id: Uuid, revision: z.number().int() })),
  publish: asked
    .input(z.object({ operationId, versionId: Uuid, revision: z.number().int() }))
    .output(z.object({ listingId: Uuid, versionId: Uuid, publishedAt: Instant })),
  /** One version, or with null the whole listing. */
  withdraw: asked
    .input(z.object({ operationId, listingId: Uuid, versionId: Uuid.nullable(), reason: Reason }))
    .output(z.object({ id: Uuid, state: ListingState })),
  /** Staff; null lifts it. */
  restrict: asked
    .input(
      z.object({
        operationId,
        listingId: Uuid,
        restriction: z
          .object({ policy: z.string().min(1).max(100), until: Instant.nullable() })
          .nullable(),
        reason: Reason,
      }),
    )
    .output(z.object({ id: Uuid, state: ListingState })),
  appeal: asked
    .input(
      z.object({ operationId, listingId: Uuid, statement: z.string().trim().min(10).max(5000) }),
    )
    .output(z.object({ id: Uuid })),
  /** Staff, and not who restricted. */
  decideAppeal: asked
    .input(
      z.object({
        operationId,
        appealId: Uuid,
        outcome: z.enum(['upheld', 'overturned']),
        reason: Reason,
      }),
    )
    .output(z.object({ id: Uuid, state: Appeal.shape.state })),
  /** For good: waits for a second person, under People and roles. */
  remove: asked
    .input(z.object({ operationId, listingId: Uuid, reason: Reason }))
    .output(z.object({ approvalId: Uuid })),

  /** Those that the reader made or may decide. */
  disputes: asked.output(z.object({ rows: z.array(Dispute) })),
  dispute: asked
    .input(z.object({ operationId, resultId: Uuid, reason: Reason }))
    .output(z.object({ id: Uuid })),
  /** Staff, and not whose result it is. */
  decideDispute: asked
    .input(
      z.object({
        operationId,
        disputeId: Uuid,
        outcome: z.enum(['upheld', 'rejected']),
        reason: Reason,
      }),
    )
    .output(z.object({ id: Uuid, state: Dispute.shape.state })),
  withdrawResult: asked
    .input(z.object({ operationId, resultId: Uuid, reason: Reason }))
    .output(z.object({ id: Uuid })),
  /** Staff, never about what is their own. */
  attest: asked
    .input(
      z.object({
        operationId,
        subject: z.enum(['report', 'result']),
        id: Uuid,
        level: z.enum(['reproduced', 'audited']),
        reason: Reason,
      }),
    )
    .output(z.object({ id: Uuid, level: EvidenceLevel })),
}
