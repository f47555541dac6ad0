import { oc } from '@orpc/contract'
import { z } from 'zod'
import { Cursor, Instant, PageSize, pageOf, Reason, Sha256, Uuid } from '../backend/common'
import {
  Appeal,
  Card,
  Gate,
  Listing,
  ListingQuery,
  ListingRow,
  ListingState,
  NewVersion,
  VersionSource,
} from '../backend/listings'
import { AuditEvent } from '../backend/operations'
import { Board, Dispute, PublishedResultRow } from '../backend/results'
import { LeaderboardTable } from '../benchmark/leaderboard'
import { ResultRow } from '../benchmark/result-row'
import { SCENARIOS } from '../benchmark/scales'
import { ComparedFiles } from '../listings/compare-files'
import { PublishedPair } from '../listings/compare-published'
import { EvidenceLevel } from '../model/evidence-level'
import { Grade, Status, Verdict } from '../scan-report/report'
import { ReportId, ReportRow } from '../scan-report/report-row'
import { BACKEND_ERRORS } from './backend-errors'
import { OfferedResult } from './model'

/**
 * Of a write: sent again with the same input it is done once. Absent, the host makes one, and a
 * second call is a second deed.
 */
const operationId = Uuid.optional()

const asked = oc.errors(BACKEND_ERRORS)
const page = { after: Cursor.default(null), limit: PageSize.default(50) }

const BoardQuery = z.object({
  suiteId: z.string().max(100),
  suiteVersion: z.string().max(50),
  scenario: z.enum(SCENARIOS),
  threads: z.number().int(),
  /** Null: all machines, each machine's own speed taken out. */
  hardwareClass: z.string().max(200).nullable(),
})

/** What a version is made of: a stored scan, and what the seller says about it. */
export const VersionDraft = z.object({
  listingId: Uuid,
  /** The scan whose files, hashes and facts it is. */
  reportId: ReportId,
  number: NewVersion.shape.number,
  source: VersionSource,
  notes: NewVersion.shape.notes.default(''),
  unmeasured: NewVersion.shape.unmeasured.default(null),
  /** Stored benchmark results that are sent with it. */
  results: z.array(z.uuid()).max(100).default([]),
  /** Signs a passport of the scan and the results, and sends it too. */
  sign: z.boolean().default(false),
})
export type VersionDraft = z.infer<typeof VersionDraft>

/** All that would leave this computer for a version, before it does. */
export const Outgoing = z.object({
  report: z.object({
    id: ReportId,
    name: z.string(),
    scannedAt: Instant,
    verdict: Verdict,
    grade: Grade,
    status: Status,
    rulesVersion: z.string(),
    findings: z.number().int(),
    /** Notes of the scan, as they would be sent. */
    notes: z.array(z.string()),
  }),
  /** Of the whole delivery, decided by content. */
  format: z.string(),
  files: z.array(z.object({ path: z.string(), sha256: z.string(), bytes: z.number().int() })),
  /** Of all files; they leave only where the source is the bucket. */
  bytes: z.number().int(),
  /** Whether the files still lie where they were scanned, and may be read there. */
  readable: z.boolean(),
  /** Results of these very files; those of grade C are never offered. */
  results: z.array(OfferedResult),
  /** Size of the scan facts as they are sent, bytes of JSON. */
  scanBytes: z.number().int(),
  /** A signing key is there. */
  key: z.boolean(),
  /** The marketplace takes the bytes as well, where the seller wants that. */
  bucket: z.boolean(),
})
export type Outgoing = z.infer<typeof Outgoing>

export const Offered = z.object({
  /** Newest first; those of grade C are never offered. */
  results: z.array(OfferedResult),
  /** The newest scan of exactly these files: a passport of it can carry the results. */
  reportId: ReportId.nullable(),
  /** A signing key is there. */
  key: z.boolean(),
})
export type Offered = z.infer<typeof Offered>

/** Reports or results that are on the server now. */
const SentEvidence = z.object({
  ids: z.array(Uuid),
  /** Why what was signed counts as self-reported nevertheless; null where it counts, or was not signed. */
  unsigned: z.string().nullable(),
})

const OF_A_REPORT = {
  REPORT_NOT_FOUND: { status: 404, data: z.object({ reportId: z.string() }) },
  /** The report cannot speak for the files: a hash is missing, a name is there twice, … */
  NOT_LISTABLE: { status: 422, data: z.object({ reason: z.string() }) },
} as const
const RESULT_NOT_FOUND = {
  RESULT_NOT_FOUND: { status: 404, data: z.object({ resultId: z.string() }) },
} as const

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
  board: asked.input(BoardQuery).output(z.object({ rows: z.array(PublishedResultRow) })),
  /** The same, ranked; machines that share no model stand in tables of their own. */
  leaderboard: asked.input(BoardQuery).output(
    z.object({
      tables: z.array(LeaderboardTable),
      /** What the tables stand on. */
      results: z.array(PublishedResultRow),
      /** Who asks: their models are pinned. */
      me: Uuid,
    }),
  ),
  /** Scans and measurements of this console of the very files of a listing's versions. */
  local: asked.input(z.object({ listingId: Uuid })).output(
    z.object({
      reports: z.array(z.object({ versionId: Uuid, report: ReportRow })),
      results: z.array(z.object({ versionId: Uuid, result: ResultRow })),
    }),
  ),
  /** One version of a listing against another. */
  compare: asked
    .input(z.object({ listingId: Uuid, from: Uuid, to: Uuid }))
    .output(z.object({ files: ComparedFiles, benchmarks: z.array(PublishedPair) })),
  /** What was done with the listing, newest first, as far as the reader may see it. */
  audit: asked.input(z.object({ listingId: Uuid, ...page })).output(pageOf(AuditEvent)),

  /** Creates (revision 0) or changes the card; the page chooses the id of a new one. */
  save: asked
    .input(
      z.object({ operationId, listingId: Uuid, revision: z.number().int().min(0), card: Card }),
    )
    .output(z.object({ id: Uuid, revision: z.number().int() })),
  /** What addVersion would send. */
  outgoing: oc
    .input(z.object({ reportId: ReportId }))
    .errors(OF_A_REPORT)
    .output(Outgoing),
  /** What this console has measured of these files, `bytes` together. */
  offered: oc
    .input(z.object({ hashes: z.array(Sha256).max(10_000), bytes: z.number().int().min(0) }))
    .output(Offered),
  /**
   * Starts a job of the kind `version`: adds the version, sends the report and the results, uploads
   * the bytes where the source is the bucket. Follow it with jobs.watch.
   */
  addVersion: asked
    .input(VersionDraft)
    .errors({
      ...OF_A_REPORT,
      ...RESULT_NOT_FOUND,
      /** The files are not where they were scanned, or the page may not read there. */
      FILES_GONE: { status: 409, data: z.object({ path: z.string() }) },
    })
    .output(z.object({ jobId: z.uuid(), versionId: Uuid })),
  /**
   * Sends stored results of the files of a version that is there already, in a passport of the scan
   * `signBy`, or unsigned.
   */
  addResults: asked
    .input(
      z.object({
        versionId: Uuid,
        results: z.array(z.uuid()).min(1).max(100),
        signBy: ReportId.nullable(),
      }),
    )
    .errors({ ...OF_A_REPORT, ...RESULT_NOT_FOUND })
    .output(SentEvidence),
  /** Sends a newer scan of the files of a version that is there already. */
  addReport: asked
    .input(z.object({ versionId: Uuid, reportId: ReportId, sign: z.boolean() }))
    .errors(OF_A_REPORT)
    .output(SentEvidence),

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
